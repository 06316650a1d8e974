/** Synthesiser threads: pieces are made off the main thread, what plays now before what is warmed. */
import { Worker } from 'node:worker_threads';
import { EmohealError, type ErrorCode } from '../../engine/errors.js';
import { workerUrl } from '../../models/paths.js';
import type { FromWorker, Priority, SoundJob, ToWorker } from './messages.js';

/** Blocks (of half a second) a worker may be ahead of its reader: 4 s, about 0.8 MB. */
const BLOCKS_IN_FLIGHT = 8;
/** Jobs that may wait or run at once; more is a caller's fault, not load. What is only warmed leaves half of it to what plays. */
const MAX_JOBS = 256;
const MAX_WARM_JOBS = 128;

export interface SoundStream extends AsyncIterable<Int16Array> {
  /** Moves the job forward or back, e.g. when someone begins to listen to what was only being warmed. */
  setPriority(priority: Priority): void;
}

export interface SynthPool {
  /** Loads the SoundFont in every worker now, so that the first piece does not wait for it. */
  prepare(): Promise<void>;
  /**
   * The sound of a job in blocks of half a second, 16-bit interleaved stereo at 48 kHz, without the first `skipBlocks`, which
   * take as long as if they were given. Starts when first read; leaving the loop or aborting frees the worker.
   * Errors: EmohealError `cancelled`, `inference-failed`, `bad-input`, `busy`.
   */
  render(job: SoundJob, options?: { priority?: Priority; skipBlocks?: number; signal?: AbortSignal }): SoundStream;
  /** Ends all workers; what is being read throws `cancelled`. */
  close(): Promise<void>;
  /** For health pages and tests. */
  state(): { workers: number; running: number; waiting: number; restarts: number };
}

interface Task {
  id: number;
  job: SoundJob;
  priority: Priority;
  slot: Slot | null;
  /** Blocks that are not to be given again. */
  delivered: number;
  retried: boolean;
  blocks: Int16Array[];
  finished: boolean;
  error: EmohealError | null;
  wake: () => void;
}

interface Slot {
  worker: Worker | null;
  tasks: Set<Task>;
  prepared: { resolve: () => void; reject: (error: EmohealError) => void }[];
}

