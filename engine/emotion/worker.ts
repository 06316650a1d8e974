/**
 * A reader's thread: tokeniser and ONNX session live here, so that the server's own thread never waits for them. One reads how a
 * text feels, another one, with the crisis gate's network, whether its writer is in danger.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { Tokenizer } from '@huggingface/tokenizers';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { NO_SPINNING } from '../../models/onnx-threads.js';
import { openDangerNetwork } from '../crisis/network.js';
import type { CrisisNetwork } from '../crisis/network-folder.js';
import type { ModelFolder } from './model-folder.js';
import { type ModelRead, poolReads, windowsOf } from './prepare.js';

/** Which model of the folder a thread loads. */
export interface ReadersOf extends ModelFolder {
  /** The crisis gate's network over the same words; null for the emotion model itself. */
  crisis: CrisisNetwork | null;
}

export interface WorkerSettings extends ReadersOf {
  /** Cores that one reading may use. */
  threads: number;
}

export type ToWorker =
  | { kind: 'read'; id: number; texts: string[] }
  | { kind: 'cancel'; id: number }
  | { kind: 'close' };
export type FromWorker =
  | { kind: 'ready' }
  | { kind: 'load-failed'; reason: string }
  | { kind: 'read'; id: number; rows: ModelRead[] }
  | { kind: 'failed'; id: number; reason: string };

const settings = workerData as WorkerSettings;
/** Jobs called off while they wait or run; looked at between two windows. */
const cancelled = new Set<number>();
let closing = false;

function send(message: FromWorker): void {
  parentPort?.postMessage(message);
}

/** How texts become readings: what fits into one run, a run, and what its runs say together. */
interface Reader {
  /** Tokens that one run holds, frame and prefix among them. */
  maxTokens: number;
  prefix: readonly number[];
  run(window: number[]): Promise<ModelRead>;
  pool(reads: readonly ModelRead[]): ModelRead;
}

async function load(): Promise<(text: string, stopped: () => boolean) => Promise<ModelRead>> {
  const tokenizer = new Tokenizer(JSON.parse(readFileSync(path.join(settings.folder, 'tokenizer.json'), 'utf8')), {});
  const idsOf = (text: string): number[] => tokenizer.encode(text, { add_special_tokens: false }).ids;
  const [begin, end] = framingOf(tokenizer);
  const { maxTokens, prefix, run, pool } = await (settings.crisis
    ? dangerReader(settings.crisis)
    : feelingReader(idsOf));
  const size = maxTokens - prefix.length - begin.length - end.length;

  return async (text, stopped) => {
    const found: ModelRead[] = [];
    for (const window of windowsOf(idsOf(text), size)) {
      // Lets a message through: runs of the native code come back without a turn of the event loop.
      if (found.length > 0) await new Promise((resolve) => setImmediate(resolve));
      if (stopped()) return pool([]);
      found.push(await run([...begin, ...prefix, ...window, ...end]));
    }
    return pool(found);
  };
}

async function feelingReader(idsOf: (text: string) => number[]): Promise<Reader> {
  const session = await InferenceSession.create(path.join(settings.folder, settings.graph), {
    intraOpNumThreads: settings.threads,
    graphOptimizationLevel: 'all',
    extra: NO_SPINNING,
  });
  const { inputs, outputs: names, maxTokens } = settings;

  /** One window a run: the activations are quantised over all that runs together, so company would change a reading. */
  async function run(window: number[]): Promise<ModelRead> {
    const shape = [1, window.length];
    const ones = new BigInt64Array(window.length).fill(1n);
    const feeds: Record<string, Tensor> = {
      [inputs.ids]: new Tensor('int64', BigInt64Array.from(window, BigInt), shape),
      [inputs.mask]:
        inputs.maskType === 'int64'
          ? new Tensor('int64', ones, shape)
          : new Tensor('float32', new Float32Array(window.length).fill(1), shape),
    };
    if (inputs.types && session.inputNames.includes(inputs.types))
      feeds[inputs.types] = new Tensor('int64', new BigInt64Array(window.length), shape);
    const outputs = await session.run(feeds);
    const output = (name: string | null | undefined): Float32Array | null =>
      name ? ((outputs[name]?.data as Float32Array | undefined) ?? null) : null;
    const affect = output(names.affect);
    const basic = output(names.basic);
    return {
      labels: probabilitiesFrom(output(session.outputNames[0]) ?? new Float32Array()),
      affect: affect && [affect[0] ?? 0, affect[1] ?? 0],
      basic: basic && Array.from(basic),
      trunk: output(names.trunk)?.slice() ?? null,
    };
  }

  const prefix = settings.prefix.trim();
  return { maxTokens, prefix: prefix === '' ? [] : idsOf(prefix), run, pool: poolReads };
}

