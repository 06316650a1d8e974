/** Sound from made-up tracks of known level, judged after encoding and decoding. */
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Programme, ScheduledTrack, Track } from '../../engine/vocabulary.js';
import { analysePcm } from '../analysis/analyse.js';
import { createAudioPool } from '../audio/audio-pool.js';
import { decode } from '../audio/decode.js';
import { SAMPLE_RATE, type TrackSource } from '../track-source.js';
import { fakeTrack } from '../tracks.fake.js';
import { encodeProgramme } from './encoded-programme.js';
import { mediaPlaylist } from './hls.js';
import { createSessionRenderer } from './render-file.js';
import { createSessionStreams } from './session-streams.js';

const folder = mkdtempSync(path.join(os.tmpdir(), 'emoheal-stream-'));
const audio = createAudioPool();
afterAll(async () => {
  await audio.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Steady, darkened noise (as lossy formats cut the top), different for each track, so that two are uncorrelated. */
function noise(seed: number, seconds: number, level: number): Float32Array {
  let state = seed;
  let dark = 0;
  return Float32Array.from({ length: seconds * SAMPLE_RATE * 2 }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    dark += 0.2 * ((state / 2 ** 31 - 1) * level - dark);
    return dark * 3;
  });
}
const sounds = new Map([1, 2, 3, 4].map((n) => [`t${n}`, noise(n * 7919, 30, 0.02 * n)]));
const tracks = new Map<string, Track>(
  [...sounds].map(([id, pcm]) => {
    const analysis = analysePcm(pcm);
    return [id, { ...fakeTrack(id), durationSec: 30, analysis }];
  }),
);
const source = (fails: string[] = []): TrackSource => ({
  async *open(track, offsetSec) {
    if (fails.includes(track.id)) throw new Error('gone');
    const pcm = sounds.get(track.id)!;
    for (let at = offsetSec * SAMPLE_RATE * 2; at < pcm.length; at += SAMPLE_RATE)
      yield pcm.slice(at, at + SAMPLE_RATE);
  },
  async warm() {},
});

const scheduled = (
  id: string,
  stage: ScheduledTrack['stage'],
  startSec: number,
  endSec: number,
  loudnessLufs: number,
): ScheduledTrack => ({
  trackId: id,
  title: id,
  stage,
  startSec,
  endSec,
  fadeInSec: startSec === 0 ? 0 : 4,
  fadeOutSec: endSec === 72 ? 0 : 4,
  offsetSec: 0,
  loudnessLufs,
  licence: { id: 'CC0-1.0', name: 'CC0' },
  attribution: 'test',
  score: 1,
  parts: {},
});
const programme: Programme = {
  durationSec: 72,
  stages: [
    { stage: 'match', startSec: 0, endSec: 18, loudnessLufs: -20 },
    { stage: 'guide', startSec: 18, endSec: 54, loudnessLufs: -23 },
    { stage: 'target', startSec: 54, endSec: 72, loudnessLufs: -26 },
  ],
  tracks: [
    scheduled('t1', 'match', 0, 20, -20),
    scheduled('t2', 'guide', 16, 38, -23),
    scheduled('t3', 'guide', 34, 56, -23),
    scheduled('t4', 'target', 52, 72, -26),
  ],
  endFadeSec: 6,
};
const deps = (fails: string[] = [], trouble: string[] = []) => ({
  audio,
  source: source(fails),
  tracks: (id: string) => tracks.get(id) ?? null,
  onTrouble: (message: string) => trouble.push(message),
});

function pcmOf(file: string): Float32Array {
  const blocks = [...decode({ input: file, as: 'music' })];
  const all = new Float32Array(blocks.reduce((sum, block) => sum + block.length, 0));
  let at = 0;
  for (const block of blocks) {
    all.set(block, at);
    at += block.length;
  }
  return all;
}
const part = (pcm: Float32Array, from: number, to: number) =>
  pcm.subarray(Math.round(from * SAMPLE_RATE) * 2, Math.round(to * SAMPLE_RATE) * 2);

async function gather(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const each of bytes) all.push(each);
  return Buffer.concat(all);
}

describe('a rendered session', () => {
  it.each(['mp3', 'wav', 'flac', 'm4a'])(
    'as %s has its length, its stage levels, no hole and no peak',
    async (ending) => {
      const file = path.join(folder, `session.${ending}`);
      const report = await createSessionRenderer(deps()).renderToFile(programme, file);
      const pcm = pcmOf(file);
      expect(Math.abs(pcm.length / 2 / SAMPLE_RATE - 72)).toBeLessThan(0.1);
      for (const { startSec, endSec, loudnessLufs, stage } of programme.stages) {
        const heard = analysePcm(part(pcm, startSec + 4, stage === 'target' ? 66 : endSec - 4));
        expect(Math.abs(heard.integratedLufs - loudnessLufs), stage).toBeLessThan(1.5);
        expect(heard.truePeakDbtp).toBeLessThan(-1);
      }
      // Cross-fades of equal power: no half second inside falls or rises by more than 3 LU against its neighbours' goal.
      for (let at = 1; at < 64; at += 0.5) {
        const level = analysePcm(part(pcm, at, at + 1)).integratedLufs;
        expect(level, `at ${at}`).toBeGreaterThan(-30);
        expect(level, `at ${at}`).toBeLessThan(-17);
      }
      expect(report.integratedLufs).toBeGreaterThan(-26);
      expect(report.integratedLufs).toBeLessThan(-19);
    },
  );

  it('goes on when a track cannot be read', async () => {
    const trouble: string[] = [];
    const file = path.join(folder, 'trouble.wav');
    await createSessionRenderer(deps(['t2'], trouble)).renderToFile(programme, file);
    const pcm = pcmOf(file);
    for (let at = 1; at < 64; at += 1)
      expect(analysePcm(part(pcm, at, at + 1)).integratedLufs, `at ${at}`).toBeGreaterThan(-35);
    expect(trouble.join()).toMatch(/t2/);
  });
});

