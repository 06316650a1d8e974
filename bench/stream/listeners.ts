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
}

const BUFFER_SEC = 10;
const BEGIN_SEC = 0.5;
const TICK_MS = 100;

interface Listener {
  got: number;
  played: number;
  playing: boolean;
  underruns: number;
  response: IncomingMessage | null;
}

function listen({ urls, seconds, bytesPerSec }: ListenersData): Promise<Heard> {
  const heard: Heard = { firstMs: [], underruns: 0, failed: 0 };
  const agent = new Agent({ keepAlive: false, maxSockets: Number.POSITIVE_INFINITY });
  const listeners = urls.map((url): Listener => {
    const each: Listener = { got: 0, played: 0, playing: false, underruns: 0, response: null };
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
          continue;
        }
        each.played += ((nowMs - beforeMs) / 1000) * bytesPerSec;
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
      for (const each of listeners) each.response?.destroy();
      resolve(heard);
    }, TICK_MS);
  });
}

if (parentPort) void listen(workerData as ListenersData).then((heard) => parentPort?.postMessage(heard));
