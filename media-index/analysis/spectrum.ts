/** Short-time magnitude spectra of a mono signal. The heavy part of the analysis; everything else reads from it. */
import FFT from 'fft.js';

/** The analysis works on mono at 24 kHz: nothing that it measures lies above 12 kHz. */
export const ANALYSIS_RATE = 24_000;

/** Interleaved stereo 48 kHz to mono 24 kHz, by a half-band filter of 11 taps. */
export function toAnalysisMono(interleaved: Float32Array): Float32Array {
  const taps = [0.0072, 0, -0.0529, 0, 0.2956, 0.5002, 0.2956, 0, -0.0529, 0, 0.0072];
  const frames = interleaved.length >> 1;
  const mono = new Float32Array(frames);
  for (let i = 0; i < frames; i += 1) mono[i] = (interleaved[2 * i]! + interleaved[2 * i + 1]!) / 2;
  const out = new Float32Array(frames >> 1);
  for (let i = 0; i < out.length; i += 1) {
    let sum = 0;
    for (let k = 0; k < taps.length; k += 1) {
      const at = 2 * i + k - 5;
      if (at >= 0 && at < frames) sum += taps[k]! * mono[at]!;
    }
    out[i] = sum;
  }
  return out;
}

/** Calls `each` with the magnitudes (size / 2 bins, reused) of every frame, Hann window. */
export function forEachSpectrum(
  mono: Float32Array,
  size: number,
  hop: number,
  each: (magnitudes: Float64Array, frame: number) => void,
): void {
  const fft = new FFT(size);
  const input = new Array<number>(size).fill(0);
  const output = fft.createComplexArray() as number[];
  const window = Float64Array.from({ length: size }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / size));
  const magnitudes = new Float64Array(size / 2);
  let frame = 0;
  for (let start = 0; start + size <= mono.length; start += hop) {
    for (let i = 0; i < size; i += 1) input[i] = mono[start + i]! * window[i]!;
    fft.realTransform(output, input);
    for (let i = 0; i < size / 2; i += 1) magnitudes[i] = Math.hypot(output[2 * i]!, output[2 * i + 1]!) / (size / 4);
    each(magnitudes, frame);
    frame += 1;
  }
}
