/**
 * Threads that read texts with one model: one that stands ready, and for many texts one a core. A thread that dies is
 * started again, and what was in flight is asked once more.
 */
import os from 'node:os';
import { Worker } from 'node:worker_threads';
import { workerUrl } from '../../models/paths.js';
import { EmohealError } from '../errors.js';
import { mismatch, REMEDY } from './model-folder.js';
import type { ModelRead } from './prepare.js';
import type { FromWorker, ReadersOf, ToWorker, WorkerSettings } from './worker.js';

/**
 * ONNX Runtime 1.30 searches the process's command line with a recursive regular expression when it loads; a feeling of
 * 20,000 characters given as an argument overflowed the usual 4 MB. 100,000 characters need about 20.
 */
const STACK_MB = 64;
const CORES = Math.min(4, os.availableParallelism());
/** Feeling and danger of one sentence are read side by side. A second core for either gains nothing: its layers are small. */
const CORES_OF_ONE = Math.max(1, CORES >> 1);
/** From so many texts on, threads share them. */
const MANY = 32;

export interface Readers {
  /** What the model gives for each text, in their order. Rejects with `inference-failed`, `cancelled`, or the signal's reason. */
  read(texts: string[], signal?: AbortSignal): Promise<ModelRead[]>;
  close(): Promise<void>;
}

/** Resolves once the model is loaded. Rejects with `model-mismatch`. */
export async function openReaders(model: ReadersOf): Promise<Readers> {
  const one = await startThread({ ...model, threads: CORES_OF_ONE });
  let together: Promise<Thread[]> | undefined;

  return {
    async read(texts, signal) {
      if (texts.length === 0) return [];
      if (texts.length < MANY || CORES === 1) return one.read(texts, signal);
      together ??= Promise.all(Array.from({ length: CORES }, () => startThread({ ...model, threads: 1 })));
      const threads = await together;
      const share = Math.ceil(texts.length / threads.length);
      const parts = threads.map((thread, i) => {
        const some = texts.slice(i * share, (i + 1) * share);
        return some.length > 0 ? thread.read(some, signal) : [];
      });
      return (await Promise.all(parts)).flat();
    },
    async close() {
      await Promise.all([one, ...((await together?.catch(() => [])) ?? [])].map((thread) => thread.close()));
    },
  };
}

type Thread = Readers;

interface Waiting {
  texts: string[];
  retried: boolean;
  resolve(rows: ModelRead[]): void;
  reject(error: Error): void;
}

/** Keeps one worker alive: what was in flight when it died is asked once more of its successor. */
async function startThread(settings: WorkerSettings): Promise<Thread> {
  const waiting = new Map<number, Waiting>();
  let nextId = 1;
  let closing = false;
  let worker = await spawn();

  function spawn(): Promise<Worker> {
    return new Promise((resolve, reject) => {
      const fresh = new Worker(workerUrl('engine/emotion/worker'), {
        workerData: settings,
        execArgv: [],
        resourceLimits: { stackSizeMb: STACK_MB },
      });
      const unusable = (reason: string, cause?: unknown) => reject(mismatch(settings.folder, [reason], REMEDY, cause));
      fresh.once('error', (error) => unusable('its thread stopped', error));
      fresh.on('message', (message: FromWorker) => {
        if (message.kind === 'ready') {
          fresh.unref();
          fresh.removeAllListeners('error');
          fresh.on('error', () => {});
          fresh.once('exit', () => void revive());
          resolve(fresh);
        } else if (message.kind === 'load-failed') {
          unusable('the graph is damaged or of another kind', new Error(message.reason));
          void fresh.terminate();
        } else {
          settle(message);
        }
      });
    });
  }

  function settle(message: Extract<FromWorker, { id: number }>): void {
    const job = waiting.get(message.id);
    waiting.delete(message.id);
    if (waiting.size === 0) worker.unref();
    if (message.kind === 'read') job?.resolve(message.rows);
    else
      job?.reject(
        new EmohealError('inference-failed', `The model failed on ${job.texts.length} texts (${message.reason}).`, {
          retryable: true,
        }),
      );
  }

  async function revive(): Promise<void> {
    if (closing) return;
    const orphans = [...waiting.values()];
    waiting.clear();
    try {
      worker = await spawn();
      for (const job of orphans) {
        if (job.retried) job.reject(new EmohealError('inference-failed', 'The model stopped twice on the same texts.'));
        else ask({ ...job, retried: true });
      }
    } catch (error) {
      for (const job of orphans) job.reject(error as Error);
    }
  }

  function ask(job: Waiting): number {
    const id = nextId++;
    waiting.set(id, job);
    worker.ref();
    worker.postMessage({ kind: 'read', id, texts: job.texts } satisfies ToWorker);
    return id;
  }

  return {
    read: (texts, signal) =>
      new Promise((resolve, reject) => {
        const id = ask({ texts, retried: false, resolve, reject });
        signal?.addEventListener(
          'abort',
          () => {
            if (!waiting.delete(id)) return;
            worker.postMessage({ kind: 'cancel', id } satisfies ToWorker);
            if (waiting.size === 0) worker.unref();
            reject(signal.reason);
          },
          { once: true },
        );
      }),
    async close() {
      closing = true;
      for (const job of waiting.values()) job.reject(new EmohealError('cancelled', 'The model was closed.'));
      waiting.clear();
      await new Promise<void>((resolve) => {
        if (worker.threadId === -1) resolve();
        worker.ref();
        worker.once('exit', () => resolve());
        worker.postMessage({ kind: 'close' } satisfies ToWorker);
      });
    },
  };
}
