/**
 * `npm run eval:composer`: whether a piece sounds as it was asked to. Profiles are drawn by chance, composed, rendered and
 * measured; the rank correlation of asked and measured is the figure.
 *
 *   npm run eval:composer -- --keep PAGES --page      composed by the inner ear alone, as live music is
 *   npm run eval:composer -- --keep EARS              composed by ear, as the catalogue is
 *   python bench/composer/librosa_composer.py PAGES   an independent judge over the same excerpts
 *   npm run eval:composer -- --table PAGES EARS       both ways and both judges in bench/results/composer-latest.md
 *
 * [--n 300] [--from 6001] [--sec 30]: pieces, first seed, seconds. Seeds below 5000 are for tuning, 6001 to 6300 for the
 * report. Every piece is written as soon as it is measured (asked.jsonl, a score and a WAV), so a run that was stopped goes on.
 */
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { AudioAnalysis } from '../../engine/vocabulary.js';
import { analysePcm } from '../../media-index/analysis/analyse.js';
import { composeByEar, excerpt } from '../../media-index/composer/by-ear.js';
import { textureFor } from '../../media-index/composer/choose-texture.js';
import { compose } from '../../media-index/composer/compose.js';
import type { Score } from '../../media-index/composer/score.js';
import { type Heard as Foretold, heardInwardly } from '../../media-index/composer/sketch.js';
import { renderToPcm } from '../../media-index/synth/render-score.js';
import { addToHistory, keepResults } from '../keep.js';
import { OptionMistake, readOptions } from '../options.js';
import { drawProfile } from './profiles.js';
import { byTexture, type Column, figuresOf, type Heard, type Measured, tableOf } from './report.js';
import { wavOf } from './wav.js';

const FIRST_SEED = 6001;
const PIECES = 300;
const SECONDS = 30;

/** A line of asked.jsonl. */
interface Asked extends Omit<Heard, 'measured'> {
  file: string;
  seconds: number;
  way: 'page' | 'ear';
  foretold: Foretold;
  analysis: AudioAnalysis;
}

export async function main(words: readonly string[]): Promise<number> {
  const { values, words: folders } = readOptions(
    words,
    {
      n: { least: 2, most: 100_000, usual: PIECES },
      from: { least: 1, most: 2 ** 31, usual: FIRST_SEED },
      sec: { least: 10, most: 90, usual: SECONDS },
      keep: 'text',
      page: 'flag',
      table: 'flag',
    },
    (folder) =>
      words.includes('--table') ? null : `"${folder}" means nothing here: --keep FOLDER, or --table FOLDER…`,
  );
  if (values.table) return writeTable(folders);
  if (!values.keep) throw new OptionMistake('--keep FOLDER says where the pieces go; --help tells more.');
  const { n: pieces, from, sec: seconds } = values;
  const folder = path.resolve(values.keep);
  mkdirSync(folder, { recursive: true });
  const list = path.join(folder, 'asked.jsonl');
  const done = new Set(readLines<Asked>(list).map(({ seed }) => seed));
  for (let seed = from; seed < from + pieces; seed += 1) {
    if (done.has(seed)) continue;
    const asked = await judged(seed, seconds, values.page ? 'page' : 'ear', folder);
    appendFileSync(list, `${JSON.stringify(asked)}\n`);
    if (seed % 10 === 0) process.stderr.write(`eval:composer ${seed - from + 1}/${pieces}\n`);
  }
  writeFileSync(path.join(folder, 'complete'), '');
  process.stdout.write(tableOf(columnsOf(folder), seconds));
  return 0;
}

async function judged(seed: number, seconds: number, way: Asked['way'], folder: string): Promise<Asked> {
  const profile = drawProfile(seed);
  const texture = textureFor(profile, seed);
  const wish = { id: `eval-${seed}`, title: 'Eval', profile, texture, seed, minutes: 1.5 };
  const hear = async (page: Score) => analysePcm(await renderToPcm(page));
  const score = excerpt(way === 'page' ? compose(wish) : await composeByEar(wish, hear), seconds);
  const pcm = await renderToPcm(score);
  const file = `${score.id}.wav`;
  await writeFile(path.join(folder, file), wavOf(pcm));
  await writeFile(path.join(folder, `${score.id}.json`), JSON.stringify(score));
  const { tempoBpm, parts, durationSec } = score;
  const foretold = heardInwardly(parts, durationSec, profile);
  return { file, seed, seconds, way, texture, tempoBpm, profile, foretold, analysis: analysePcm(pcm) };
}

/** What has been measured in a folder: by us, and by librosa where it has listened. */
function columnsOf(folder: string): Column[] {
  const asked = readLines<Asked>(path.join(folder, 'asked.jsonl'));
  const way = asked[0]?.way === 'page' ? 'by the inner ear alone' : 'by ear';
  const theirs = new Map(
    readLines<Measured & { file: string }>(path.join(folder, 'heard.jsonl')).map((line) => [line.file, line]),
  );
  const ours = asked.map(
    (line): Heard => ({
      ...line,
      measured: { ...line.analysis, lufs: line.analysis.integratedLufs },
    }),
  );
  const both = asked.flatMap((line): Heard[] => {
    const measured = theirs.get(line.file);
    return measured ? [{ ...line, measured }] : [];
  });
  return [
    { name: `${way}, our analysis`, heard: ours },
    ...(both.length > 1 ? [{ name: `${way}, librosa`, heard: both }] : []),
  ];
}

async function writeTable(folders: readonly string[]): Promise<number> {
  if (folders.length === 0) {
    process.stderr.write('--table needs the folders that --keep wrote.\n');
    return 2;
  }
  const columns = folders.flatMap((folder) => columnsOf(path.resolve(folder)));
  const seconds = readLines<Asked>(path.join(path.resolve(folders[0]!), 'asked.jsonl'))[0]?.seconds ?? SECONDS;
  const text = `${tableOf(columns, seconds)}\n${byTexture(columns[0]!.heard)}`;
  await keepResults('composer', text);
  const at = new Date().toISOString();
  const lines = columns.map(({ name, heard }) => {
    const rounded = Object.entries(figuresOf(heard)).map(([key, value]) => [key, Math.round(value * 1000) / 1000]);
    return { at, seconds, judged: name, pieces: heard.length, ...Object.fromEntries(rounded) };
  });
  await addToHistory('composer', ...lines);
  return 0;
}

function readLines<T>(file: string): T[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as T);
}
