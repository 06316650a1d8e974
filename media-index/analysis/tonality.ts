/**
 * Key, mode, brightness and register from long spectra.
 * Key profiles: Krumhansl & Kessler 1982 (probe-tone ratings), the usual choice for key finding by correlation.
 */
import { ANALYSIS_RATE, forEachSpectrum } from './spectrum.js';

const MAJOR = [6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88];
const MINOR = [6.33, 2.68, 3.52, 5.38, 2.6, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17];
const SIZE = 4096;
const HOP = 4096;

export interface Tonality {
  mode: 'major' | 'minor';
  modeScore: number;
  keyClarity: number;
  keyTonic: number;
  brightnessHz: number;
  register: number;
}

export function tonality(mono: Float32Array): Tonality {
  const binHz = ANALYSIS_RATE / SIZE;
  const chroma = new Array<number>(12).fill(0);
  let centroidSum = 0;
  let centroidWeight = 0;
  let pitchSum = 0;
  let pitchWeight = 0;
  forEachSpectrum(mono, SIZE, HOP, (magnitudes) => {
    let energy = 0;
    let weighted = 0;
    let total = 0;
    for (let k = 2; k < SIZE / 2; k += 1) {
      const m = magnitudes[k]!;
      energy += m * m;
      weighted += m * k * binHz;
      total += m;
    }
    if (energy < 1e-7) return; // about -70 dBFS: silence has no colour
    // Loud frames count more, by their square root: the colour of the piece, not of its one climax.
    const weight = Math.sqrt(energy);
    centroidSum += (weighted / total) * weight;
    centroidWeight += weight;
    for (let k = Math.ceil(60 / binHz); k * binHz < 2500; k += 1) {
      const m = magnitudes[k]!;
      if (m < magnitudes[k - 1]! || m < magnitudes[k + 1]! || m * m < energy * 1e-3) continue;
      const [left, right] = [magnitudes[k - 1]!, magnitudes[k + 1]!];
      const hz = (k + (right - left) / (2 * (2 * m - left - right) + 1e-12)) * binHz;
      const pitch = 69 + 12 * Math.log2(hz / 440);
      chroma[((Math.round(pitch) % 12) + 12) % 12]! += Math.sqrt(m);
      pitchSum += pitch * m;
      pitchWeight += m;
    }
  });
  const key = modeOf(chroma);
  return {
    ...key,
    brightnessHz: centroidWeight > 0 ? centroidSum / centroidWeight : 0,
    register: pitchWeight > 0 ? pitchSum / pitchWeight : 60,
  };
}

/** The key whose profile the weights of the twelve pitch classes (0 = C) follow best. */
export function modeOf(chroma: readonly number[]): Pick<Tonality, 'mode' | 'modeScore' | 'keyClarity' | 'keyTonic'> {
  let best = { r: -1, tonic: 0, mode: 'major' as 'major' | 'minor' };
  const bestOf = { major: -1, minor: -1 };
  for (const [mode, profile] of [
    ['major', MAJOR],
    ['minor', MINOR],
  ] as const) {
    for (let tonic = 0; tonic < 12; tonic += 1) {
      const r = correlate(
        chroma,
        profile.map((_, i) => profile[(i - tonic + 12) % 12]!),
      );
      bestOf[mode] = Math.max(bestOf[mode], r);
      if (r > best.r) best = { r, tonic, mode };
    }
  }
  return {
    mode: best.mode,
    // A lead of .25 in correlation is as clear as mode gets.
    modeScore: Math.min(1, Math.max(-1, (bestOf.major - bestOf.minor) * 4)),
    keyClarity: Math.max(0, best.r),
    keyTonic: best.tonic,
  };
}

function correlate(a: readonly number[], b: readonly number[]): number {
  const ma = a.reduce((s, x) => s + x, 0) / a.length;
  const mb = b.reduce((s, x) => s + x, 0) / b.length;
  let ab = 0,
    aa = 0,
    bb = 0;
  for (let i = 0; i < a.length; i += 1) {
    ab += (a[i]! - ma) * (b[i]! - mb);
    aa += (a[i]! - ma) ** 2;
    bb += (b[i]! - mb) ** 2;
  }
  return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : 0;
}
