/**
 * The name alone, told as soon as it was said: somebody who calls waits for the light. At the very first quiet after a sound as
 * long as a name a brief look is taken for nothing else; the sentence goes on meanwhile, and whatever it turns out to be is
 * understood as every other one.
 */
import { calledWith } from '../../../voice-intents/called.js';
import type { Early } from './utterance.js';

/** Longer sound is more than a name: 2.5 s, and what the page sends of the time before it. */
export const MOST_OF_A_NAME_SEC = 3;
/** A short silence told so soon after the first quiet is the same silence; less sound than that is no word. */
export const SAME_SILENCE_SEC = 0.15;

/** Never throws: whoever asks again, asks in the usual way. */
export async function calledAlone({ words, signal }: Early, locale: string): Promise<boolean> {
  const heard = await words.catch(() => null);
  return heard !== null && !signal.aborted && calledWith(locale, heard.text) === '';
}
