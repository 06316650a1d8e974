/**
 * The words that the speaker says and shows, by key and locale. Short, plain, calm; nothing here praises or promises.
 * A sentence is plain text: whoever speaks it puts SSML around it. English is the fallback.
 */
import type { PromptFields, PromptKey } from './keys.js';
import { ar } from './locales/ar.js';
import { de } from './locales/de.js';
import { en } from './locales/en.js';
import { es } from './locales/es.js';
import { fr } from './locales/fr.js';
import { hi } from './locales/hi.js';
import { it } from './locales/it.js';
import { ja } from './locales/ja.js';
import { nl } from './locales/nl.js';
import { pl } from './locales/pl.js';
import { pt } from './locales/pt.js';
import { tr } from './locales/tr.js';
import { zh } from './locales/zh.js';
import { filled } from './screen/filled.js';
import type { LocaleText, Sentences, Words } from './words.js';

export {
  PROMPT_KEYS,
  PROMPTS_AND_FIELDS,
  type PromptField,
  type PromptFields,
  type PromptKey,
} from './keys.js';
export type { MusicWord, StrengthWord, Words } from './words.js';

/** Every language that is written and spoken here, by its code. Assistants of other houses have fewer: `voice-intents/`. */
export const LANGUAGES = { en, de, fr, es, it, pt, ja, hi, nl, pl, tr, ar, zh } as const satisfies Record<
  string,
  LocaleText
>;
export type Language = keyof typeof LANGUAGES;

/** "de-AT" → "de"; what is not spoken here is answered in English. */
export function languageOf(locale: string): Language {
  const language = locale.split(/[-_]/)[0]?.toLowerCase() ?? '';
  return Object.hasOwn(LANGUAGES, language) ? (language as Language) : 'en';
}

const regionOf = (locale: string) =>
  locale
    .split(/[-_]/)
    .slice(1)
    .find((part) => /^([a-z]{2}|\d{3})$/i.test(part))
    ?.toUpperCase();

function regionalText(locale: string) {
  const text: LocaleText = LANGUAGES[languageOf(locale)];
  const region = regionOf(locale);
  return { text, regional: region === undefined ? undefined : text.regions?.[region] };
}

/** Every way to say a key, in the locale's own words. */
export function sentencesOf(locale: string, key: PromptKey): Sentences[PromptKey] {
  const { text, regional } = regionalText(locale);
  return regional?.sentences?.[key] ?? text.sentences[key];
}

/** The single words of a locale: names of feelings, of what music is like, of stages. */
export function wordsOf(locale: string): Words {
  const { text, regional } = regionalText(locale);
  const changed = regional?.words;
  if (!changed) return text.words;
  const own = Object.entries(text.words).map(([name, value]) => {
    const other = changed[name as keyof Words];
    return [name, typeof value === 'string' ? (other ?? value) : { ...value, ...(other as object | undefined) }];
  });
  return Object.fromEntries(own);
}

/** "a", "a and b", "a, b and c". Words of `music` are joined as the language joins adjectives. */
export function joinList(locale: string, items: readonly string[]): string {
  const { and, music } = wordsOf(locale);
  if (items.length < 2) return items[0] ?? '';
  const ofMusic = and.betweenMusic !== undefined && items.every((item) => Object.values(music).includes(item));
  if (ofMusic) return items.join(and.betweenMusic);
  const end = items.at(-1)!;
  const startsWithI = /^h?[ií](?![aeo])/i.test(end);
  const last = startsWithI && and.lastBeforeI ? and.lastBeforeI : and.last;
  return items.slice(0, -1).join(and.between) + last + end;
}

/**
 * One sentence, filled in. `variation` turns through the sentences of a key, so that with the number of the day nobody
 * hears the same words two days running. A missing field is a fault in our tests and silence at a bedside.
 */
export function sayPrompt(key: PromptKey, locale: string, fields: PromptFields = {}, variation = 0): string {
  const sentences = sentencesOf(locale, key);
  const turn = Math.trunc(variation) % sentences.length;
  const sentence = sentences[turn < 0 ? turn + sentences.length : turn]!;
  const words = wordsOf(locale);
  const given = Object.entries(fields).map(([name, value]) => [name, spoken(name, value, words, locale)]);
  return filled(sentence, Object.fromEntries(given), (name) => {
    if (process.env.NODE_ENV === 'test') throw new Error(`The prompt "${key}" (${locale}) lacks its field "${name}".`);
    return '';
  });
}

/** Fields come in as figures and as the names on the list of help lines; each language says them its own way. */
function spoken(name: string, value: string, words: Words, locale: string): string {
  switch (name) {
    case 'minutes':
      return /^\d+$/.test(value) ? value + unitFor(Number(value), words, locale) : value;
    case 'service':
      return words.services[value] ?? value;
    case 'emergency':
      return value.replace(' or ', ` ${words.or} `);
    default:
      return value;
  }
}

function unitFor(minutes: number, { minutes: units }: Words, locale: string): string {
  const form = new Intl.PluralRules(languageOf(locale)).select(minutes);
  return form === 'zero' ? units.other : (units[form] ?? units.other);
}

/** "1 minute", "45 Minuten", "45分": a number of minutes as the language writes it. */
export const minutesIn = (minutes: number, locale: string): string =>
  minutes + unitFor(minutes, wordsOf(locale), locale);
