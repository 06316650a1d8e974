/**
 * A synthesiser thread. It holds several jobs and works on one block at a time: of the jobs that someone listens to the one
 * whose reader has the least in hand, then what is only warmed; a job without credit waits.
 */
import '../../models/node20.js';
import { parentPort } from 'node:worker_threads';
import { EmohealError } from '../../engine/errors.js';
import { giveWay } from '../../models/thread-priority.js';
import type { Score } from '../composer/score.js';
import { natureBlocks } from '../nature/nature.js';
import type { FromWorker, Priority, SoundJob, ToWorker } from './messages.js';
import { toInt16 } from './pcm16.js';
import { playScore, prepareSynth } from './render-score.js';

interface HeldJob {
  id: number;
  blocks: Iterator<Float32Array>;
  priority: Priority;
  credit: number;
  skipBlocks: number;
}

/** A second and a half of two instruments. */
const WARM_UP: Score = {
  version: 1,
  id: 'warm-up',
  title: 'Warm-up',
  texture: 'warm-up',
  seed: 0,
  tempoBpm: null,
  keyTonic: 0,
  modeName: 'major',
  durationSec: 1.5,
  lowPassHz: 3000,
  parts: [0, 48].map((program) => ({
    name: 'warm-up',
    program,
    pan: 0,
    volume: 0.5,
    reverb: 0.5,
    controls: [],
    notes: [48, 60, 67].map((pitch, i) => [i / 4, 1, pitch, 60] as const satisfies Score['parts'][0]['notes'][0]),
  })),
};

giveWay(10);
const port = parentPort!;
const jobs: HeldJob[] = [];
let working = false;

const tell = (message: FromWorker, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer);

function fail(id: number | null, error: unknown): void {
  const code = error instanceof EmohealError ? error.code : 'internal';
  tell({ type: 'failed', id, code, message: error instanceof Error ? error.message : 'unknown fault' });
}

async function blocksOf(job: SoundJob): Promise<Iterator<Float32Array>> {
  if (job.kind === 'nature') return natureBlocks(job.sound, job.seed, job.durationSec);
  return playScore(job.score, await prepareSynth());
}

function drop(id: number): void {
  const at = jobs.findIndex((job) => job.id === id);
  // `return` runs the generator's finally: the samples it held are trimmed.
  if (at >= 0) jobs.splice(at, 1)[0]!.blocks.return?.();
}

function nextJob(): HeldJob | undefined {
  const ready = jobs.filter((job) => job.credit > 0);
  const heard = ready.filter((job) => job.priority === 'play');
  // Credit is what the reader has used up: the most of it, the least is left to play.
  return heard.length > 0 ? heard.reduce((most, job) => (job.credit > most.credit ? job : most)) : ready[0];
}

function makeBlock(job: HeldJob): void {
  try {
    const { value, done } = job.blocks.next();
    if (done) {
      drop(job.id);
      tell({ type: 'done', id: job.id });
    } else if (job.skipBlocks > 0) {
      job.skipBlocks--;
    } else {
      job.credit--;
      const samples = toInt16(value);
      tell({ type: 'block', id: job.id, samples }, [samples.buffer as ArrayBuffer]);
    }
  } catch (error) {
    drop(job.id);
    fail(job.id, error);
  }
}

async function work(): Promise<void> {
  if (working) return;
  working = true;
  for (let job = nextJob(); job; job = nextJob()) {
    makeBlock(job);
    // Lets a cancel or a more urgent job in between two blocks.
    await new Promise((resolve) => setImmediate(resolve));
  }
  working = false;
}

const cancelledEarly = new Set<number>();
const starting = new Map<number, { credit: number; priority: Priority }>();

async function start(message: Extract<ToWorker, { type: 'start' }>): Promise<void> {
  const { id, job, priority, credit, skipBlocks } = message;
  starting.set(id, { credit, priority });
  try {
    const blocks = await blocksOf(job);
    const state = starting.get(id)!;
    if (!cancelledEarly.delete(id)) jobs.push({ id, blocks, skipBlocks, ...state });
  } catch (error) {
    fail(id, error);
  }
  starting.delete(id);
  void work();
}

port.on('message', (message: ToWorker) => {
  switch (message.type) {
    case 'prepare':
      prepareSynth().then(
        (font) => {
          // Code that has run once runs faster: the first piece shall not be the one that it is learnt with.
          for (const _ of playScore(WARM_UP, font));
          tell({ type: 'prepared' });
        },
        (error) => fail(null, error),
      );
      break;
    case 'start':
      void start(message);
      break;
    case 'more': {
      const job = jobs.find((j) => j.id === message.id) ?? starting.get(message.id);
      if (job) job.credit += message.credit;
      void work();
      break;
    }
    case 'priority': {
      const job = jobs.find((j) => j.id === message.id) ?? starting.get(message.id);
      if (job) job.priority = message.priority;
      break;
    }
    case 'cancel':
      if (starting.has(message.id)) cancelledEarly.add(message.id);
      else drop(message.id);
      break;
  }
});
