/**
 * Feeds one session into a MediaSource: byte ranges of its stream, ten minutes ahead of the music, so that it plays on
 * while the network or the server is gone, and goes on from its own second when they are back.
 *
 * Rules
 * 1. What is fetched is appended in whole frames, at the second where it belongs. Nothing is fetched twice.
 * 2. A fetch that fails is tried again, later each time, at once when the browser says that the network is back. An
 *    address that is no longer good is renewed.
 * 3. A new course has the same sound as the old one for twelve seconds after the wish (`LEAD_SEC` of the planner). Its
 *    bytes replace the old ones from a frame inside these seconds: no gap, no seam.
 */
import type { Envelope } from './envelope';
import { byteAt, FRAME_BYTES, secondAt } from './frames';

export const MP3 = 'audio/mpeg';
/** Chromium holds 12 MB of audio: twelve minutes and a half. */
const AHEAD_SEC = 600;
const BEHIND_SEC = 30;
const ENOUGH_AGAIN_SEC = 20;
/** Of one request: small enough to be lost without regret, and so that a server that is shut down is soon free. */
const MOST_BYTES = FRAME_BYTES * 2500;
/** A new course takes over this long after the present second, at the latest its bytes are there. */
const SPLICE_SEC = 0.75;
const RETRY_MS = [500, 1000, 2000, 4000, 8000] as const;

export interface Feed {
  address: string;
  durationSec: number;
}

export interface FeederDeps {
  sound: HTMLAudioElement;
  envelope: Envelope;
  /** The same stream under a new address; null where the session is gone. */
  renew(): Promise<Feed | null>;
  /** Whether the stream can be reached; told on each change. */
  reached(yes: boolean): void;
}

export interface Feeder {
  change(feed: Feed): void;
  end(): void;
}

export const canFeed = (): boolean => 'MediaSource' in window && MediaSource.isTypeSupported(MP3);

