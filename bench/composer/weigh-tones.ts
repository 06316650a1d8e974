/**
 * Renders every instrument of the textures alone and writes which tones a note of it holds (fundamental, overtones, what a bell
 * has instead) and how fast it dies away. The composer reads the table (media-index/composer/tone-table.ts) to know beforehand
 * what mode and register a page will be heard in. `node deploy/setup/run.mjs bench/composer/weigh-tones [programme …]`, as
 * weigh-instruments.
 */
import { ANALYSIS_RATE, forEachSpectrum, toAnalysisMono } from '../../media-index/analysis/spectrum.js';
import { PITCHES } from '../../media-index/composer/instruments.js';
import { notesAlone } from './notes-alone.js';
import { weighPrograms } from './table-rows.js';

/** As the analysis looks at tones (media-index/analysis/tonality.ts). */
const FFT_SIZE = 4096;
const HOP = 2048;
/** No pitch is looked for above this, nor a tone that is weaker than this beside the whole note. */
const HIGHEST_HZ = 4_000;
const FAINTEST = 0.02;

export const main = (words: readonly string[]): Promise<number> => weighPrograms('tone-table.ts', words, weighed);

async function weighed(program: number): Promise<string> {
  const sounds = await notesAlone(program);
  const rows = sounds.map((sound, i) => rowOf(PITCHES[i]!, toAnalysisMono(sound)));
  return `  ${program}: [${rows.join(', ')}],`;
}

/** `{ fall: dB a second, tones: [semitones above the note, magnitude in ten-thousandths, …] }` */
function rowOf(pitch: number, mono: Float32Array): string {
  const mean = new Float64Array(FFT_SIZE / 2);
  let frames = 0;
  forEachSpectrum(mono, FFT_SIZE, HOP, (magnitudes) => {
    frames += 1;
    for (let k = 0; k < mean.length; k += 1) mean[k]! += magnitudes[k]!;
  });
  for (let k = 0; k < mean.length; k += 1) mean[k]! /= Math.max(1, frames);
  const binHz = ANALYSIS_RATE / FFT_SIZE;
  const whole = Math.sqrt(mean.reduce((sum, m) => sum + m * m, 0));
  const tones = new Map<number, number>();
  for (let k = Math.ceil(28 / binHz); k * binHz < HIGHEST_HZ; k += 1) {
    const [left, m, right] = [mean[k - 1]!, mean[k]!, mean[k + 1]!];
    if (m < left || m < right || m < FAINTEST * whole) continue;
    const hz = (k + (right - left) / (2 * (2 * m - left - right) + 1e-12)) * binHz;
    const above = Math.round(69 + 12 * Math.log2(hz / 440)) - pitch;
    tones.set(above, Math.max(tones.get(above) ?? 0, m));
  }
  const list = [...tones]
    .map(([above, m]) => [above, Math.round(m * 1e4)] as const)
    .filter(([, m]) => m > 0)
    .sort(([a], [b]) => a - b);
  const fall = (20 * Math.log10((rms(mono, 0.1, 0.7) + 1e-6) / (rms(mono, 1.2, 1.8) + 1e-6))) / 1.1;
  return `{ fall: ${Math.max(0, Math.round(fall))}, tones: [${list.flat().join(', ')}] }`;
}

function rms(mono: Float32Array, fromSec: number, toSec: number): number {
  const part = mono.subarray(fromSec * ANALYSIS_RATE, toSec * ANALYSIS_RATE);
  return Math.sqrt(part.reduce((sum, x) => sum + x * x, 0) / part.length);
}
