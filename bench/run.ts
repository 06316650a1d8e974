/**
 * `npm run bench`: times every step of the way of one utterance on this machine, beside bare whisper.cpp on the same
 * recording, and keeps a history in bench/results/. Machines are noisy: read the ratios, not single figures.
 */
import '../models/node20.js';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { readPatterns } from '../engine/crisis/gate.js';
import { bareWhisperCommand } from '../engine/transcription/native-parts.js';
import { readWav } from '../engine/transcription/wav.js';
import { packageRoot } from '../models/paths.js';
import { type App, composeApp } from '../skill/compose.js';
import { readConfig } from '../skill/config.js';
import { startServer } from '../test/server-process.js';
import { benchAlexa } from './alexa-load.js';
import { benchDialogflow } from './dialogflow-load.js';
import { again, keepResults, measuredHere } from './keep.js';
import { readOptions } from './options.js';
import { markdown, type Row, rowOf, timeStep } from './table.js';

const run = promisify(execFile);
const FEELING = 'I am so tense after today, my thoughts keep racing and I cannot sleep.';

const ALEXA_LOAD = { perSecond: 200, seconds: 60, listeners: 10 };

const DIALOGFLOW_TURNS = 200;

const PARTS = ['alexa', 'dialogflow'] as const;
type Part = (typeof PARTS)[number];

/** `npm run bench`; with the word "alexa" only the skill under load, with "dialogflow" only a new feeling there. */
export async function main(words: readonly string[]): Promise<number> {
  const { values, words: named } = readOptions(words, { quick: 'flag' }, PARTS);
  const parts = PARTS.filter((part) => named.includes(part));
  await (parts.length > 0 ? runParts(parts, values) : runBench(values));
  return 0;
}

async function runParts(parts: readonly Part[], { quick }: { quick: boolean }): Promise<void> {
  const rows: Row[] = [];
  if (parts.includes('alexa')) rows.push(...(await benchAlexa(quick ? { ...ALEXA_LOAD, seconds: 10 } : ALEXA_LOAD)));
  if (parts.includes('dialogflow')) rows.push(...(await benchDialogflow(quick ? 40 : DIALOGFLOW_TURNS)));
  await keep(rows, parts);
}

async function runBench(options: { quick: boolean }): Promise<void> {
  const runs = options.quick ? 10 : 50;
  const config = readConfig(process.env);
  const rows: Row[] = [];
  const add = (row: Row) => {
    rows.push(row);
    process.stderr.write(`${row.step}: ${row.p50Ms.toFixed(1)} ms\n`);
  };

  const app = composeApp(config);
  const service = await app.service();
  const classifier = await app.classifier();
  const search = await app.search();

  add(await timeStep('crisis gate', runs * 20, () => readPatterns(FEELING)));
  add(await timeStep('classify (one utterance)', runs * 4, () => classifier.classify([FEELING])));
  const lines = Array.from({ length: 256 }, (_, i) => `${FEELING.slice(i % 20)} ${i}`);
  const batch = await timeStep('classify (batch of 256)', Math.max(3, runs / 10), () => classifier.classify(lines));
  add({ ...batch, note: `${Math.round((256 / batch.p50Ms) * 1000)} utterances/s` });
  add(await timeStep('search (free text)', runs * 2, () => search.search({ text: 'soft slow piano', k: 10 })));
  let seed = 1;
  const text = await timeStep('text to plan with tracks', runs, () =>
    service.beginFromText({ text: FEELING, locale: 'en-US', seed: seed++, whenEmpty: 'neutral' }),
  );
  add({ ...text, note: 'to reach: 40' });

  // A never-rendered session over cached and over never-rendered pieces: until its first bytes are there.
  const streams = await app.streams();
  const firstByte = async (from: typeof streams) => {
    const startMs = performance.now();
    const outcome = await service.beginFromText({
      text: FEELING,
      locale: 'en-US',
      seed: seed++,
      minutes: 2,
      whenEmpty: 'neutral',
    });
    if (outcome.kind !== 'session') throw new Error('no session');
    const stream = from.open(outcome.programme);
    for await (const bytes of stream.read(0, 384)) if (bytes.length > 0) break;
    const firstMs = performance.now() - startMs;
    await drained(stream);
    return firstMs;
  };
  const samples: number[] = [];
  for (let i = 0; i < Math.max(5, runs / 5); i += 1) samples.push(await firstByte(streams));
  add(rowOf('text to first audio byte', samples, 'to reach: 1000'));

  const said = await spokenSentence();
  if (!said) process.stderr.write('skipped: speech (espeak-ng or Whisper is not installed)\n');
  else await benchSpeech(app, said, runs, add);

  await app.close();
  await benchWholeSessions(config.dataDir, add);
  const server = await serverStart(config.dataDir);
  add(
    rowOf(
      'server ready, warm',
      server.readyMs,
      `to reach: 3000; ${server.residentMb} MB resident after one session, with its children`,
    ),
  );
  for (const row of await benchAlexa(options.quick ? { ...ALEXA_LOAD, seconds: 10 } : ALEXA_LOAD)) add(row);
  for (const row of await setUpTimes(config.dataDir)) add(row);
  await keep(rows);
}

