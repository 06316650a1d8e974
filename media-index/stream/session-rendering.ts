/**
 * One session being made into bytes: written to the cache as it comes, read by as many as want it, made as far as somebody
 * listens and a little further.
 */
import { existsSync } from 'node:fs';
import { type FileHandle, open, rename, unlink, utimes } from 'node:fs/promises';
import path from 'node:path';
import { EmohealError } from '../../engine/errors.js';
import type { SessionStream } from '../../engine/ports.js';
import type { Programme, Stage } from '../../engine/vocabulary.js';
import { type StreamFormat, type StreamFormatName, unitAt, unitsOf } from './formats.js';
import { partBytes, partGiver, type SharedSounds } from './shared-sounds.js';
import { slackSec, type Turns } from './turns.js';
import { type StreamsWatch, UNWATCHED } from './watch.js';

const READ_BYTES = 64 * 1024;
/** A thread that is lost again and again is a fault that somebody must look at. */
const MOST_AGAIN = 3;
/** Made before anybody reads: the first sound waits ready. */
const FIRST_SEC = 2;
/** What nobody reads yet can wait this long, and no longer: somebody is about to. */
const UNREAD_SLACK_SEC = 5;
/** Who plays piece by piece (HLS) asks for the next piece sooner than this, with as much in hand as players keep. */
const BETWEEN_PIECES_MS = 60_000;

export interface RenderingDeps {
  /** Whole units of a programme in order, made as they are pulled. */
  encode: (programme: Programme, signal: AbortSignal, format: StreamFormatName) => AsyncGenerator<Uint8Array>;
  onWarning?: (message: string) => void;
  watch?: StreamsWatch;
  /** What other servers made, and where what is made here is given to them. */
  shared?: SharedSounds;
}

/** One that reads: from where, how far it was given, and since when it plays. */
interface Reader {
  from: number;
  at: number;
  sinceMs: number | null;
  askedMs: number;
}

const NOBODY = new EmohealError('cancelled', 'Nobody listens any more.', { retryable: true });
/** Two renderings of one programme must not write one file. */
let parts = 0;

export interface Rendering extends SessionStream {
  done: Promise<void>;
  /** True while somebody reads it and it is not whole. */
  making(): boolean;
  /** True while it is not whole and somebody who read it a moment ago is likely to ask for the next piece. */
  awaited(): boolean;
  /** True while it is being made, or waits for that, and nobody has read it yet. */
  unread(): boolean;
  /** True while it is not whole and nobody is likely to come: read once and left, or begun and never read. */
  forgotten(): boolean;
  /** True when it is whole and nobody reads it. */
  finished(): boolean;
  lastReadMs(): number;
  drop(): void;
  release(): Promise<void>;
}

