/**
 * Sessions as streams of bytes. Equal programmes share one rendering; readers wait for bytes that are still to come; a
 * finished rendering stays in the cache under the content address of its programme.
 *
 * A rendering is made as far as somebody listens and a minute further, so that many sessions that were only begun cost
 * little. One that nobody reads stands still; when too many stand still, the longest forgotten one is dropped and would
 * be made anew.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { EmohealError } from '../../engine/errors.js';
import type { SessionStream, SessionStreams } from '../../engine/ports.js';
import type { Programme, Stage } from '../../engine/vocabulary.js';
import { SYNTH_VERSION } from '../synth/render-score.js';
import { FORMATS, type StreamFormat, type StreamFormatName, unitAt, unitsOf } from './formats.js';

/** Changes whenever equal programmes would sound different. */
const STREAM_VERSION = `stream-2 ${SYNTH_VERSION}`;
const GIGABYTE = 1024 ** 3;
const READ_BYTES = 64 * 1024;
/** Made before anybody reads: the first sound waits ready. */
const FIRST_SEC = 2;
/**
 * Made ahead of the reader that is furthest on: a minute; less where many sessions are being made at once, so that the first
 * ones do not run far ahead while the last ones wait for their first sound.
 */
const AHEAD_SEC = 60;
const LEAST_AHEAD_SEC = 8;
/** Seconds ahead that all sessions being made may have together. */
const AHEAD_TOGETHER_SEC = 480;
/** Renderings that may stand still, each with its open tracks in memory. */
const MOST_STANDING = 8;
/** Finished renderings whose file stays open. */
const MOST_FINISHED = 200;

export interface SessionStreamsDeps {
  /** Whole units of a programme in order, made as they are pulled. */
  encode: (programme: Programme, signal: AbortSignal, format: StreamFormatName) => AsyncGenerator<Uint8Array>;
  dataDir: string;
  maxCacheBytes?: number;
  onWarning?: (message: string) => void;
}

/** Two renderings of one programme must not write one file. */
let parts = 0;

interface Rendering extends SessionStream {
  done: Promise<void>;
  /** True while somebody reads it and it is not whole. */
  making(): boolean;
  /** True while nobody wants more of it than is made. */
  standing(): boolean;
  /** True when it is whole and nobody reads it. */
  finished(): boolean;
  lastReadMs(): number;
  drop(): void;
  release(): Promise<void>;
}

export function createSessionStreams(deps: SessionStreamsDeps): SessionStreams & { close(): Promise<void> } {
  const folder = path.join(deps.dataDir, 'cache', 'sessions');
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) if (name.endsWith('.part')) rmSync(path.join(folder, name), { force: true });
  const open = new Map<string, Rendering>();
  const stop = new AbortController();

  function dropLongestForgotten(): void {
    const finished = [...open.entries()].filter(([, each]) => each.finished());
    finished.sort(([, a], [, b]) => a.lastReadMs() - b.lastReadMs());
    for (const [key, each] of finished.slice(0, Math.max(0, finished.length - MOST_FINISHED))) {
      open.delete(key);
      void each.release();
    }
    const standing = [...open.entries()].filter(([, each]) => each.standing());
    standing.sort(([, a], [, b]) => a.lastReadMs() - b.lastReadMs());
    for (const [key, each] of standing.slice(0, Math.max(0, standing.length - MOST_STANDING + 1))) {
      open.delete(key);
      each.drop();
    }
  }

  function aheadSec(): number {
    let making = 0;
    for (const each of open.values()) if (each.making()) making += 1;
    return Math.max(LEAST_AHEAD_SEC, Math.min(AHEAD_SEC, AHEAD_TOGETHER_SEC / Math.max(1, making)));
  }

  return {
    open(programme, format = 'mp3') {
      const key = createHash('sha256')
        .update(`${STREAM_VERSION} ${format}`)
        .update(JSON.stringify(programme))
        .digest('hex')
        .slice(0, 40);
      const known = open.get(key);
      if (known) return known;
      makeRoom(folder, deps.maxCacheBytes ?? GIGABYTE, key);
      dropLongestForgotten();
      const rendering = startRendering(key, programme, FORMATS[format], folder, { ...deps, aheadSec }, stop.signal);
      open.set(key, rendering);
      // A failed rendering is forgotten, so that the next listener tries afresh.
      rendering.done.catch(() => {
        if (open.get(key) === rendering) open.delete(key);
      });
      return rendering;
    },
    async close() {
      stop.abort(new EmohealError('cancelled', 'The stream is being shut down.'));
      await Promise.allSettled([...open.values()].map((each) => each.done));
      await Promise.allSettled([...open.values()].map((each) => each.release()));
    },
  };
}

/** Oldest used first, until a new session of usual length fits. */
function makeRoom(folder: string, mostBytes: number, keep: string): void {
  const files = readdirSync(folder)
    .filter((name) => /\.(mp3|aac|opus)$/.test(name) && !name.startsWith(keep))
    .map((name) => ({ file: path.join(folder, name), stat: statSync(path.join(folder, name)) }))
    .sort((a, b) => a.stat.mtimeMs - b.stat.mtimeMs);
  let bytes = files.reduce((sum, { stat }) => sum + stat.size, 0);
  for (const { file, stat } of files) {
    if (bytes <= mostBytes) return;
    rmSync(file, { force: true });
    bytes -= stat.size;
  }
}

