/** What is kept of sessions that are begun, played and left by many: no listener's is made twice, and few that nobody hears. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, expect, it, vi } from 'vitest';
import { FORMATS, unitAt, unitsOf } from './formats.js';
import { createSessionStreams } from './session-streams.js';
import { cheapProgramme } from './sound.fake.js';

const { unitBytes } = FORMATS.mp3;
/** A session's seed is how much longer than this it is. */
const LONG_SEC = 600;
const folders: string[] = [];
afterEach(() => vi.useRealTimers());
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** Streams whose sound is cheap, with how often each programme was made. */
function countedStreams(beforeGiving = () => {}) {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'emoheal-left-'));
  folders.push(dataDir);
  const makings = new Map<number, number>();
  const streams = createSessionStreams({
    dataDir,
    async *encode(programme, signal) {
      const seed = programme.durationSec - LONG_SEC;
      makings.set(seed, (makings.get(seed) ?? 0) + 1);
      const total = unitsOf(FORMATS.mp3, programme) * unitBytes;
      for (let at = 0; at < total; at += 84 * unitBytes) {
        signal.throwIfAborted();
        await new Promise((resolve) => setImmediate(resolve));
        beforeGiving();
        yield new Uint8Array(Math.min(84 * unitBytes, total - at));
      }
    },
  });
  const open = (seed: number) => streams.open(cheapProgramme({ durationSec: LONG_SEC + seed }));
  /** The `n`-th piece of six seconds, as a player of HLS asks for it. */
  const piece = async (seed: number, n: number) => {
    const bytes = unitAt(FORMATS.mp3, 6) * unitBytes;
    for await (const _ of open(seed).read(n * bytes, (n + 1) * bytes));
  };
  const underWay = () => readdirSync(path.join(dataDir, 'cache', 'sessions')).filter((name) => name.endsWith('.part'));
  return { streams, open, piece, makings, underWay };
}

it("forty who play piece by piece while others begin: nobody's session is made a second time", async () => {
  const { streams, open, piece, makings } = countedStreams();
  const listeners = Array.from({ length: 40 }, (_, i) => i);
  for (let n = 0; n < 6; n += 1) {
    for (const seed of listeners) await piece(seed, n);
    await expect.poll(() => streams.queue().waiting, { timeout: 10_000 }).toBe(0);
    for (let i = 0; i < 10; i += 1) open(1000 + 10 * n + i);
  }
  expect(listeners.map((seed) => makings.get(seed))).toEqual(listeners.map(() => 1));
  await streams.close();
});

it('sessions that were left in the middle are not kept: a minute later, a few of them at most', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  const { streams, piece, underWay } = countedStreams();
  for (let seed = 0; seed < 40; seed += 1) {
    await piece(seed, 0);
    vi.advanceTimersByTime(3000);
  }
  vi.advanceTimersByTime(61_000);
  for (let seed = 100; seed < 104; seed += 1) await piece(seed, 0);
  await expect.poll(() => underWay().length, { timeout: 5000 }).toBeLessThanOrEqual(8 + 4);
  await streams.close();
});

it('a session that is stopped while its last wanted bytes are written lets go of its file', async () => {
  let close = async () => {};
  // After the promises that hand the bytes on to the disk, before the disk has them.
  const { streams, open, underWay } = countedStreams(() => process.nextTick(() => void close()));
  const closed = new Promise<void>((resolve) => {
    close = () => streams.close().then(resolve);
  });
  open(0);
  await closed;
  expect(underWay()).toEqual([]);
});
