/**
 * Plays the platform's part at home: which intent a said sentence lands in, with its slots. Used by the simulator and
 * by our tests; Amazon's own listening is statistical and more generous.
 *
 * Order, first that fits:
 *  1. the sentence is one of ours without slots, or a word of a built-in intent ("stop");
 *  2. a sentence of ours whose slot is a known word, number or length, most carrier letters first:
 *     "very sad" = "very {emotion}" → EmotionIntent, id "sadness";
 *  3. a sentence of ours with free words, most carrier letters first:
 *     "i feel so alone tonight" = "i feel so {feeling}" before "i feel {feeling}".
 *  4. a sentence of ours whose feeling or intention is a word we do not list. Amazon sends such words too, without id:
 *     "help me {intention}" with "disappear". Whoever takes it reads the words as a feeling, past the crisis gate.
 * Equals are decided by the order of the intents in `intents.ts`, then by the order in the file. Nothing fits → null,
 * where Amazon sends AMAZON.FallbackIntent.
 */
import { BUILT_IN_WORDS } from './built-in-words.js';
import { durationFrom } from './durations.js';
import { type Locale, OUR_INTENTS, type OurIntent, SLOT_TYPES, type SlotName } from './intents.js';
import { numberFrom } from './numbers.js';
import { plain, spaced, withoutFillers } from './plain-text.js';
import { isOurType, type Language, type LocaleSentences, sentencesFor } from './sentences.js';
import { timeFrom } from './times.js';

/** One slot as it was filled: the words, what they stand for ("PT10M", "4", "sad"), and our id where there is one. */
export interface MatchedSlot {
  said: string;
  value?: string;
  id?: string;
}

/** Whether what was said is a sentence of ours, word for word: no free words stand in it. */
export const isWordForWord = (matched: Matched | null): matched is Matched =>
  matched !== null && matched.confidence >= 0.9;

export interface Matched {
  /** A name from OUR_INTENTS or BUILT_IN_INTENTS. */
  intent: string;
  slots: Record<string, MatchedSlot>;
  /**
   * 1 = word for word, 0.9 = a known word in a slot, 0.5 to 0.8 = free words (more, the more of it was carrier), 0.4 = an
   * unlisted word.
   */
  confidence: number;
}

/** A sentence of ours with one slot, cut at it. */
interface Template {
  intent: OurIntent;
  slot: SlotName;
  before: string;
  after: string;
}

interface Grammar {
  language: Language;
  exact: ReadonlyMap<string, string>;
  /** Longest carrier first. */
  templates: readonly Template[];
  /** Of each of our types: plain word → value and id. */
  words: Readonly<Record<string, ReadonlyMap<string, { value: string; id: string }>>>;
}

/** Which intent a sentence lands in, or null for none. The sentence comes without the wake word and skill name. */
export function matchSentence(locale: Locale, said: string): Matched | null {
  const grammar = grammarFor(locale);
  const text = plain(grammar.language, said);
  if (text === '') return null;
  const bare = withoutFillers(grammar.language, text);
  return exactly(grammar, text) ?? exactly(grammar, bare) ?? withSlot(grammar, inOrder(grammar.language, bare));
}

/** A sentence with a length in it is shorter; from one long word without an end the pattern would begin at each letter. */
const MOST_WITH_LENGTH = 300;

/** "20 more minutes" is "20 minutes more", for which there is a sentence: a slot cannot have a word in its middle. */
function inOrder(language: Language, text: string): string {
  return language === 'en' && text.length <= MOST_WITH_LENGTH
    ? text.replace(/(\S+) more (minutes?|hours?)$/, '$1 $2 more')
    : text;
}

function exactly({ exact }: Grammar, text: string): Matched | null {
  const intent = exact.get(text);
  return intent === undefined ? null : { intent, slots: {}, confidence: 1 };
}

