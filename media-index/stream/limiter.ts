/**
 * A look-ahead limiter: no sample leaves above the ceiling, and the way there is a ramp over the look-ahead rather than
 * a clip. The ceiling leaves room for peaks between samples and for what MP3 adds, so that the decoded sound stays
 * below -1.5 dBTP. Adds LOOK_AHEAD frames of delay, which the caller drops at the start and flushes at the end.
 */
const CEILING = 10 ** (-3 / 20);
export const LOOK_AHEAD = 256;
const RELEASE = 1 - Math.exp(-1 / (0.15 * 48_000));

export function createLimiter() {
  const delay = new Float32Array(LOOK_AHEAD * 2);
  const wished = new Float64Array(LOOK_AHEAD).fill(1);
  let at = 0;
  let gain = 1;
  /** Lowest wished gain among the frames ahead; recomputed only when the lowest one leaves. */
  let lowest = 1;

  /** Nothing to do but the delay: most blocks of quiet music. */
  function shift(block: Float32Array): void {
    const ordered = new Float32Array(LOOK_AHEAD * 2);
    ordered.set(delay.subarray(2 * at));
    ordered.set(delay.subarray(0, 2 * at), ordered.length - 2 * at);
    delay.set(block.subarray(block.length - ordered.length));
    block.copyWithin(ordered.length, 0, block.length - ordered.length);
    block.set(ordered);
    at = 0;
  }

  return {
    /** In place: out comes what went in LOOK_AHEAD frames ago. */
    apply(block: Float32Array): void {
      if (gain > 0.9999 && lowest === 1 && block.length >= delay.length && isQuiet(block)) {
        gain = 1;
        shift(block);
        return;
      }
      for (let i = 0; i < block.length; i += 2) {
        const left = block[i]!;
        const right = block[i + 1]!;
        const peak = Math.max(Math.abs(left), Math.abs(right));
        const leaving = wished[at]!;
        const goal = peak > CEILING ? CEILING / peak : 1;
        wished[at] = goal;
        if (goal <= lowest) lowest = goal;
        else if (leaving <= lowest) {
          lowest = 1;
          for (let k = 0; k < LOOK_AHEAD; k += 1) lowest = Math.min(lowest, wished[k]!);
        }
        const outLeft = delay[2 * at]!;
        const outRight = delay[2 * at + 1]!;
        delay[2 * at] = left;
        delay[2 * at + 1] = right;
        at = (at + 1) % LOOK_AHEAD;
        if (lowest < gain) gain = Math.max(lowest, gain - (gain - lowest) * 0.05 - 0.0005);
        else gain += (lowest - gain) * RELEASE;
        // The ramp may be a hair late for the very steepest peaks: the last word is the ceiling's.
        const level = Math.max(Math.abs(outLeft), Math.abs(outRight)) * gain;
        const last = level > CEILING ? CEILING / level : 1;
        block[i] = outLeft * gain * last;
        block[i + 1] = outRight * gain * last;
      }
    },
  };
}

function isQuiet(block: Float32Array): boolean {
  let peak = 0;
  for (let i = 0; i < block.length; i += 1) peak = Math.max(peak, Math.abs(block[i]!));
  return peak <= CEILING;
}
