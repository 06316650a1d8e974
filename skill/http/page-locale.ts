/** The language that a page is sent in: the reader's first choice that is spoken here, with its region. */
import type { Request } from 'express';
import { LANGUAGES } from '../../audio-prompts/prompts.js';

const USUAL = 'en-US';

export const pageLocale = (request: Request): string =>
  request
    .acceptsLanguages()
    .map(canonical)
    .find((locale) => locale !== null && isSpoken(locale)) ?? USUAL;

const isSpoken = (locale: string) => Object.hasOwn(LANGUAGES, locale.split('-')[0]!);

/** Null for what is no language tag: dates could not be written by it. */
function canonical(given: string): string | null {
  try {
    return Intl.getCanonicalLocales(given)[0] ?? null;
  } catch {
    return null;
  }
}
