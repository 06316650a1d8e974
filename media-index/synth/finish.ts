/** The last touches on the sum of all parts: no rumble, the score's low-pass and lift, and a soft ceiling. */

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

/** Filters in place, state kept between calls. */
export type Filter = (samples: Float32Array, count: number) => void;

/** Below the lowest tone that an instrument here has (27.5 Hz). */
const RUMBLE_HZ = 20;

/**
 * Second-order Butterworth high-pass (Audio EQ Cookbook) at 20 Hz. Samples of instruments carry an offset, and held ones add
 * theirs up: nobody hears it, but it takes the room that the sound needs, and moves the loudspeaker where it comes and goes.
 */
export function createRumbleFilter(sampleRate: number): Filter {
  const w = (2 * Math.PI * RUMBLE_HZ) / sampleRate;
  const alpha = Math.sin(w) / Math.SQRT2;
  const b0 = (1 + Math.cos(w)) / 2;
  return biquad([b0, -2 * b0, b0], [1 + alpha, -2 * Math.cos(w), 1 - alpha]);
}

/** A corner above this changes nothing that the analysis or an ear at a bedside would notice. */
export const LOW_PASS_OPEN_HZ = 14_000;

/**
 * Second-order Butterworth low-pass (Bristow-Johnson, Audio EQ Cookbook).
 * `cutoffHz` at or above .45 of the sample rate changes nothing and is left out.
 */
export function createLowPass(cutoffHz: number | null, sampleRate: number): Filter {
  if (cutoffHz === null || cutoffHz >= sampleRate * 0.45) return () => {};
  return biquad(...lowPassAt(cutoffHz, sampleRate));
}

function lowPassAt(cutoffHz: number, sampleRate: number): [Three, Three] {
  const w = (2 * Math.PI * Math.min(sampleRate * 0.45, Math.max(40, cutoffHz))) / sampleRate;
  const alpha = Math.sin(w) / Math.SQRT2;
  const b1 = 1 - Math.cos(w);
  return [
    [b1 / 2, b1, b1 / 2],
    [1 + alpha, -2 * Math.cos(w), 1 - alpha],
  ];
}

/** A low-pass stays where it is for so long; its steps are far below what is heard as one. */
const GLIDE_STEP_SEC = 0.05;

/** The same low-pass along [second, Hz], in equal ratios between them; before the first and after the last it stays. */
export function createGlidingLowPass(points: readonly (readonly [number, number])[], sampleRate: number): Filter {
  const filter = biquad(...lowPassAt(points[0]![1], sampleRate));
  const step = Math.round(GLIDE_STEP_SEC * sampleRate);
  let heard = 0;
  let next = 1;
  const cutoffAt = (sec: number) => {
    while (next < points.length && points[next]![0] <= sec) next += 1;
    const [fromSec, fromHz] = points[next - 1]!;
    const [toSec, toHz] = points[next] ?? [Number.POSITIVE_INFINITY, fromHz];
    return fromHz * (toHz / fromHz) ** Math.max(0, (sec - fromSec) / (toSec - fromSec));
  };
  return (samples, count) => {
    for (let at = 0; at < count; ) {
      if (heard % step === 0) filter.set(...lowPassAt(cutoffAt(heard / sampleRate), sampleRate));
      const taken = Math.min(count - at, step - (heard % step));
      filter(samples.subarray(at, at + taken), taken);
      at += taken;
      heard += taken;
    }
  };
}

/** Amplitude gain of that low-pass at a frequency. */
export const lowPassGain = (hz: number, cutoffHz: number): number => 1 / Math.sqrt(1 + (hz / cutoffHz) ** 4);

/**
 * Where presence lies, and how wide: half its decibels are left at about 2.5 and 10 kHz, so that the tones stay and nothing
 * hisses.
 */
const PRESENCE_HZ = 5_000;
const PRESENCE_Q = 0.7;

/** A broad lift of the treble (peaking filter of the Audio EQ Cookbook); 0 dB changes nothing. */
export function createPresence(db: number, sampleRate: number): Filter {
  if (db === 0) return () => {};
  const a = 10 ** (db / 40);
  const w = (2 * Math.PI * PRESENCE_HZ) / sampleRate;
  const alpha = Math.sin(w) / (2 * PRESENCE_Q);
  const b1 = -2 * Math.cos(w);
  return biquad([1 + alpha * a, b1, 1 - alpha * a], [1 + alpha / a, b1, 1 - alpha / a]);
}

/** Amplitude gain of that lift at a frequency, as the analogue filter has it. */
export function presenceGain(hz: number, db: number): number {
  const a = 10 ** (db / 40);
  const x = hz / PRESENCE_HZ;
  const side = (width: number) => Math.hypot(1 - x * x, (x * width) / PRESENCE_Q);
  return side(a) / side(1 / a);
}

type Three = readonly [number, number, number];

/** Transposed direct form II. `set` changes the coefficients and keeps the past. */
function biquad(b: Three, a: Three): Filter & { set(b: Three, a: Three): void } {
  let [b0, b1, b2, a1, a2] = [0, 0, 0, 0, 0];
  let z1 = 0;
  let z2 = 0;
  const set = (b: Three, a: Three) => {
    [b0, b1, b2] = [b[0] / a[0], b[1] / a[0], b[2] / a[0]];
    [a1, a2] = [a[1] / a[0], a[2] / a[0]];
  };
  set(b, a);
  const filter = (samples: Float32Array, count: number) => {
    for (let i = 0; i < count; i++) {
      const x = samples[i]!;
      const y = b0 * x + z1;
      z1 = b1 * x - a1 * y + z2;
      z2 = b2 * x - a2 * y;
      samples[i] = y;
    }
  };
  return Object.assign(filter, { set });
}