/** Danger in any part of a long text is danger: the highest over its windows. */
async function dangerReader(crisis: CrisisNetwork): Promise<Reader> {
  const network = await openDangerNetwork(crisis, settings.threads);
  const nothing = poolReads([]);
  return {
    maxTokens: crisis.maxTokens,
    prefix: [],
    run: async (window) => ({ ...nothing, danger: await network.read(window) }),
    pool: (reads) => ({
      ...nothing,
      danger: reads
        .map(({ danger }) => danger ?? [])
        .reduce<number[] | null>(
          (highest, danger) => (highest ? danger.map((value, i) => Math.max(value, highest[i] ?? 0)) : danger),
          null,
        ),
    }),
  };
}

/** What the tokeniser puts around a text: the ids before and after those of the bare text. */
function framingOf(tokenizer: Tokenizer): [begin: number[], end: number[]] {
  const bare: number[] = tokenizer.encode('a', { add_special_tokens: false }).ids;
  const framed: number[] = tokenizer.encode('a').ids;
  const at = framed.findIndex((_, i) => bare.every((id, j) => framed[i + j] === id));
  return [framed.slice(0, at), framed.slice(at + bare.length)];
}

/** Our 28 labels in their order, out of whatever the graph gives; a label that the model lacks is never heard. */
function probabilitiesFrom(output: Float32Array): number[] {
  const all = Array.from(output);
  const columns = settings.columns;
  if (settings.gives === 'probabilities') return columns.map((column) => (column === null ? 0 : (all[column] ?? 0)));
  if (settings.gives === 'logits-multi')
    return columns.map((column) => (column === null ? 0 : 1 / (1 + Math.exp(-(all[column] ?? 0)))));
  const most = Math.max(...all);
  const sum = all.reduce((total, logit) => total + Math.exp(logit - most), 0);
  return columns.map((column) => (column === null ? 0 : Math.exp((all[column] ?? 0) - most) / sum));
}

/** Errors leave with their kind only: a runtime's own message may quote what was said. */
const kindOf = (error: unknown) => (error instanceof Error ? error.name : typeof error);

load().then(
  (read) => {
    let last: Promise<void> = Promise.resolve();
    parentPort?.on('message', (message: ToWorker) => {
      if (message.kind === 'cancel') {
        cancelled.add(message.id);
      } else if (message.kind === 'close') {
        // The thread ends by itself: to end it from outside while native code runs would take the whole process along.
        closing = true;
        void last.then(() => parentPort?.close());
      } else {
        const { id, texts } = message;
        const stopped = () => closing || cancelled.has(id);
        last = last
          .then(async () => {
            const rows: ModelRead[] = [];
            for (const text of texts) rows.push(await read(text, stopped));
            return rows;
          })
          .then(
            (rows) => send({ kind: 'read', id, rows }),
            (error) => send({ kind: 'failed', id, reason: kindOf(error) }),
          )
          .finally(() => cancelled.delete(id));
      }
    });
    send({ kind: 'ready' });
  },
  (error) => send({ kind: 'load-failed', reason: String((error as Error)?.message ?? error).slice(0, 300) }),
);