function withSlot(grammar: Grammar, text: string): Matched | null {
  const fits = grammar.templates.flatMap((template) => {
    const words = between(grammar.language, template, text);
    return words === null ? [] : [{ template, words }];
  });
  for (const { template, words } of fits) {
    const slot = understood(grammar, template.slot, words);
    if (slot) return { intent: template.intent, slots: { [template.slot]: slot }, confidence: 0.9 };
  }
  const free = fits.find(({ template }) => SLOT_TYPES[template.slot] === 'AMAZON.SearchQuery');
  if (free) {
    const { intent, slot } = free.template;
    const confidence = 0.5 + (0.3 * carrierLength(free.template)) / text.length;
    return { intent, slots: { [slot]: { said: free.words, value: free.words } }, confidence };
  }
  const unlisted = fits.find(({ template }) => OPEN_SLOTS.includes(template.slot) && carrierLength(template) > 0);
  if (!unlisted) return null;
  const { intent, slot } = unlisted.template;
  return { intent, slots: { [slot]: { said: unlisted.words } }, confidence: 0.4 };
}

/** Slots of our own types in which an unlisted word still says how somebody is. */
const OPEN_SLOTS: readonly SlotName[] = ['emotion', 'intention'];

/** The words in the place of the slot; null when the carrier does not fit. */
function between(language: Language, { before, after }: Template, text: string): string | null {
  const gap = spaced(language) ? ' ' : '';
  const head = before === '' ? '' : before + gap;
  const tail = after === '' ? '' : gap + after;
  const length = text.length - head.length - tail.length;
  if (length < 1 || !text.startsWith(head) || !text.endsWith(tail)) return null;
  return text.slice(head.length, head.length + length);
}

/** What the words mean to a slot that only takes known ones; null when it does not take them. */
function understood({ language, words }: Grammar, slot: SlotName, said: string): MatchedSlot | null {
  const type = SLOT_TYPES[slot];
  if (isOurType(type)) {
    const known = words[type]?.get(said);
    return known ? { said, ...known } : null;
  }
  if (type === 'AMAZON.SearchQuery') return null;
  const readers = { 'AMAZON.DURATION': durationFrom, 'AMAZON.TIME': timeFrom, 'AMAZON.NUMBER': numberFrom };
  const value = readers[type](language, said);
  return value === null ? null : { said, value: String(value) };
}

const carrierLength = ({ before, after }: Template) => before.length + after.length;

const grammars = new Map<Locale, Grammar>();

function grammarFor(locale: Locale): Grammar {
  let grammar = grammars.get(locale);
  if (!grammar) {
    grammar = makeGrammar(sentencesFor(locale));
    grammars.set(locale, grammar);
  }
  return grammar;
}

function makeGrammar({ language, intents, types }: LocaleSentences): Grammar {
  const exact = new Map<string, string>();
  const templates: Template[] = [];
  const learn = (text: string, intent: string) => {
    if (!exact.has(text)) exact.set(text, intent);
  };
  for (const intent of Object.keys(OUR_INTENTS) as OurIntent[]) {
    for (const sample of intents[intent]) {
      const text = plain(language, sample);
      const slot = /\{(\w+)\}/.exec(text);
      if (!slot) {
        learn(text, intent);
        continue;
      }
      const before = text.slice(0, slot.index).trim();
      const after = text.slice(slot.index + slot[0].length).trim();
      templates.push({ intent, slot: slot[1] as SlotName, before, after });
    }
  }
  for (const [intent, said] of Object.entries(BUILT_IN_WORDS[language])) {
    for (const words of said) learn(plain(language, words), intent);
  }
  templates.sort((a, b) => carrierLength(b) - carrierLength(a));
  const words = Object.fromEntries(
    Object.entries(types).map(([type, values]) => [
      type,
      new Map(
        values.flatMap(({ value, id, synonyms }) =>
          [value, ...synonyms].map((word) => [plain(language, word), { value, id }] as const),
        ),
      ),
    ]),
  );
  return { language, exact, templates, words };
}
