/** The mixing thread as the server sees it: a programme in, stretches of encoded sound out, one at a time as they are wanted. */
import { Worker } from 'node:worker_threads';
import { EmohealError } from '../../engine/errors.js';
import type { Programme, Track } from '../../engine/vocabulary.js';
import { workerUrl } from '../../models/paths.js';
import type { StreamFormatName } from './formats.js';
import type { FromMixer, ToMixer } from './mixer-messages.js';

export interface Mixer {
  /** Loads the instruments, so that the first piece does not wait for them. */
  prepare(): Promise<void>;
  /** Whole units of the format in order; nothing is made that is not asked for. Throws `cancelled`, `internal` (retryable). */
  encode(programme: Programme, signal?: AbortSignal, format?: StreamFormatName): AsyncGenerator<Uint8Array>;
  close(): Promise<void>;
}

export interface MixerOptions {
  dataDir: string;
  /** As of `LibraryOptions`. */
  secretKey?: string | undefined;
  tracks: (id: string) => Track | null;
  /** Threads that make sound, and as many that decode it; two where not given. */
  threads?: number;
  onWarning: (message: string) => void;
}

interface Waiting {
  resolve: (bytes: Uint8Array | null) => void;
  reject: (error: EmohealError) => void;
}

const CLOSE_MS = 2000;
/** So long a stretch that nobody wants any more may take to end. */
const LET_GO_MS = 2000;

const ended = () => new EmohealError('internal', 'The mixing thread ended unexpectedly.', { retryable: true });

export function createMixer({ dataDir, secretKey, tracks, threads = 2, onWarning }: MixerOptions): Mixer {
  let worker: Worker | null = null;
  let nextId = 1;
  const waiting = new Map<number, Waiting>();
  let onPrepared: (() => void)[] = [];
  let onClosed: (() => void) | null = null;

  function thread(): Worker {
    if (worker) return worker;
    const fresh = new Worker(workerUrl('media-index/stream/mixer-worker'), {
      workerData: { dataDir, secretKey, threads },
      execArgv: [],
    });
    fresh.on('message', (message: FromMixer) => {
      if (message.kind !== 'broken') return receive(message);
      onWarning(`The mixing thread met a fault (${message.name}); another one takes over.`);
      lost(fresh);
    });
    fresh.on('error', () => lost(fresh));
    fresh.on('exit', () => lost(fresh));
    worker = fresh;
    return fresh;
  }

  /** The thread died: whoever waited hears of it, and the next programme gets a new thread. */
  function lost(gone: Worker): void {
    // Heard of before, by its own word or by its end; those who wait by now wait for another one.
    if (worker !== gone) return;
    worker = null;
    for (const each of waiting.values()) each.reject(ended());
    waiting.clear();
    for (const tell of onPrepared) tell();
    onPrepared = [];
    onClosed?.();
  }

  const tell = (message: ToMixer) => thread().postMessage(message);

  function receive(message: Exclude<FromMixer, { kind: 'broken' }>): void {
    switch (message.kind) {
      case 'warning':
        onWarning(message.message);
        break;
      case 'closed':
        onClosed?.();
        break;
      case 'prepared':
        for (const each of onPrepared) each();
        onPrepared = [];
        break;
      default:
        answer(message);
    }
  }

  function answer(message: Extract<FromMixer, { id: number }>): void {
    const reader = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.kind === 'stretch') reader?.resolve(message.bytes);
    else if (message.kind === 'end') reader?.resolve(null);
    else reader?.reject(new EmohealError(message.code, message.message, { retryable: message.retryable }));
  }

  return {
    prepare() {
      return new Promise<void>((resolve) => {
        onPrepared.push(resolve);
        tell({ kind: 'prepare' });
      });
    },

    async *encode(programme, signal, format = 'mp3') {
      const id = nextId++;
      const { nature, wake } = programme.night ?? {};
      const wanted = new Set([...programme.tracks, nature, wake].flatMap((each) => (each ? [each.trackId] : [])));
      const found = [...wanted].map(tracks).filter((track): track is Track => track !== null);
      let giveUp: NodeJS.Timeout | undefined;
      // The answer is waited for all the same: until the thread has let go of a stretch, there is no room for another. Where
      // sessions begin and are dropped faster than it gets to them, they would else pile up inside it.
      const abort = () => {
        worker?.postMessage({ kind: 'stop', id } satisfies ToMixer);
        giveUp = setTimeout(() => {
          const reader = waiting.get(id);
          waiting.delete(id);
          reader?.reject(new EmohealError('cancelled', 'The stream is being shut down.'));
        }, LET_GO_MS);
      };
      signal?.addEventListener('abort', abort, { once: true });
      try {
        const mine = thread();
        tell({ kind: 'begin', id, programme, tracks: found, format });
        for (;;) {
          signal?.throwIfAborted();
          // Lost while nobody waited for it: the thread that is there now knows nothing of this programme.
          if (worker !== mine) throw ended();
          const bytes = await new Promise<Uint8Array | null>((resolve, reject) => {
            waiting.set(id, { resolve, reject });
            tell({ kind: 'pull', id });
          });
          if (!bytes) return;
          yield bytes;
        }
      } finally {
        signal?.removeEventListener('abort', abort);
        clearTimeout(giveUp);
        worker?.postMessage({ kind: 'stop', id } satisfies ToMixer);
      }
    },

    async close() {
      if (!worker) return;
      const ending = worker;
      await new Promise<void>((resolve) => {
        onClosed = resolve;
        ending.postMessage({ kind: 'close' } satisfies ToMixer);
        setTimeout(resolve, CLOSE_MS).unref();
      });
      worker = null;
    },
  };
}
