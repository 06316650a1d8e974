/**
 * A thread full of listeners: each fetches its address over HTTP and plays in real time, with ten seconds of buffer at
 * most. An underrun is a moment at which a listener that had begun has nothing left to play.
 */
import { Agent, get, type IncomingMessage } from 'node:http';
import { parentPort, workerData } from 'node:worker_threads';

export interface ListenersData {
  urls: string[];
  seconds: number;
  bytesPerSec: number;
}
export interface Heard {
  firstMs: number[];
  underruns: number;
  failed: number;
  /** The least that each listener had in hand, seconds, from its second five on. */
  leastSec: number[];
}

/** By then a reader has begun to fill its buffer. */
const SETTLED_MS = 5000;
const BUFFER_SEC = 10;
const BEGIN_SEC = 0.5;
const TICK_MS = 100;

interface Listener {
  got: number;
  played: number;
  playing: boolean;
  /** When it first played, and the least that it has had in hand since it settled. */
  sinceMs: number | null;
  leastSec: number;
  whole: boolean;
  underruns: number;
  response: IncomingMessage | null;
}

function listen({ urls, seconds, bytesPerSec }: ListenersData): Promise<Heard> {
  const heard: Heard = { firstMs: [], underruns: 0, failed: 0, leastSec: [] };
  const agent = new Agent({ keepAlive: false, maxSockets: Number.POSITIVE_INFINITY });
  const listeners = urls.map((url): Listener => {
    const each: Listener = {
      got: 0,
      played: 0,
      playing: false,
      sinceMs: null,
      leastSec: Number.POSITIVE_INFINITY,
      whole: false,
      underruns: 0,
      response: null,
    };
    const askedMs = performance.now();
    const fail = () => {
      heard.failed += 1;
    };
    get(url, { agent }, (response) => {
      if (response.statusCode !== 200) fail();
      each.response = response;
      response.once('data', () => heard.firstMs.push(performance.now() - askedMs));
      response.on('data', (bytes: Buffer) => {
        each.got += bytes.length;
        if (each.got - each.played > BUFFER_SEC * bytesPerSec) response.pause();
      });
      response.on('end', () => {
        each.whole = true;
      });
      response.on('error', () => {});
    }).on('error', fail);
    return each;
  });
  let beforeMs = performance.now();
  const endMs = beforeMs + seconds * 1000;
  return new Promise((resolve) => {
    const clock = setInterval(() => {
      const nowMs = performance.now();
      for (const each of listeners) {
        if (!each.playing) {
          each.playing = each.got >= BEGIN_SEC * bytesPerSec;
          if (each.playing) each.sinceMs ??= nowMs;
          continue;
        }
        each.played += ((nowMs - beforeMs) / 1000) * bytesPerSec;
        if (each.whole) continue;
        const handSec = (each.got - each.played) / bytesPerSec;
        if (nowMs - each.sinceMs! > SETTLED_MS) each.leastSec = Math.min(each.leastSec, Math.max(0, handSec));
        if (each.played > each.got) {
          each.underruns += 1;
          each.playing = false;
          each.played = each.got;
        }
        if (each.got - each.played < (BUFFER_SEC / 2) * bytesPerSec) each.response?.resume();
      }
      beforeMs = nowMs;
      if (nowMs < endMs) return;
      clearInterval(clock);
      heard.underruns = listeners.reduce((sum, each) => sum + each.underruns, 0);
      heard.failed += listeners.filter((each) => each.got === 0).length;
      heard.leastSec = listeners.map((each) => (each.sinceMs === null ? 0 : each.leastSec)).filter(Number.isFinite);
      for (const each of listeners) each.response?.destroy();
      resolve(heard);
    }, TICK_MS);
  });
}

if (parentPort) void listen(workerData as ListenersData).then((heard) => parentPort?.postMessage(heard));
