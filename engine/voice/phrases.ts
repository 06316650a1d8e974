/** Cuts a text into sentences, and each into the clauses between its marks; the marks are kept, for they are spoken as pauses. */

export interface Clause {
  words: string;
  /** The mark behind it as the voice knows it: one of . , ; : ! ? … — or ''. */
  mark: string;
}

const SENTENCE = /[^.!?…。！？]+[.!?…。！？]*/gu;
const CLAUSE = /([^,;:!?….。、！？—]+)([,;:!?….。、！？—]*)/gu;
const HAS_WORDS = /[\p{L}\p{N}]/u;
const MARKS: Record<string, string> = { '。': '.', '、': ',', '！': '!', '？': '?' };
/** A voice takes about 500 sounds at once; a sentence longer than this is cut between two words. */
const MOST_CHARACTERS = 240;

/** Sentences with words in them, in order. "3.5" and "e.g." are cut as well: a short pause, nothing lost. */
export function sentencesOf(text: string): Clause[][] {
  const plain = text.normalize('NFKC').replace(/\s+/g, ' ');
  return (plain.match(SENTENCE) ?? [])
    .flatMap(shortEnough)
    .filter((sentence) => HAS_WORDS.test(sentence))
    .map((sentence) =>
      [...sentence.matchAll(CLAUSE)]
        .map(([, words, marks]) => ({ words: words!.trim(), mark: markOf(marks!) }))
        .filter(({ words }) => HAS_WORDS.test(words)),
    )
    .filter((clauses) => clauses.length > 0);
}

function markOf(marks: string): string {
  const first = [...marks][0] ?? '';
  return MARKS[first] ?? first;
}

function shortEnough(sentence: string): string[] {
  if (sentence.length <= MOST_CHARACTERS) return [sentence];
  const parts: string[] = [];
  let part = '';
  for (const word of sentence.split(' ').flatMap(pieces)) {
    if (part && part.length + word.length + 1 > MOST_CHARACTERS) {
      parts.push(part);
      part = '';
    }
    part = part ? `${part} ${word}` : word;
  }
  return part ? [...parts, part] : parts;
}

/** A "word" without an end is cut as well. */
const pieces = (word: string): string[] =>
  word.length <= MOST_CHARACTERS ? [word] : (word.match(new RegExp(`.{1,${MOST_CHARACTERS}}`, 'gsu')) ?? []);