/** The rendering of a programme under its content address `key`, begun at once. */
export function startRendering(
  key: string,
  programme: Programme,
  format: StreamFormat,
  folder: string,
  deps: RenderingDeps & { aheadSec: () => number; turns: Turns },
  closing: AbortSignal,
): Rendering {
  const dropping = new AbortController();
  const signal = AbortSignal.any([closing, dropping.signal]);
  const { unitBytes } = format;
  const watch = deps.watch ?? UNWATCHED;
  const totalBytes = unitsOf(format, programme) * unitBytes;
  const aheadBytes = () => Math.ceil(unitAt(format, deps.aheadSec())) * unitBytes;
  const name = `${key}.${format.name}`;
  const file = path.join(folder, name);
  const part = `${file}.${process.pid}.${++parts}.part`;
  let ready = 0;
  let failure: unknown;
  let waiting: (() => void)[] = [];
  /** Bytes that could not be put on disk stay here: a full disk does not stop the music. */
  let inMemory: { from: number; chunks: Uint8Array[] } | null = null;
  let handle: FileHandle | null = null;
  let wanted = Math.max(1, unitAt(format, FIRST_SEC)) * unitBytes;
  let lastReadMs = performance.now();
  const readers = new Set<Reader>();
  let wasRead = false;
  const bytesASec = unitBytes * unitAt(format, 1e6) * 1e-6;
  let goOn: (() => void) | null = null;
  signal.addEventListener('abort', () => goOn?.(), { once: true });

  function want(upTo: number): void {
    lastReadMs = performance.now();
    wanted = Math.max(wanted, upTo);
    if (wanted > ready) goOn?.();
  }
  /** Resolves when somebody wants more than is made. */
  async function untilWanted(): Promise<void> {
    while (ready >= wanted && ready < totalBytes) {
      // Stopped while the last bytes were written: nobody would wake it any more.
      signal.throwIfAborted();
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
      watch.rendering(format.name, 'found');
      tellAll();
      return;
    }
    handle = await openForWriting();
    if (!handle) inMemory = { from: 0, chunks: [] };
    if (deps.shared) await takeShared(deps.shared);
    const allShared = ready >= totalBytes;
    if (!allShared) {
      watch.rendering(format.name, 'begun');
      await makeRest();
    }
    if (!inMemory)
      // The open file is heard to its end, whatever became of its name.
      await rename(part, file).catch((error: NodeJS.ErrnoException) =>
        deps.onWarning?.(
          `The cache of sessions cannot keep a session (${error.code}); it is made again the next time.`,
        ),
      );
    watch.rendering(format.name, allShared ? 'shared' : 'finished');
  }

  /**
   * From where it is to the end. What is here already is made once more, without a pause: the sound after it hangs on what
   * came before. Meanwhile the server that had it before may still give parts, which are had sooner than made. Where the
   * thread that mixes is lost, another makes the same bytes again and goes on; who listens plays meanwhile from what was made
   * ahead.
   */
  async function makeRest(): Promise<void> {
    const { shared } = deps;
    const size = partBytes(format);
    let giver: ReturnType<typeof partGiver> | undefined;
    for (let again = 0; ; again += 1) {
      let at = 0;
      try {
        for await (const made of inTurns(deps.encode(programme, signal, format.name))) {
          const looks = Math.floor((at + made.length) / size) > Math.floor(at / size);
          at += made.length;
          if (shared && looks && !giver && at <= ready) {
            await takeShared(shared);
            if (ready >= totalBytes) return;
          }
          if (at <= ready) continue;
          const bytes = made.subarray(Math.max(0, made.length - (at - ready)));
          if (shared) giver ??= partGiver(shared, name, format, totalBytes, ready / size);
          giver?.add(bytes);
          await keep(bytes);
          await untilWanted();
        }
        return;
      } catch (error) {
        const passing = error instanceof EmohealError && error.retryable;
        if (signal.aborted || !passing || again >= MOST_AGAIN) throw error;
        deps.onWarning?.('The making of a session broke off; it is made again from where it was.');
      }
    }
  }

  async function keep(bytes: Uint8Array): Promise<void> {
    if (handle && !inMemory) {
      const code = await handle.write(bytes, 0, bytes.length, ready).then(
        // A disk that fills up takes what still fits and calls that no error.
        ({ bytesWritten }) => (bytesWritten < bytes.length ? 'ENOSPC' : null),
        (error: NodeJS.ErrnoException) => error.code ?? 'unknown',
      );
      if (code) {
        deps.onWarning?.(`The cache of sessions cannot be written (${code}); the session plays on from memory.`);
        inMemory = { from: ready, chunks: [] };
      }
    }
    inMemory?.chunks.push(bytes);
    ready += bytes.length;
    tellAll();
  }

  /** Further parts that other servers made, as far as they are wanted; what is here are whole parts. */
  async function takeShared(shared: SharedSounds): Promise<void> {
    const size = partBytes(format);
    while (ready < totalBytes) {
      const bytes = await shared.take(name, ready / size);
      signal.throwIfAborted();
      // One of another length was not made by this version of us.
      if (bytes?.length !== Math.min(size, totalBytes - ready)) return;
      await keep(bytes);
      await untilWanted();
    }
  }

  /** Each stretch is made when no other session needs its own more. */
  async function* inTurns(stretches: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
    try {
      for (;;) {
        const end = await deps.turns.take(slack, signal, () => readers.size === 0);
        const next = await stretches.next().finally(end);
        if (next.done) return;
        yield next.value;
      }
    } finally {
      await stretches.return(undefined);
    }
  }

  /**
   * The neediest reader: seconds that it can still play, from what lies here for it and from what it was given but cannot
   * have played yet, if it began with its first byte; and since when it waits, null where it plays.
   */
  function inHand(): { handSec: number; waitedSec: number | null } {
    if (readers.size === 0) return { handSec: UNREAD_SLACK_SEC + ready / bytesASec, waitedSec: null };
    const now = performance.now();
    let least: { handSec: number; waitedSec: number | null } = { handSec: Number.POSITIVE_INFINITY, waitedSec: null };
    for (const { from, at, sinceMs, askedMs } of readers) {
      const played = sinceMs === null ? 0 : (now - sinceMs) / 1000;
      const handSec = Math.max(0, (at - from) / bytesASec - played) + Math.max(0, ready - at) / bytesASec;
      if (handSec < least.handSec) least = { handSec, waitedSec: sinceMs === null ? (now - askedMs) / 1000 : null };
    }
    return least;
  }
  const slack = () => {
    const { handSec, waitedSec } = inHand();
    return slackSec(handSec, waitedSec);
  };

  async function cached(): Promise<FileHandle | null> {
    // Seldom there: a look costs a fiftieth of an attempt that fails.
    const found = existsSync(file) ? await open(file, 'r').catch(() => null) : null;
    if (!found) return null;
    if ((await found.stat()).size === totalBytes) {
      // On a disk that has become read-only it is played all the same.
      await utimes(file, new Date(), new Date()).catch(() => {});
      return found;
    }
    await found.close();
    await removed(file);
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
    watch.rendering(format.name, signal.aborted ? 'dropped' : 'failed');
    tellAll();
    await handle?.close().catch(() => {});
    handle = null;
    await removed(part);
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

  /** Resolves when there are more bytes, or none will come, or the reader has gone. */
  function moreBytes(readerSignal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        readerSignal?.removeEventListener('abort', wake);
        resolve();
      };
      waiting.push(wake);
      readerSignal?.addEventListener('abort', wake, { once: true });
    });
  }
  const idle = () => readers.size === 0 && ready < totalBytes;
  const longAgo = () => performance.now() - lastReadMs > BETWEEN_PIECES_MS;
  /** It plays, and more time has gone by since its first byte than it was given sound for. */
  const ranDry = ({ from, at, sinceMs }: Reader) =>
    sinceMs !== null && (at - from) / bytesASec < (performance.now() - sinceMs) / 1000;

  return {
    key,
    totalBytes,
    done,
    stageBytes: (stage) => boundaries.get(stage)!,
    progress: () => ready / totalBytes,
    finished: () => ready === totalBytes && readers.size === 0,
    async release() {
      const held = handle;
      handle = null;
      await held?.close();
    },
    making: () => readers.size > 0 && ready < totalBytes,
    awaited: () => idle() && wasRead && !longAgo(),
    unread: () => idle() && !wasRead && goOn === null,
    forgotten: () => idle() && (wasRead ? longAgo() : goOn !== null),
    lastReadMs: () => lastReadMs,
    drop: () => dropping.abort(NOBODY),
    async *read(start, end, readerSignal) {
      const to = Math.min(end, totalBytes);
      const reader: Reader = {
        from: Math.max(0, start),
        at: Math.max(0, start),
        sinceMs: null,
        askedMs: performance.now(),
      };
      readers.add(reader);
      wasRead = true;
      watch.reading(1);
      try {
        while (reader.at < to) {
          readerSignal?.throwIfAborted();
          want(Math.min(totalBytes, reader.at + aheadBytes()));
          if (reader.at < ready) {
            const bytes = await take(reader.at, Math.min(to, ready));
            reader.at += bytes.length;
            reader.sinceMs ??= performance.now();
            yield bytes;
          } else if (failure) {
            throw failure instanceof EmohealError
              ? failure
              : new EmohealError('internal', 'The session could not be rendered.', { cause: failure, retryable: true });
          } else {
            await moreBytes(readerSignal);
            if (ranDry(reader)) watch.underrun();
          }
        }
      } finally {
        readers.delete(reader);
        lastReadMs = performance.now();
        watch.reading(-1);
      }
    },
  };
}

/**
 * As `rm` with force does, in one call in place of three: a stopped rendering is thrown away for each session that nobody plays.
 */
async function removed(file: string): Promise<void> {
  await unlink(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
}
