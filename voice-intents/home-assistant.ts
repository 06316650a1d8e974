/**
 * Our sentences as Home Assistant's custom sentences (`config/custom_sentences/<language>/emoheal.yaml`), made from the
 * same source as the Alexa model. A sentence hands over its own words beside the free ones, so that what reaches this
 * server is what was said: "today was {feeling}" → before: "today was", feeling: "awful".
 *
 * Left out are carriers so short that they would swallow what is meant for the house ("i {feeling}": "I want the light
 * on"), lengths of time, and single words of built-in intents ("stop", "pause"), which may be meant for anything in the house.
 */
import { BUILT_IN_WORDS } from './built-in-words.js';
import type { BuiltInIntent, Locale, OurIntent } from './intents.js';
import { plain, spaced } from './plain-text.js';
import { type LocaleSentences, type SlotValue, sentencesFor } from './sentences.js';

/** What is sent on, as the package's `intent_script` knows it. */
export const HOUSE_INTENTS = {
  EmohealFeeling: ['FeelingIntent', 'EmotionIntent', 'SleeplessIntent', 'IntentionIntent'],
  EmohealStay: ['StayIntent'],
  EmohealDeeper: ['DeeperIntent'],
  EmohealStraightToCalm: ['StraightToCalmIntent'],
  EmohealMoreTime: ['MoreTimeIntent'],
  EmohealStop: ['AMAZON.StopIntent'],
  EmohealPause: ['AMAZON.PauseIntent'],
  EmohealResume: ['AMAZON.ResumeIntent'],
} as const satisfies Record<string, readonly (OurIntent | BuiltInIntent)[]>;
export type HouseIntent = keyof typeof HOUSE_INTENTS;

interface SentenceGroup {
  sentences: string[];
  slots?: { before: string; after: string };
}
type ListOfWords = { wildcard: true } | { values: { in: string; out: string }[] };

export interface CustomSentences {
  language: string;
  intents: Record<HouseIntent, { data: SentenceGroup[] }>;
  lists: Record<'emoheal_feeling' | 'emoheal_emotion' | 'emoheal_intention', ListOfWords>;
}

const LISTS: Record<string, keyof CustomSentences['lists']> = {
  feeling: 'emoheal_feeling',
  emotion: 'emoheal_emotion',
  intention: 'emoheal_intention',
};
/** Letters of a carrier before free words: "i feel" has five. */
const FEWEST_LETTERS = { spaced: 5, unspaced: 3 };
/** Marks that mean something in a sentence template. */
const TEMPLATE_MARKS = /[()[\]<>|]/;

export function customSentences(locale: Locale): CustomSentences {
  const said = sentencesFor(locale);
  const intents = Object.fromEntries(
    Object.entries(HOUSE_INTENTS).map(([name, ours]) => [
      name,
      { data: ours.flatMap((intent) => groups(said, intent, name === 'EmohealFeeling')) },
    ]),
  ) as CustomSentences['intents'];
  return {
    language: said.language,
    intents,
    lists: {
      emoheal_feeling: { wildcard: true },
      emoheal_emotion: { values: words(said, said.types.FEELING) },
      emoheal_intention: { values: words(said, said.types.INTENTION) },
    },
  };
}

/** What people say for an intent of either kind; of a built-in one only what no other thing in the house answers to. */
function samplesOf(said: LocaleSentences, intent: OurIntent | BuiltInIntent): readonly string[] {
  if (!intent.startsWith('AMAZON.')) return said.intents[intent as OurIntent];
  const all = BUILT_IN_WORDS[said.language][intent as BuiltInIntent] ?? [];
  return all.filter((words) =>
    spaced(said.language) ? words.includes(' ') : letters(words) > FEWEST_LETTERS.unspaced,
  );
}

function groups(said: LocaleSentences, intent: OurIntent | BuiltInIntent, handsOver: boolean): SentenceGroup[] {
  const isSpaced = spaced(said.language);
  const least = isSpaced ? FEWEST_LETTERS.spaced : FEWEST_LETTERS.unspaced;
  return [...new Set(samplesOf(said, intent).map((sample) => plain(said.language, sample)))].flatMap((text) => {
    const slot = /\{(\w+)\}/.exec(text);
    if (!slot) return [{ sentences: [text], ...(handsOver ? { slots: { before: text, after: '' } } : {}) }];
    const list = LISTS[slot[1]!];
    if (!list) return [];
    const before = text.slice(0, slot.index).trim();
    const after = text.slice(slot.index + slot[0].length).trim();
    if (list === 'emoheal_feeling' && letters(before + after) < least) return [];
    const gap = isSpaced ? ' ' : '';
    const sentence = [before, `{${list}:feeling}`, after].filter(Boolean).join(gap);
    return [{ sentences: [sentence], slots: { before, after } }];
  });
}

const letters = (text: string) => (text.match(/\p{L}/gu) ?? []).length;

/** Each way to say a word, without those that a template could not hold. */
function words(said: LocaleSentences, values: readonly SlotValue[]): { in: string; out: string }[] {
  const all = values
    .flatMap(({ value, synonyms }) => [value, ...synonyms])
    .map((word) => plain(said.language, word))
    .filter((word) => word !== '' && !TEMPLATE_MARKS.test(word));
  return [...new Set(all)].map((word) => ({ in: word, out: word }));
}
