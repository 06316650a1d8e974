/** The streams as speakers meet them: real sockets, a made-up rendering whose every byte is known. */
import { createHash, randomBytes } from 'node:crypto';
import { createServer, get, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SessionStream, SessionStreams } from '../../engine/ports.js';
import { FORMATS, unitsOf } from '../../media-index/stream/formats.js';
import { cheapProgramme } from '../../media-index/stream/sound.fake.js';
import type { HttpDeps } from './app.js';
import { problemHandler } from './problems.js';
import { type StreamScope, signQuery } from './signed-address.js';
import { streamRoutes } from './streams.js';

const programme = cheapProgramme({ durationSec: 600 });
const key = randomBytes(32);
let handed = 0;
let open = 0;

/** Bytes that tell their own place; AAC slots hold a fragment of 1000 bytes. */
function streamOf(format: 'mp3' | 'aac' | 'opus'): SessionStream {
  const { unitBytes } = FORMATS[format];
  const totalBytes = unitsOf(FORMATS[format], programme) * unitBytes;
  const third = Math.floor(totalBytes / unitBytes / 3) * unitBytes;
  const edges = { match: [0, third], guide: [third, 2 * third], target: [2 * third, totalBytes] } as const;
  return {
    key: createHash('sha256').update(format).digest('hex').slice(0, 40),
    totalBytes,
    stageBytes: (stage) => ({ start: edges[stage][0], end: edges[stage][1] }),
    progress: () => 1,
    async *read(start, end, signal) {
      open += 1;
      try {
        for (let at = start; at < end; at += 65_536) {
          signal?.throwIfAborted();
          await new Promise((resolve) => setImmediate(resolve));
          const part = new Uint8Array(Math.min(65_536, end - at)).map((_, i) => (at + i) % 251);
          if (format === 'aac' && at % unitBytes === 0) new DataView(part.buffer).setUint32(0, 1000);
          handed += part.length;
          yield part;
        }
      } finally {
        open -= 1;
      }
    },
  };
}

let nowMs = 1_000_000;
const streams: SessionStreams = { open: (_, format = 'mp3') => streamOf(format) };
const deps = {
  signingKey: key,
  nowMs: () => nowMs,
  service: async () => ({ look: async () => ({ session: { programme } }) }),
  streams: async () => streams,
} as unknown as HttpDeps;