/** Waits until a session is rendered to its end: what is measured next must not share the cores with it. */
async function drained(stream: {
  totalBytes: number;
  read(start: number, end: number): AsyncIterable<Uint8Array>;
}): Promise<void> {
  for await (const _ of stream.read(stream.totalBytes - 384, stream.totalBytes));
}

/** A four-second sentence, spoken now; null where that is not possible. */
async function spokenSentence(): Promise<string | null> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'emoheal-bench-'));
  const file = path.join(folder, 'said.wav');
  return run('espeak-ng', [
    '-v',
    'en-us',
    '-s',
    '150',
    '-w',
    file,
    'I am so tense after today and I can not sleep at all tonight.',
  ]).then(
    () => file,
    () => null,
  );
}

async function benchSpeech(app: App, said: string, runs: number, add: (row: Row) => void): Promise<void> {
  const bare = bareWhisperCommand(app.config.dataDir, said);
  if (!bare) return;
  const pcm16k = readWav(await readFile(said));
  const transcriber = await app.transcriber();
  const service = await app.service();
  const streams = await app.streams();
  const ours: number[] = [];
  const whole: number[] = [];
  const theirs: number[] = [];
  await transcriber.transcribe(pcm16k, { language: 'en' });
  // In turn, so that a drift of the machine meets both alike.
  for (let i = 0; i < Math.max(5, runs / 10); i += 1) {
    let startMs = performance.now();
    await run(bare.command, bare.args);
    theirs.push(performance.now() - startMs);
    startMs = performance.now();
    await transcriber.transcribe(pcm16k, {});
    ours.push(performance.now() - startMs);
    startMs = performance.now();
    const outcome = await service.beginFromSpeech({ pcm16k, locale: 'en-US', seed: 1000 + i, minutes: 2 });
    if (outcome.kind !== 'session') throw new Error(`the spoken sentence gave "${outcome.kind}"`);
    const stream = streams.open(outcome.programme);
    for await (const bytes of stream.read(0, 384)) if (bytes.length > 0) break;
    whole.push(performance.now() - startMs);
    await drained(stream);
  }
  const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
  const seconds = (pcm16k.length / 16_000).toFixed(1);
  add(rowOf(`bare whisper.cpp, ${seconds}-s WAV`, theirs, 'its own command, same model'));
  add(rowOf('transcribe, resident', ours, `ratio to bare: ${(median(ours) / median(theirs)).toFixed(2)}`));
  add(
    rowOf(
      'end of speech to first audio byte',
      whole,
      `ratio to bare: ${(median(whole) / median(theirs)).toFixed(2)}; to reach: 0.6`,
    ),
  );
}

/** Whole 20-minute files through the command line, as a user runs it: with an empty render cache, then again. */
async function benchWholeSessions(dataDir: string, add: (row: Row) => void): Promise<void> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'emoheal-bench-'));
  for (const part of ['models', 'native', 'setup'])
    await symlink(path.join(dataDir, part), path.join(folder, part)).catch(() => {});
  const feel = async (seed: string, out: string) => {
    const startMs = performance.now();
    await run('node', ['bin/emoheal.mjs', 'feel', FEELING, '--seed', seed, '--out', path.join(folder, out)], {
      cwd: packageRoot(),
      env: { ...process.env, EMOHEAL_DATA_DIR: folder },
    });
    return performance.now() - startMs;
  };
  const cold = await feel('42', 'cold.mp3');
  await rm(path.join(folder, 'cache', 'sessions'), { recursive: true, force: true });
  const warm = await feel('42', 'warm.mp3');
  add(rowOf('20-minute MP3, cold', [cold], 'to reach: 40000'));
  add(rowOf('20-minute MP3, cached pieces', [warm], 'to reach: 12000'));
  await rm(folder, { recursive: true, force: true });
}

/** Starts the server as a user does, three times; memory of the process tree after a session was asked for. */
async function serverStart(dataDir: string): Promise<{ readyMs: number[]; residentMb: number }> {
  const readyMs: number[] = [];
  let residentMb = 0;
  for (let i = 0; i < 3; i += 1) {
    const server = await startServer(dataDir);
    readyMs.push(server.readyMs);
    if (i === 2) {
      const answer = await fetch(`${server.url}/api/v1/utterances`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ text: FEELING, minutes: 5 }),
      });
      const { streams } = (await answer.json()) as { streams: { session: string } };
      await (await fetch(new URL(streams.session, server.url))).arrayBuffer();
      residentMb = await server.residentMb();
    }
    await server.stop();
  }
  return { readyMs, residentMb };
}

/** What set-up took when it last really ran, from its own journal. */
async function setUpTimes(dataDir: string): Promise<Row[]> {
  const journal = await readFile(path.join(dataDir, 'setup', 'state.json'), 'utf8').then(JSON.parse, () => null);
  if (!journal) return [];
  return Object.entries(journal.steps as Record<string, { status: string; tookMs?: number }>)
    .filter(([, step]) => step.tookMs)
    .map(([id, step]) => rowOf(`set-up: ${id}`, [step.tookMs as number], 'when it last ran'));
}

async function keep(rows: Row[], parts: readonly Part[] = []): Promise<void> {
  const { dated, machine } = measuredHere({ load: false });
  const table = `# Benchmark of ${dated.slice(0, 10)}\n\n${machine}. Repeat with \`${again('npm run bench', parts)}\`.\n\n${markdown(rows)}\n`;
  await keepResults('', table, { dated, machine, rows }, { parts });
}
