/** `compose`: a piece of one's own from a feeling, a texture and a seed, as sound, as MIDI or as its score. */
import { existsSync, readFileSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { z } from 'zod';
import { EmohealError } from '../../engine/errors.js';
import { firstFault } from '../../engine/read-as.js';
import { MusicalProfile } from '../../engine/vocabulary.js';
import { analysePcm } from '../../media-index/analysis/analyse.js';
import { composeByEar } from '../../media-index/composer/by-ear.js';
import { steadyTextureFor, textureFor } from '../../media-index/composer/choose-texture.js';
import { compose } from '../../media-index/composer/compose.js';
import { midiOf } from '../../media-index/composer/midi.js';
import { composeMorph } from '../../media-index/composer/morph.js';
import type { Score } from '../../media-index/composer/score.js';
import { TEXTURE_NAMES, type TextureName } from '../../media-index/composer/textures.js';
import { profileForAffect } from '../../media-index/starter/affect-profile.js';
import { renderToPcm, scoreFrames } from '../../media-index/synth/render-score.js';
import { createWavWriter } from '../../media-index/synth/wav-writer.js';
import { type CliApp, openApp } from './app.js';
import { clock, printJson, printLine, progressLine } from './terminal.js';

interface ComposeOptions {
  profile: MusicalProfile;
  to?: MusicalProfile;
  texture?: TextureName;
  seed: number;
  minutes: number;
  title?: string;
  byEar?: boolean;
  out: string[];
  json?: boolean;
}

const SOUND = ['.mp3', '.m4a', '.flac', '.wav'];
const FORMATS = [...SOUND, '.mid', '.json'];
const PAGES_HEARD = 4;
/** Valence and arousal where nobody says any. */
const USUAL = [0.3, -0.4] as const;

const HELP = `
A profile is "valence,arousal" from -1 to 1, or JSON (text, or a file's name) with any of the dials: ${Object.keys(
  MusicalProfile.shape,
)
  .filter((name) => name !== 'instrumentation')
  .join(', ')}.
What is left out follows from the feeling.

Examples:
  emoheal compose --profile 0.5,-0.6 --seed 7 --out evening.mp3
  emoheal compose --profile '{"tempoBpm":60,"mode":-0.8,"brightness":0.2}' --texture cello-elegy --out elegy.mid elegy.mp3
  emoheal compose --profile -0.5,0.6 --to 0.4,-0.7 --minutes 12 --out from-restless-to-rest.mp3
  emoheal compose --profile 0.2,0 --by-ear --out piece.json`;

export function addComposeCommand(program: Command): void {
  program
    .command('compose')
    .description('compose a piece: the same profile, texture and seed always give the same notes')
    .addOption(
      new Option('--profile <p>', 'how it should sound (see below)')
        .argParser(profileOf)
        .default(profileForAffect(...USUAL), USUAL.join()),
    )
    .option('--to <p>', 'glide there by the end: one long piece', profileOf)
    .addOption(
      new Option('--texture <name>', 'who plays (default: one that can do what is asked)').choices(TEXTURE_NAMES),
    )
    .option('--seed <n>', 'another seed, another piece', wholeNumber, 1)
    .option('--minutes <n>', 'length, 0.5 to 60', minutesOf, 3)
    .option('--title <words>', 'its name (default: texture and key)')
    .option('--by-ear', `play and measure up to ${PAGES_HEARD} pages of it and keep the one nearest to what is asked`)
    .requiredOption('--out <file...>', `files to write: ${FORMATS.join(', ')}`)
    .option('--json', 'print one JSON value')
    .addHelpText('after', HELP)
    .action((options: ComposeOptions) => composeCommand(options));
}

async function composeCommand(options: ComposeOptions): Promise<void> {
  const files = options.out.map((file) => path.resolve(file));
  for (const file of files) check(file);
  if (options.to && options.byEar)
    throw new EmohealError('bad-input', '--by-ear and --to exclude each other.', {
      remedy: 'A piece that glides is composed by the inner ear alone; leave one of them out.',
    });
  const score = await composed(options);
  await using app = await openApp();
  for (const file of files) await writeAs(app, score, file);
  const { texture, seed, tempoBpm, durationSec, parts } = score;
  const notes = parts.reduce((sum, part) => sum + part.notes.length, 0);
  if (options.json)
    return printJson({ title: score.title, texture, seed, key: keyName(score), tempoBpm, durationSec, notes, files });
  const pace = tempoBpm === null ? 'no beat' : `${Math.round(tempoBpm)} BPM`;
  printLine(`${score.title}  ${texture}, ${keyName(score)}, ${pace}, ${clock(durationSec)}, ${notes} notes`);
  for (const file of files) printLine(file);
}

/** The score, named after its texture and key where nobody names it. */
async function composed({ profile, to, texture, seed, minutes, title, byEar }: ComposeOptions): Promise<Score> {
  const chosen = texture ?? (to ? steadyTextureFor(to, seed) : textureFor(profile, seed));
  const wish = { id: `${chosen}-${seed}`, title: title ?? '', texture: chosen, seed, minutes };
  const write = async () => {
    if (to)
      return composeMorph({
        ...wish,
        points: [
          { atSec: 0, profile },
          { atSec: minutes * 60, profile: to },
        ],
      });
    if (!byEar) return compose({ ...wish, profile });
    const told = progressLine('Listening');
    let heard = 0;
    const piece = await composeByEar({ ...wish, profile }, async (page) => {
      told(heard++ / PAGES_HEARD);
      return analysePcm(await renderToPcm(page));
    });
    told(1);
    return piece;
  };
  const score = await write();
  const words = `${chosen[0]!.toUpperCase()}${chosen.slice(1).replaceAll('-', ' ')}`;
  return title ? score : { ...score, title: `${words} in ${keyName(score)}` };
}

/** Written beside its place and renamed, so that a half-written file is never found. */
async function writeAs(app: CliApp, score: Score, file: string): Promise<void> {
  const ending = path.extname(file).toLowerCase();
  const part = path.join(path.dirname(file), `.${path.basename(file)}.${process.pid}.part`);
  try {
    if (ending === '.mid') await writeFile(part, midiOf(score));
    else if (ending === '.json') await writeFile(part, `${JSON.stringify(score)}\n`);
    else {
      const wav = ending === '.wav' ? part : `${part}.wav`;
      await writeSound(app, score, wav, file);
      if (ending !== '.wav') await (await app.audio()).transcode(wav, part, ending.slice(1) as 'mp3' | 'm4a' | 'flac');
    }
    await rename(part, file);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException)?.code !== 'ENOSPC') throw cause;
    throw new EmohealError('disk-full', `There is no room to write ${file}.`, {
      remedy: 'Free some space, or choose another folder with --out.',
      cause,
    });
  } finally {
    await rm(part, { force: true });
    await rm(`${part}.wav`, { force: true });
  }
}

