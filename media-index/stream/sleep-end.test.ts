/** The end of the night, judged on the rendered sound: an even fade, an end taken back, nature until dawn, a slow wake. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fadeBeginsSec, resumeFromSec, takeEndBack, withNight } from '../../engine/plan/night.js';
import type { Programme } from '../../engine/vocabulary.js';
import { createKWeighting, lufsOf } from '../analysis/loudness.js';
import { SAMPLE_RATE } from '../track-source.js';
import { mixProgramme } from './programme-mix.js';
import { endFadeDb, endFadeGain } from './sleep-end.js';
import { cheapDeps, cheapProgramme, cheapScheduled, cheapTracks, pcmOf } from './sound.fake.js';

async function soundOf(programme: Programme, mostSec = programme.durationSec): Promise<Float32Array> {
  const blocks: Float32Array[] = [];
  for await (const block of mixProgramme(programme, cheapDeps())) {
    blocks.push(block.slice());
    if (blocks.length / 2 > mostSec) break;
  }
  return pcmOf(blocks);
}
/** K-weighted loudness of each second. */
function levels(pcm: Float32Array): number[] {
  const weigh = createKWeighting();
  return Array.from({ length: Math.floor(pcm.length / 2 / SAMPLE_RATE) }, (_, s) =>
    lufsOf(weigh(pcm.subarray(s * SAMPLE_RATE * 2, (s + 1) * SAMPLE_RATE * 2)) / SAMPLE_RATE),
  );
}
const single = (durationSec: number, endFadeSec: number): Programme => ({
  ...cheapProgramme({ durationSec, endFadeSec }),
  stages: (['match', 'guide', 'target'] as const).map((stage, i) => ({
    stage,
    startSec: (i * durationSec) / 3,
    endSec: ((i + 1) * durationSec) / 3,
    loudnessLufs: -24,
  })),
  tracks: [
    cheapScheduled('t2', 'match', 0, 26, -24, [2, 6]),
    ...Array.from({ length: Math.ceil((durationSec - 26) / 20) }, (_, i) => {
      const endSec = Math.min(durationSec, 46 + 20 * i);
      return cheapScheduled(i % 2 ? 't2' : 't3', 'target', 20 + 20 * i, endSec, -24, [6, endSec < durationSec ? 6 : 0]);
    }),
  ],
});

describe('the fade to nothing', () => {
  it('only ever falls, evenly in decibels beyond its soft beginning', () => {
    const db = Array.from({ length: 101 }, (_, i) => endFadeDb(i / 100));
    const falls = db.slice(1).map((value, i) => db[i]! - value);
    for (const fall of falls) expect(fall).toBeGreaterThanOrEqual(0);
    // The knee: the first steps are a small part of the even ones, and no step is larger than those.
    const even = falls[60]!;
    expect(falls[0]!).toBeLessThan(even / 10);
    for (const fall of falls) expect(fall).toBeLessThanOrEqual(even + 1e-9);
    for (const fall of falls.slice(25)) expect(fall).toBeCloseTo(even, 9);
    expect(endFadeGain(1)).toBe(0);
  });

  it('works in the middle of a track, and is heard as planned', async () => {
    const heard = levels(await soundOf(single(80, 40)));
    const before = heard.slice(30, 38).reduce((sum, value) => sum + value, 0) / 8;
    for (const sec of [50, 60, 70]) {
      const expected = endFadeDb((sec + 0.5 - 40) / 40);
      expect(Math.abs(heard[sec]! - before - expected), `at ${sec}`).toBeLessThan(1.5);
    }
    expect(heard[79]!).toBeLessThan(before - 40);
  });
});

describe('ten more minutes', () => {
  const short = single(60, 30);
  const long = single(100, 30);

  it('asked for in the fade: what was heard stays, and the music rises without a jump', {
    timeout: 60_000,
  }, async () => {
    const taken = takeEndBack(short, long, 48);
    const [before, after] = [await soundOf(short), await soundOf(taken)];
    for (let i = 0; i < 46 * SAMPLE_RATE * 2; i += 997) expect(Math.abs(after[i]! - before[i]!)).toBeLessThan(1e-4);
    const heard = levels(after);
    for (let sec = 46; sec < 72; sec += 1) expect(heard[sec + 1]! - heard[sec]!, `at ${sec}`).toBeLessThan(1);
    expect(heard[69]!).toBeGreaterThan(heard[47]! + 8);
  });

  it('may be asked for anywhere, also twice, and costs nothing before the fade', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 90, noNaN: true }), (cutSec) => {
        const taken = takeEndBack(short, long, cutSec);
        expect(taken.takenBack !== undefined).toBe(cutSec > fadeBeginsSec(short));
        expect(takeEndBack(taken, taken, cutSec).takenBack).toEqual(taken.takenBack);
      }),
    );
  });

  it('goes on, after sleep, from where the fade began', () => {
    expect(resumeFromSec(short, 55)).toBeCloseTo(30, 1);
    expect(resumeFromSec(short, 12)).toBeCloseTo(12, 1);
    fc.assert(
      fc.property(fc.double({ min: 0, max: 60, noNaN: true }), (atSec) => {
        const frames = resumeFromSec(short, atSec) / 0.024;
        expect(Math.abs(frames - Math.round(frames))).toBeLessThan(0.05);
      }),
    );
  });
});

describe('after the end', () => {
  const nature = cheapTracks.get('t4')!;

  it('is silence, unless something else was wished for', async () => {
    const heard = levels(await soundOf({ ...single(40, 10), durationSec: 50, night: { musicEndSec: 40 } }));
    for (const level of heard.slice(41, 50)) expect(level).toBeLessThan(-70);
  });

  it('is quiet nature without a hole, and a wake that rises so slowly that no second jumps', {
    timeout: 90_000,
  }, async () => {
    const programme = withNight(single(40, 20), {
      nature,
      dawnSec: 400,
      wake: { track: cheapTracks.get('t3')!, minutes: 5 },
    });
    const heard = levels(await soundOf(programme, 430));
    for (const level of heard.slice(45, 95)) {
      expect(level).toBeGreaterThan(-44);
      expect(level).toBeLessThan(-33);
    }
    for (let sec = 60; sec < heard.length - 1; sec += 1)
      expect(heard[sec + 1]! - heard[sec]!, `at ${sec}`).toBeLessThan(1);
    const height = heard.slice(405, 425);
    for (const level of height) expect(level).toBeGreaterThan(-28);
    for (const level of height) expect(level).toBeLessThan(-20);
  });

  it.each([
    ['a wake of a minute', { dawnSec: 3600, wake: { track: nature, minutes: 1 } }],
    ['a wake of an hour', { dawnSec: 3600, wake: { track: nature, minutes: 60 } }],
    ['a dawn before the end', { dawnSec: 30, nature }],
    ['a night of two days', { dawnSec: 48 * 3600, nature }],
    ['no time at all', { dawnSec: Number.NaN, nature }],
  ])('is refused in words: %s', (_, wish) => {
    expect(() => withNight(single(40, 20), wish)).toThrow(/minutes|night/);
  });
});
