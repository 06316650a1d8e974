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

export type ToWorker = { kind: 'classify'; id: number; texts: string[] } | { kind: 'close' };
export type FromWorker =
  | { kind: 'ready' }
  | { kind: 'load-failed'; reason: string }
  | { kind: 'classified'; id: number; rows: number[][] }
  | { kind: 'failed'; id: number; reason: string };

const settings = workerData as WorkerSettings;
const WINDOWS_A_RUN = 32;

function send(message: FromWorker): void {
  parentPort?.postMessage(message);
}

async function load(): Promise<(texts: string[]) => Promise<number[][]>> {
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

  async function run(windows: number[][]): Promise<number[][]> {
    const length = Math.max(...windows.map((w) => w.length));
    const ids = new BigInt64Array(windows.length * length).fill(BigInt(eos));
    const mask = new Float32Array(windows.length * length);
    windows.forEach((window, row) => {
      window.forEach((id, column) => {
        ids[row * length + column] = BigInt(id);
        mask[row * length + column] = 1;
      });
    });
    const shape = [windows.length, length];
    const outputs = await session.run({
      ids: new Tensor('int64', ids, shape),
      mask: new Tensor('float32', mask, shape),
    });
    const flat = outputs[session.outputNames[0] as string]?.data as Float32Array;
    return windows.map((_, row) => Array.from(flat.subarray(row * settings.labels, (row + 1) * settings.labels)));
  }

  return async (texts) => {
    const owners: number[] = [];
    const windows: number[][] = [];
    texts.forEach((text, owner) => {
      for (const window of windowsOf(idsOf(text), settings.maxTokens - prefix.length - 2)) {
        owners.push(owner);
        windows.push([bos, ...prefix, ...window, eos]);
      }
    });
    // Windows of like length run together: little padding. Each finds its way back by its place.
    const order = windows.map((_, i) => i).sort((a, b) => windows[a]!.length - windows[b]!.length);
    const rows: number[][][] = texts.map(() => []);
    for (let at = 0; at < order.length; at += WINDOWS_A_RUN) {
      const places = order.slice(at, at + WINDOWS_A_RUN);
      const results = await run(places.map((place) => windows[place]!));
      places.forEach((place, i) => {
        rows[owners[place]!]!.push(results[i]!);
      });
    }
    return rows.map(poolWindows);
  };
}

/** Errors leave with their kind only: a runtime's own message may quote what was said. */
const kindOf = (error: unknown) => (error instanceof Error ? error.name : typeof error);

load().then(
  (classify) => {
    parentPort?.on('message', (message: ToWorker) => {
      if (message.kind === 'close') {
        parentPort?.close();
        return;
      }
      classify(message.texts).then(
        (rows) => send({ kind: 'classified', id: message.id, rows }),
        (error) => send({ kind: 'failed', id: message.id, reason: kindOf(error) }),
      );
    });
    send({ kind: 'ready' });
  },
  (error) => send({ kind: 'load-failed', reason: String((error as Error)?.message ?? error).slice(0, 300) }),
);
