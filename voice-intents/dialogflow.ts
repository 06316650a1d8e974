/**
 * What both editions of Dialogflow are made from: names that they allow, languages that they have, and our sentences with an
 * example in the place of each slot (Dialogflow learns from filled sentences, Amazon from sentences with holes).
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { packageRoot } from '../models/paths.js';
import { BUILT_IN_WORDS } from './built-in-words.js';
import {
  BUILT_IN_INTENTS,
  LOCALES,
  type Locale,
  OUR_INTENTS,
  type OurIntent,
  SLOT_TYPES,
  type SlotName,
} from './intents.js';
import { matchSentence } from './matcher.js';
import { spaced } from './plain-text.js';
import { isOurType, languageOfLocale, sentencesFor } from './sentences.js';

/** Intents that only Dialogflow has. */
export const WELCOME = 'WelcomeIntent';
export const FALLBACK = 'FallbackIntent';
export const MEDIA_STATUS = 'MediaStatusIntent';

/** "AMAZON.StopIntent" → "StopIntent": names in Dialogflow hold no full stop. Ours stay as they are. */
export const dialogflowName = (intent: string): string => intent.replace(/^AMAZON\./, '');

/** Every intent with sentences of its own: ours, then the built-in ones that a person says. */
export const SAID_INTENTS: readonly string[] = [
  ...Object.keys(OUR_INTENTS),
  ...BUILT_IN_INTENTS.filter((name) => name !== 'AMAZON.FallbackIntent' && name !== 'AMAZON.NavigateHomeIntent'),
];

/**
 * Dialogflow's name of the language of a locale, in the order in which the agent has them. A language's first locale is its
 * ground ("en"); the others are added to it ("en-gb").
 */
export const DIALOGFLOW_LANGUAGES: Readonly<Record<Locale, string>> = {
  'en-US': 'en',
  'en-GB': 'en-gb',
  'en-AU': 'en-au',
  'en-CA': 'en-ca',
  'en-IN': 'en-in',
  'de-DE': 'de',
  'fr-FR': 'fr',
  'es-ES': 'es',
  'es-US': 'es-419',
  'it-IT': 'it',
  'pt-BR': 'pt-br',
  'ja-JP': 'ja',
  'hi-IN': 'hi',
};

export const DEFAULT_LANGUAGE = DIALOGFLOW_LANGUAGES['en-US'];

/** What Dialogflow reads in a slot: its own kinds, or a list of ours. */
export function entityOf(slot: SlotName): string {
  const type = SLOT_TYPES[slot];
  if (isOurType(type)) return type;
  return {
    'AMAZON.SearchQuery': 'sys.any',
    'AMAZON.DURATION': 'sys.duration',
    'AMAZON.NUMBER': 'sys.number',
    'AMAZON.TIME': 'sys.time',
  }[type];
}

export interface PhrasePart {
  text: string;
  slot?: SlotName;
}

/** Fillings tried for each sentence with free words; more would only repeat the carrier. */
const FREE_EXAMPLES = 2;

/** The sentences of an intent in a locale, each as its parts. */
export function phrasesOf(locale: Locale, intent: string): PhrasePart[][] {
  const sentences = sentencesFor(locale);
  if (!Object.hasOwn(OUR_INTENTS, intent)) {
    const words = BUILT_IN_WORDS[sentences.language][intent as (typeof BUILT_IN_INTENTS)[number]] ?? [];
    return words.map((text) => [{ text }]);
  }
  const examples = examplesIn(locale);
  return sentences.intents[intent as OurIntent].flatMap((sample, i) => {
    const hole = /\{(\w+)\}/.exec(sample);
    if (!hole) return [[{ text: sample }]];
    const slot = hole[1] as SlotName;
    const known = examples[slot] ?? [];
    const count = SLOT_TYPES[slot] === 'AMAZON.SearchQuery' ? Math.min(FREE_EXAMPLES, known.length) : 1;
    // Japanese has spaces around its slots in our file, and none in speech.
    const trim = (text: string) => (spaced(languageOfLocale(locale)) ? text : text.replaceAll(' ', ''));
    const before = trim(sample.slice(0, hole.index));
    const after = trim(sample.slice(hole.index + hole[0].length));
    return Array.from({ length: count }, (_, k): PhrasePart[] =>
      [{ text: before }, { text: known[(i * FREE_EXAMPLES + k) % known.length]!, slot }, { text: after }].filter(
        ({ text }) => text !== '',
      ),
    );
  });
}

const seen = new Map<Locale, Partial<Record<SlotName, string[]>>>();

/** What people put into a slot: from the sentences that are known to be said; of a list of ours, its words. */
function examplesIn(locale: Locale): Partial<Record<SlotName, string[]>> {
  const known = seen.get(locale);
  if (known) return known;
  const found: Partial<Record<SlotName, string[]>> = {};
  for (const said of readFileSync(path.join(packageRoot(), 'voice-intents', 'said', `${locale}.tsv`), 'utf8').split(
    '\n',
  )) {
    const matched = matchSentence(locale, said.split('\t')[0] ?? '');
    for (const [name, slot] of Object.entries(matched?.slots ?? {})) {
      const list = found[name as SlotName] ?? [];
      if (!list.includes(slot.said)) list.push(slot.said);
      found[name as SlotName] = list;
    }
  }
  for (const slot of Object.keys(SLOT_TYPES) as SlotName[]) {
    const type = SLOT_TYPES[slot];
    if (isOurType(type)) found[slot] = sentencesFor(locale).types[type].map(({ value }) => value);
  }
  seen.set(locale, found);
  return found;
}

/** A UUID that follows from a name: the same sources make the same agent. */
export function uuidOf(...names: string[]): string {
  const hex = createHash('sha256')
    .update(`emoheal ${names.join(' ')}`)
    .digest('hex');
  const variant = ((Number.parseInt(hex[16]!, 16) & 3) | 8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

export interface AgentWish {
  /** https address of POST /dialogflow. */
  webhookUrl: string;
  /** Headers that the agent sends with every request. */
  headers: Readonly<Record<string, string>>;
}

/** Files of an agent by their place in the archive. */
export type AgentFiles = Record<string, unknown>;

export const AGENT_NAME = 'quiet-bedside';
export const AGENT_DESCRIPTION = 'Say how you feel; music meets you there and leads you, step by step, to rest.';
export const LANGUAGES_IN_ORDER = LOCALES.map((locale) => [locale, DIALOGFLOW_LANGUAGES[locale]] as const);
