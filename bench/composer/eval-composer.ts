/**
 * `npm run eval:composer`: whether a piece sounds as it was asked to. Profiles are drawn by chance, composed, rendered and
 * measured by our own analysis; the rank correlation of asked and measured is the figure.
 *
 *   npm run eval:composer [-- --n 300] [--sec 45] [--keep FOLDER] [--detail FILE] [--page]
 *
 * What was measured is kept by the score's checksum in the data folder, so a run that was stopped goes on where it was.
 * `--page` judges what `compose` alone writes, without the ear (as live music is made).
 * `--detail` appends what was foretold and measured of each piece, one JSON line each.
 * `--keep` writes each excerpt as a WAV file and asked.jsonl for bench/composer/librosa_composer.py, which judges the same independently.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { AudioAnalysis } from '../../engine/vocabulary.js';
import { analysePcm } from '../../media-index/analysis/analyse.js';
import { composeByEar, excerpt } from '../../media-index/composer/by-ear.js';
import { textureFor } from '../../media-index/composer/choose-texture.js';
import { compose } from '../../media-index/composer/compose.js';
import { estimate, heardThrough } from '../../media-index/composer/estimate.js';
import type { Score } from '../../media-index/composer/score.js';
import { renderToPcm, SYNTH_VERSION } from '../../media-index/synth/render-score.js';
import { packageRoot } from '../../models/paths.js';
import { readConfig } from '../../skill/config.js';
import { drawProfile } from './profiles.js';
import { byTexture, figuresOf, type Heard, tableOf } from './report.js';
import { wavOf } from './wav.js';

/** Changes when the excerpt or the analysis does, so that old measures are not taken for new ones. */
const MEASURE_VERSION = 'a1';

export async function main(words: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...words],
    options: {
      n: { type: 'string' },
      sec: { type: 'string' },
      keep: { type: 'string' },
      detail: { type: 'string' },
      page: { type: 'boolean' },
    },
  });
  const pieces = Number(values.n ?? 300);
  const seconds = Number(values.sec ?? 45);
  if (!(pieces >= 2) || !(seconds >= 10)) {
    process.stderr.write('--n must be at least 2 pieces and --sec at least 10 seconds.\n');
    return 2;
  }
  const cache = path.join(readConfig(process.env).dataDir, 'eval-composer');
  mkdirSync(cache, { recursive: true });
  if (values.keep) {
    mkdirSync(values.keep, { recursive: true });
    writeFileSync(path.join(values.keep, 'asked.jsonl'), '');
  }
  const heard: Heard[] = [];
  for (let seed = 1; seed <= pieces; seed += 1) {
    const profile = drawProfile(seed);
    const texture = textureFor(profile, seed);
    const wish = { id: `eval-${seed}`, title: 'Eval', profile, texture, seed, minutes: 1.5 };
    const whole = values.page ? compose(wish) : await composeByEar(wish, (page) => measure(page, cache, undefined));
    const score = excerpt(whole, seconds);
    const analysis = await measure(score, cache, values.keep);
    heard.push({ seed, texture, tempoBpm: score.tempoBpm, profile, analysis });
    if (values.detail) {
      const { modeName, keyTonic, lowPassHz, gainDb, durationSec } = score;
      const foretold = heardThrough(estimate(score.parts, durationSec), {
        lowPassHz,
        presenceDb: score.presenceDb ?? 0,
      });
      const line = { seed, texture, modeName, keyTonic, lowPassHz, gainDb, foretold, profile, analysis };
      await appendFile(values.detail, `${JSON.stringify(line)}\n`);
    }
    if (values.keep) {
      const line = { file: `${score.id}.wav`, tempoBpm: score.tempoBpm, profile, analysis };
      await appendFile(path.join(values.keep, 'asked.jsonl'), `${JSON.stringify(line)}\n`);
    }
    if (seed % 10 === 0) process.stderr.write(`eval:composer ${seed}/${pieces}\n`);
  }
  const figures = figuresOf(heard);
  const table = tableOf(figures, seconds);
  process.stdout.write(`${table}\n${byTexture(heard)}`);
  const results = path.join(packageRoot(), 'bench', 'results');
  await mkdir(results, { recursive: true });
  await writeFile(path.join(results, 'composer-latest.md'), `${table}\n${byTexture(heard)}`);
  const rounded = Object.fromEntries(Object.entries(figures).map(([name, v]) => [name, Math.round(v * 1000) / 1000]));
  await appendFile(
    path.join(results, 'composer-history.jsonl'),
    `${JSON.stringify({ at: new Date().toISOString(), seconds, ...rounded })}\n`,
  );
  return 0;
}

async function measure(score: Score, cache: string, keep: string | undefined): Promise<AudioAnalysis> {
  const text = JSON.stringify([SYNTH_VERSION, MEASURE_VERSION, score]);
  const file = path.join(cache, `${createHash('sha256').update(text).digest('hex').slice(0, 32)}.json`);
  const wav = keep && path.join(keep, `${score.id}.wav`);
  if (existsSync(file) && !wav) return AudioAnalysis.parse(JSON.parse(readFileSync(file, 'utf8')));
  const pcm = await renderToPcm(score);
  if (wav) writeFileSync(wav, wavOf(pcm));
  const analysis = analysePcm(pcm);
  writeFileSync(file, JSON.stringify(analysis));
  return analysis;
}