async function writeSound(app: CliApp, score: Score, wav: string, file: string): Promise<void> {
  const frames = scoreFrames(score);
  const told = progressLine(`Playing ${path.basename(file)}`);
  const writer = await createWavWriter(wav, frames);
  try {
    let done = 0;
    for await (const block of (await app.synth()).render({ kind: 'score', score })) {
      await writer.write(block);
      done += block.length / 2;
      told(Math.min(1, done / frames));
    }
  } finally {
    await writer.close();
  }
}

function check(file: string): void {
  if (!FORMATS.includes(path.extname(file).toLowerCase()))
    throw new EmohealError(
      'bad-input',
      `--out must end in one of ${FORMATS.join(', ')}; got "${path.basename(file)}".`,
    );
  if (!existsSync(path.dirname(file)))
    throw new EmohealError('bad-input', `There is no folder ${path.dirname(file)}.`, {
      remedy: 'Make it, or choose another place with --out.',
    });
}

const TONICS = ['C', 'D flat', 'D', 'E flat', 'E', 'F', 'F sharp', 'G', 'A flat', 'A', 'B flat', 'B'];
const MODE_WORDS: Record<string, string> = { ionian: 'major', aeolian: 'minor' };

const keyName = ({ keyTonic, modeName }: Score): string => `${TONICS[keyTonic]} ${MODE_WORDS[modeName] ?? modeName}`;

/** Any of the dials; a piece without onsets cannot be written. */
const Dials = MusicalProfile.extend({ onsetRatePerSec: z.number().min(0.1).max(12) })
  .partial()
  .strict();
const Affect = z.tuple([z.number().min(-1).max(1), z.number().min(-1).max(1)]);

/** "valence,arousal", JSON, or a file with JSON. Throws InvalidArgumentError that names the dial. */
function profileOf(text: string): MusicalProfile {
  const pair = /^\s*(-?[\d.]+)\s*,\s*(-?[\d.]+)\s*$/.exec(text);
  if (pair) {
    const affect = Affect.safeParse([Number(pair[1]), Number(pair[2])]);
    if (!affect.success) throw new InvalidArgumentError('Valence and arousal lie between -1 and 1.');
    return profileForAffect(...affect.data);
  }
  const dials = Dials.safeParse(jsonOf(text));
  if (!dials.success) throw new InvalidArgumentError(`${firstFault(dials.error, 'The profile')}.`);
  const { valence, arousal } = dials.data.affect ?? { valence: USUAL[0], arousal: USUAL[1] };
  const given = Object.entries(dials.data).filter(([, value]) => value !== undefined);
  return { ...profileForAffect(valence, arousal), ...Object.fromEntries(given) };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text.trimStart().startsWith('{') ? text : readFileSync(text, 'utf8'));
  } catch (error) {
    throw new InvalidArgumentError(
      (error as NodeJS.ErrnoException).code
        ? `There is no readable file "${text}". Give "valence,arousal", JSON, or a file with JSON.`
        : 'This is no JSON.',
    );
  }
}

function wholeNumber(value: string): number {
  const parsed = Number(value);
  if (!Number.isSafeInteger(parsed) || parsed < 0)
    throw new InvalidArgumentError('seed must be a whole number from 0.');
  return parsed;
}

function minutesOf(value: string): number {
  const parsed = Number(value);
  if (!(parsed >= 0.5 && parsed <= 60)) throw new InvalidArgumentError('minutes must lie between 0.5 and 60.');
  return parsed;
}
