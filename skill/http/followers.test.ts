/** Followers of events: whoever is slow, gone or silent takes nothing away from anybody else. */
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createSpeaker } from '../google/smarthome/speaker.js';
import { createDrain } from '../operations/drain.js';
import { type AppDeps, createApp } from './app.js';

type Look = () => Promise<unknown>;
let look: Look;
let server: Server;
let drain: ReturnType<typeof createDrain>;
let speaker: ReturnType<typeof createSpeaker>;
const listeners = new Set<() => void>();
const seen = (status: string) => ({
  session: { revision: 1, programme: { tracks: [] } },
  position: { atSec: 1, stage: 'match', status },
});

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  speaker = createSpeaker();
  server = createServer();
  drain = createDrain(server);
  server.on(
    'request',
    createApp({
      log: pino({ level: 'silent' }),
      publicUrl: undefined,
      nowMs: () => 0,
      signingKey: Buffer.alloc(32, 1),
      service: async () => ({ look: () => look() }),
      google: {
        dialogflow: {},
        speaker: {
          speaker,
          running: {
            latest: () => null,
            onChange: (each: () => void) => {
              listeners.add(each);
              return () => listeners.delete(each);
            },
          },
        },
      },
    } as unknown as AppDeps),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  vi.useRealTimers();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const port = () => (server.address() as AddressInfo).port;
/** As bytes, so that it can stop reading. */
const follow = (path: string) => {
  const socket = connect(port(), '127.0.0.1');
  socket.on('error', () => {});
  socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
  return socket;
};
const tick = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const until = async (holds: () => boolean) => {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
};

describe('followers of a session', () => {
  it('are let go quietly where the store was slow and the session ended meanwhile', async () => {
    look = async () => seen('playing');
    const socket = follow('/api/v1/sessions/s/events');
    let told = '';
    socket.on('data', (chunk) => {
      told += chunk;
    });
    await until(() => told.includes('event: position'));
    const waiting: ((value: unknown) => void)[] = [];
    look = () => new Promise((resolve) => waiting.push(resolve));
    await tick(10_000);
    const closed = new Promise((resolve) => socket.once('close', resolve));
    for (const each of waiting) each(seen('ended'));
    await until(() => told.includes('0\r\n\r\n'));
    socket.end();
    await closed;
    expect(told.match(/"status":"ended"/g)).toHaveLength(1);
    // One question at a time, however long an answer takes.
    expect(waiting).toHaveLength(1);
  });

  it('that left before the first answer are asked for no more', async () => {
    let asked = 0;
    let answer: (value: unknown) => void = () => {};
    look = () => {
      asked += 1;
      return new Promise((resolve) => {
        answer = resolve;
      });
    };
    const socket = follow('/api/v1/sessions/s/events');
    await until(() => asked === 1);
    expect(drain.underWay()).toBe(1);
    socket.destroy();
    await until(() => drain.underWay() === 0);
    answer(seen('playing'));
    await new Promise((resolve) => setTimeout(resolve, 20));
    await tick(60_000);
    expect(asked).toBe(1);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('a follower that reads nothing', () => {
  it('is sent away before much waits for it', async () => {
    const socket = follow('/api/v1/speaker/events');
    const closed = new Promise((resolve) => socket.once('close', resolve));
    await until(() => listeners.size === 1);
    socket.pause();
    // Far more than any system keeps for one connection.
    for (let i = 0; i < 400_000 && listeners.size > 0; i += 1) {
      speaker.change({ volume: i % 100 });
      if (i % 500 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    expect(listeners.size).toBe(0);
    socket.resume();
    await closed;
  });

  it('stands in nobody’s way when the server is stopped', async () => {
    const socket = follow('/api/v1/speaker/events');
    await until(() => listeners.size === 1);
    socket.pause();
    const reading = follow('/api/v1/speaker/events');
    let told = '';
    reading.on('data', (chunk) => {
      told += chunk;
    });
    await until(() => told.includes('event: speaker'));
    // What is told between the word to go and the going is told to nobody, and harms nobody.
    const ended = drain.end(5);
    speaker.change({ volume: 30 });
    await tick(60_000);
    expect(await ended).toEqual({ cut: 0 });
    expect(told.endsWith('0\r\n\r\n')).toBe(true);
    expect(listeners.size).toBe(0);
  });
});
