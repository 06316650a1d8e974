/**
 * Threads that answer for a model: one that stands ready, and for very many items one a core. A thread that dies is started
 * again, and what was in flight is asked once more. The other side is `thread-side.ts`.
 */
import os from 'node:os';
import { Worker } from 'node:worker_threads';
import { workerUrl } from '../models/paths.js';
import { EmohealError } from './errors.js';
import type { FromThread, ToThread } from './thread-side.js';

/**
 * ONNX Runtime 1.30 searches the process's command line with a recursive regular expression when it loads; a feeling of
 * 20,000 characters given as an argument overflowed the usual 4 MB. 100,000 characters need about 20.
 */
const STACK_MB = 64;
const CORES = Math.min(4, os.availableParallelism());
/** Feeling and danger of one sentence are read side by side. A second core for either gains nothing: its layers are small. */
const CORES_OF_ONE = Math.max(1, CORES >> 1);
/** From so many items on, threads share them. */
const MANY = 32;

export interface Thread {
  /**
   * What the thread's handler `what` makes of each item, in their order. Rejects with `inference-failed`, `cancelled`, or the
   * signal's reason.
   */
  ask<Row>(what: string, items: readonly unknown[], signal?: AbortSignal): Promise<Row[]>;
  close(): Promise<void>;
}

export interface Threads extends Thread {
  /** The one that stands ready, for what is not worth more threads. */
  readonly one: Thread;
}

export interface ThreadOptions {
  /** Compiled module, without its ending: 'engine/emotion/worker'. */
  worker: string;
  /** Reaches the thread as `workerData`, with `threads`: the cores that one run may use. */
  settings: object;
  /** What to say where the model does not load. */
  unusable: (reason: string, cause: unknown) => EmohealError;
}

/** Resolves once the model is loaded; rejects with what `unusable` gives. */
export async function openThreads(options: ThreadOptions): Promise<Threads> {
  const one = await startThread(options, CORES_OF_ONE);
  let together: Promise<Thread[]> | undefined;

  return {
    one,
    async ask<Row>(what: string, items: readonly unknown[], signal?: AbortSignal): Promise<Row[]> {
      if (items.length < MANY || CORES === 1) return one.ask(what, items, signal);
      together ??= Promise.all(Array.from({ length: CORES }, () => startThread(options, 1)));
      const threads = await together;
      const share = Math.ceil(items.length / threads.length);
      const parts = threads.map((thread, i) => thread.ask<Row>(what, items.slice(i * share, (i + 1) * share), signal));
      return (await Promise.all(parts)).flat();
    },
    async close() {
      await Promise.all([one, ...((await together?.catch(() => [])) ?? [])].map((thread) => thread.close()));
    },
  };
}

interface Waiting {
  what: string;
  items: readonly unknown[];
  retried: boolean;
  resolve(rows: unknown[]): void;
  reject(error: Error): void;
}

/** Keeps one worker alive: what was in flight when it died is asked once more of its successor. */
async function startThread(options: ThreadOptions, threads: number): Promise<Thread> {
  const waiting = new Map<number, Waiting>();
  let nextId = 1;
  let closing = false;
  let worker = await spawn();

  function spawn(): Promise<Worker> {
    return new Promise((resolve, reject) => {
      const fresh = new Worker(workerUrl(options.worker), {
        workerData: { ...options.settings, threads },
        execArgv: [],
        resourceLimits: { stackSizeMb: STACK_MB },
      });
      const unusable = (reason: string, cause: unknown) => reject(options.unusable(reason, cause));
      fresh.once('error', (error) => unusable('its thread stopped', error));
      fresh.on('message', (message: FromThread) => {
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

  function settle(message: Extract<FromThread, { id: number }>): void {
    const job = waiting.get(message.id);
    waiting.delete(message.id);
    if (waiting.size === 0) worker.unref();
    if (message.kind === 'answer') job?.resolve(message.rows);
    else
      job?.reject(
        new EmohealError('inference-failed', `The model failed on ${job.items.length} texts (${message.reason}).`, {
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
    worker.postMessage({ kind: 'ask', id, what: job.what, items: job.items } satisfies ToThread);
    return id;
  }

  return {
    ask<Row>(what: string, items: readonly unknown[], signal?: AbortSignal): Promise<Row[]> {
      if (items.length === 0) return Promise.resolve([]);
      return new Promise<Row[]>((resolve, reject) => {
        const id = ask({ what, items, retried: false, resolve: resolve as Waiting['resolve'], reject });
        signal?.addEventListener(
          'abort',
          () => {
            if (!waiting.delete(id)) return;
            worker.postMessage({ kind: 'cancel', id } satisfies ToThread);
            if (waiting.size === 0) worker.unref();
            reject(signal.reason);
          },
          { once: true },
        );
      });
    },
    async close() {
      closing = true;
      for (const job of waiting.values()) job.reject(new EmohealError('cancelled', 'The model was closed.'));
      waiting.clear();
      await new Promise<void>((resolve) => {
        if (worker.threadId === -1) resolve();
        worker.ref();
        worker.once('exit', () => resolve());
        worker.postMessage({ kind: 'close' } satisfies ToThread);
      });
    },
  };
}
