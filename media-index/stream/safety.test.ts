/**
 * Safety for ears and nights, on the rendered sound of random programmes: loud and soft tracks, hiss, voices, tracks that
 * are gone or break off, any loudness asked for. The tracks are steady, so whatever jumps is not the music.
 * STREAM_RUNS sets how many programmes are rendered, STREAM_SEED which ones.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Programme } from '../../engine/vocabulary.js';
import { createKWeighting, lufsOf, measureLoudness } from '../analysis/loudness.js';
import { SAMPLE_RATE } from '../track-source.js';
import { LOUDEST_LUFS, mixProgramme } from './programme-mix.js';
import { cheapDeps, cheapProgramme, cheapScheduled, cheapTracks, pcmOf, type Trouble } from './sound.fake.js';

const RUNS = Number(process.env.STREAM_RUNS ?? 30);
const SEED = Number(process.env.STREAM_SEED ?? 20_261_123);

interface Night {
  programme: Programme;
  trouble: Trouble;
}

const anyNight: fc.Arbitrary<Night> = fc
  .record({
    ids: fc.uniqueArray(fc.constantFrom(...cheapTracks.keys()), { minLength: 2, maxLength: 3 }),
    lengths: fc.array(fc.integer({ min: 20, max: 29 }), { minLength: 3, maxLength: 3 }),
    lufs: fc.array(fc.integer({ min: -32, max: -6 }), { minLength: 3, maxLength: 3 }),
    endFadeSec: fc.integer({ min: 0, max: 15 }),
    gone: fc.option(fc.constantFrom(...cheapTracks.keys())),
    truncated: fc.option(fc.tuple(fc.constantFrom(...cheapTracks.keys()), fc.integer({ min: 6, max: 25 }))),
  })
  .map(({ ids, lengths, lufs, endFadeSec, gone, truncated }) => {
    let at = 0;
    const tracks = ids.map((id, i) => {
      const startSec = at;
      const endSec = startSec + lengths[i]!;
      at = endSec - 8;
      const isEnd = i === ids.length - 1;
      return cheapScheduled(id, 'match', startSec, endSec, lufs[i]!, [i ? 8 : 2, isEnd ? 0 : 8]);
    });
    const programme = { ...cheapProgramme({ durationSec: at + 8, endFadeSec }), tracks };
    return {
      programme: { ...programme, stages: programme.stages.map((stage, i) => ({ ...stage, loudnessLufs: lufs[i]! })) },
      trouble: { gone: gone ? [gone] : [], truncated: truncated ? { [truncated[0]]: truncated[1] } : {} },
    };
  });

/** A soft track breaks off, its place is taken by the one that comes next anyway, louder: the same sound twice at once. */
const comesTwice: Night = {
  programme: {
    durationSec: 33,
    stages: [
      { stage: 'match', startSec: 0, endSec: 11, loudnessLufs: -23 },
      { stage: 'guide', startSec: 11, endSec: 22, loudnessLufs: -6 },
      { stage: 'target', startSec: 22, endSec: 33, loudnessLufs: -6 },
    ],
    tracks: [cheapScheduled('t1', 'match', 0, 21, -23, [2, 8]), cheapScheduled('sung6', 'match', 13, 33, -6, [8, 0])],
    endFadeSec: 0,
  },
  trouble: { gone: [], truncated: { t1: 9 } },
};

/** Ever louder, in the widest steps that there are: each track comes while the one before it still rises. */
const everLouder: Night = {
  programme: {
    durationSec: 60,
    stages: [-32, -18, -6].map((loudnessLufs, i) => ({
      stage: (['match', 'guide', 'target'] as const)[i]!,
      startSec: i * 20,
      endSec: (i + 1) * 20,
      loudnessLufs,
    })),
    tracks: [
      cheapScheduled('t1', 'match', 0, 24, -32, [2, 8]),
      cheapScheduled('t4', 'guide', 16, 42, -18, [8, 8]),
      cheapScheduled('t2', 'target', 34, 60, -6, [8, 0]),
    ],
    endFadeSec: 0,
  },
  trouble: { gone: [], truncated: {} },
};

