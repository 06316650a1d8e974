/** `feel` and `plan`: the whole way of one utterance, with and without sound. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline/promises';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { sayPrompt, wordsOf } from '../../audio-prompts/prompts.js';
import { EmohealError } from '../../engine/errors.js';
import { NightAsk } from '../../engine/plan/night-ask.js';
import { readAs } from '../../engine/read-as.js';
import type { BeginOutcome } from '../../engine/session-service.js';
import { Intention, SessionForm, SessionStyle } from '../../engine/vocabulary.js';
import { sessionPicture } from '../pictures/session-picture.js';
import { shownTracks } from '../shown-tracks.js';
import { openApp } from './app.js';
import { readSpeechFile } from './speech-file.js';
import { clock, notice, number, printJson, printLine, progressLine } from './terminal.js';

interface SessionOptions {
  wav?: string;
  minutes?: number;
  form?: SessionForm;
  intention?: Intention;
  out?: string;
  approach: 'iso' | 'straight';
  style?: SessionStyle;
  until?: string;
  nature?: string | true;
  wake?: number;
  seed?: number;
  locale: string;
  json?: boolean;
}

interface QuietOptions {
  minutes?: number;
  out: string;
  locale: string;
  json?: boolean;
}

const FORMATS = ['.mp3', '.m4a', '.wav', '.flac'];

export function addSessionCommands(program: Command): void {
  sessionOptions(program.command('feel'))
    .description(
      'from a feeling to a finished session: reads it, plans three stages, finds the music, writes the audio and its picture',
    )
    .option('--out <file>', `audio file to write: ${FORMATS.join(', ')} (default: emoheal-<time>.mp3 in this folder)`)
    .addHelpText('after', sessionExamples('feel', ' --out tonight.mp3'))
    .action((text: string | undefined, options: SessionOptions) => feel(text, options));
  program
    .command('quiet')
    .description('quiet sound and no music: one level sound of nature that matches no feeling')
    .option('--minutes <n>', 'how long (default: 60)', number('minutes'))
    .option('--out <file>', `audio file to write: ${FORMATS.join(', ')}`, 'quiet.mp3')
    .option('--locale <xx-XX>', 'language of what is said', 'en-US')
    .option('--json', 'print one JSON value')
    .addHelpText('after', '\nExamples:\n  emoheal quiet\n  emoheal quiet --minutes 30 --out rain.mp3')
    .action(async (options: QuietOptions) => {
      checkFormat(options.out);
      await using app = await openApp();
      await quiet(app, options);
    });
  sessionOptions(program.command('plan'))
    .description('as feel, without audio: what was read, the three stages and the chosen tracks')
    .addHelpText('after', sessionExamples('plan', ' --json'))
    .action((text: string | undefined, options: SessionOptions) => plan(text, options));
}

function sessionOptions(command: Command): Command {
  return command
    .argument('[text]', 'how you feel, in your own words')
    .option('--wav <file>', 'a spoken feeling instead of typed words')
    .option('--minutes <n>', 'length of the session (default: 20)', number('minutes'))
    .addOption(
      new Option('--form <form>', 'short: 10 minutes; sleep: 40, ending in a long fade; open: until told').choices([
        ...SessionForm.options,
      ]),
    )
    .addOption(
      new Option('--intention <aim>', 'where it should lead (default: from the words and the clock)').choices([
        ...Intention.options,
      ]),
    )
    .addOption(
      new Option('--approach <way>', 'iso: begin where you are; straight: calm from the first second')
        .choices(['iso', 'straight'])
        .default('iso'),
    )
    .addOption(
      new Option(
        '--style <kind>',
        'tracks: pieces of the shelf (default); one long piece: composed for you; quiet sound: nature and no music',
      ).choices([...SessionStyle.options]),
    )
    .option('--until <hh:mm>', 'the night after the music ends at this time of the clock')
    .option('--nature [sound]', 'quiet nature from the end of the music until then (default: rain-on-leaves)')
    .option('--wake <minutes>', 'music rises over these minutes up to then', number('wake'))
    .option('--seed <n>', 'the same seed gives the same session', wholeNumber('seed'))
    .option('--locale <xx-XX>', 'language of replies and help numbers', 'en-US')
    .option('--json', 'print one JSON value');
}

function sessionExamples(command: string, ending: string): string {
  return `
Examples:
  emoheal ${command} "I am so tense, I cannot sleep"${ending}
  emoheal ${command} "Ich bin traurig und müde" --locale de-DE --minutes 30
  emoheal ${command} --wav said.wav --approach straight
  emoheal ${command} "restless" --style "one long piece" --minutes 40
  emoheal ${command} "tired" --until 06:30 --nature distant-surf --wake 10`;
}

/** The way of the file is known to be open before anything is rendered. */
function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (cause) {
    throw new EmohealError(
      'bad-input',
      `The folder ${folder} cannot be made (${(cause as NodeJS.ErrnoException).code}).`,
      {
        remedy: 'Choose another place with --out.',
        cause,
      },
    );
  }
}

