/**
 * Sensory roughness: the buzz of partials that lie so close that the ear cannot part them. Each pair of spectral peaks adds what
 * the model of Vassilakis (2001) gives it (amplitudes, their likeness, their distance on Plomp & Levelt's curve after
 * Sethares); a frame's sum stands against what its loudest peak alone would make with a twin at the roughest distance, so
 * that a quiet copy of a piece is as rough as the piece.
 */
import { ANALYSIS_RATE, forEachSpectrum } from './spectrum.js';

const SIZE = 4096;
/** One spectrum in four of those that tonality reads is enough for a mean. */
const HOP = 4 * SIZE;
const MOST_PEAKS = 20;
const [LOWEST_HZ, HIGHEST_HZ] = [50, 5000];

interface Peak {
  hz: number;
  amplitude: number;
}

/** Mean over the sounding frames, 0 (a pure tone, or none) upwards; a bare minor second of two rich tones is about 1. */
export function roughness(mono: Float32Array): number {
  let sum = 0;
  let frames = 0;
  forEachSpectrum(mono, SIZE, HOP, (magnitudes) => {
    const peaks = peaksOf(magnitudes);
    const loudest = peaks[0]?.amplitude ?? 0;
    if (loudest < 1e-4) return;
    let frame = 0;
    for (let i = 0; i < peaks.length; i += 1)
      for (let j = i + 1; j < peaks.length; j += 1) frame += ofPair(peaks[i]!, peaks[j]!);
    sum += frame / roughestTwin(loudest);
    frames += 1;
  });
  return frames > 0 ? sum / frames : 0;
}

/** Loudest first. */
function peaksOf(magnitudes: Float64Array): Peak[] {
  const binHz = ANALYSIS_RATE / SIZE;
  const peaks: Peak[] = [];
  for (let k = Math.ceil(LOWEST_HZ / binHz); k * binHz < HIGHEST_HZ; k += 1) {
    const [left, middle, right] = [magnitudes[k - 1]!, magnitudes[k]!, magnitudes[k + 1]!];
    if (middle < left || middle < right) continue;
    peaks.push({ hz: (k + (right - left) / (2 * (2 * middle - left - right) + 1e-12)) * binHz, amplitude: middle });
  }
  peaks.sort((a, b) => b.amplitude - a.amplitude);
  // 40 dB below the loudest is leakage of the window rather than a partial.
  return peaks.filter(({ amplitude }) => amplitude > peaks[0]!.amplitude * 0.01).slice(0, MOST_PEAKS);
}

function ofPair(a: Peak, b: Peak): number {
  const apart = Math.abs(a.hz - b.hz) * (0.24 / (0.0207 * Math.min(a.hz, b.hz) + 18.96));
  return level(a.amplitude, b.amplitude) * (Math.exp(-3.5 * apart) - Math.exp(-5.75 * apart));
}

const level = (a: number, b: number): number => (a * b) ** 0.1 * 0.5 * ((2 * Math.min(a, b)) / (a + b)) ** 3.11;

/** The curve's highest point is .18, at .22 on its scale. */
const roughestTwin = (amplitude: number): number => level(amplitude, amplitude) * 0.18;
