/**
 * Renders every instrument of the textures alone and writes what a note of it is: loudness and spectrum, at five
 * pitches. The composer reads the table (media-index/composer/instrument-table.ts) to know beforehand how a page will sound.
 * `node deploy/setup/run.mjs bench/composer/weigh-instruments [programme …]`: General MIDI programmes (from 0) that are named,
 * and the rows of others stay as they are; all that are in use without a name.
 */
import { analysePcm } from '../../media-index/analysis/analyse.js';
import { ANALYSIS_RATE, forEachSpectrum, toAnalysisMono } from '../../media-index/analysis/spectrum.js';
import { BAND_EDGES_HZ } from '../../media-index/composer/filters.js';
import { notesAlone } from './notes-alone.js';
import { weighPrograms } from './table-rows.js';

/** As the analysis looks at colour (media-index/analysis/tonality.ts). */
const FFT_SIZE = 4096;

export const main = (words: readonly string[]): Promise<number> => weighPrograms('instrument-table.ts', words, weighed);

async function weighed(program: number): Promise<string> {
  const sounds = await notesAlone(program);
  const heard = sounds.map((sound) => analysePcm(sound));
  const spectra = sounds.map(bandsOf);
  const list = (values: readonly (number | string)[]) => `[${values.join(', ')}]`;
  const tenth = (value: number) => Math.round(value * 10) / 10;
  return `  ${program}: { lufs: ${list(heard.map((a) => tenth(Math.max(-60, a.integratedLufs))))}, sum: ${list(spectra.map((s) => tenth(20 * Math.log10(s.sum + 1e-6))))}, bands: ${list(spectra.map((s) => list(s.bands.map((b) => Math.round((1000 * b) / Math.max(1e-9, s.sum))))))} },`;
}

/** Magnitudes a band, mean over the note. */
function bandsOf(sound: Float32Array): { bands: number[]; sum: number } {
  const bands = new Array<number>(BAND_EDGES_HZ.length - 1).fill(0);
  let frames = 0;
  forEachSpectrum(toAnalysisMono(sound), FFT_SIZE, FFT_SIZE, (magnitudes) => {
    frames += 1;
    for (let k = 2; k < magnitudes.length; k += 1) {
      const hz = (k * ANALYSIS_RATE) / FFT_SIZE;
      const band = BAND_EDGES_HZ.findIndex((_, i) => hz < (BAND_EDGES_HZ[i + 1] ?? Number.POSITIVE_INFINITY));
      bands[Math.min(bands.length - 1, band)]! += magnitudes[k]!;
    }
  });
  const means = bands.map((sum) => sum / Math.max(1, frames));
  return { bands: means, sum: means.reduce((a, b) => a + b, 0) };
}
