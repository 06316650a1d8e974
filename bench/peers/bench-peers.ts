/**
 * `npm run bench:peers [-- --quick] [--million] [--python PATH]`: our pipeline and the same job in the shape of its published
 * parts (`reference.py`), side by side on this machine, one question at a time in turn, then many at once, then with more
 * tracks and longer sessions. Results go to bench/results/peers-latest.md, peers-history.jsonl and docs/pictures/. Machines
 * are noisy: read the ratios. `--million` adds a shelf of a million tracks, whose graph takes our side half an hour to build.
 */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { packageRoot } from '../../models/paths.js';
import { readConfig } from '../../skill/config.js';
import { makeDataFolder } from '../../test/data-folder.js';
import { keepResults, measuredHere } from '../keep.js';
import { readOptions } from '../options.js';
import { rowOf } from '../table.js';
import { growthPicture, type Line } from './growth-picture.js';
import { type Peer, startPeer } from './peer.js';
import { peerPython } from './python.js';

const FEELINGS = [
  'I am so tense after today, my thoughts keep racing and I cannot sleep.',
  'I miss my mother, and the house is so quiet without her.',
  'I have been lying here for hours and I keep thinking about what she said to me at work.',
  'Actually I feel fine, only a little restless, and tomorrow is a long day.',
  'I am angry with myself because I shouted at the children again this evening.',
  'I am afraid of the examination on Thursday and I cannot stop thinking of it.',
];
const SAID = 'I am so tense after today and I can not sleep at all tonight.';
const CLIENTS = [1, 2, 4, 8, 16, 32, 64];
const TRACKS = [100, 1000, 10_000, 100_000];
const MINUTES = [8, 20, 45];

interface Pair {
  what: string;
  ours: string;
  theirs: string;
  times: string;
}

let asked = 0;
/** No two are the same: neither side may answer from memory. */
function feeling(): string {
  asked += 1;
  return `${FEELINGS[asked % FEELINGS.length]} It has been like this for ${asked} days.`;
}

const question = (more: { minutes?: number } = {}) => ({ do: 'text', text: feeling(), ...more });

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
const ms = (value: number) => (value >= 100 ? value.toFixed(0) : value >= 1 ? value.toFixed(1) : value.toFixed(2));
const times = (ratio: number) => `${ratio >= 10 ? ratio.toFixed(0) : ratio.toFixed(1)} ×`;
const told = (line: string) => process.stderr.write(`${line}\n`);

export async function main(words: string[]): Promise<number> {
  const { values } = readOptions(words, { quick: 'flag', million: 'flag', python: 'text' });
  const here = path.join(packageRoot(), 'bench', 'peers');
  const kept = path.join(readConfig(process.env).dataDir, 'bench', 'peers');
  let python: string;
  try {
    python = values.python ?? (await peerPython(kept, path.join(here, 'requirements.txt')));
  } catch (error) {
    told((error as Error).message);
    return 1;
  }
  const runs = values.quick ? 8 : 30;
  const peers: Peer[] = [];
  await mkdir(kept, { recursive: true });
  const data = makeDataFolder(['bench/peers']);
  const folder = await mkdtemp(path.join(os.tmpdir(), 'emoheal-bench-peers-'));
  try {
    // Nothing is in the cache of sounds; the graphs of large shelves are kept from run to run.
    process.env.EMOHEAL_DATA_DIR = data.folder;
    const ours = await startPeer('ours', process.execPath, [
      '--max-old-space-size=12000',
      path.join(packageRoot(), 'dist', 'bench', 'peers', 'ours.js'),
    ]);
    peers.push(ours);
    const theirs = await startPeer('reference', python, [
      path.join(here, 'reference.py'),
      '--tokeniser',
      path.join(packageRoot(), 'models', 'emotion', 'tokenizer.json'),
      '--whisper',
      path.join(kept, 'whisper-base-ct2'),
    ]);
    peers.push(theirs);
    const rows: Pair[] = [
      { what: 'started, everything loaded', ...compared(ours.readyMs, theirs.readyMs, (value) => `${ms(value)} ms`) },
      await inTurn('text → plan, 20,000 tracks', ours, theirs, () => question(), runs),
      await inTurn('the same, texts filled up to 128 pieces as CLaMP3 does', ours, theirs, () => question(), runs, {
        theirs: { padded: true },
      }),
      ...(await speech(folder, ours, theirs, Math.max(3, runs >> 2))),
      await memory('resident memory after that', ours, theirs),
    ];
    const clients = await growth(values.quick ? [1, 8, 64] : CLIENTS, ours, theirs, manyAtOnce);
    for (const { at, ours: mine, theirs: other } of clients)
      rows.push({
        what: `${at} at once: answered a second`,
        ours: mine.perSec.toFixed(1),
        theirs: other.perSec.toFixed(1),
        times: times(mine.perSec / other.perSec),
      });
    const lengths = values.quick ? [8, 20] : MINUTES;
    const minutes = await growth(lengths, ours, theirs, async (peer, each) => ({
      ms: await middle(peer, () => question({ minutes: each }), values.quick ? 3 : 5),
      perSec: 0,
    }));
    const sound = await sessions(ours, lengths);
    for (const [at, each] of minutes.entries())
      rows.push({
        what: `text → plan of ${each.at} minutes`,
        ours: `${ms(each.ours.ms)} ms (first sound ${ms(sound[at]!.firstMs)} ms, whole session ${(sound[at]!.wholeMs / 1000).toFixed(1)} s)`,
        theirs: `${ms(each.theirs.ms)} ms (makes no sound)`,
        times: times(each.theirs.ms / each.ours.ms),
      });
    const sizes = values.quick ? [100, 10_000] : values.million ? [...TRACKS, 1_000_000] : TRACKS;
    const tracks = await growth(sizes, ours, theirs, async (peer, count) => {
      await peer.ask({ do: 'tracks', count });
      return { ms: await middle(peer, () => question(), values.quick ? 3 : 5), perSec: 0 };
    });
    rows.push(await memory(`resident memory with ${sizes.at(-1)!.toLocaleString('en-GB')} tracks`, ours, theirs));
    for (const each of tracks)
      rows.push({
        what: `text → plan over ${each.at.toLocaleString('en-GB')} tracks`,
        ...compared(each.ours.ms, each.theirs.ms, (value) => `${ms(value)} ms`),
      });
    await keep(rows, values);
    if (!values.quick) await draw({ clients, tracks, minutes, sound });
    return 0;
  } finally {
    await Promise.all(peers.map((peer) => peer.stop().catch(() => {})));
    await rm(folder, { recursive: true, force: true });
    data.remove();
  }
}

