/**
 * Sessions as streams of bytes. Equal programmes share one rendering; readers wait for bytes that are still to come; a
 * finished rendering stays in the cache under the content address of its programme.
 *
 * A rendering is made as far as somebody listens and a minute further, so that many sessions that were only begun cost
 * little. One that nobody reads stands still; when too many are left like that, the longest forgotten one is dropped and
 * would be made anew. Who plays piece by piece reads nothing between two pieces, and has left only after a minute.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { EmohealError } from '../../engine/errors.js';
import type { SessionStreams } from '../../engine/ports.js';
import { SYNTH_VERSION } from '../synth/render-score.js';
import { FORMATS } from './formats.js';
import { type Rendering, type RenderingDeps, startRendering } from './session-rendering.js';
import { createTurns } from './turns.js';

/** Changes whenever equal programmes would sound different. */
const STREAM_VERSION = `stream-5 ${SYNTH_VERSION}`;
const GIGABYTE = 1024 ** 3;
/**
 * Made ahead of the reader that is furthest on: a minute; less where many sessions are being made at once, so that the first
 * ones do not run far ahead while the last ones wait for their first sound.
 */
const AHEAD_SEC = 60;
const LEAST_AHEAD_SEC = 8;
/** Seconds ahead that all sessions being made may have together. */
const AHEAD_TOGETHER_SEC = 480;
/** Renderings that were left in the middle or never played, each with its open tracks in memory (about 7 MB). */
const MOST_FORGOTTEN = 8;
/**
 * Renderings whose listeners are between two pieces. Each that is dropped is made again from its beginning for the next piece.
 */
const MOST_AWAITED = 200;
/** Renderings that were begun and that nobody has read yet: as many as may begin in one second and be listened to in the next. */
const MOST_UNREAD = 64;
/**
 * Stretches under way at once: enough to keep two encoding threads and the mixing thread busy while some wait for a piece that
 * is still being composed, few enough that whoever runs dry is served within a second.
 */
const STRETCHES_AT_ONCE = 5;
/** A full cache is looked for this often: where forty sessions begin each second, looking through the folder is work. */
const LOOK_EVERY_MS = 1000;
/** Finished renderings whose file stays open. */
const MOST_FINISHED = 200;

export interface SessionStreamsDeps extends RenderingDeps {
  dataDir: string;
  maxCacheBytes?: number;
}

export interface KeptStreams extends SessionStreams {
  /** Stretches being made, and those that wait for their turn. */
  queue(): { making: number; waiting: number };
  close(): Promise<void>;
}

export function createSessionStreams(deps: SessionStreamsDeps): KeptStreams {
  const folder = path.join(deps.dataDir, 'cache', 'sessions');
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) if (name.endsWith('.part')) rmSync(path.join(folder, name), { force: true });
  const open = new Map<string, Rendering>();
  const turns = createTurns(STRETCHES_AT_ONCE);
  const stop = new AbortController();
  let lookedMs = Number.NEGATIVE_INFINITY;

  /**
   * Oldest used first, until a new session of usual length fits. A folder that somebody cleared away is made again; one that
   * cannot be written is told by whoever writes: no session fails for want of a cache.
   */
  function makeRoom(keep: string): void {
    try {
      mkdirSync(folder, { recursive: true });
      if (performance.now() - lookedMs < LOOK_EVERY_MS) return;
      lookedMs = performance.now();
      removeOldest(folder, deps.maxCacheBytes ?? GIGABYTE, keep);
    } catch {
      // The next session tries again.
    }
  }

  function dropLongestForgotten(): void {
    const finished = [...open.entries()].filter(([, each]) => each.finished());
    finished.sort(([, a], [, b]) => a.lastReadMs() - b.lastReadMs());
    for (const [key, each] of finished.slice(0, Math.max(0, finished.length - MOST_FINISHED))) {
      open.delete(key);
      void each.release();
    }
    dropMost((each) => each.forgotten(), MOST_FORGOTTEN);
    dropMost((each) => each.awaited(), MOST_AWAITED);
    dropMost((each) => each.unread(), MOST_UNREAD);
  }

  /** Of these, room is made for one more: the longest forgotten ones go. */
  function dropMost(are: (each: Rendering) => boolean, most: number): void {
    const found = [...open.entries()].filter(([, each]) => are(each));
    found.sort(([, a], [, b]) => a.lastReadMs() - b.lastReadMs());
    for (const [key, each] of found.slice(0, Math.max(0, found.length - most + 1))) {
      open.delete(key);
      each.drop();
    }
  }

  function together(): number {
    let making = 0;
    for (const each of open.values()) if (each.making()) making += 1;
    return making;
  }
  const aheadSec = () => Math.max(LEAST_AHEAD_SEC, Math.min(AHEAD_SEC, AHEAD_TOGETHER_SEC / Math.max(1, together())));

  return {
    open(programme, format = 'mp3') {
      const key = createHash('sha256')
        .update(`${STREAM_VERSION} ${format}`)
        .update(JSON.stringify(programme))
        .digest('hex')
        .slice(0, 40);
      const known = open.get(key);
      if (known) return known;
      makeRoom(key);
      dropLongestForgotten();
      const rendering = startRendering(
        key,
        programme,
        FORMATS[format],
        folder,
        { ...deps, aheadSec, turns },
        stop.signal,
      );
      open.set(key, rendering);
      // A failed rendering is forgotten, so that the next listener tries afresh.
      rendering.done.catch(() => {
        if (open.get(key) === rendering) open.delete(key);
      });
      return rendering;
    },
    queue: turns.state,
    async close() {
      stop.abort(new EmohealError('cancelled', 'The stream is being shut down.'));
      await Promise.allSettled([...open.values()].map((each) => each.done));
      await Promise.allSettled([...open.values()].map((each) => each.release()));
    },
  };
}

function removeOldest(folder: string, mostBytes: number, keep: string): void {
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
