/**
 * Takes a constant offset and what lies far below hearing out of the mix: some recordings and old libraries carry one.
 * Nobody hears it, but it eats the limiter's room, and a loudspeaker knocks where such a track begins, stops or is paused.
 */
import { SAMPLE_RATE } from '../track-source.js';

/** One pole here takes half a decibel from the lowest string of a double bass, and nothing from what bedside speakers play. */
const CORNER_HZ = 10;
const KEPT = 1 - (2 * Math.PI * CORNER_HZ) / SAMPLE_RATE;
/** Smaller remainders are dropped: a night's silence must not be reckoned in denormal numbers, which are slow. */
const NOTHING = 1e-15;

export function createOffsetFilter() {
  const past = [0, 0];
  const sums = [0, 0];
  return {
    /** In place, interleaved stereo at 48 kHz. */
    apply(block: Float32Array): void {
      for (const channel of [0, 1] as const) {
        let x1 = past[channel]!;
        let y = sums[channel]!;
        for (let i = channel; i < block.length; i += 2) {
          const x = block[i]!;
          y = x - x1 + KEPT * y;
          x1 = x;
          block[i] = y;
        }
        past[channel] = x1;
        sums[channel] = Math.abs(y) < NOTHING ? 0 : y;
      }
    },
  };
}
