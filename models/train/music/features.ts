/**
 * What the joint music-text model is trained on, as one JSON line a piece: our own measures, the tags and the vectors of every
 * three seconds. From audio files of a folder, from score files, or from pieces that our composer makes for it. Goes on where
 * it stopped.
 *
 *   node dist/models/train/music/features.js OUT.jsonl FOLDER          every audio file below FOLDER
 *   node dist/models/train/music/features.js OUT.jsonl --compose 400   pieces of random profiles, in sets that differ in one thing
 *   node dist/models/train/music/features.js OUT.jsonl --scores FOLDER score files, as corpus_scores.py writes them
 *
 * EMOHEAL_DATA_DIR holds the model that listens (`npm start` fetches it).
 */
import '../../node20.js';
import { appendFileSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { seededRandom } from '../../../engine/plan/random.js';
import type { AudioAnalysis, MusicalProfile } from '../../../engine/vocabulary.js';
import { analysePcm } from '../../../media-index/analysis/analyse.js';
import { decode } from '../../../media-index/audio/decode.js';
import { compose } from '../../../media-index/composer/compose.js';
import { Score } from '../../../media-index/composer/score.js';
import { TEXTURES, type TextureName } from '../../../media-index/composer/textures.js';
import { blendHeard } from '../../../media-index/listening/blend.js';
import { measuresOf } from '../../../media-index/encoders/attributes.js';
import { earsFolder, openEars } from '../../../media-index/listening/ears.js';
import { profileForAffect } from '../../../media-index/starter/affect-profile.js';
import { renderToPcm } from '../../../media-index/synth/render-score.js';
import { readConfig } from '../../../skill/config.js';

/** Stereo samples at 48 kHz that are listened to of each file: a minute and a half. */
const MOST_SAMPLES = 90 * 48_000 * 2;
const COMPOSED_MINUTES = 0.6;
/** Above every seed of the shipped catalogue, so that no piece of it is trained on. */
const FIRST_SEED = 1_000_000;
const SOUND = /\.(ogg|oga|opus|mp3|flac|wav|m4a)$/i;

interface Line {
  name: string;
  /** The composer's texture, where it is one of ours; pieces of one set differ in one thing. */
  texture?: string;
  set?: string;
  analysis: AudioAnalysis;
  /** As the product gives them to the model. */
  measures: number[];
  tags: number[];
  patches: number[][];
}

const [out, source, count] = process.argv.slice(2);
if (!out || !source) {
  process.stderr.write('usage: features.js OUT.jsonl FOLDER | --compose COUNT | --scores FOLDER\n');
  process.exit(2);
}
const ears = await openEars(earsFolder(readConfig(process.env).dataDir));
const done = new Set(
  existsSync(out) ? readFileSync(out, 'utf8').split('\n').filter(Boolean).map((line) => (JSON.parse(line) as Line).name) : [],
);
const short = (value: number) => Math.round(value * 1000) / 1000;

async function keep(name: string, pcm: Float32Array, further: Partial<Line> = {}): Promise<void> {
  const heard = await ears.listen(pcm);
  if (!heard) return;
  const analysis = blendHeard(analysePcm(pcm), heard);
  const line: Line = {
    name,
    ...further,
    analysis,
    measures: measuresOf(analysis).map(short),
    tags: [...heard.msd, ...heard.mtt].map(short),
    patches: heard.patches.map((patch) => Array.from(patch, short)),
  };
  appendFileSync(out!, `${JSON.stringify(line)}\n`);
  done.add(name);
  process.stderr.write(`${done.size} ${name}\n`);
}

function pcmOf(file: string): Float32Array {
  const blocks: Float32Array[] = [];
  let length = 0;
  for (const block of decode({ input: file, as: 'music' })) {
    blocks.push(block);
    length += block.length;
    if (length >= MOST_SAMPLES) break;
  }
  const all = new Float32Array(length);
  let at = 0;
  for (const block of blocks) {
    all.set(block, at);
    at += block.length;
  }
  return all;
}

if (source === '--compose') {
  const names = Object.keys(TEXTURES) as TextureName[];
  const changes: [string, (profile: MusicalProfile) => MusicalProfile][] = [
    ['', (profile) => profile],
    ['slower', (p) => ({ ...p, onsetRatePerSec: p.onsetRatePerSec / 2, tempoBpm: Math.max(40, p.tempoBpm * 0.7) })],
    ['other-mode', (p) => ({ ...p, mode: p.mode > 0 ? -0.9 : 0.9 })],
    ['darker', (p) => ({ ...p, brightness: Math.max(0, p.brightness - 0.35), register: p.register - 7 })],
  ];
  for (let i = 0; i < Number(count); i += 1) {
    const random = seededRandom(FIRST_SEED + Math.floor(i / changes.length));
    const base = profileForAffect(random() * 2 - 1, random() * 2 - 1);
    const texture = names[Math.floor(random() * names.length)]!;
    const [label, change] = changes[i % changes.length]!;
    const seed = FIRST_SEED + Math.floor(i / changes.length);
    const name = `composed-${seed}-${label}`;
    if (done.has(name)) continue;
    const score = compose({ id: name, title: name, texture, seed, minutes: COMPOSED_MINUTES, profile: change(base) });
    await keep(name, await renderToPcm(score), { texture, set: String(seed) });
  }
} else if (source === '--scores') {
  for (const file of readdirSync(count!).filter((name) => name.endsWith('.json')).sort()) {
    if (done.has(file)) continue;
    const written = JSON.parse(readFileSync(path.join(count!, file), 'utf8')) as { set?: string };
    const score = Score.parse(written);
    await keep(file, await renderToPcm(score), { texture: score.texture, ...(written.set ? { set: written.set } : {}) });
  }
} else {
  const files = readdirSync(source, { recursive: true }).map(String).filter((file) => SOUND.test(file)).sort();
  for (const file of files) {
    if (done.has(file)) continue;
    try {
      await keep(file, pcmOf(path.join(source, file)));
    } catch (error) {
      process.stderr.write(`${file}: passed over (${(error as Error).message})\n`);
    }
  }
}
process.exit(0);
