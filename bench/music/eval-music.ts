/**
 * `npm run eval:music`: whether words find the music that listeners felt so. For each of the nine factors a query in words
 * ranks the rated pieces; the rank correlation with the listeners' ratings is the figure, with a bootstrap interval. The
 * pieces (Emotify: Aljanaki, Wiering & Veltkamp 2016) are only ever judged with: nothing of the product is made from them.
 *
 * And how often a caption in thirteen languages finds the shipped piece that it describes; that part needs no data.
 *
 *   npm run eval:music [-- FOLDER]     FOLDER holds ratings.csv and audio/
 *   npm run eval:music -- speed        only how fast it listens and reads words
 */
import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { loadClassifier } from '../../engine/emotion/classifier.js';
import { seededRandom } from '../../engine/plan/random.js';
import type { AudioAnalysis, GemsFactor } from '../../engine/vocabulary.js';
import { createAudioPool } from '../../media-index/audio/audio-pool.js';
import { decode } from '../../media-index/audio/decode.js';
import { createAttributeEncoder } from '../../media-index/encoders/attribute-encoder.js';
import { createBlendedEncoder } from '../../media-index/encoders/blended-encoder.js';
import type { JointEncoder } from '../../media-index/encoders/encoder.js';
import { earsAreHere, earsFolder, openEars } from '../../media-index/listening/ears.js';
import { openListener } from '../../media-index/listening/listener.js';
import { openMiniWords } from '../../media-index/mini/mini.js';
import { packageRoot } from '../../models/paths.js';
import { readConfig } from '../../skill/config.js';
import { recordsOf } from '../emotion/data.js';
import { spearman } from '../emotion/metrics.js';
import { addToHistory, keepResults } from '../keep.js';
import { readOptions } from '../options.js';
import { markdown } from '../table.js';
import { mapPicture } from './map-picture.js';
import { rankPicture } from './rank-picture.js';
import { catalogueBy, retrieval, retrievalTable } from './retrieval.js';
import { speedRows } from './speed.js';
import { byTagSimilarity } from './tag-similarity.js';

/** The data set's names for the factors, ours, and what a listener might ask for. */
const FACTORS: { rated: string; factor: GemsFactor; query: string; ceiling: number }[] = [
  { rated: 'amazement', factor: 'wonder', query: 'music that fills me with wonder, amazing, dazzling', ceiling: 0.32 },
  { rated: 'solemnity', factor: 'transcendence', query: 'solemn, spiritual, inspiring music', ceiling: 0.63 },
  { rated: 'tenderness', factor: 'tenderness', query: 'tender, affectionate music full of love', ceiling: 0.74 },
  { rated: 'nostalgia', factor: 'nostalgia', query: 'nostalgic, dreamy, sentimental music', ceiling: 0.65 },
  { rated: 'calmness', factor: 'peacefulness', query: 'calm, relaxed, serene, soothing music', ceiling: 0.81 },
  { rated: 'power', factor: 'power', query: 'powerful, heroic, triumphant, strong music', ceiling: 0.77 },
  { rated: 'joyful_activation', factor: 'joyfulActivation', query: 'joyful, animated, dancing music', ceiling: 0.83 },
  { rated: 'tension', factor: 'tension', query: 'tense, nervous, agitated music', ceiling: 0.67 },
  { rated: 'sadness', factor: 'sadness', query: 'sad, sorrowful music', ceiling: 0.65 },
];
const RESAMPLES = 1000;
const OWN_MEASURES = 'words to attributes, our own measures';
const AT_ONCE = 4;

/** One way to compare words with music; `from` leaves out the numbers of each vector before it. */
interface Way {
  way: string;
  encoder: JointEncoder;
  from: number;
}

interface Row {
  way: string;
  /** By factor, in the order above. */
  rho: number[];
  intervals: [number, number][];
}

