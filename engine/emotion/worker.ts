/** The classifier's thread: tokeniser and ONNX session live here, so that the server's own thread never waits for them. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { Tokenizer } from '@huggingface/tokenizers';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { NO_SPINNING } from '../../models/onnx-threads.js';
import { type DangerNetwork, openDangerNetwork } from '../crisis/network.js';
import type { CrisisNetwork } from '../crisis/network-folder.js';
import type { ModelFolder } from './model-folder.js';
import { type ModelRead, poolReads, windowsOf } from './prepare.js';

export interface WorkerSettings extends ModelFolder {
  /** Cores that one reading may use. */
  threads: number;
  /** The crisis gate's network over the same words; null where it does not fit this model. */
  crisis: CrisisNetwork | null;
}

/** What of a text is asked for: how it feels, or whether its writer is in danger. */
export type ReadsFor = 'feeling' | 'danger';

export type ToWorker =
  | { kind: 'classify'; id: number; texts: string[]; reads: ReadsFor }
  | { kind: 'cancel'; id: number }
  | { kind: 'close' };
export type FromWorker =
  | { kind: 'ready' }
  | { kind: 'load-failed'; reason: string }
  | { kind: 'classified'; id: number; rows: ModelRead[] }
  | { kind: 'failed'; id: number; reason: string };

const settings = workerData as WorkerSettings;
/** Jobs called off while they wait or run; looked at between two windows. */
const cancelled = new Set<number>();
let closing = false;

function send(message: FromWorker): void {
  parentPort?.postMessage(message);
}

async function load(): Promise<(texts: string[], reads: ReadsFor, stopped: () => boolean) => Promise<ModelRead[]>> {
  const tokenizer = new Tokenizer(JSON.parse(readFileSync(path.join(settings.folder, 'tokenizer.json'), 'utf8')), {});
  const session = await InferenceSession.create(path.join(settings.folder, settings.graph), {
    intraOpNumThreads: settings.threads,
    graphOptimizationLevel: 'all',
    extra: NO_SPINNING,
  });
  const idsOf = (text: string) => tokenizer.encode(text, { add_special_tokens: false }).ids;
  const [begin, end] = framingOf(tokenizer);
  const prefix = settings.prefix.trim() === '' ? [] : idsOf(settings.prefix.trim());
  const { inputs } = settings;

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
    const affect = output(settings.outputs.affect);
    const basic = output(settings.outputs.basic);
    return {
      labels: probabilitiesFrom(output(session.outputNames[0]) ?? new Float32Array()),
      affect: affect && [affect[0] ?? 0, affect[1] ?? 0],
      basic: basic && Array.from(basic),
      trunk: output(settings.outputs.trunk)?.slice() ?? null,
    };
  }

  async function read(text: string, stopped: () => boolean): Promise<ModelRead> {
    const found: ModelRead[] = [];
    for (const window of windowsOf(idsOf(text), settings.maxTokens - prefix.length - begin.length - end.length)) {
      if (stopped()) return poolReads([]);
      found.push(await run([...begin, ...prefix, ...window, ...end]));
      // Lets a message through: runs of the native code come back without a turn of the event loop.
      if (found.length % 8 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    return poolReads(found);
  }

  let network: Promise<DangerNetwork> | undefined;

  /** Danger in any part of a long text is danger: the highest over its windows. */
  async function danger(text: string, stopped: () => boolean): Promise<ModelRead> {
    const { crisis } = settings;
    if (!crisis) return poolReads([]);
    network ??= openDangerNetwork(crisis, settings.threads);
    const { read: readDanger } = await network;
    let highest: number[] | null = null;
    for (const window of windowsOf(idsOf(text), crisis.maxTokens - begin.length - end.length)) {
      if (stopped()) break;
      const found = await readDanger([...begin, ...window, ...end]);
      const before: number[] | null = highest;
      highest = before ? found.map((value, i) => Math.max(value, before[i] ?? 0)) : found;
      await new Promise((resolve) => setImmediate(resolve));
    }
    return { ...poolReads([]), danger: highest };
  }

  return async (texts, reads, stopped) => {
    const rows: ModelRead[] = [];
    for (const text of texts) rows.push(await (reads === 'danger' ? danger : read)(text, stopped));
    return rows;
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
  (classify) => {
    let last: Promise<void> = Promise.resolve();
    parentPort?.on('message', (message: ToWorker) => {
      if (message.kind === 'cancel') {
        cancelled.add(message.id);
      } else if (message.kind === 'close') {
        // The thread ends by itself: to end it from outside while native code runs would take the whole process along.
        closing = true;
        void last.then(() => parentPort?.close());
      } else {
        const { id, texts, reads } = message;
        last = last
          .then(() => classify(texts, reads, () => closing || cancelled.has(id)))
          .then(
            (rows) => send({ kind: 'classified', id, rows }),
            (error) => send({ kind: 'failed', id, reason: kindOf(error) }),
          )
          .finally(() => cancelled.delete(id));
      }
    });
    send({ kind: 'ready' });
  },
  (error) => send({ kind: 'load-failed', reason: String((error as Error)?.message ?? error).slice(0, 300) }),
);