let server: Server;
let base: string;
beforeAll(async () => {
  const app = express();
  app.use(streamRoutes(deps));
  app.use(problemHandler(() => {}));
  server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/stream/s1`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const address = (name: string, scope: StreamScope = 'session', expMs = nowMs + 3_600_000) =>
  `${base}/${name}?${signQuery(key, 's1', 1, expMs, scope)}`;
const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer());

describe.each(['session.mp3', 'guide.mp3', 'session.webm', 'init.mp4', '3.m4s'])('%s', (name) => {
  it('says its length and tag on HEAD, and gives exactly that', async () => {
    const head = await fetch(address(name), { method: 'HEAD' });
    expect(head.status).toBe(200);
    expect(head.headers.get('etag')).toMatch(/^"[^"]+"$/);
    expect(head.headers.get('accept-ranges')).toBe('bytes');
    const whole = await bytesOf(await fetch(address(name)));
    expect(whole.length).toBe(Number(head.headers.get('content-length')));
  });

  it('gives any range byte by byte, and goes on after a break', async () => {
    const first = await fetch(address(name));
    const etag = first.headers.get('etag')!;
    const whole = await bytesOf(first);
    for (const [from, to] of [
      [0, 1],
      [1, 400],
      [Math.floor(whole.length / 2) - 7, Math.floor(whole.length / 2) + 9],
      [whole.length - 1, whole.length],
    ] as const) {
      const part = await fetch(address(name), { headers: { range: `bytes=${from}-${to - 1}`, 'if-range': etag } });
      expect(part.status).toBe(206);
      expect(part.headers.get('content-range')).toBe(`bytes ${from}-${to - 1}/${whole.length}`);
      expect((await bytesOf(part)).equals(whole.subarray(from, to))).toBe(true);
    }
  });

  it('answers a range beyond its end with 416 and its length, and a known tag with 304', async () => {
    const head = await fetch(address(name), { method: 'HEAD' });
    const length = head.headers.get('content-length');
    const beyond = await fetch(address(name), { headers: { range: `bytes=${length}-` } });
    expect(beyond.status).toBe(416);
    expect(beyond.headers.get('content-range')).toBe(`bytes */${length}`);
    await beyond.arrayBuffer();
    const etag = head.headers.get('etag')!;
    for (const known of [etag, `W/${etag}`, `"x", ${etag}`, '*'])
      expect((await fetch(address(name), { headers: { 'if-none-match': known } })).status).toBe(304);
    const other = await fetch(address(name), { headers: { range: 'bytes=0-9', 'if-range': '"other"' } });
    expect(other.status).toBe(200);
    await other.arrayBuffer();
  });
});

describe('an address', () => {
  it('that is expired, altered, of another stage, or none, gets 403 and the same words', async () => {
    const good = address('match.mp3', 'match');
    const answers = await Promise.all(
      [
        address('session.mp3', 'session', nowMs - 1000),
        good.replace(/sig=(.)/, (_, c: string) => `sig=${c === 'A' ? 'B' : 'A'}`),
        good.replace('match.mp3', 'guide.mp3'),
        good.replace('match.mp3', 'session.mp3'),
        good.replace('/s1/', '/s2/'),
        good.replace('match.mp3', 'no-such-thing'),
        `${base}/match.mp3`,
      ].map(async (url) => {
        const response = await fetch(url);
        expect(response.headers.get('accept-ranges')).toBeNull();
        return { status: response.status, text: await response.text() };
      }),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([403]));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect((await fetch(good, { method: 'HEAD' })).status).toBe(200);
  });

  it('in a playlist opens all that the playlist names', async () => {
    const lines = async (url: string) => (await (await fetch(url)).text()).split('\n');
    const master = await lines(address('master.m3u8'));
    const media = await lines(`${base}/${master.find((line) => line.startsWith('aac.m3u8'))}`);
    const names = media.filter((line) => line.includes('.m4s?'));
    expect(names).toHaveLength(100);
    for (const name of [names[0], names[99], /URI="([^"]+)"/.exec(media.join('\n'))![1]])
      expect((await fetch(`${base}/${name}`, { method: 'HEAD' })).status).toBe(200);
    expect((await fetch(address('100.m4s'))).status).toBe(404);
    const packed = await lines(address('media.m3u8'));
    expect(
      (await fetch(`${base}/${packed.find((line) => line.startsWith('match.mp3'))}`, { method: 'HEAD' })).status,
    ).toBe(200);
  });
});

describe('a listener', () => {
  const begin = (url: string) => new Promise<IncomingMessage>((resolve) => get(url, { agent: false }, resolve));

  it('who takes nothing is not read ahead for, and one who vanishes is let go', async () => {
    handed = 0;
    const stalled = await begin(address('session.mp3'));
    stalled.pause();
    // Until nothing more is handed over: the sockets are full and the rendering waits.
    let before = -1;
    await expect
      .poll(
        () => {
          const still = handed === before && handed > 0;
          before = handed;
          return still;
        },
        { interval: 200, timeout: 10_000 },
      )
      .toBe(true);
    expect(handed).toBeLessThan(streamOf('mp3').totalBytes - 500_000);
    expect(open).toBe(1);
    stalled.destroy();
    await expect.poll(() => open, { timeout: 5_000 }).toBe(0);
  });

  it('who takes one byte and goes, a hundred times over, leaves nothing behind', async () => {
    await Promise.all(
      Array.from({ length: 100 }, async () => {
        const response = await begin(address('session.webm'));
        response.once('error', () => {});
        await new Promise<void>((resolve) => response.once('data', () => resolve()));
        response.destroy();
      }),
    );
    await expect.poll(() => open, { timeout: 5_000 }).toBe(0);
  });

  it('still gets the rest when the clock passes the expiry while it plays', async () => {
    const response = await fetch(address('match.mp3', 'match', nowMs + 5_000));
    nowMs += 10_000;
    expect((await bytesOf(response)).length).toBe(Number(response.headers.get('content-length')));
  });
});