export function createSynthPool(options: { workers?: number; worker?: URL } = {}): SynthPool {
  const url = options.worker ?? workerUrl('media-index/synth/worker');
  const slots: Slot[] = Array.from({ length: options.workers ?? 2 }, () => ({
    worker: null,
    tasks: new Set(),
    prepared: [],
  }));
  const waiting: Task[] = [];
  let nextId = 1;
  let closed = false;
  let restarts = 0;

  const say = (slot: Slot, message: ToWorker) => slot.worker?.postMessage(message);

  /** An idle pool must not keep the process from ending, a working one must. */
  function holdProcess(slot: Slot): void {
    if (slot.tasks.size > 0 || slot.prepared.length > 0) slot.worker?.ref();
    else slot.worker?.unref();
  }

  function wakeWorker(slot: Slot): void {
    if (slot.worker || closed) return;
    const worker = new Worker(url);
    slot.worker = worker;
    worker.unref();
    worker.on('message', (message: FromWorker) => hear(slot, message));
    worker.on('error', (error) => died(slot, worker, error));
    worker.on('exit', () => died(slot, worker, null));
  }

  function died(slot: Slot, worker: Worker, cause: Error | null): void {
    if (slot.worker !== worker) return;
    slot.worker = null;
    if (closed) return;
    restarts++;
    const fault = new EmohealError('inference-failed', 'A synthesiser thread ended unexpectedly.', {
      retryable: true,
      cause,
    });
    for (const asked of slot.prepared.splice(0)) asked.reject(fault);
    const orphans = [...slot.tasks];
    slot.tasks.clear();
    for (const task of orphans) {
      task.slot = null;
      if (task.retried) {
        finish(task, fault);
      } else {
        // Rendering is deterministic: the second run leaves out what was already handed over.
        task.retried = true;
        waiting.unshift(task);
      }
    }
    dispatch();
  }

  function hear(slot: Slot, message: FromWorker): void {
    if (message.type === 'prepared') {
      for (const asked of slot.prepared.splice(0)) asked.resolve();
      holdProcess(slot);
      return;
    }
    if (message.type === 'failed' && message.id === null) {
      const fault = new EmohealError(message.code as ErrorCode, message.message);
      for (const asked of slot.prepared.splice(0)) asked.reject(fault);
      return;
    }
    const task = [...slot.tasks].find((t) => t.id === message.id);
    if (!task) return;
    if (message.type === 'block') {
      task.delivered++;
      task.blocks.push(message.samples);
      task.wake();
    } else {
      finish(task, message.type === 'failed' ? new EmohealError(message.code as ErrorCode, message.message) : null);
    }
  }

  function finish(task: Task, error: EmohealError | null): void {
    task.finished = true;
    task.error = error;
    release(task);
    task.wake();
  }

  function release(task: Task): void {
    const queued = waiting.indexOf(task);
    if (queued >= 0) waiting.splice(queued, 1);
    if (task.slot) {
      task.slot.tasks.delete(task);
      holdProcess(task.slot);
    }
    task.slot = null;
    dispatch();
  }

  /** A job that plays starts at once on the least busy worker; one that is warmed waits for an idle worker. */
  function dispatch(): void {
    if (closed) return;
    for (const task of [...waiting].sort((a, b) => rank(a) - rank(b))) {
      const slot = slots.reduce((best, s) => (load(s) < load(best) ? s : best));
      if (task.priority === 'warm' && slot.tasks.size > 0) continue;
      waiting.splice(waiting.indexOf(task), 1);
      wakeWorker(slot);
      slot.tasks.add(task);
      task.slot = slot;
      holdProcess(slot);
      const credit = BLOCKS_IN_FLIGHT - task.blocks.length;
      say(slot, {
        type: 'start',
        id: task.id,
        job: task.job,
        priority: task.priority,
        credit,
        skipBlocks: task.delivered,
      });
    }
  }

  async function* read(task: Task, signal: AbortSignal | undefined): AsyncGenerator<Int16Array> {
    const cancelled = () => new EmohealError('cancelled', 'The rendering was cancelled.');
    const onAbort = () => task.wake();
    if (closed || signal?.aborted) throw cancelled();
    const most = task.priority === 'warm' ? MAX_WARM_JOBS : MAX_JOBS;
    if (slots.reduce((n, s) => n + s.tasks.size, waiting.length) >= most) {
      throw new EmohealError('busy', `More than ${most} renderings were asked for at once.`, { retryable: true });
    }
    signal?.addEventListener('abort', onAbort);
    waiting.push(task);
    dispatch();
    try {
      for (;;) {
        if (signal?.aborted || closed) throw cancelled();
        const block = task.blocks.shift();
        if (block) {
          if (task.slot) say(task.slot, { type: 'more', id: task.id, credit: 1 });
          yield block;
        } else if (task.error) throw task.error;
        else if (task.finished) return;
        else await new Promise<void>((resolve) => (task.wake = resolve));
      }
    } finally {
      signal?.removeEventListener('abort', onAbort);
      if (!task.finished) {
        if (task.slot) say(task.slot, { type: 'cancel', id: task.id });
        task.finished = true;
        release(task);
      }
    }
  }

  return {
    async prepare() {
      await Promise.all(
        slots.map((slot) => {
          wakeWorker(slot);
          return new Promise<void>((resolve, reject) => {
            slot.prepared.push({ resolve, reject });
            holdProcess(slot);
            say(slot, { type: 'prepare' });
          });
        }),
      );
    },
    render(job, { priority = 'play', skipBlocks = 0, signal } = {}) {
      const task: Task = {
        id: nextId++,
        job,
        priority,
        slot: null,
        delivered: skipBlocks,
        retried: false,
        blocks: [],
        finished: false,
        error: null,
        wake: () => {},
      };
      return {
        setPriority(to) {
          if (task.priority === to) return;
          task.priority = to;
          if (task.slot) say(task.slot, { type: 'priority', id: task.id, priority: to });
          else dispatch();
        },
        [Symbol.asyncIterator]: () => read(task, signal),
      };
    },
    async close() {
      closed = true;
      const workers = slots.map((s) => s.worker);
      for (const slot of slots) {
        for (const task of slot.tasks) task.wake();
        slot.worker = null;
      }
      for (const task of waiting) task.wake();
      await Promise.all(workers.map((w) => w?.terminate()));
    },
    state: () => ({
      workers: slots.filter((s) => s.worker).length,
      running: slots.reduce((n, s) => n + s.tasks.size, 0),
      waiting: waiting.length,
      restarts,
    }),
  };
}

const rank = (task: Task) => (task.priority === 'play' ? 0 : 1);
/** Jobs that play weigh more: a warmed one gives way to them by itself. */
const load = (slot: Slot) => [...slot.tasks].reduce((sum, t) => sum + (t.priority === 'play' ? 10 : 1), 0);