export async function main(words: readonly string[]): Promise<number> {
  const [folder] = readOptions(words, {}, () => null).words;
  const attributes = createAttributeEncoder();
  const mini = await openMiniWords();
  const reader = await loadClassifier(path.join(packageRoot(), 'models', 'emotion'));
  const trunkOf = async (text: string) => (await reader.vectors?.([text]))?.[0] ?? null;
  const ways: Way[] = [{ way: 'words to attributes', encoder: attributes, from: 0 }];
  if (mini) {
    const encoder = createBlendedEncoder({ attributes, mini, trunkOf });
    ways.push({ way: 'the trained model alone', encoder, from: attributes.model.dim });
    ways.push({ way: 'both (the product)', encoder, from: 0 });
  }
  const timed = async () => {
    const folder = earsFolder(readConfig(process.env).dataDir);
    return markdown(await speedRows(ways.at(-1)!.encoder, earsAreHere(folder) ? await openListener(folder) : null));
  };
  if (folder === 'speed') {
    process.stdout.write(`${await timed()}\n`);
    await reader.close();
    return 0;
  }
  const rated = await ratedTable(folder, ways, trunkOf);
  const found = await Promise.all(
    ways.map(async ({ way, encoder, from }) => ({
      way,
      found: await retrieval(encoder, await catalogueBy(encoder), from),
    })),
  );
  const pieces = await catalogueBy(ways.at(-1)!.encoder);
  const speed = await timed();
  await reader.close();
  const table = `${rated}${retrievalTable(found, pieces.ids.length)}\n${speed}\n`;
  await writeFile(path.join(packageRoot(), 'docs', 'pictures', 'music-map.svg'), mapPicture(pieces));
  if (rated) await keepResults('music', table);
  else process.stdout.write(table);
  return 0;
}

/** The table of rated pieces, '' where there are none. */
async function ratedTable(
  given: string | undefined,
  ways: readonly Way[],
  vectorOf: (text: string) => Promise<Float32Array | null>,
): Promise<string> {
  const folder = given ?? (process.env.EMOTIFY_DIR || path.join(packageRoot(), '..', 'shared', 'data', 'emotify'));
  if (!existsSync(path.join(folder, 'ratings.csv'))) {
    process.stderr.write(
      `skipped: there are no rated pieces in ${folder}; give the folder with ratings.csv and audio/.\n`,
    );
    return '';
  }
  const rated = recordsOf(readFileSync(path.join(folder, 'ratings.csv'), 'utf8'));
  const files = rated.map((row) => path.join(folder, 'audio', row.track ?? ''));
  const analyses = await analysed(files);
  /** Cosines of every query with every piece. */
  const byWords = async ({ encoder, from }: Way, which: 'plain' | 'heard') => {
    const vectors = await Promise.all(analyses.map((each) => encoder.embedAudio(each[which])));
    return Promise.all(
      FACTORS.map(async ({ query }) => {
        const wish = await encoder.embedText(query);
        return vectors.map((vector) => vector.reduce((sum, v, i) => (i < from ? sum : sum + v * wish[i]!), 0));
      }),
    );
  };
  const byFactor = (which: 'plain' | 'heard') =>
    FACTORS.map(({ factor }) => analyses.map((each) => each[which].gems[factor]));
  const truth = FACTORS.map(({ rated: name }) => rated.map((row) => Number(row[name])));
  const tags = await heardTags(files);
  const bySimilarity = tags
    ? await byTagSimilarity(
        FACTORS.map(({ query }) => query),
        tags,
        vectorOf,
      )
    : null;
  const rows: Row[] = [
    ...(bySimilarity ? [rowOf('tags of MusicNN by likeness of texts', bySimilarity, truth)] : []),
    rowOf('estimate from our own measures', byFactor('plain'), truth),
    rowOf('estimate with the ears', byFactor('heard'), truth),
    rowOf(OWN_MEASURES, await byWords(ways[0]!, 'plain'), truth),
  ];
  for (const way of ways) rows.push(rowOf(`${way.way}, with the ears`, await byWords(way, 'heard'), truth));
  await keepFigures(rows, rated.length);
  return tableOf(rows, rated.length);
}

