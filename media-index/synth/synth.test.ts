import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { EmohealError } from '../../engine/errors.js';
import type { Score } from '../composer/score.js';
import { starterTracks } from '../starter/starter.js';
import { openPcmFile } from './pcm-file.js';
import { toFloat, toInt16 } from './pcm16.js';
import { createSynthPool, type SynthPool } from './pool.js';
import { createRenderCache } from './render-cache.js';
import { renderToPcm, scoreFrames } from './render-score.js';
import { createTrackSource } from './track-source.js';

/** A note at second 1 that has died away by second 6, silence before it. */
const tiny = (id = 'tiny', durationSec = 8.0101): Score => ({
  version: 1,
  id,
  title: 'Tiny',
  texture: 'test',
  seed: 1,
  tempoBpm: 60,
  keyTonic: 0,
  modeName: 'ionian',
  durationSec,
  lowPassHz: null,
  parts: [{ name: 'piano', program: 0, pan: -0.3, volume: 0.8, reverb: 0.3, notes: [[1, 0.5, 60, 90]], controls: [] }],
});

const rms = (pcm: Float32Array, fromSec: number, toSec: number) => {
  const part = pcm.subarray(Math.round(fromSec * 48_000) * 2, Math.round(toSec * 48_000) * 2);
  return Math.sqrt(part.reduce((sum, x) => sum + x * x, 0) / part.length);
};

/** Byte for byte; a matcher that walks 800,000 numbers takes seconds. */
const same = (a: Float32Array, b: Float32Array) =>
  Buffer.from(a.buffer, a.byteOffset, a.byteLength).equals(Buffer.from(b.buffer, b.byteOffset, b.byteLength));

async function gather(blocks: AsyncIterable<Float32Array>): Promise<Float32Array> {
  const all: number[] = [];
  for await (const block of blocks) for (const x of block) all.push(x);
  return Float32Array.from(all);
}

/** The first blocks, after which the reader goes away. */
async function* firstOf<T>(blocks: AsyncIterable<T>, count: number): AsyncGenerator<T> {
  let given = 0;
  for await (const block of blocks) {
    yield block;
    given += 1;
    if (given === count) return;
  }
}

/** As it lies on the disk, 16 bits a sample. */
const rounded = (pcm: Float32Array, fromSec: number, toSec: number) =>
  toFloat(toInt16(pcm.subarray(Math.round(fromSec * 48_000) * 2, Math.round(toSec * 48_000) * 2)));

describe('a score played', () => {
  it('sounds where notes are, is silent before, ends at zero, has the exact length and is the same every time', async () => {
    const pcm = await renderToPcm(tiny());
    expect(pcm.length).toBe(Math.round(8.0101 * 48_000) * 2);
    expect(rms(pcm, 0, 0.99)).toBeLessThan(1e-5);
    expect(rms(pcm, 1.01, 1.5)).toBeGreaterThan(0.003);
    expect(rms(pcm, 7, 8)).toBeLessThan(rms(pcm, 1.01, 1.5) / 20);
    expect(Math.abs(pcm.at(-1)!)).toBeLessThan(1e-6);
    expect(same(await renderToPcm(tiny()), pcm)).toBe(true);
  });

  it('refuses a length that would fill the disk', () => {
    expect(() => scoreFrames(tiny('long', 1e9))).toThrow(/1000000000 s/);
  });
});