/** Breaks off just before a breath between two voices, the second of which is far louder: the longest hole. */
const brokenAtABreath: Night = {
  programme: {
    ...everLouder.programme,
    tracks: [
      cheapScheduled('sung6', 'match', 0, 20, -28, [2, 8]),
      cheapScheduled('sung7', 'guide', 12, 42, -15, [8, 8]),
      cheapScheduled('t2', 'target', 34, 60, -10, [8, 0]),
    ],
  },
  trouble: { gone: ['t2'], truncated: { sung6: 10 } },
};

async function soundOf({ programme, trouble }: Night): Promise<Float32Array> {
  const blocks: Float32Array[] = [];
  for await (const block of mixProgramme(programme, cheapDeps(trouble))) blocks.push(block.slice());
  return pcmOf(blocks);
}

/** K-weighted power of each second. */
function powersOf(pcm: Float32Array): number[] {
  const weigh = createKWeighting();
  return Array.from(
    { length: Math.floor(pcm.length / 2 / SAMPLE_RATE) },
    (_, s) => weigh(pcm.subarray(s * SAMPLE_RATE * 2, (s + 1) * SAMPLE_RATE * 2)) / SAMPLE_RATE,
  );
}

/** Short-term loudness (3 s) at each second from the third on. */
const shortTerm = (powers: readonly number[]): number[] =>
  powers.slice(2).map((power, i) => lufsOf((power + powers[i]! + powers[i + 1]!) / 3));

/** Level above 8 kHz of each second, dBFS: what two poles of a high-pass leave. */
function highLevels(pcm: Float32Array): number[] {
  const share = Math.exp((-2 * Math.PI * 8000) / SAMPLE_RATE);
  let [low1, low2] = [0, 0];
  return Array.from({ length: Math.floor(pcm.length / 2 / SAMPLE_RATE) }, (_, s) => {
    let energy = 0;
    for (let i = s * SAMPLE_RATE; i < (s + 1) * SAMPLE_RATE; i += 1) {
      low1 += (1 - share) * (pcm[2 * i]! - low1);
      const once = pcm[2 * i]! - low1;
      low2 += (1 - share) * (once - low2);
      energy += (once - low2) ** 2;
    }
    return 10 * Math.log10(energy / SAMPLE_RATE + 1e-12);
  });
}

/** Seconds for which one remembers how loud it was: the longest hole is a track that breaks off just before a breath. */
const MEMORY_SEC = 12;
const heardBefore = (levels: readonly number[], i: number) =>
  Math.max(...levels.slice(Math.max(0, i + 1 - MEMORY_SEC), i + 1));

/** The largest rise within a second beyond what was already heard. */
function largestJump(levels: readonly number[], from: number): number {
  let largest = Number.NEGATIVE_INFINITY;
  for (let i = from; i + 1 < levels.length; i += 1)
    largest = Math.max(largest, levels[i + 1]! - heardBefore(levels, i));
  return largest;
}

/** How much of the power that was heard before comes back within one second, at the most: 1 where a hole ends with a cut. */
function suddenReturn(powers: readonly number[], from: number): number {
  let largest = 0;
  for (let i = from; i + 1 < powers.length; i += 1)
    largest = Math.max(largest, (powers[i + 1]! - powers[i]!) / heardBefore(powers, i));
  return largest;
}