async function analysed(files: readonly string[]): Promise<{ plain: AudioAnalysis; heard: AudioAnalysis }[]> {
  const ears = earsFolder(readConfig(process.env).dataDir);
  if (!earsAreHere(ears))
    process.stderr.write('the model that listens is not installed; going by our own measures alone\n');
  const [plain, heard] = [createAudioPool(), createAudioPool({ ears })];
  const analyses: { plain: AudioAnalysis; heard: AudioAnalysis }[] = [];
  for (let start = 0; start < files.length; start += AT_ONCE) {
    analyses.push(
      ...(await Promise.all(
        files
          .slice(start, start + AT_ONCE)
          .map(async (file) => ({ plain: await plain.analyseFile(file), heard: await heard.analyseFile(file) })),
      )),
    );
    process.stderr.write(`eval:music ${analyses.length}/${files.length}\n`);
  }
  await Promise.all([plain.close(), heard.close()]);
  return analyses;
}

/** What MusicNN tags each file with; null where it is not installed. */
async function heardTags(files: readonly string[]) {
  const folder = earsFolder(readConfig(process.env).dataDir);
  if (!earsAreHere(folder)) return null;
  const ears = await openEars(folder);
  const heard = [];
  for (const file of files) {
    const found = await ears.listen(joined([...decode({ input: file, as: 'music' })]));
    if (!found) throw new Error(`${file} is too short to be listened to.`);
    heard.push(found);
  }
  return heard;
}

function joined(blocks: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(blocks.reduce((sum, block) => sum + block.length, 0));
  let at = 0;
  for (const block of blocks) {
    all.set(block, at);
    at += block.length;
  }
  return all;
}

/** The figures into the history, and as a picture. */
async function keepFigures(rows: readonly Row[], pieces: number): Promise<void> {
  const own = rows.find(({ way }) => way === OWN_MEASURES)!;
  const figures = Object.fromEntries(
    rows.map(({ way, rho }) => [way, rho.map((value) => Math.round(value * 1000) / 1000)]),
  );
  await addToHistory('music', { at: new Date().toISOString(), pieces, ...figures });
  await writeFile(
    path.join(packageRoot(), 'docs', 'pictures', 'music-rank.svg'),
    rankPicture(
      FACTORS.map(({ rated: name, ceiling }, i) => ({
        name: name.replace('_', ' '),
        own: own.rho[i]!,
        product: rows.at(-1)!.rho[i]!,
        interval: rows.at(-1)!.intervals[i]!,
        ceiling,
      })),
    ),
  );
}

function rowOf(way: string, scores: readonly number[][], truth: readonly number[][]): Row {
  const rho = scores.map((each, i) => spearman(each, truth[i]!));
  const intervals = scores.map((each, i): [number, number] => {
    const random = seededRandom(i + 1);
    const drawn = Array.from({ length: RESAMPLES }, () => {
      const rows = each.map(() => Math.floor(random() * each.length));
      return spearman(
        rows.map((row) => each[row]!),
        rows.map((row) => truth[i]![row]!),
      );
    }).sort((a, b) => a - b);
    return [drawn[Math.floor(RESAMPLES * 0.025)]!, drawn[Math.floor(RESAMPLES * 0.975)]!];
  });
  return { way, rho, intervals };
}

function tableOf(rows: readonly Row[], pieces: number): string {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const line = (name: string, cells: readonly string[], all: string) => `| ${name} | ${all} | ${cells.join(' | ')} |`;
  return [
    `Rank correlation (Spearman) between what words ask for and what listeners felt, ${pieces} pieces of one minute, zero-shot.`,
    'Brackets: 95 % of 1,000 bootstrap draws. Ceilings from our design notes: how far two halves of the listeners agree, and a ridge',
    'regression trained on the ratings themselves (mean .63).',
    '',
    line(
      '',
      FACTORS.map(({ rated }) => rated.replace('_', ' ')),
      'mean',
    ),
    `|---|${'---|'.repeat(FACTORS.length + 1)}`,
    ...rows.map(({ way, rho, intervals }) =>
      line(
        way,
        rho.map((value, i) => `${value.toFixed(2)} [${intervals[i]!.map((end) => end.toFixed(2)).join(', ')}]`),
        `**${mean(rho).toFixed(3)}**`,
      ),
    ),
    line(
      'two halves of the listeners',
      FACTORS.map(({ ceiling }) => ceiling.toFixed(2)),
      mean(FACTORS.map(({ ceiling }) => ceiling)).toFixed(3),
    ),
    '',
  ].join('\n');
}