const encoder =
  (missing: string[] = []) =>
  (wanted: Programme, signal: AbortSignal) =>
    encodeProgramme(wanted, deps(missing), signal);

describe('a stream', () => {
  it('is shared, sliced at frames, readable ahead of its making, and the same from the cache', async () => {
    const dataDir = path.join(folder, 'data');
    const streams = createSessionStreams({ encode: encoder(), dataDir });
    const stream = streams.open(programme);
    expect(streams.open(programme)).toBe(stream);
    expect(stream.totalBytes).toBe(72_000 * 16);
    const middle = gather(stream.read(600_000, 600_500));
    const whole = await gather(stream.read(0, stream.totalBytes));
    expect((await middle).equals(whole.subarray(600_000, 600_500))).toBe(true);
    const stages = (['match', 'guide', 'target'] as const).map((stage) => stream.stageBytes(stage));
    expect(stages[0]!.start).toBe(0);
    expect(stages[1]!.start).toBe(stages[0]!.end);
    expect(stages[2]!.end).toBe(stream.totalBytes);
    for (const { start } of stages) expect(start % 384).toBe(0);
    await streams.close();
    const again = createSessionStreams({ encode: encoder(['t1', 't2', 't3', 't4']), dataDir });
    expect((await gather(again.open(programme).read(0, stream.totalBytes))).equals(whole)).toBe(true);
    await again.close();
    // A cut cache file is not believed.
    truncateSync(path.join(dataDir, 'cache', 'sessions', `${stream.key}.mp3`), 1000);
    const mended = createSessionStreams({ encode: encoder(), dataDir });
    expect((await gather(mended.open(programme).read(0, stream.totalBytes))).equals(whole)).toBe(true);
    await mended.close();
  });

  it('is heard to its end when its cache is cleared away, and so is the next one', async () => {
    const dataDir = path.join(folder, 'cleared');
    const warnings: string[] = [];
    const streams = createSessionStreams({ encode: encoder(), dataDir, onWarning: (told) => warnings.push(told) });
    const stream = streams.open(programme);
    const bytes = stream.read(0, stream.totalBytes)[Symbol.asyncIterator]();
    const first = (await bytes.next()).value as Uint8Array;
    rmSync(path.join(dataDir, 'cache'), { recursive: true });
    const whole = Buffer.concat([first, await gather({ [Symbol.asyncIterator]: () => bytes })]);
    expect(whole.length).toBe(stream.totalBytes);
    expect((await gather(stream.read(0, stream.totalBytes))).equals(whole)).toBe(true);
    expect(warnings.join()).toMatch(/ENOENT/);
    const next = streams.open({ ...programme, endFadeSec: 7 });
    expect((await gather(next.read(0, next.totalBytes))).length).toBe(next.totalBytes);
    await streams.close();
  });

  it('is made no further than a minute ahead of its listener', async () => {
    const streams = createSessionStreams({ encode: encoder(), dataDir: path.join(folder, 'lazy') });
    const stream = streams.open(programme);
    await expect.poll(() => stream.progress(), { timeout: 10_000 }).toBeGreaterThan(0.02);
    await gather(stream.read(0, 4000));
    await expect.poll(() => stream.progress(), { timeout: 20_000 }).toBeGreaterThan(60 / 72);
    expect(stream.progress()).toBeLessThan(1);
    await streams.close();
  });

  it('that nobody hears makes room for others, and is made anew when somebody does', async () => {
    const streams = createSessionStreams({ encode: encoder(), dataDir: path.join(folder, 'many') });
    const variants = Array.from({ length: 12 }, (_, i) => ({ ...programme, endFadeSec: 5 + i }));
    const first = streams.open(variants[0]!);
    for (const variant of variants) {
      const stream = streams.open(variant);
      await expect.poll(() => stream.progress(), { timeout: 10_000 }).toBeGreaterThan(0.02);
    }
    expect(streams.open(variants[0]!)).not.toBe(first);
    const whole = await gather(streams.open(variants[0]!).read(0, first.totalBytes));
    expect(whole.length).toBe(first.totalBytes);
    await streams.close();
  });

  it('has a playlist of whole segments', () => {
    const text = mediaPlaylist([{ stage: 'match', url: 'match.mp3', bytes: 384 * 600 }]);
    expect(text.match(/#EXT-X-BYTERANGE:96000@/g)).toHaveLength(2);
    expect(text).toContain('#EXT-X-BYTERANGE:38400@192000');
  });
});

describe('what is sent to us', () => {
  it('cannot make us open another file', () => {
    const secret = path.join(folder, 'secret.wav');
    writeFileSync(secret, 'x');
    for (const text of [`ffconcat version 1.0\nfile '${secret}'\n`, `#EXTM3U\n#EXTINF:1,\nfile://${secret}\n`]) {
      expect(() => [...decode({ input: Buffer.from(text), as: 'speech' })]).toThrow(/recording/);
    }
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['noise', Buffer.from('this is no sound at all')],
    ['a cut WAV', Buffer.from('RIFF\u0000\u0000\u0000\u0000WAVE')],
  ])('is refused when it is %s', (_, bytes) => {
    expect(() => [...decode({ input: bytes, as: 'speech' })]).toThrow();
  });
});