/** Number parsing at the door; ranges are checked by the planner, which knows them. */

function wholeNumber(name: string): (value: string) => number {
  return (value) => {
    const parsed = Number(value);
    if (!Number.isSafeInteger(parsed)) throw new InvalidArgumentError(`${name} must be a whole number.`);
    return parsed;
  };
}

async function feel(text: string | undefined, options: SessionOptions): Promise<void> {
  const file = path.resolve(
    options.out ?? `emoheal-${new Date().toISOString().slice(0, 19).replace(/[-:T]/g, '')}.mp3`,
  );
  checkFormat(file);
  const startedMs = performance.now();
  await using app = await openApp();
  makeFolder(path.dirname(file));
  const outcome = await begin(app, text, options);
  if (outcome.kind !== 'session') {
    tellOther(outcome, options);
    if (outcome.kind === 'help' && !options.json) await offerQuiet(app, { out: file, locale: options.locale });
    return;
  }
  let firstAudioMs: number | undefined;
  const rendered = await app.renderer().then((renderer) =>
    renderer.renderToFile(outcome.programme, file, {
      onProgress: progressLine(`Rendering ${path.basename(file)}`),
      onFirstAudio: () => {
        firstAudioMs ??= performance.now() - startedMs;
      },
    }),
  );
  // Drawn from the written file, so that it shows what will be heard.
  const picture = file.replace(/\.\w+$/, '.svg');
  writeFileSync(picture, sessionPicture(outcome.programme, await (await app.audio()).timeline(file)));
  const timingsMs = {
    ...NOT_SPOKEN,
    ...outcome.timingsMs,
    firstAudio: round(firstAudioMs ?? performance.now() - startedMs),
    total: round(performance.now() - startedMs),
  };
  if (options.json) return printJson({ ...sessionJson(outcome), audio: rendered, picture, timingsMs });
  tellSession(outcome);
  printLine(
    `${rendered.file}  ${clock(rendered.durationSec)}  ${rendered.integratedLufs.toFixed(1)} LUFS  (${(timingsMs.total / 1000).toFixed(1)} s)`,
  );
  printLine(`${picture}  how it sounds from the first second to the last`);
}

function checkFormat(file: string): void {
  if (FORMATS.includes(path.extname(file).toLowerCase())) return;
  throw new EmohealError('bad-input', `--out must end in one of ${FORMATS.join(', ')}; got "${path.basename(file)}".`);
}

/** What the help answer offers: asked where somebody sits there, and named where nobody does. */
async function offerQuiet(app: Awaited<ReturnType<typeof openApp>>, options: QuietOptions): Promise<void> {
  if (!process.stdin.isTTY) return printLine('Quiet sound, whenever you like: emoheal quiet');
  const asking = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await asking.question(`${wordsOf(options.locale).stayQuiet}? [y/n] `).finally(() => asking.close());
  if (/^\s*(y|j|o|s|はい|हाँ)/i.test(answer)) await quiet(app, options);
}

async function quiet(app: Awaited<ReturnType<typeof openApp>>, options: QuietOptions): Promise<void> {
  const file = path.resolve(options.out);
  makeFolder(path.dirname(file));
  const { locale, minutes } = options;
  const { programme } = await (await app.service()).beginQuiet({ locale, ...(minutes ? { minutes } : {}) });
  const rendered = await (await app.renderer()).renderToFile(programme, file, {
    onProgress: progressLine(`Rendering ${path.basename(file)}`),
  });
  if (options.json) return printJson({ tracks: shownTracks(programme), audio: rendered });
  printLine(sayPrompt('withYouQuiet', locale));
  printLine(`${rendered.file}  ${clock(rendered.durationSec)}  ${rendered.integratedLufs.toFixed(1)} LUFS`);
}