function startRendering(
  key: string,
  programme: Programme,
  format: StreamFormat,
  folder: string,
  deps: SessionStreamsDeps & { aheadSec: () => number },
  closing: AbortSignal,
): Rendering {
  const dropping = new AbortController();
  const signal = AbortSignal.any([closing, dropping.signal]);
  const { unitBytes } = format;
  const totalBytes = unitsOf(format, programme) * unitBytes;
  const aheadBytes = () => Math.ceil(unitAt(format, deps.aheadSec())) * unitBytes;
  const file = path.join(folder, `${key}.${format.name}`);
  const part = `${file}.${process.pid}.${++parts}.part`;
  let ready = 0;
  let failure: unknown;
  let waiting: (() => void)[] = [];
  /** Bytes that could not be put on disk stay here: a full disk does not stop the music. */
  let inMemory: { from: number; chunks: Uint8Array[] } | null = null;
  let handle: FileHandle | null = null;
  let wanted = Math.max(1, unitAt(format, FIRST_SEC)) * unitBytes;
  let lastReadMs = Date.now();
  let readers = 0;
  let goOn: (() => void) | null = null;
  signal.addEventListener('abort', () => goOn?.(), { once: true });

  function want(upTo: number): void {
    lastReadMs = Date.now();
    wanted = Math.max(wanted, upTo);
    if (wanted > ready) goOn?.();
  }
  /** Resolves when somebody wants more than is made. */
  async function untilWanted(): Promise<void> {
    while (ready >= wanted && ready < totalBytes) {
      await new Promise<void>((resolve) => {
        goOn = resolve;
      });
      goOn = null;
      signal.throwIfAborted();
    }
  }

  const tellAll = () => {
    const told = waiting;
    waiting = [];
    for (const tell of told) tell();
  };

  async function render(): Promise<void> {
    const whole = await cached();
    if (whole) {
      handle = whole;
      ready = totalBytes;
      tellAll();
      return;
    }
    handle = await openForWriting();
    if (!handle) inMemory = { from: 0, chunks: [] };
    for await (const bytes of deps.encode(programme, signal, format.name)) {
      if (handle && !inMemory) {
        await handle.write(bytes, 0, bytes.length, ready).catch((error: NodeJS.ErrnoException) => {
          deps.onWarning?.(
            `The cache of sessions cannot be written (${error.code}); the session plays on from memory.`,
          );
          inMemory = { from: ready, chunks: [] };
        });
      }
      inMemory?.chunks.push(bytes);
      ready += bytes.length;
      tellAll();
      await untilWanted();
    }
    if (!inMemory) await rename(part, file);
  }

  async function cached(): Promise<FileHandle | null> {
    const found = await open(file, 'r').catch(() => null);
    if (!found) return null;
    if ((await found.stat()).size === totalBytes) {
      utimesSync(file, new Date(), new Date());
      return found;
    }
    await found.close();
    await rm(file, { force: true });
    return null;
  }

  async function openForWriting(): Promise<FileHandle | null> {
    return open(part, 'w+').catch((error: NodeJS.ErrnoException) => {
      deps.onWarning?.(`The cache of sessions cannot be written (${error.code}); the session plays on from memory.`);
      return null;
    });
  }

  const done = render().catch(async (error) => {
    failure = error;
    tellAll();
    await handle?.close().catch(() => {});
    handle = null;
    await rm(part, { force: true });
    throw error;
  });
  done.catch(() => {});

  const boundaries = new Map<Stage, { start: number; end: number }>(
    programme.stages.map(({ stage, startSec, endSec }) => [
      stage,
      { start: toBytes(startSec), end: stage === 'target' ? totalBytes : toBytes(endSec) },
    ]),
  );
  function toBytes(sec: number): number {
    return Math.min(totalBytes, unitAt(format, sec) * unitBytes);
  }

  async function take(from: number, to: number): Promise<Uint8Array> {
    if (inMemory && from >= inMemory.from) {
      let at = inMemory.from;
      for (const chunk of inMemory.chunks) {
        if (from < at + chunk.length) return chunk.subarray(from - at, Math.min(chunk.length, to - at));
        at += chunk.length;
      }
    }
    const most = Math.min(to, inMemory ? inMemory.from : to) - from;
    const buffer = new Uint8Array(Math.min(most, READ_BYTES));
    const { bytesRead } = await handle!.read(buffer, 0, buffer.length, from);
    if (bytesRead === 0)
      throw new EmohealError('internal', 'The cache of sessions lost a file while it was playing.', {
        retryable: true,
      });
    return buffer.subarray(0, bytesRead);
  }

  return {
    key,
    totalBytes,
    done,
    stageBytes: (stage) => boundaries.get(stage)!,
    progress: () => ready / totalBytes,
    finished: () => ready === totalBytes && readers === 0,
    async release() {
      const held = handle;
      handle = null;
      await held?.close();
    },
    making: () => readers > 0 && ready < totalBytes,
    standing: () => goOn !== null && readers === 0,
    lastReadMs: () => lastReadMs,
    drop: () => dropping.abort(new EmohealError('cancelled', 'Nobody listens any more.', { retryable: true })),
    async *read(start, end, readerSignal) {
      let at = Math.max(0, start);
      const to = Math.min(end, totalBytes);
      readers += 1;
      try {
        while (at < to) {
          readerSignal?.throwIfAborted();
          want(Math.min(totalBytes, at + aheadBytes()));
          if (at < ready) {
            const bytes = await take(at, Math.min(to, ready));
            at += bytes.length;
            yield bytes;
          } else if (failure) {
            throw failure instanceof EmohealError
              ? failure
              : new EmohealError('internal', 'The session could not be rendered.', { cause: failure, retryable: true });
          } else {
            await new Promise<void>((resolve) => {
              const wake = () => {
                readerSignal?.removeEventListener('abort', wake);
                resolve();
              };
              waiting.push(wake);
              readerSignal?.addEventListener('abort', wake, { once: true });
            });
          }
        }
      } finally {
        readers -= 1;
      }
    },
  };
}
