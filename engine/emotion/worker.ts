/** The classifier's thread: tokeniser and ONNX session live here, so that the server's own thread never waits for them. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { Tokenizer } from '@huggingface/tokenizers';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { poolWindows, windowsOf } from './prepare.js';

export interface WorkerSettings {
  folder: string;
  prefix: string;
  maxTokens: number;
  labels: number;
}

export type ToWorker =
  | { kind: 'classify'; id: number; texts: string[] }
  | { kind: 'cancel'; id: number }
  | { kind: 'close' };
export type FromWorker =
  | { kind: 'ready' }
  | { kind: 'load-failed'; reason: string }
  | { kind: 'classified'; id: number; rows: number[][] }
  | { kind: 'failed'; id: number; reason: string };

const settings = workerData as WorkerSettings;
/** Jobs called off while they wait or run; looked at between two windows. */
const cancelled = new Set<number>();
let closing = false;

function send(message: FromWorker): void {
  parentPort?.postMessage(message);
}

async function load(): Promise<(texts: string[], stopped: () => boolean) => Promise<number[][]>> {
  const tokenizer = new Tokenizer(JSON.parse(readFileSync(path.join(settings.folder, 'tokenizer.json'), 'utf8')), {});
  const session = await InferenceSession.create(path.join(settings.folder, 'model.int8.onnx'), {
    intraOpNumThreads: 2,
    graphOptimizationLevel: 'all',
  });
  const idsOf = (text: string) => tokenizer.encode(text, { add_special_tokens: false }).ids;
  const [bos, eos] = (() => {
    const ids = tokenizer.encode('a').ids;
    return [ids[0] as number, ids[ids.length - 1] as number];
  })();
  const prefix = idsOf(settings.prefix.trim());

  /** One window a run: the activations are quantised over all that runs together, so company would change a reading. */
  async function run(window: number[]): Promise<number[]> {
    const shape = [1, window.length];
    const outputs = await session.run({
      ids: new Tensor('int64', BigInt64Array.from(window, BigInt), shape),
      mask: new Tensor('float32', new Float32Array(window.length).fill(1), shape),
    });
    return Array.from(outputs[session.outputNames[0] as string]?.data as Float32Array).slice(0, settings.labels);
  }

  return async (texts, stopped) => {
    const rows: number[][] = [];
    for (const text of texts) {
      const found: number[][] = [];
      for (const window of windowsOf(idsOf(text), settings.maxTokens - prefix.length - 2)) {
        if (stopped()) return [];
        found.push(await run([bos, ...prefix, ...window, eos]));
        // Lets a message through: runs of the native code come back without a turn of the event loop.
        if (found.length % 8 === 0) await new Promise((resolve) => setImmediate(resolve));
      }
      rows.push(poolWindows(found));
    }
    return rows;
  };
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
        const { id, texts } = message;
        last = last
          .then(() => classify(texts, () => closing || cancelled.has(id)))
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