async function plan(text: string | undefined, options: SessionOptions): Promise<void> {
  const startedMs = performance.now();
  await using app = await openApp();
  const outcome = await begin(app, text, options);
  if (outcome.kind !== 'session') return tellOther(outcome, options);
  const timingsMs = { ...NOT_SPOKEN, ...outcome.timingsMs, total: round(performance.now() - startedMs) };
  if (options.json) return printJson({ ...sessionJson(outcome), timingsMs });
  tellSession(outcome);
}

/** The night after the music; nothing where none was asked for. */
function nightAsk({ until, nature, wake }: SessionOptions): NightAsk | undefined {
  if (until === undefined && nature === undefined && wake === undefined) return undefined;
  if (until === undefined)
    throw new EmohealError('bad-input', '--nature and --wake need a time at which the night ends.', {
      remedy: 'Add --until 06:30.',
    });
  const asked = { until, nature, ...(wake === undefined ? {} : { wake: { minutes: wake } }) };
  return readAs(NightAsk, asked, { what: 'The night', whole: 'it' });
}

async function begin(
  app: Awaited<ReturnType<typeof openApp>>,
  text: string | undefined,
  options: SessionOptions,
): Promise<BeginOutcome> {
  if ((text === undefined) === (options.wav === undefined)) {
    throw new EmohealError(
      'bad-input',
      'Say how you feel in quotes, or give a recording with --wav FILE (one of the two).',
    );
  }
  const service = await app.service();
  const { locale, minutes, form, intention, approach, seed } = options;
  const { style } = options;
  const wish = { locale, minutes, form, intention, approach, style, night: nightAsk(options), seed };
  if (options.wav === undefined) return service.beginFromText({ text: text ?? '', ...wish, whenEmpty: 'neutral' });
  const pcm16k = await readSpeechFile(options.wav);
  await app.speechReady();
  return service.beginFromSpeech({ pcm16k, ...wish });
}

/** The promised timings always name every step: typed words took no time to transcribe. */
const NOT_SPOKEN = { transcribe: 0 };

type SessionOutcome = Extract<BeginOutcome, { kind: 'session' }>;

function sessionJson(outcome: SessionOutcome): Record<string, unknown> {
  return {
    utterance: outcome.utterance,
    reading: outcome.reading,
    plan: outcome.plan,
    tracks: shownTracks(outcome.programme),
  };
}

/** A crisis gets help and no music; silence gets a gentle question. Both are good outcomes, not errors. */
function tellOther(outcome: Exclude<BeginOutcome, SessionOutcome>, options: SessionOptions): void {
  if (options.json) printJson(outcome);
  else printLine(outcome.say);
}

function tellSession(outcome: SessionOutcome): void {
  const { reading, plan: sessionPlan, programme } = outcome;
  if (outcome.concern) printLine(`${outcome.concern}\n`);
  printLine(
    `Read as: ${reading.labels.join(', ') || 'nothing in particular'}  (valence ${reading.valence.toFixed(2)}, arousal ${reading.arousal.toFixed(2)})`,
  );
  for (const sentence of sessionPlan.summary) printLine(sentence);
  for (const stage of sessionPlan.stages) {
    printLine(
      `\n${stage.stage.toUpperCase()}  ${clock(stage.startSec)}–${clock(stage.endSec)}  ${Math.round(stage.profile.loudnessLufs)} LUFS`,
    );
    const begun = programme.tracks.filter((t) => t.stage === stage.stage);
    if (begun.length === 0) printLine('  the same piece goes on');
    for (const track of begun) {
      printLine(`  ${clock(track.startSec)}  ${track.title}  (${track.attribution}; ${track.licence.id})`);
    }
  }
  const { night } = programme;
  if (night?.nature)
    printLine(`\nAFTER  ${clock(night.musicEndSec)}–${clock(night.nature.untilSec)}  ${night.nature.trackId}, quietly`);
  if (night?.wake)
    printLine(
      `WAKE  ${clock(night.wake.startSec)}–${clock(night.wake.startSec + night.wake.riseSec)}  ${night.wake.trackId}, rising`,
    );
  printLine();
  notice('Not a medical device. If you are in danger, call your local emergency number.');
}

function round(ms: number): number {
  return Math.round(ms * 10) / 10;
}