describe(`the sound of ${RUNS} random nights`, () => {
  it('startles nobody', { timeout: 600_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(anyNight, async (night) => {
        const pcm = await soundOf(night);
        expect(pcm.length).toBe(Math.round(night.programme.durationSec * SAMPLE_RATE) * 2);
        expect(pcm.every(Number.isFinite)).toBe(true);
        const { integratedLufs, truePeakDbtp } = measureLoudness(pcm);
        expect(integratedLufs, 'loudness').toBeLessThan(LOUDEST_LUFS + 1);
        expect(truePeakDbtp, 'true peak').toBeLessThanOrEqual(-1.5);
        // The first seconds rise from silence: that is the beginning.
        const powers = powersOf(pcm);
        expect(largestJump(shortTerm(powers), 2), 'jump of loudness').toBeLessThanOrEqual(1);
        expect(suddenReturn(powers, 4), 'sudden return out of a hole').toBeLessThanOrEqual(0.5);
        const high = highLevels(pcm);
        high.slice(4).forEach((level, i) => {
          if (level > -40) expect(level - high[i + 3]!, `above 8 kHz at ${i + 4} s`).toBeLessThanOrEqual(6);
        });
      }),
      { numRuns: RUNS, seed: SEED, examples: [[comesTwice], [everLouder], [brokenAtABreath]] },
    );
  });

  it('is judged by measures that hear a cut, a hiss and a peak', async () => {
    const quiet = cheapTracks.get('t1')!;
    const night = { programme: cheapProgramme({ durationSec: 20 }), trouble: {} };
    const pcm = await soundOf(night);
    const jumped = pcm.map((sample, i) => (i > 10 * SAMPLE_RATE * 2 ? sample : sample * 0.25));
    expect(largestJump(shortTerm(powersOf(jumped)), 2)).toBeGreaterThan(1);
    const holed = pcm.map((sample, i) => (i >= 3 * SAMPLE_RATE * 2 && i < 5 * SAMPLE_RATE * 2 ? 0 : sample));
    expect(suddenReturn(powersOf(holed), 3)).toBeGreaterThan(0.7);
    let state = 1;
    const hissed = pcm.map((sample, i) => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return i > 10 * SAMPLE_RATE * 2 ? sample + 0.3 * (state / 2 ** 31 - 1) : sample;
    });
    const high = highLevels(hissed);
    expect(high[11]! - high[8]!).toBeGreaterThan(6);
    expect(high[11]!).toBeGreaterThan(-40);
    expect(quiet.analysis.truePeakDbtp).toBeLessThan(-20);
  });
});

describe('a track that leans to one side', () => {
  it('is heard without the offset, which would knock on the loudspeaker when it is paused', async () => {
    const deps = cheapDeps();
    const leaning: typeof deps.source = {
      ...deps.source,
      async *open(track, offsetSec, signal) {
        for await (const block of deps.source.open(track, offsetSec, signal)) yield block.map((x) => 0.5 * x + 0.3);
      },
    };
    let sec = 0;
    for await (const block of mixProgramme(cheapProgramme(), { ...deps, source: leaning })) {
      const mean = block.reduce((sum, x) => sum + x, 0) / block.length;
      if (sec >= 0.5) expect(Math.abs(mean), `at ${sec} s`).toBeLessThan(0.01);
      sec += 0.5;
    }
    expect(sec).toBeGreaterThan(24);
  });
});

describe('the loudest sound there is', () => {
  it('stays below -1.5 dBTP', async () => {
    const { createLimiter } = await import('./limiter.js');
    await fc.assert(
      fc.property(
        fc.double({ min: 500, max: 12_000, noNaN: true }),
        fc.double({ min: 1, max: 8, noNaN: true }),
        (hz, level) => {
          const limiter = createLimiter();
          const pcm = new Float32Array(SAMPLE_RATE * 2);
          for (let i = 0; i < SAMPLE_RATE; i += 1) {
            const burst = i % 9600 < 4800 ? level : level / 20;
            const value = burst * Math.sin((2 * Math.PI * hz * i) / SAMPLE_RATE);
            pcm[2 * i] = value;
            pcm[2 * i + 1] = -value;
          }
          for (let at = 0; at < pcm.length; at += SAMPLE_RATE) limiter.apply(pcm.subarray(at, at + SAMPLE_RATE));
          expect(measureLoudness(pcm).truePeakDbtp).toBeLessThanOrEqual(-1.5);
        },
      ),
      { numRuns: 20 },
    );
  });
});
