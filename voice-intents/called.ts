/**
 * Whether a sentence begins with the speaker's own name ("Quiet Bedside, I can't sleep"), for speakers that are woken by
 * their name. The name is the invocation name of the locale, or the one that the page has in a language of its own.
 *
 * Rules
 * 1. The name comes first; one opener may stand before it ("hey").
 * 2. A recogniser that never saw the name writes it its own way ("quite bed side"): letters are compared without spaces,
 *    and a quarter of them may differ.
 * 3. What follows is the sentence; nothing follows where only the name was said.
 */
import { distance } from 'fastest-levenshtein';
import { BEDSIDE_WORDS, bedsideLanguageOf } from './bedside-languages.js';
import { nearestLocale } from './intents.js';
import { plain, spaced, withoutFillers } from './plain-text.js';
import { sentencesFor } from './sentences.js';

const MOST_DIFFERENT = 0.25;

/** The sentence after the name ('' for the name alone), as it was written; null where the speaker was not called. */
export function calledWith(locale: string, said: string): string | null {
  const { language, invocationName } = calledIn(locale);
  const name = tight(plain(language, invocationName));
  const text = withoutFillers(language, plain(language, said));
  const gap = spaced(language) ? ' ' : '';
  const pieces = text.split(gap);
  let best: { share: number; pieces: number } | null = null;
  let begun = '';
  for (const [i, piece] of pieces.entries()) {
    begun += piece;
    if (begun.length > name.length * (1 + MOST_DIFFERENT)) break;
    const share = distance(begun, name) / name.length;
    if (share <= MOST_DIFFERENT && (!best || share < best.share)) best = { share, pieces: i + 1 };
  }
  if (!best) return null;
  return pieces.slice(best.pieces).join(gap);
}

/** The name as people read it on the screen. */
export function nameOf(locale: string): string {
  const { invocationName, language } = calledIn(locale);
  return invocationName.replace(/(^|\s)\p{Ll}/gu, (letter) => letter.toLocaleUpperCase(language));
}

function calledIn(locale: string) {
  const language = bedsideLanguageOf(locale);
  return language ? { language, invocationName: BEDSIDE_WORDS[language].name } : sentencesFor(nearestLocale(locale));
}

const tight = (text: string) => text.replace(/\s+/g, '');
