/**
 * A thread full of HLS players: each begins within the first segment's time, has two segments in hand before it plays, and
 * asks for the next one as each is used up. Late is a segment that came after everything before it had been played.
 */
import { Agent, get } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';

export interface HlsListenersData {
  /** Addresses of the segments in order, and their length. */
  segments: { url: string; sec: number }[];
  count: number;
  seconds: number;
}
export interface HlsHeard {
  /** Of each segment, from the question to its last byte. */
  segmentMs: number[];
  late: number;
  failed: number;
}

const IN_HAND = 2;

function fetched(url: string, agent: Agent): Promise<boolean> {
  return new Promise((resolve) => {
    get(url, { agent }, (answer) => {
      answer.on('data', () => {});
      answer.on('end', () => resolve(answer.statusCode === 200));
      answer.on('error', () => resolve(false));
    }).on('error', () => resolve(false));
  });
}

async function listen({ segments, count, seconds }: HlsListenersData): Promise<HlsHeard> {
  const heard: HlsHeard = { segmentMs: [], late: 0, failed: 0 };
  const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });
  const endMs = performance.now() + seconds * 1000;
  await Promise.all(
    Array.from({ length: count }, async (_, i) => {
      await pause((i / count) * segments[0]!.sec * 1000);
      let haveSec = 0;
      let sinceMs: number | null = null;
      for (let at = 0; performance.now() < endMs; at += 1) {
        // Who has heard it to the end begins anew.
        const { url, sec } = segments[at % segments.length]!;
        const askedMs = performance.now();
        if (!(await fetched(url, agent))) heard.failed += 1;
        const cameMs = performance.now();
        heard.segmentMs.push(cameMs - askedMs);
        if (sinceMs !== null && cameMs > sinceMs + haveSec * 1000) {
          heard.late += 1;
          sinceMs = cameMs - haveSec * 1000;
        }
        haveSec += sec;
        if (at === IN_HAND - 1) sinceMs = cameMs;
        if (sinceMs !== null) await pause(Math.max(0, sinceMs + (haveSec - IN_HAND * sec) * 1000 - performance.now()));
      }
    }),
  );
  agent.destroy();
  return heard;
}

if (parentPort) void listen(workerData as HlsListenersData).then((heard) => parentPort?.postMessage(heard));
