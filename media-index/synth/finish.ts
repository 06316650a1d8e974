/** The last touches on the sum of all parts: the score's low-pass and a soft ceiling. */

/** Where the ceiling begins to bend and where it ends, as sample values. */
const KNEE = 0.7;
const CEILING = 0.88;

/** In place: leaves |x| ≤ 0.7 as it is and bends what is above toward 0.88 (-1.1 dBFS), so that nothing ever clips. */
export function softLimit(samples: Float32Array, count: number): void {
  const room = CEILING - KNEE;
  for (let i = 0; i < count; i++) {
    const x = samples[i]!;
    if (x > KNEE) samples[i] = KNEE + room * Math.tanh((x - KNEE) / room);
    else if (x < -KNEE) samples[i] = -KNEE + room * Math.tanh((x + KNEE) / room);
  }
}

/**
 * Second-order Butterworth low-pass (Bristow-Johnson, Audio EQ Cookbook), in place, state kept between calls.
 * `cutoffHz` at or above .45 of the sample rate changes nothing and is left out.
 */
export function createLowPass(
  cutoffHz: number | null,
  sampleRate: number,
): (samples: Float32Array, count: number) => void {
  if (cutoffHz === null || cutoffHz >= sampleRate * 0.45) return () => {};
  const w = (2 * Math.PI * Math.max(40, cutoffHz)) / sampleRate;
  const alpha = Math.sin(w) / Math.SQRT2;
  const a0 = 1 + alpha;
  const b0 = (1 - Math.cos(w)) / 2 / a0;
  const b1 = 2 * b0;
  const a1 = (-2 * Math.cos(w)) / a0;
  const a2 = (1 - alpha) / a0;
  let z1 = 0;
  let z2 = 0;
  return (samples, count) => {
    for (let i = 0; i < count; i++) {
      const x = samples[i]!;
      const y = b0 * x + z1;
      z1 = b1 * x - a1 * y + z2;
      z2 = b0 * x - a2 * y;
      samples[i] = y;
    }
  };
}