function compared(ours: number, theirs: number, show: (value: number) => string): Omit<Pair, 'what'> {
  return { ours: show(ours), theirs: show(theirs), times: times(theirs / ours) };
}

/** One question at a time, the sides in turn, so that a drift of the machine meets both alike. */
async function inTurn(
  what: string,
  ours: Peer,
  theirs: Peer,
  question: () => object,
  runs: number,
  how: { theirs?: object } = {},
): Promise<Pair> {
  const [mine, other]: [number[], number[]] = [[], []];
  for (let i = -FEELINGS.length; i < runs; i += 1) {
    const [a, b] = [await ours.ask(question()), await theirs.ask({ ...question(), ...how.theirs })];
    // The first warm both up: PyTorch prepares itself for each length of sentence once.
    if (i < 0) continue;
    mine.push(a.ms);
    other.push(b.ms);
  }
  const [a, b] = [rowOf(what, mine), rowOf(what, other)];
  told(`${what}: ${ms(a.p50Ms)} ms, ${ms(b.p50Ms)} ms`);
  const show = ({ p50Ms, p99Ms }: typeof a) => `${ms(p50Ms)} ms (slowest hundredth ${ms(p99Ms)})`;
  return { what, ours: show(a), theirs: show(b), times: times(b.p50Ms / a.p50Ms) };
}

async function speech(folder: string, ours: Peer, theirs: Peer, runs: number): Promise<Pair[]> {
  const file = path.join(folder, 'said.wav');
  const spoken = await promisify(execFile)('espeak-ng', ['-v', 'en-us', '-s', '150', '-w', file, SAID]).then(
    () => true,
    () => false,
  );
  if (!spoken) {
    told('skipped: WAV → plan (espeak-ng is not installed)');
    return [];
  }
  const question = () => ({ do: 'wav', file });
  const [{ told: mine }, { told: other }] = [await ours.ask(question()), await theirs.ask(question())];
  told(`heard by ours "${mine.said}", by the reference "${other.said}"`);
  return [
    await inTurn('WAV → plan, greedy, language given', ours, theirs, question, runs),
    await inTurn('WAV → plan, as faster-whisper does by itself', ours, theirs, question, runs, {
      theirs: { greedy: false },
    }),
  ];
}

async function memory(what: string, ours: Peer, theirs: Peer): Promise<Pair> {
  const [mine, other] = [await ours.residentMb(), await theirs.residentMb()];
  told(`${what}: ${mine} MB, ${other} MB`);
  return { what, ...compared(mine, other, (value) => `${value} MB`) };
}