describe('pool and cache', () => {
  let dataDir: string;
  let pool: SynthPool;
  beforeAll(() => {
    dataDir = mkdtempSync(path.join(os.tmpdir(), 'emoheal-renders-'));
    pool = createSynthPool({ workers: 1 });
  });
  afterAll(async () => {
    await pool.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('a hit equals the miss, a seek equals the rest, and a damaged file is made anew', async () => {
    const cache = createRenderCache({ dataDir, pool });
    const job = { kind: 'score', score: tiny() } as const;
    const frames = scoreFrames(job.score);
    const [miss, shared] = await Promise.all([gather(cache.open(job, frames, 0)), gather(cache.open(job, frames, 0))]);
    expect(miss.length).toBe(frames * 2);
    expect(same(shared, miss)).toBe(true);
    await cache.warm(job, frames);
    const file = cache.fileOf(job);
    const bytes = readFileSync(file);
    expect(same(await gather(cache.open(job, frames, 0)), miss)).toBe(true);
    expect(same(await gather(cache.open(job, frames, 60_001)), miss.slice(120_002))).toBe(true);
    bytes[200_000]! ^= 0xff;
    writeFileSync(file, bytes);
    expect(same(await gather(cache.open(job, frames, 0)), miss)).toBe(true);
    writeFileSync(file, bytes.subarray(0, 5000));
    expect(same(await gather(cache.open(job, frames, 0)), miss)).toBe(true);
  });

  it('a piece is made as far as it is needed; who needs more hears the same sound as if it had been made at once', async () => {
    const cache = createRenderCache({ dataDir: path.join(dataDir, 'far'), pool });
    const job = { kind: 'score', score: tiny('far', 30) } as const;
    const frames = scoreFrames(job.score);
    const whole = await renderToPcm(job.score);
    const secondsKept = async () => {
      const file = await openPcmFile(cache.fileOf(job), frames);
      if (typeof file === 'string') return file;
      await file.close();
      return file.blocks / 2;
    };
    await cache.warm(job, frames, 6 * 48_000);
    expect(await secondsKept()).toBe(6);
    // A listener of whom no more was known reads on; another one leaves at once.
    const on = cache.open(job, frames, 0, { untilFrames: 6 * 48_000 });
    expect(same(await gather(firstOf(on, 8)), rounded(whole, 0, 4))).toBe(true);
    expect(await secondsKept()).toBe(6);
    await Promise.all([cache.warm(job, frames, 9 * 48_000), cache.warm(job, frames, 12 * 48_000)]);
    expect(await secondsKept()).toBe(12);
    // One that goes away before its piece is there keeps what was made, where nobody waits for the rest.
    await gather(firstOf(cache.open(job, frames, 20 * 48_000), 2));
    await vi.waitFor(async () => expect(await secondsKept()).toBeGreaterThanOrEqual(21));
    const all = await Promise.all([0, 3.3, 11, 29].map((sec) => gather(cache.open(job, frames, sec * 48_000))));
    for (const [i, sec] of [0, 3.3, 11, 29].entries()) expect(same(all[i]!, rounded(whole, sec, 30))).toBe(true);
    expect(await secondsKept()).toBe(30);
  });

  it('what was kept of a piece stays where going on with it fails, and is played up to there', async () => {
    const there = path.join(dataDir, 'busy');
    const job = { kind: 'score', score: tiny('busy', 10) } as const;
    const frames = scoreFrames(job.score);
    await createRenderCache({ dataDir: there, pool }).warm(job, frames, 6 * 48_000);
    const busy: SynthPool = {
      ...pool,
      render: () => ({
        setPriority() {},
        // biome-ignore lint/correctness/useYield: it fails before its first block
        async *[Symbol.asyncIterator]() {
          throw new EmohealError('busy', 'Too much is asked for.');
        },
      }),
    };
    const cache = createRenderCache({ dataDir: there, pool: busy });
    let heard = 0;
    const listen = async () => {
      for await (const block of cache.open(job, frames, 0)) heard += block.length / 2;
    };
    await expect(listen()).rejects.toMatchObject({ code: 'busy' });
    expect(heard).toBe(6 * 48_000);
    await createRenderCache({ dataDir: there, pool: busy }).warm(job, frames, 6 * 48_000);
    expect(statSync(cache.fileOf(job)).size).toBeGreaterThan(6 * 48_000 * 4);
  });

  it('where what was kept of a piece is damaged, nothing of it is gone on with', async () => {
    const cache = createRenderCache({ dataDir: path.join(dataDir, 'torn'), pool });
    const job = { kind: 'score', score: tiny('torn', 10) } as const;
    const frames = scoreFrames(job.score);
    await cache.warm(job, frames, 6 * 48_000);
    const bytes = readFileSync(cache.fileOf(job));
    bytes[200_000]! ^= 0xff;
    writeFileSync(cache.fileOf(job), bytes);
    await cache.warm(job, frames);
    const whole = await renderToPcm(job.score);
    expect(same(await gather(cache.open(job, frames, 0)), rounded(whole, 0, 10))).toBe(true);
  });

  it('plays on when the disk cannot be written, and warns once', async () => {
    const blocked = path.join(dataDir, 'a-file');
    writeFileSync(blocked, '');
    const warnings: string[] = [];
    const cache = createRenderCache({ dataDir: blocked, pool, onWarning: (w) => warnings.push(w) });
    const job = { kind: 'score', score: tiny('unkept', 2) } as const;
    expect((await gather(cache.open(job, scoreFrames(job.score), 0))).length).toBe(192_000);
    expect((await gather(cache.open(job, scoreFrames(job.score), 0))).length).toBe(192_000);
    expect(warnings).toHaveLength(1);
  });

  it('many sessions that want one piece read it once, wait for it together, and one that could not be read is tried again', async () => {
    const asked: string[] = [];
    const source = createTrackSource({
      dataDir: path.join(dataDir, 'together'),
      pool,
      async *decodeFile() {},
      async loadScore(file) {
        asked.push(file);
        if (asked.length === 1) throw new Error('not there yet');
        return tiny('together', 3);
      },
    });
    const piece = () => structuredClone(starterTracks().find(({ origin }) => origin.kind === 'score')!);
    await expect(gather(source.open(piece(), 0, undefined))).rejects.toMatchObject({ code: 'track-unreadable' });
    await Promise.all(Array.from({ length: 100 }, () => source.warm(piece())));
    const heard = await Promise.all([piece(), piece()].map((track) => gather(source.open(track, 0, undefined))));
    expect(heard.map(({ length }) => length)).toEqual([288_000, 288_000]);
    expect(asked).toHaveLength(2);
  });

  it('a cancelled rendering frees its worker', async () => {
    const control = new AbortController();
    const read = async () => {
      for await (const _ of pool.render({ kind: 'score', score: tiny('long', 600) }, { signal: control.signal }))
        control.abort();
    };
    await expect(read()).rejects.toMatchObject({ code: 'cancelled' });
    expect(pool.state()).toMatchObject({ running: 0, waiting: 0 });
  });
});
