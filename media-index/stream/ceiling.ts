/**
 * Holds a mix below a loudness that house rules set: no half second leaves louder, whatever swells in the music or is laid
 * over it. Down within a twentieth of a second, up again slowly, so that nobody hears it let go.
 */
import { createKWeighting } from '../analysis/loudness.js';
import { SAMPLE_RATE } from '../track-source.js';

const DOWN_SEC = 0.05;
const UP_DB_A_SEC = 1;
/** BS.1770: what a power of 1 is in LUFS. */
const OFFSET_LU = -0.691;

/** `loudestLufs`: over each block that is handed in, which should be half a second. */
export function createCeiling(loudestLufs: number) {
  const weigh = createKWeighting();
  const most = 10 ** ((loudestLufs - OFFSET_LU) / 10);
  let gain = 1;
  return {
    /** Changes an interleaved block in place. */
    apply(block: Float32Array): void {
      const frames = block.length >> 1;
      if (frames === 0) return;
      const power = weigh(block) / frames;
      const allowed = power > most ? Math.sqrt(most / power) : 1;
      const rise = 10 ** ((UP_DB_A_SEC * (frames / SAMPLE_RATE)) / 20);
      const before = gain;
      gain = Math.min(allowed, before * rise, 1);
      if (before === 1 && gain === 1) return;
      const ramp = gain < before ? Math.min(frames, DOWN_SEC * SAMPLE_RATE) : frames;
      for (let i = 0; i < frames; i += 1) {
        const level = i < ramp ? before + ((gain - before) * i) / ramp : gain;
        block[2 * i] = block[2 * i]! * level;
        block[2 * i + 1] = block[2 * i + 1]! * level;
      }
    },
  };
}
