/**
 * Idioms: words that together mean a feeling which none of them means alone ("over the moon", "at the end of my rope").
 * A small model reads the words; this lexicon tells it what is said.
 *
 * A found idiom, of weight w, does three bounded things:
 *   raises   its first label to at least w, the others to .3 w;
 *   lowers   feelings of the opposite side by at most w times the share of the text's words that the idiom takes, because
 *            they were read from its literal words ("a weight off my shoulders" is no weight);
 *   lowers   neutral by w.
 * An idiom that is denied ("not exactly over the moon") does nothing. One before a turn ("I was over the moon, but …")
 * weighs half. In a long text ("… and then he blew his top …") it weighs less, by a third at most, as it is less of what
 * is said; and less again where the speaker is not in the text.
 *
 * Worked example: "I'm over the moon", weight .8 on joy: joy .05 → .8; excitement .5 stays; nervousness .62, misread from
 * three of five words, → .62 × (1 − .8 × .6) = .32.
 *
 * A pattern is a row of words: `a/b` either word, `get*` a word that begins so, `~` a possessive or article, `_` any one
 * word, `…` up to three words. Stress and fillers between the words ("gets so on my nerves") are passed over.
 */
import { EMOTION_LABELS, type EmotionLabel } from '../vocabulary.js';
import { GERMAN } from './idioms-de.js';
import { ENGLISH_BAD } from './idioms-en-bad.js';
import { ENGLISH_GOOD } from './idioms-en-good.js';
import { SPANISH } from './idioms-es.js';
import { FRENCH } from './idioms-fr.js';
import { ITALIAN } from './idioms-it.js';
import { PORTUGUESE } from './idioms-pt.js';
import { LABEL_AFFECT } from './label-affect.js';

/** Idioms of one meaning. */
export interface IdiomGroup {
  /** The first is what is meant, the others come along. */
  labels: readonly EmotionLabel[];
  /** How sure the words mean this and nothing literal, 0..MOST_WEIGHT. */
  weight: number;
  /** Patterns, parted by `|`. */
  said: string;
}

export interface FoundIdiom {
  labels: readonly EmotionLabel[];
  weight: number;
  /** Share of the text's words that the idiom takes, 0..1. */
  share: number;
  /** Place of its first word among the text's words. */
  at: number;
}

/** No idiom may be surer than this: the words may still be meant as they stand. */
export const MOST_WEIGHT = 0.85;
/** Enough to be weighed with the first, too little to be named alone: on GoEmotions dev more is wrong more often than right. */
const OTHER_LABELS = 0.3;
const BEFORE_A_TURN = 0.5;
/** Share of the words from which on an idiom is what the text is about; below it the weight falls, to LEAST of it. */
const WHOLE_SHARE = 0.25;
const LEAST = 0.65;
const OF_NOBODY = 0.7;

export const IDIOMS: Readonly<Record<string, readonly IdiomGroup[]>> = {
  en: [...ENGLISH_GOOD, ...ENGLISH_BAD],
  de: GERMAN,
  fr: FRENCH,
  es: SPANISH,
  it: ITALIAN,
  pt: PORTUGUESE,
};

const OWNERS = new Set(
  'my your his her their our its the a an mein meine meinen meinem meiner sein seine seinen seinem ihr ihre ihren dein deine unser unsere der die das den dem einen ein eine mon ma mes ton ta tes son sa ses notre nos leur leurs le la les un une mi mis tu tus su sus nuestro el los las lo una il mio mia miei mie suo sua suoi o os as meu minha meus minhas seu sua um uma'.split(
    ' ',
  ),
);
const PASSED_OVER = new Set(
  'so really very just completely totally absolutely quite almost still all again even truly kind sort of bit little actually um uh erm er well ganz so total echt wirklich völlig einfach schon heute vraiment tellement trop complètement si muy tan realmente totalmente tanto davvero proprio così muito tão mesmo completamente'
    .split(' ')
    .map(folded),
);
const DENIALS = new Set(
  'not never nobody hardly no nicht nie niemand kein keine keinen n pas jamais nunca non mai nao'.split(' '),
);
/** Words before an idiom in which its denial may stand: "not exactly over the moon". */
const DENIED_WITHIN = 3;
const MOST_GAP = 3;

