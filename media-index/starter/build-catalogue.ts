/**
 * The maintainer's command that makes the starter catalogue: composes every commission, renders it, analyses the
 * rendered sound, and writes scores and catalogue.json. Pieces whose score has not changed keep their analysis, so it
 * may be stopped and run again.
 *
 *   npm run build && node dist/media-index/starter/build-catalogue.js --ears DATA/models/musicnn [--reanalyse] [--only <id>] [--part 0/2]
 */
import '../../models/node20.js';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Licence, Track } from '../../engine/vocabulary.js';
import { packageRoot } from '../../models/paths.js';
import { analysePcm } from '../analysis/analyse.js';
import { byEar, seedOf } from '../composer/by-ear.js';
import { compose } from '../composer/compose.js';
import type { Score } from '../composer/score.js';
import { earsAreHere } from '../listening/ears.js';
import { analyseHeard, openListener } from '../listening/listener.js';
import { NATURE_SOUNDS, natureBlocks } from '../nature/nature.js';
import { renderToPcm } from '../synth/render-score.js';
import { CHANNELS, SAMPLE_RATE } from '../track-source.js';
import { profileForAffect } from './affect-profile.js';
import type { Commission } from './commission.js';
import { COMMISSIONS } from './commissions.js';
import { catalogueFile, starterTracks } from './starter.js';

const LICENCE: Licence = {
  id: 'CC0-1.0',
  name: 'CC0 1.0 Universal',
  url: 'https://creativecommons.org/publicdomain/zero/1.0/',
};
const MAKER = 'EmoHeal composer';
const NATURE_SEC = 600;
/** Long enough to know a nature sound's level and colour. */
const NATURE_HEARD_SEC = 60;

const { values: options } = parseArgs({
  options: {
    reanalyse: { type: 'boolean' },
    only: { type: 'string' },
    ears: { type: 'string' },
    part: { type: 'string' },
  },
});
const known = new Map(starterTracks().map((track) => [track.id, track]));
const scoresFolder = path.join(packageRoot(), 'media-index', 'starter', 'scores');
mkdirSync(scoresFolder, { recursive: true });

function writeWhole(file: string, text: string): void {
  writeFileSync(`${file}.part`, text);
  renameSync(`${file}.part`, file);
}

function saveCatalogue(): void {
  const order = [...COMMISSIONS.map((c) => c.id), ...NATURE_SOUNDS.map((n) => n.name)];
  const tracks = order.flatMap((id) => known.get(id) ?? []);
  writeWhole(catalogueFile(), `[\n${tracks.map((track) => JSON.stringify(track)).join(',\n')}\n]\n`);
}

const shortened = (value: unknown): unknown =>
  typeof value === 'number'
    ? Math.round(value * 1000) / 1000
    : Array.isArray(value)
      ? value
      : value && typeof value === 'object'
        ? Object.fromEntries(Object.entries(value).map(([k, v]) => [k, shortened(v)]))
        : value;

/** The model that listens, as `npm start` fetched it: without it the catalogue would know less than a listener's own music. */
const folder = path.resolve(options.ears ?? '');
if (!options.ears || !earsAreHere(folder)) {
  process.stderr.write('--ears must name the folder of the model that listens: models/musicnn in the data folder\n');
  process.exit(2);
}
const listener = await openListener(folder);

async function keep(
  track: Omit<Track, 'analysis' | 'durationSec' | 'licence' | 'maker' | 'attribution'>,
  pcm: Float32Array,
  durationSec: number,
): Promise<void> {
  const analysis = shortened(await analyseHeard(pcm, listener)) as Track['analysis'];
  known.set(track.id, {
    ...track,
    maker: MAKER,
    licence: LICENCE,
    attribution: 'EmoHeal Bedside',
    durationSec,
    analysis: { ...analysis, durationSec },
  });
  saveCatalogue();
}

/** Arousal is heard more surely than valence, which jumps with the mode. */
const VALENCE_SHARE = 0.6;

/** Asked for anew by as much as it came out otherwise, and the nearest of a few pages kept. */
async function composed(commission: Commission): Promise<Score> {
  const { id, title, texture, valence, arousal, minutes, seed } = commission;
  const within = (value: number) => Math.min(1, Math.max(-1, value));
  return byEar(
    { valence, arousal },
    (ask, round) =>
      compose({
        ...{ id, title, texture, minutes, seed: seedOf(seed, round) },
        profile: profileForAffect(ask.valence, ask.arousal),
      }),
    async (page) => analysePcm(await renderToPcm(page)),
    (heard, ask) => ({
      far: Math.hypot(VALENCE_SHARE * (heard.valence - valence), heard.arousal - arousal),
      next: {
        valence: within(ask.valence + 0.6 * (valence - heard.valence)),
        arousal: within(ask.arousal + 0.6 * (arousal - heard.arousal)),
      },
    }),
    { rounds: 8, heardSec: 70 },
  );
}

const [part = 0, parts = 1] = (options.part ?? '0/1').split('/').map(Number);
for (const [place, commission] of COMMISSIONS.entries()) {
  if (place % parts !== part) continue;
  if (options.only && options.only !== commission.id) continue;
  const { id, title, texture, valence, arousal } = commission;
  const score = await composed(commission);
  const file = path.join(scoresFolder, `${id}.json`);
  const text = `${JSON.stringify(score)}\n`;
  if (!options.reanalyse && known.has(id) && existsSync(file) && readFileSync(file, 'utf8') === text) continue;
  const startedMs = performance.now();
  const pcm = await renderToPcm(score);
  writeWhole(file, text);
  await keep(
    { id, title, style: texture, origin: { kind: 'score', path: `media-index/starter/scores/${id}.json` } },
    pcm,
    score.durationSec,
  );
  const measured = known.get(id)!.analysis;
  process.stderr.write(
    `${id}: asked v ${valence} a ${arousal}, measured v ${measured.valence} a ${measured.arousal}, ${measured.onsetRatePerSec} onsets/s, ${Math.round(measured.brightnessHz)} Hz (${Math.round(performance.now() - startedMs)} ms)\n`,
  );
}

for (const { name, title } of NATURE_SOUNDS) {
  if (part !== 0 || (options.only && options.only !== name) || (known.has(name) && !options.reanalyse)) continue;
  const seed = 7;
  const pcm = new Float32Array(NATURE_HEARD_SEC * SAMPLE_RATE * CHANNELS);
  let at = 0;
  for (const block of natureBlocks(name, seed, NATURE_HEARD_SEC)) {
    pcm.set(block.subarray(0, pcm.length - at), at);
    at += Math.min(block.length, pcm.length - at);
  }
  await keep({ id: name, title, style: 'nature', origin: { kind: 'nature', sound: name, seed } }, pcm, NATURE_SEC);
  process.stderr.write(`${name}: measured\n`);
}
process.exit(0);
