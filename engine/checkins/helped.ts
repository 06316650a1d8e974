/**
 * What helped a listener before, and how far that may bend the music. Pure. Kept only where the listener agreed to be asked.
 *
 * Rules
 * 1. A session helped where mood rose by more than this listener's own average, and did less where it rose by less: what a
 *    person gains on any evening says nothing of the music.
 * 2. The first MIN_SESSIONS sessions move nothing; after that, what sounded longest in a session that helped draws the
 *    dials towards how it measures, in one that did not it pushes them away, half as far (`taste.ts`).
 * 3. It moves a dial by a tenth of its range at most, and together with taste by no more than taste alone may.
 * Example: five sessions raise mood by .2 on average; the sixth, dark and slow, by .7: dark and slow weigh a little more.
 */
import { learned, MOST_SHIFT, noTaste, type Opinion, TASTE_DIALS, type Taste } from '../listeners/taste.js';

export const MIN_SESSIONS = 5;
export const MOST_HELPED_SHIFT = 0.1;
/** Mood from −1 to 1; a smaller difference is chance. */
const TELLING_GAIN = 0.1;

const within = (value: number, most: number) => Math.min(most, Math.max(-most, value));

/** `earlier`: changes of mood in the sessions before this one, of the same listener. */
export function learnedFromChange(
  helped: Taste,
  change: number,
  earlier: readonly number[],
  heard: Omit<Opinion, 'kind'>,
): Taste {
  if (earlier.length < MIN_SESSIONS) return helped;
  const gain = change - earlier.reduce((sum, each) => sum + each, 0) / earlier.length;
  if (Math.abs(gain) < TELLING_GAIN) return helped;
  const after = learned(helped, { ...heard, kind: gain > 0 ? 'like' : 'skip' });
  const dials = Object.fromEntries(TASTE_DIALS.map((dial) => [dial, within(after.dials[dial], MOST_HELPED_SHIFT)]));
  // What helped speaks of how music sounds; which style is liked is the listener's own word.
  return { ...after, dials: dials as Taste['dials'], styles: {} };
}

/** Taste and what helped, together (rule 3). Null where neither is known. */
export function withHelped(taste: Taste | null, helped: Taste | null): Taste | null {
  if (!helped) return taste;
  const own = taste ?? noTaste();
  const dials = TASTE_DIALS.map((dial) => [
    dial,
    within(own.dials[dial] + within(helped.dials[dial], MOST_HELPED_SHIFT), MOST_SHIFT),
  ]);
  return { ...own, dials: Object.fromEntries(dials) as Taste['dials'] };
}
