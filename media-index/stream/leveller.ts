/**
 * Keeps the mix at the loudness that the plan asks for, slowly enough that nobody hears it work: down by at most one
 * decibel a second, up by a third of that, at most 6 dB from the metadata's own gain. It follows K-weighted loudness (BS.1770)
 * over about six seconds, and holds still where the music itself has gone quiet, or is told to: while a broken track's place
 * is taken.
 */
import { createKWeighting, lufsOf } from '../analysis/loudness.js';
import { SAMPLE_RATE } from '../track-source.js';

const MEMORY_SEC = 6;
const MOST_DB = 6;
const DOWN_DB_A_SECOND = 1;
/** Together with a rise that the plan asks for (`voices.ts`) this stays below one decibel a second. */
const UP_DB_A_SECOND = 0.3;
/** Music this far below its goal is a rest in the music, not a fault of level. */
const HOLD_BELOW_LU = 14;

export function createLeveller() {
  const weigh = createKWeighting();
  let power = 0;
  let heardSec = 0;
  let gainDb = 0;
  return {
    /** Changes an interleaved block in place so that it tends to `goalLufs`; `hold`: as it is, for this block. */
    apply(block: Float32Array, goalLufs: number, hold = false): void {
      const frames = block.length >> 1;
      if (frames === 0) return;
      const sec = frames / SAMPLE_RATE;
      const now = weigh(block) / frames;
      if (!hold && lufsOf(now) > goalLufs - HOLD_BELOW_LU) {
        heardSec = Math.min(MEMORY_SEC, heardSec + sec);
        const share = Math.min(1, sec / Math.max(sec, heardSec));
        // Remembered against the goal of its own moment: a stage that begins softer is no fault of the one before.
        power += (now / 10 ** (goalLufs / 10) - power) * share;
      }
      const wished = heardSec > 1 && !hold ? Math.max(-MOST_DB, Math.min(MOST_DB, -lufsOf(power))) : gainDb;
      const nextDb = gainDb + Math.max(-DOWN_DB_A_SECOND * sec, Math.min(UP_DB_A_SECOND * sec, wished - gainDb));
      const from = 10 ** (gainDb / 20);
      const to = 10 ** (nextDb / 20);
      for (let i = 0; i < frames; i += 1) {
        const gain = from + ((to - from) * i) / frames;
        block[2 * i] = block[2 * i]! * gain;
        block[2 * i + 1] = block[2 * i + 1]! * gain;
      }
      gainDb = nextDb;
    },
  };
}
