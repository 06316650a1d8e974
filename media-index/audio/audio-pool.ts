/** FFmpeg and the analysis behind promises: a few worker threads, each job to the least busy one. */
import { Worker } from 'node:worker_threads';
import { EmohealError } from '../../engine/errors.js';
import type { AudioAnalyser } from '../../engine/ports.js';
import type { AudioAnalysis } from '../../engine/vocabulary.js';
import { workerUrl } from '../../models/paths.js';
import type { Timeline } from '../analysis/timeline.js';
import type { EncodePlace } from './encode-as.js';
import type { FileFormat } from './transcode.js';
import type { AudioJob, AudioWorkerData, FromAudioWorker, ToAudioWorker } from './worker.js';

/** A spoken feeling is a sentence or a story, not a lecture. */
const MOST_SPEECH_SEC = 60;
/** Six minutes tell what a track is like, and bound the memory of the analysis to about 280 MB. */
const MOST_ANALYSED_SEC = 360;

/** The longest session. */
const MOST_PICTURED_SEC = 3 * 3600;

/** An encode takes well under a second, an analysis some seconds. */
const LONGEST_GOODBYE_MS = 10_000;

export interface AudioPool extends AudioAnalyser {
  /** Whole frames from a primed stretch, as MP3 unless `place` tells otherwise; takes the samples over. */
  encode(pcm: Float32Array, primeFrames: number, frames: number, place?: EncodePlace): Promise<Uint8Array>;
  /** WAV, WebM, Ogg … bytes to mono 16 kHz. */
  decodeSpeech(bytes: Uint8Array): Promise<Float32Array>;
  decodeFile(file: string, options: { startSec?: number; signal?: AbortSignal }): AsyncIterable<Float32Array>;
  /** How a file, or the bytes of one, goes over time; for pictures. About a second for ten minutes. */
  timeline(input: string | Uint8Array): Promise<Timeline>;
  transcode(wav: string, out: string, format: FileFormat): Promise<void>;
  close(): Promise<void>;
}

interface Seat {
  worker: Worker;
  waiting: Map<number, (message: FromAudioWorker) => void>;
}

export interface AudioPoolOptions {
  workers?: number;
  /** Folder of the model that listens (`listening/ears.ts`), whether it is there yet or not. */
  ears?: string;
}

export function createAudioPool({ workers = 2, ears }: AudioPoolOptions = {}): AudioPool {
  const seats: Seat[] = [];
  let nextId = 1;
  let closed = false;

  function seat(): Seat {
    const free = seats.find((each) => each.waiting.size === 0);
    if (free) return free;
    if (seats.length < workers) {
      const fresh: Seat = {
        worker: new Worker(workerUrl('media-index/audio/worker'), {
          execArgv: [],
          workerData: { ...(ears ? { ears } : {}) } satisfies AudioWorkerData,
        }),
        waiting: new Map(),
      };
      fresh.worker.on('message', (message: FromAudioWorker) => fresh.waiting.get(message.id)?.(message));
      // A thread that dies takes only its own jobs with it; the next job gets a new one.
      const gone = () => {
        if (!seats.includes(fresh)) return;
        seats.splice(seats.indexOf(fresh), 1);
        for (const [id, tell] of fresh.waiting)
          tell({
            id,
            failed: { code: 'track-unreadable', message: 'The thread that reads and writes sound stopped.' },
          });
      };
      fresh.worker.on('error', gone);
      fresh.worker.on('exit', gone);
      fresh.worker.unref();
      seats.push(fresh);
      return fresh;
    }
    return seats.reduce((least, each) => (each.waiting.size < least.waiting.size ? each : least));
  }

  function settle(at: Seat, id: number): void {
    at.waiting.delete(id);
    if (at.waiting.size === 0) at.worker.unref();
  }

  function ask<T extends FromAudioWorker>(
    job: AudioJob,
    transfer: ArrayBuffer[] = [],
    signal?: AbortSignal,
  ): Promise<T> {
    return new Promise((resolve, reject) => {
      if (closed) return reject(new EmohealError('cancelled', 'Sound is being shut down.'));
      const at = seat();
      const id = nextId++;
      at.waiting.set(id, (message) => {
        settle(at, id);
        if ('failed' in message)
          reject(new EmohealError(message.failed.code, message.failed.message, { remedy: message.failed.remedy }));
        else resolve(message as T);
      });
      const cancel = () => {
        settle(at, id);
        reject(new EmohealError('cancelled', 'The reading of a sound was cancelled.'));
      };
      if (signal?.aborted) return cancel();
      signal?.addEventListener('abort', cancel, { once: true });
      at.worker.ref();
      at.worker.postMessage({ id, job } satisfies ToAudioWorker, transfer);
    });
  }

  return {
    async encode(pcm, primeFrames, frames, place = { format: 'mp3', frame: 0, unit: 0 }) {
      return (
        await ask<{ id: number; bytes: Uint8Array }>({ kind: 'encode', pcm, primeFrames, frames, place }, [
          pcm.buffer as ArrayBuffer,
        ])
      ).bytes;
    },
    async decodeSpeech(bytes) {
      return (await ask<{ id: number; pcm: Float32Array }>({ kind: 'speech', bytes, mostSec: MOST_SPEECH_SEC })).pcm;
    },
    async analyseFile(file, signal): Promise<AudioAnalysis> {
      return (
        await ask<{ id: number; analysis: AudioAnalysis }>(
          { kind: 'analyse', file, mostSec: MOST_ANALYSED_SEC },
          [],
          signal,
        )
      ).analysis;
    },
    async timeline(input) {
      return (await ask<{ id: number; timeline: Timeline }>({ kind: 'timeline', input, mostSec: MOST_PICTURED_SEC }))
        .timeline;
    },
    async transcode(wav, out, format) {
      await ask({ kind: 'transcode', wav, out, format });
    },
    async *decodeFile(file, { startSec = 0, signal }) {
      const at = seat();
      const id = nextId++;
      let tell: (message: FromAudioWorker) => void = () => {};
      const answer = () =>
        new Promise<FromAudioWorker>((resolve) => {
          tell = resolve;
        });
      at.waiting.set(id, (message) => tell(message));
      at.worker.ref();
      try {
        let coming = answer();
        at.worker.postMessage({ id, job: { kind: 'decode', file, startSec } } satisfies ToAudioWorker);
        for (;;) {
          const message = await coming;
          if (signal?.aborted) throw new EmohealError('cancelled', 'The reading of a sound was cancelled.');
          if ('failed' in message)
            throw new EmohealError(message.failed.code, message.failed.message, { remedy: message.failed.remedy });
          if (!('block' in message)) return;
          coming = answer();
          at.worker.postMessage({ id, more: true } satisfies ToAudioWorker);
          yield message.block;
        }
      } finally {
        at.worker.postMessage({ id, stop: true } satisfies ToAudioWorker);
        settle(at, id);
      }
    },
    async close() {
      closed = true;
      const ending = seats.splice(0);
      // Ending a thread inside native code would take the whole process along: each may finish what it is at.
      await Promise.all(
        ending.map(async (each) => {
          for (let waited = 0; each.waiting.size > 0 && waited < LONGEST_GOODBYE_MS; waited += 20)
            await new Promise((resolve) => setTimeout(resolve, 20));
          await each.worker.terminate();
        }),
      );
    },
  };
}