export function startFeeder(first: Feed, fromSec: number, deps: FeederDeps): Feeder {
  const { sound, envelope } = deps;
  const source = new MediaSource();
  const over = new AbortController();
  let buffer: SourceBuffer | null = null;
  let feed = first;
  /** Where the next byte to be appended belongs. */
  let next = byteAt(fromSec);
  let aheadSec = AHEAD_SEC;
  let course = new AbortController();
  /** Ends the wait that is on: for room, or for a network. */
  let wakeUp: () => void = () => {};
  let waitsForRoom = false;

  const address = URL.createObjectURL(source);
  source.addEventListener('sourceopen', () => void open(), { once: true });
  sound.src = address;
  window.addEventListener('online', () => wakeUp(), { signal: over.signal });
  // Timers of a page in the background may sleep; what sounds is told of all the same.
  sound.addEventListener('timeupdate', () => waitsForRoom && wakeUp(), { signal: over.signal });

  async function open(): Promise<void> {
    URL.revokeObjectURL(address);
    buffer = source.addSourceBuffer(MP3);
    source.duration = feed.durationSec;
    buffer.timestampOffset = secondAt(next);
    // A little inside the first frame: a place on its very edge counts as before it.
    if (next > 0) sound.currentTime = secondAt(next) + 0.01;
    void run(course.signal, null);
  }

  /** Feeds one course until it is all there or replaced. `splice`: the bytes of the course before are still in place. */
  async function run(signal: AbortSignal, splice: { fromByte: number } | null): Promise<void> {
    let failed = 0;
    let toSplice = splice;
    let at = splice ? splice.fromByte : next;
    while (!signal.aborted && !over.signal.aborted) {
      const total = byteAt(feed.durationSec);
      if (!toSplice) {
        at = next;
        if (at >= total) {
          if (source.readyState === 'open') source.endOfStream();
          return;
        }
        const inHand = secondAt(at) - sound.currentTime;
        if (inHand > aheadSec - ENOUGH_AGAIN_SEC) {
          await pause(1000, true);
          continue;
        }
      }
      const until = Math.min(total, at + MOST_BYTES);
      try {
        const response = await fetch(feed.address, {
          headers: { range: `bytes=${at}-${until - 1}` },
          signal,
        });
        if (response.status === 416) {
          // The course is shorter than it was thought to be.
          if (source.readyState === 'open' && !toSplice) source.endOfStream();
          return;
        }
        if (!response.ok || !response.body) throw new Error(String(response.status));
        for await (const frames of wholeFrames(response.body)) {
          if (signal.aborted || over.signal.aborted) return;
          failed = 0;
          deps.reached(true);
          let bytes = frames;
          if (toSplice) {
            const cut = Math.max(at, soon());
            at += bytes.length;
            if (cut >= at) continue;
            bytes = bytes.subarray(bytes.length - (at - cut));
            await replaceFrom(cut);
            toSplice = null;
          }
          await append(bytes);
        }
      } catch (error) {
        if (signal.aborted || over.signal.aborted) return;
        if (toSplice) at = soon();
        failed += 1;
        deps.reached(false);
        await pause(RETRY_MS[Math.min(failed, RETRY_MS.length) - 1]!);
        if (/^4\d\d$/.test((error as Error).message)) {
          const renewed = await deps.renew().catch(() => undefined);
          if (renewed === null) return;
          if (renewed) feed = renewed;
        }
      }
    }
  }

  async function replaceFrom(byte: number): Promise<void> {
    await settled();
    if (!buffer || source.readyState === 'closed') return;
    if (source.readyState === 'open') buffer.abort();
    const from = secondAt(byte);
    const end = () => (buffer && buffer.buffered.length > 0 ? buffer.buffered.end(buffer.buffered.length - 1) : 0);
    // Also opens a source again that was fed to its end.
    buffer.timestampOffset = from;
    if (end() > from) {
      buffer.remove(from, Number.POSITIVE_INFINITY);
      await settled();
    }
    // May be shorter than before, never shorter than what is there.
    source.duration = Math.max(feed.durationSec, end());
    next = byte;
  }

  async function append(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    await settled();
    if (!buffer || source.readyState === 'closed') return;
    try {
      buffer.appendBuffer(bytes);
    } catch (error) {
      if ((error as DOMException).name !== 'QuotaExceededError') throw error;
      // Less room than was thought: what was heard goes, and less is held ahead from now on.
      const tight = buffer.buffered.length > 0 && buffer.buffered.start(0) > sound.currentTime - 10;
      if (tight) aheadSec = Math.max(60, aheadSec / 2);
      await forgetBefore(sound.currentTime - 5);
      await pause(1000);
      return append(bytes);
    }
    void envelope.take(bytes, next / FRAME_BYTES);
    next += bytes.length;
    await settled();
    await forgetBefore(sound.currentTime - BEHIND_SEC);
    return undefined;
  }

  async function forgetBefore(sec: number): Promise<void> {
    if (!buffer || source.readyState !== 'open' || buffer.buffered.length === 0) return;
    if (sec - buffer.buffered.start(0) < BEHIND_SEC) return;
    buffer.remove(0, sec);
    await settled();
  }

  const settled = (): Promise<void> =>
    new Promise((resolve) => {
      if (!buffer?.updating) return resolve();
      buffer.addEventListener('updateend', () => resolve(), { once: true });
    });

  /** Where a new course may take over: a little ahead, but never beyond what is in hand, which would leave a hole. */
  const soon = (): number => {
    const held = buffer && buffer.buffered.length > 0 ? buffer.buffered.end(buffer.buffered.length - 1) : 0;
    return byteAt(Math.min(sound.currentTime + SPLICE_SEC, Math.max(held, sound.currentTime)));
  };

  /** Waits, or until something happens that may have changed the matter. */
  const pause = (ms: number, forRoom = false): Promise<void> =>
    new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        wakeUp = () => {};
        resolve();
      };
      const timer = setTimeout(done, ms);
      waitsForRoom = forRoom;
      wakeUp = done;
    });

  return {
    change(changed) {
      feed = changed;
      course.abort();
      course = new AbortController();
      void run(course.signal, buffer ? { fromByte: soon() } : null);
    },
    end() {
      over.abort();
      course.abort();
      wakeUp();
    },
  };
}

/** A body in pieces of whole frames; what is left over at its end is no frame. */
async function* wholeFrames(body: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const reader = body.getReader();
  let rest: Uint8Array<ArrayBuffer> = new Uint8Array(0);
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const joined = new Uint8Array(rest.length + value.length);
      joined.set(rest);
      joined.set(value, rest.length);
      const whole = joined.length - (joined.length % FRAME_BYTES);
      rest = joined.slice(whole);
      if (whole > 0) yield joined.slice(0, whole);
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}