interface Figure {
  ms: number;
  perSec: number;
}
interface Grown {
  at: number;
  ours: Figure;
  theirs: Figure;
}

async function growth(
  steps: readonly number[],
  ours: Peer,
  theirs: Peer,
  measure: (peer: Peer, step: number) => Promise<Figure>,
): Promise<Grown[]> {
  const grown: Grown[] = [];
  for (const at of steps) {
    const each = { at, ours: await measure(ours, at), theirs: await measure(theirs, at) };
    told(`${at}: ${ms(each.ours.ms)} ms, ${ms(each.theirs.ms)} ms`);
    grown.push(each);
  }
  return grown;
}

/** So many clients that ask again as soon as they are answered. */
async function manyAtOnce(peer: Peer, clients: number): Promise<Figure> {
  const each = Math.max(1, Math.ceil(12 / clients));
  const samples: number[] = [];
  const startMs = performance.now();
  await Promise.all(
    Array.from({ length: clients }, async () => {
      for (let i = 0; i < each; i += 1) samples.push((await peer.ask(question())).ms);
    }),
  );
  return { ms: median(samples), perSec: (samples.length * 1000) / (performance.now() - startMs) };
}

async function middle(peer: Peer, question: () => object, runs: number): Promise<number> {
  const samples: number[] = [];
  for (let i = -1; i < runs; i += 1) {
    const { ms: took } = await peer.ask(question());
    if (i >= 0) samples.push(took);
  }
  return median(samples);
}

interface Sounded {
  firstMs: number;
  wholeMs: number;
}

async function sessions(ours: Peer, lengths: readonly number[]): Promise<Sounded[]> {
  const sounded: Sounded[] = [];
  for (const minutes of lengths) {
    const { told: each } = await ours.ask({ do: 'session', text: feeling(), minutes });
    sounded.push(each as unknown as Sounded);
  }
  return sounded;
}

async function keep(rows: readonly Pair[], { quick, million }: { quick?: boolean; million?: boolean }): Promise<void> {
  const { dated, machine } = measuredHere();
  const table = [
    `# Side by side, ${dated.slice(0, 10)}`,
    '',
    `${machine}; both sides may use every core. Ours: \`bench/peers/ours.ts\`. The reference: \`bench/peers/reference.py\`,`,
    'PyTorch with random weights of the published sizes, FAISS, faster-whisper with the weights of Whisper base (int8).',
    `Repeat with \`npm run bench:peers${quick ? ' -- --quick' : million ? ' -- --million' : ''}\`.`,
    '',
    '| | ours | reference | |',
    '|---|---|---|---:|',
    ...rows.map((row) => `| ${row.what} | ${row.ours} | ${row.theirs} | ${row.times} |`),
    '',
  ].join('\n');
  // A quick run is for whoever works on it: the table of a whole one stays.
  await keepResults('peers', table, { dated, machine, rows }, { parts: quick ? ['quick'] : [] });
}

async function draw(found: { clients: Grown[]; tracks: Grown[]; minutes: Grown[]; sound: Sounded[] }): Promise<void> {
  const folder = path.join(packageRoot(), 'docs', 'pictures');
  const lines = (grown: readonly Grown[]): Line[] => [
    { name: 'ours', points: grown.map(({ at, ours }) => [at, ours.ms]) },
    { name: 'reference', points: grown.map(({ at, theirs }) => [at, theirs.ms]) },
  ];
  const soundLine = (name: string, part: keyof Sounded): Line => ({
    name,
    points: found.minutes.map(({ at }, i) => [at, found.sound[i]![part]]),
  });
  const pictures = {
    'peers-clients': growthPicture({
      title: 'Text → plan by clients at once',
      xName: 'clients at once',
      yName: 'ms until the answer, median',
      lines: lines(found.clients),
    }),
    'peers-tracks': growthPicture({
      title: 'Text → plan by tracks in the library',
      xName: 'tracks',
      yName: 'ms until the answer, median',
      lines: lines(found.tracks),
    }),
    'peers-minutes': growthPicture({
      title: 'By length of the session',
      xName: 'minutes',
      yName: 'ms',
      lines: [
        ...lines(found.minutes).map(({ name, points }) => ({ name: `${name}: plan`, points })),
        soundLine('ours: first sound', 'firstMs'),
        soundLine('ours: every sound made', 'wholeMs'),
      ],
    }),
  };
  for (const [name, svg] of Object.entries(pictures)) await writeFile(path.join(folder, `${name}.svg`), svg);
}
