/**
 * Sound as MusicNN wants it: patches of three seconds, 187 frames of 96 mel bands. 16 kHz mono, Hann windows of 512 every
 * 256 samples, mel scale after Slaney with bands of equal area, log10(1 + 10000 power).
 */
import FFT from 'fft.js';
import { SAMPLE_RATE } from '../track-source.js';

export const PATCH_FRAMES = 187;
export const BANDS = 96;
const RATE = 16_000;
const SIZE = 512;
const HOP = 256;

/** Interleaved stereo at 48 kHz to mono at 16 kHz: a windowed sinc of 49 taps below 7.4 kHz, every third sample. */
export function toMono16k(interleaved: Float32Array): Float32Array {
  const frames = interleaved.length >> 1;
  const factor = SAMPLE_RATE / RATE;
  const taps = TAPS.length;
  const out = new Float32Array(Math.floor(frames / factor));
  for (let i = 0; i < out.length; i += 1) {
    let sum = 0;
    const from = i * factor - (taps >> 1);
    for (let k = 0; k < taps; k += 1) {
      const at = from + k;
      if (at >= 0 && at < frames) sum += TAPS[k]! * (interleaved[2 * at]! + interleaved[2 * at + 1]!);
    }
    out[i] = sum / 2;
  }
  return out;
}

const TAPS = (() => {
  const [half, cut] = [24, 7400 / SAMPLE_RATE];
  const taps = Float64Array.from({ length: 2 * half + 1 }, (_, k) => {
    const n = k - half;
    const sinc = n === 0 ? 2 * cut : Math.sin(2 * Math.PI * cut * n) / (Math.PI * n);
    return sinc * (0.5 + 0.5 * Math.cos((Math.PI * n) / (half + 1)));
  });
  const sum = taps.reduce((total, tap) => total + tap, 0);
  return taps.map((tap) => tap / sum);
})();

const toMel = (hz: number) => (hz < 1000 ? (hz * 3) / 200 : 15 + Math.log(hz / 1000) / (Math.log(6.4) / 27));
const toHz = (mel: number) => (mel < 15 ? (mel * 200) / 3 : 1000 * Math.exp((mel - 15) * (Math.log(6.4) / 27)));

/** Each band as its first bin and its weights. */
const FILTERS = (() => {
  const top = toMel(RATE / 2);
  const edges = Array.from({ length: BANDS + 2 }, (_, i) => toHz((top * i) / (BANDS + 1)));
  return Array.from({ length: BANDS }, (_, band) => {
    const [low, middle, high] = [edges[band]!, edges[band + 1]!, edges[band + 2]!];
    const weights = Array.from({ length: SIZE / 2 + 1 }, (_, bin) => {
      const hz = (bin * RATE) / SIZE;
      return (Math.max(0, Math.min((hz - low) / (middle - low), (high - hz) / (high - middle))) * 2) / (high - low);
    });
    const first = weights.findIndex((weight) => weight > 0);
    const last = weights.findLastIndex((weight) => weight > 0);
    return first === -1 ? { first: 0, weights: [] } : { first, weights: weights.slice(first, last + 1) };
  });
})();

/**
 * Patches (each 187 x 96, frame by frame), at most `most` of them, spread evenly over the sound; none where it is shorter
 * than three seconds.
 */
export function melPatches(mono: Float32Array, most: number): Float32Array[] {
  const frames = 1 + Math.floor(mono.length / HOP);
  const count = Math.floor(frames / PATCH_FRAMES);
  const chosen = Array.from({ length: Math.min(most, count) }, (_, i) =>
    Math.floor((i * count) / Math.min(most, count)),
  );
  const fft = new FFT(SIZE);
  const input = new Array<number>(SIZE).fill(0);
  const spectrum = fft.createComplexArray() as number[];
  const power = new Float64Array(SIZE / 2 + 1);
  return chosen.map((patch) => {
    const out = new Float32Array(PATCH_FRAMES * BANDS);
    for (let f = 0; f < PATCH_FRAMES; f += 1) {
      // Centred on its frame, with silence beyond the ends.
      const from = (patch * PATCH_FRAMES + f) * HOP - SIZE / 2;
      for (let i = 0; i < SIZE; i += 1) input[i] = (mono[from + i] ?? 0) * HANN[i]!;
      fft.realTransform(spectrum, input);
      for (let bin = 0; bin <= SIZE / 2; bin += 1) power[bin] = spectrum[2 * bin]! ** 2 + spectrum[2 * bin + 1]! ** 2;
      FILTERS.forEach(({ first, weights }, band) => {
        let sum = 0;
        for (let k = 0; k < weights.length; k += 1) sum += weights[k]! * power[first + k]!;
        out[f * BANDS + band] = Math.log10(1 + 10_000 * sum);
      });
    }
    return out;
  });
}

const HANN = Float64Array.from({ length: SIZE }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / SIZE));