/** Lower case without accents, so that a hurried thumb is understood too. */
function folded(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/** Words of a text, folded, with English contractions written out: "I'm" is "i am"; "im" stays, as it is German too. */
export function wordsOf(text: string): string[] {
  const plain = folded(text)
    .replace(/[’`´]/g, "'")
    .replace(/\b(?:can't|cannot|cant)\b/g, 'can not')
    .replace(/\b(?:won't|wont)\b/g, 'will not')
    .replace(/\b(do|does|did|is|was|are|were|have|has|had|could|would|should)n'?t\b/g, '$1 not')
    .replace(/\bi'm\b/g, 'i am')
    .replace(/\b(i|you|we|they)'?ve\b/g, '$1 have')
    .replace(/\b(you|we|they)'re\b/g, '$1 are')
    .replace(/\b(he|she|it|that)'s\b/g, '$1 is')
    .replace(/'ll\b/g, ' will');
  return plain.match(/[\p{L}\p{N}]+/gu) ?? [];
}

type Step = 'gap' | 'any' | 'owner' | { words: readonly string[]; beginnings: readonly string[] };

interface Pattern extends Omit<FoundIdiom, 'share' | 'at'> {
  steps: readonly Step[];
}

/** Patterns by the words of which one must be in the text: only these are tried. */
const byWord = new Map<string, Pattern[]>();
for (const groups of Object.values(IDIOMS)) for (const group of groups) learn(group);

function learn({ labels, weight, said }: IdiomGroup): void {
  for (const text of said.split('|')) {
    const steps = text.trim().split(/\s+/).map(stepOf);
    const longest = steps
      .flatMap((step) => (typeof step === 'object' && step.beginnings.length === 0 ? [step.words] : []))
      .reduce<readonly string[]>((best, words) => (leastLength(words) > leastLength(best) ? words : best), []);
    for (const word of longest) byWord.set(word, [...(byWord.get(word) ?? []), { steps, labels, weight }]);
  }
}

function leastLength(words: readonly string[]): number {
  return words.length === 0 ? 0 : Math.min(...words.map((word) => word.length));
}

function stepOf(part: string): Step {
  if (part === '…') return 'gap';
  if (part === '_') return 'any';
  if (part === '~') return 'owner';
  const each = part.split('/').map(folded);
  return {
    words: each.filter((word) => !word.endsWith('*')),
    beginnings: each.filter((word) => word.endsWith('*')).map((word) => word.slice(0, -1)),
  };
}

/** All idioms of a text, in any of the lexicon's languages. */
export function idiomsIn(text: string): FoundIdiom[] {
  const words = wordsOf(text);
  const candidates = new Set(words.flatMap((word) => byWord.get(word) ?? []));
  const found: FoundIdiom[] = [];
  for (const { steps, labels, weight } of candidates)
    for (let at = 0; at < words.length; at += 1) {
      const end = endOf(steps, words, at);
      if (end === null) continue;
      if (!deniedBefore(words, at)) found.push({ labels, weight, share: (end - at) / words.length, at });
      break;
    }
  return found;
}

/** "No, I am …" answers; it denies nothing. */
const ANSWER_AFTER_NO = new Set(['i', 'ich', 'je', 'io', 'eu', 'yo']);

function deniedBefore(words: readonly string[], at: number): boolean {
  for (let i = Math.max(0, at - DENIED_WITHIN); i < at; i += 1) {
    const word = words[i] ?? '';
    if (DENIALS.has(word) && !(word === 'no' && ANSWER_AFTER_NO.has(words[i + 1] ?? ''))) return true;
  }
  return false;
}

/** Where the pattern ends in the words when it begins at `at`; null where it does not fit. */
function endOf(steps: readonly Step[], words: readonly string[], at: number, first = true): number | null {
  const [step, ...rest] = steps;
  if (step === undefined) return at;
  if (step === 'gap') {
    for (let gap = 0; gap <= MOST_GAP && at + gap <= words.length; gap += 1) {
      const end = endOf(rest, words, at + gap, false);
      if (end !== null) return end;
    }
    return null;
  }
  const word = words[at];
  if (word === undefined) return null;
  if (fits(step, word)) {
    const end = endOf(rest, words, at + 1, false);
    if (end !== null) return end;
  }
  return !first && PASSED_OVER.has(word) ? endOf(steps, words, at + 1, false) : null;
}

function fits(step: Exclude<Step, 'gap'>, word: string): boolean {
  if (step === 'any') return true;
  if (step === 'owner') return OWNERS.has(word);
  return step.words.includes(word) || step.beginnings.some((beginning) => word.startsWith(beginning));
}

const sideOf = (label: EmotionLabel) => Math.sign(LABEL_AFFECT[label].valence);

/**
 * Probabilities after the idioms of a text; never out of 0..1.
 *
 * @param turnAt place of the first word after a turn, null where the text does not turn.
 * @param ofOneself whether the speaker is in the text, or the text is too short to say.
 */
export function withIdioms(
  p: readonly number[],
  idioms: readonly FoundIdiom[],
  turnAt: number | null,
  ofOneself: boolean,
): number[] {
  const next = [...p];
  for (const { labels, weight, share, at } of idioms) {
    const before = turnAt !== null && at < turnAt ? BEFORE_A_TURN : 1;
    const inAll = LEAST + (1 - LEAST) * Math.min(1, share / WHOLE_SHARE);
    const sure = weight * before * inAll * (ofOneself ? 1 : OF_NOBODY);
    const side = sideOf(labels[0] ?? 'neutral');
    EMOTION_LABELS.forEach((label, i) => {
      const value = next[i] ?? 0;
      const place = labels.indexOf(label);
      if (place >= 0) next[i] = Math.max(value, place === 0 ? sure : sure * OTHER_LABELS);
      else if (label === 'neutral') next[i] = value * (1 - sure);
      else if (sideOf(label) === -side) next[i] = value * (1 - sure * share);
    });
  }
  return next;
}
