/** 32 kHz → 48 kHz: three output frames for every two input frames, by a windowed-sinc polyphase filter (linear phase). */

const TAPS = 24;
/** Pass band edge as a share of the input's Nyquist frequency: the highest octave is given up for fewer taps. */
const EDGE = 0.9;

/** filter[phase][tap] for fractional positions 0, 2/3 and 1/3 of an input frame. */
function designPhases(): Float64Array[] {
  const half = TAPS / 2;
  return [0, 2 / 3, 1 / 3].map((fraction) => {
    const row = new Float64Array(TAPS);
    let sum = 0;
    for (let k = 0; k < TAPS; k++) {
      // Distance of this input frame from the output's place, in input frames.
      const t = k - (half - 1) - fraction;
      const x = Math.PI * t * EDGE;
      const sinc = t === 0 ? 1 : Math.sin(x) / x;
      const u = (t + half) / TAPS;
      const blackman = 0.42 - 0.5 * Math.cos(2 * Math.PI * u) + 0.08 * Math.cos(4 * Math.PI * u);
      row[k] = sinc * blackman;
      sum += row[k]!;
    }
    return row.map((c) => c / sum);
  });
}

const PHASES = designPhases();

export interface Upsampler {
  /**
   * Feeds `frames` input frames (an even number) and returns 1.5 × as many output frames, interleaved stereo, delayed
   * by `DELAY_FRAMES` output frames.
   */
  push(left: Float32Array, right: Float32Array, frames: number): Float32Array;
}

/** What comes out lags by this many frames at 48 kHz. */
export const DELAY_FRAMES = (TAPS / 2) * 1.5;

export function createUpsampler(maxFrames: number): Upsampler {
  // Double precision throughout: turning each number from single to double costs as much as the sum itself.
  const l = new Float64Array(maxFrames + TAPS);
  const r = new Float64Array(maxFrames + TAPS);
  return {
    push(left, right, frames) {
      if (frames % 2 !== 0 || frames > maxFrames)
        throw new RangeError(`resample: ${frames} frames, even and ≤ ${maxFrames} wanted`);
      l.set(left.subarray(0, frames), TAPS);
      r.set(right.subarray(0, frames), TAPS);
      const out = new Float32Array(frames * 3);
      let o = 0;
      for (let base = 0; base < frames; base += 2) {
        for (let p = 0; p < 3; p++) {
          const row = PHASES[p]!;
          const from = base + (p === 2 ? 1 : 0) + 1;
          let sumL = 0;
          let sumR = 0;
          // Four taps a turn: the loop's own cost would be a third of the work.
          for (let k = 0; k < TAPS; k += 4) {
            const j = from + k;
            const c0 = row[k]!;
            const c1 = row[k + 1]!;
            const c2 = row[k + 2]!;
            const c3 = row[k + 3]!;
            sumL += c0 * l[j]! + c1 * l[j + 1]! + c2 * l[j + 2]! + c3 * l[j + 3]!;
            sumR += c0 * r[j]! + c1 * r[j + 1]! + c2 * r[j + 2]! + c3 * r[j + 3]!;
          }
          out[o++] = sumL;
          out[o++] = sumR;
        }
      }
      l.copyWithin(0, frames, frames + TAPS);
      r.copyWithin(0, frames, frames + TAPS);
      return out;
    },
  };
}
