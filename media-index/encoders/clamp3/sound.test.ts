import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { levelOf, type Sound, toMono24k, windowsOf } from './sound.js';

const windows = { size: 100, shortest: 20 };
const loudness = (part: Float32Array) => Math.sqrt(part.reduce((sum, x) => sum + x * x, 0) / part.length);

async function gathered(blocks: AsyncIterable<Float32Array>): Promise<Float32Array[]> {
  const found: Float32Array[] = [];
  for await (const block of blocks) found.push(block);
  return found;
}

/** `samples` in blocks of the given sizes, over and over. */
function inBlocks(samples: Float32Array, sizes: readonly number[]): Sound {
  return function* () {
    for (let at = 0, k = 0; at < samples.length; k += 1) {
      const size = sizes[k % sizes.length]!;
      yield samples.subarray(at, at + size);
      at += size;
    }
  };
}

async function cut(sound: Sound, most = Number.POSITIVE_INFINITY): Promise<number[][]> {
  const found = windowsOf(sound, await levelOf(sound, most), windows);
  return (await gathered(found)).map((window) => [...window]);
}

const sounds = fc
  .array(fc.float({ min: -1, max: 1, noNaN: true }), { minLength: 1, maxLength: 700 })
  .map((values) => Float32Array.from(values));
const sizes = fc.array(fc.integer({ min: 1, max: 333 }), { minLength: 1, maxLength: 5 });

describe('the sound that CLaMP3 hears', () => {
  it('is the same however the decoder hands it over', async () => {
    await fc.assert(
      fc.asyncProperty(sounds, sizes, async (samples, blocks) => {
        expect(await cut(inBlocks(samples, blocks))).toEqual(await cut(inBlocks(samples, [1000])));
      }),
    );
  });

  it('keeps every window of full length and a last one that is long enough', async () => {
    for (const [count, lengths] of [
      [19, []],
      [20, [20]],
      [100, [100]],
      [119, [100]],
      [120, [100, 20]],
      [250, [100, 100, 50]],
    ] as const) {
      const samples = Float32Array.from({ length: count }, (_, i) => Math.sin(i));
      expect((await cut(inBlocks(samples, [64]))).map(({ length }) => length)).toEqual(lengths);
    }
  });

  it('is levelled over the whole track, so that its quiet parts stay quiet', async () => {
    const samples = Float32Array.from({ length: 200 }, (_, i) => 0.3 + (i < 100 ? 0.5 : 0.005) * Math.sin(i));
    const [loud, quiet] = (await cut(inBlocks(samples, [33]))).map((part) => Float32Array.from(part));
    const all = Float32Array.from([...loud!, ...quiet!]);
    expect(all.reduce((sum, x) => sum + x, 0) / all.length).toBeCloseTo(0, 5);
    expect(loudness(all)).toBeCloseTo(1, 4);
    expect(loudness(loud!) / loudness(quiet!)).toBeGreaterThan(10);
  });

  it('may be silent or very quiet without becoming nonsense', async () => {
    expect((await cut(() => [new Float32Array(100)])).flat().every((x) => x === 0)).toBe(true);
    const quiet = Float32Array.from({ length: 100 }, (_, i) => 0.9 + 1e-6 * Math.sin(i));
    expect((await cut(() => [quiet])).flat().every(Number.isFinite)).toBe(true);
  });

  it('is heard up to a bound, and what comes after it changes nothing', async () => {
    const samples = Float32Array.from({ length: 300 }, (_, i) => Math.sin(i * i));
    const start = samples.slice(0, 230);
    expect(await cut(inBlocks(samples, [48]), 230)).toEqual(await cut(inBlocks(start, [1000])));
  });

  it('stops measuring when it is called off', async () => {
    const sound = () => [new Float32Array(10), new Float32Array(10)];
    await expect(levelOf(sound, 100, AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
  });
});

describe('half the rate', () => {
  const stereo = (count: number, value: (i: number) => number) =>
    Float32Array.from({ length: 2 * count }, (_, i) => value(i >> 1));
  const joined = async (blocks: AsyncIterable<Float32Array>) => (await gathered(blocks)).flatMap((block) => [...block]);

  it('gives every second sample, one more for an odd count, whatever the blocks', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 500 }), sizes, async (count, blocks) => {
        const whole = stereo(count, (i) => Math.sin(i * i));
        const even = blocks.map((size) => 2 * size);
        const found = await joined(toMono24k(inBlocks(whole, even)()));
        expect(found.length).toBe(Math.ceil(count / 2));
        expect(found).toEqual(await joined(toMono24k([whole])));
      }),
    );
  });

  it('keeps tones below 9 kHz as they are and takes away those above 15 kHz', async () => {
    const level = async (hz: number) => {
      const tone = stereo(4800, (i) => Math.sin((2 * Math.PI * hz * i) / 48_000));
      return loudness(Float32Array.from((await joined(toMono24k([tone]))).slice(100, -100)));
    };
    for (const hz of [100, 1000, 5000, 9000]) expect(await level(hz)).toBeCloseTo(Math.SQRT1_2, 1);
    for (const hz of [15_000, 18_000, 23_000]) expect(await level(hz)).toBeLessThan(0.02);
  });

  it('is the mean of both sides', async () => {
    const sides = Float32Array.from({ length: 400 }, (_, i) => (i % 2 === 0 ? 0.8 : 0.2));
    for (const x of (await joined(toMono24k([sides]))).slice(20, -20)) expect(x).toBeCloseTo(0.5, 2);
  });

  it('of nothing is nothing', async () => {
    expect(await joined(toMono24k([]))).toEqual([]);
  });
});
