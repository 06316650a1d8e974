/**
 * How long a sentence takes when a calm assistant voice reads it. An estimate by rule of thumb, not measured on any
 * one voice: good enough to keep what is said at a bedside short.
 */
import { type Language, languageOf } from './prompts.js';

/**
 * Characters a second, spaces counted: about 150 English words a minute, and what such a pace comes to in the other
 * scripts. Pauses between sentences are in it, as they are in words a minute.
 * Japanese counts kana and kanji alike; Hindi counts vowel signs as characters; Arabic writes no short vowels.
 */
export const CHARACTERS_PER_SECOND: Record<Language, number> = {
  en: 14,
  de: 13.5,
  fr: 14.5,
  es: 14.5,
  it: 14,
  pt: 14,
  ja: 7,
  hi: 13,
  nl: 14,
  pl: 14,
  tr: 14,
  ar: 12,
  zh: 5,
};

/** A number of one or two digits is one word; a longer one is read digit by digit, as telephone numbers are. */
const SHORT_NUMBER_SEC = 0.5;
const DIGIT_SEC = 0.35;

/** `text` with its fields filled in. */
export function readingTimeSec(text: string, locale: string): number {
  const numbers = text.match(/\d+/g) ?? [];
  const digits = numbers.reduce(
    (sum, number) => sum + (number.length <= 2 ? SHORT_NUMBER_SEC : number.length * DIGIT_SEC),
    0,
  );
  const letters = text.replace(/\d+/g, '').replace(/[^\p{L}\p{M}\s]/gu, '').length;
  return letters / CHARACTERS_PER_SECOND[languageOf(locale)] + digits;
}
