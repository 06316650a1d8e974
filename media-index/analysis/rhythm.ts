/**
 * Onsets, tempo and pulse. Onsets are peaks of the rise of loudness in 24 bands (spectral flux on a logarithmic scale).
 * Estimated tempo says little of how music feels (|rho| <= .13 with every felt factor on the Emotify listeners' ratings):
 * onset rate and pulse clarity are what to rank by.
 */
import { ANALYSIS_RATE, forEachSpectrum } from './spectrum.js';

const SIZE = 1024;
const HOP = 240; // 10 ms
const FRAMES_A_SECOND = ANALYSIS_RATE / HOP;
const BANDS = 24;
/** Power a band below which rises do not count, about -45 dBFS once the sound is brought to -20 LUFS. */
const FLOOR = 3e-5;
/**
 * A peak must stand this far above nothing, and this many times above the second around it. Chosen on composed pieces whose
 * written onsets are known.
 */
const LEAST_RISE = 0.14;
const ABOVE_SURROUNDINGS = 1.8;
/** Frames to look back: an attack spread over 30 ms still counts whole. */
const BACK = 3;

/** Rise of loudness at each frame, 100 a second. */
export function onsetEnvelope(mono: Float32Array): Float64Array {
  const binHz = ANALYSIS_RATE / SIZE;
  const edges = Array.from({ length: BANDS + 1 }, (_, i) =>
    Math.max(i + 1, Math.round((60 * (9000 / 60) ** (i / BANDS)) / binHz)),
  );
  const envelope: number[] = [];
  const history: Float64Array[] = [];
  forEachSpectrum(mono, SIZE, HOP, (magnitudes) => {
    const bands = new Float64Array(BANDS);
    for (let b = 0; b < BANDS; b += 1) {
      let sum = 0;
      for (let k = edges[b]!; k < Math.max(edges[b]! + 1, edges[b + 1]!); k += 1) sum += magnitudes[k]! ** 2;
      // The floor keeps hiss, and the beating of held tones in weak bands, from counting as music.
      bands[b] = Math.log10(sum + FLOOR);
    }
    const before = history.length >= BACK ? history[0]! : bands;
    let rise = 0;
    for (let b = 0; b < BANDS; b += 1) rise += Math.max(0, bands[b]! - before[b]!);
    envelope.push(rise / BANDS);
    history.push(bands);
    if (history.length > BACK) history.shift();
  });
  return Float64Array.from(envelope);
}

/** Onsets a second: local peaks that stand clear of the second around them, at least 60 ms apart. */
export function onsetRate(envelope: Float64Array, durationSec: number): number {
  const reach = Math.round(0.5 * FRAMES_A_SECOND);
  let onsets = 0;
  let last = -100;
  let sum = 0;
  for (let i = 0; i < Math.min(reach, envelope.length); i += 1) sum += envelope[i]!;
  for (let i = 1; i + 1 < envelope.length; i += 1) {
    if (i + reach < envelope.length) sum += envelope[i + reach]!;
    if (i - reach - 1 >= 0) sum -= envelope[i - reach - 1]!;
    const around = sum / (Math.min(envelope.length, i + reach) - Math.max(0, i - reach));
    const here = envelope[i]!;
    const isPeak = here >= envelope[i - 1]! && here > envelope[i + 1]!;
    if (isPeak && here > LEAST_RISE && here > around * ABOVE_SURROUNDINGS && i - last >= 0.06 * FRAMES_A_SECOND) {
      onsets += 1;
      last = i;
    }
  }
  return durationSec > 0 ? onsets / durationSec : 0;
}

/** Autocorrelation of the envelope; null tempo where no period stands out. */
export function tempoAndPulse(envelope: Float64Array): { tempoBpm: number | null; pulseClarity: number } {
  const n = envelope.length;
  if (n < 4 * FRAMES_A_SECOND) return { tempoBpm: null, pulseClarity: 0 };
  const mean = envelope.reduce((sum, value) => sum + value, 0) / n;
  const centred = envelope.map((value) => value - mean);
  const power = centred.reduce((sum, value) => sum + value * value, 0) / n;
  if (power < 1e-9) return { tempoBpm: null, pulseClarity: 0 };
  const correlation = (lag: number) => {
    let sum = 0;
    for (let i = lag; i < n; i += 1) sum += centred[i]! * centred[i - lag]!;
    return sum / (n - lag) / power;
  };
  const fastest = Math.round((60 / 200) * FRAMES_A_SECOND);
  const slowest = Math.round((60 / 35) * FRAMES_A_SECOND);
  const values = new Map<number, number>();
  for (let lag = fastest - 1; lag <= slowest + 1; lag += 1) values.set(lag, correlation(lag));
  let best = { lag: 0, weighted: 0, clarity: 0 };
  for (let lag = fastest; lag <= slowest; lag += 1) {
    const value = values.get(lag)!;
    if (value < values.get(lag - 1)! || value < values.get(lag + 1)!) continue;
    const bpm = (60 * FRAMES_A_SECOND) / lag;
    // People tap near 100 a minute: a gentle preference settles octave ties.
    const weighted = value * Math.exp(-0.5 * (Math.log2(bpm / 95) / 1) ** 2);
    if (weighted > best.weighted) best = { lag, weighted, clarity: value };
  }
  const pulseClarity = Math.min(1, Math.max(0, best.clarity * 1.4));
  return {
    tempoBpm: best.lag > 0 && best.clarity > 0.08 ? Math.round((600 * FRAMES_A_SECOND) / best.lag) / 10 : null,
    pulseClarity,
  };
}
