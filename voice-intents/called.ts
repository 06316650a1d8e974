/**
 * Whether a sentence begins with the speaker's own name ("Quiet Bedside, I can't sleep"), for speakers that are woken by
 * their name. The name is the invocation name of the locale.
 *
 * Rules
 * 1. The name comes first; one opener may stand before it ("hey").
 * 2. A recogniser that never saw the name writes it its own way ("quite bed side"): letters are compared without spaces,
 *    and a quarter of them may differ.
 * 3. What follows is the sentence; nothing follows where only the name was said.
 */
import { distance } from 'fastest-levenshtein';
import { nearestLocale } from './intents.js';
import { plain, withoutFillers } from './plain-text.js';
import { sentencesFor } from './sentences.js';

const MOST_DIFFERENT = 0.25;

/** The sentence after the name ('' for the name alone), as it was written; null where the speaker was not called. */
export function calledWith(locale: string, said: string): string | null {
  const { language, invocationName } = sentencesFor(nearestLocale(locale));
  const name = tight(plain(language, invocationName));
  const text = withoutFillers(language, plain(language, said));
  const pieces = language === 'ja' ? [...text] : text.split(' ');
  let best: { share: number; pieces: number } | null = null;
  let begun = '';
  for (const [i, piece] of pieces.entries()) {
    begun += piece;
    if (begun.length > name.length * (1 + MOST_DIFFERENT)) break;
    const share = distance(begun, name) / name.length;
    if (share <= MOST_DIFFERENT && (!best || share < best.share)) best = { share, pieces: i + 1 };
  }
  if (!best) return null;
  return pieces.slice(best.pieces).join(language === 'ja' ? '' : ' ');
}

/** The name as people read it on the screen. */
export function nameOf(locale: string): string {
  const { invocationName, language } = sentencesFor(nearestLocale(locale));
  return invocationName.replace(/(^|\s)\p{Ll}/gu, (letter) => letter.toLocaleUpperCase(language));
}

const tight = (text: string) => text.replace(/\s+/g, '');
