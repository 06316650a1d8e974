/** Composing by ear, with an ear that hears otherwise than the composer's own. */
import { describe, expect, it } from 'vitest';
import type { AudioAnalysis } from '../../engine/vocabulary.js';
import { fakeAnalysis, fakeProfile } from '../tracks.fake.js';
import { byEar, composeByEar, excerpt } from './by-ear.js';
import { compose, onsetRateOf } from './compose.js';
import type { Score } from './score.js';

const wish = {
  id: 'x',
  title: 'X',
  texture: 'piano-nocturne',
  seed: 4,
  minutes: 1,
  profile: fakeProfile({ onsetRatePerSec: 2, loudnessLufs: -22, mode: 0.8 }),
} as const;

/** Hears half as many events as are written, three LU less than was meant, and every piece in major. */
const halfDeaf = async (score: Score): Promise<AudioAnalysis> => ({
  ...fakeAnalysis({}),
  onsetRatePerSec: 0.5 * onsetRateOf(score.parts, score.durationSec),
  integratedLufs: -25,
  modeScore: 0.5,
  mode: 'major',
});
const offOf = async (score: Score) => Math.abs(Math.log((await halfDeaf(score)).onsetRatePerSec / 2));

describe('composeByEar', () => {
  it('comes nearer to what was asked than the page alone, and is the same every time', async () => {
    const piece = await composeByEar(wish, halfDeaf);
    expect(await offOf(piece)).toBeLessThan(await offOf(compose(wish)));
    expect(await composeByEar(wish, halfDeaf)).toEqual(piece);
  });

  it('plays the same piece otherwise, and writes another only where the mode is heard wrong', async () => {
    const seeds = (mode: number) => {
      const drawn = new Set<number>();
      return composeByEar({ ...wish, profile: fakeProfile({ mode }) }, (page) => {
        drawn.add(page.seed);
        return halfDeaf(page);
      }).then(() => drawn.size);
    };
    expect(await seeds(0.8)).toBe(1);
    expect(await seeds(-0.8)).toBeGreaterThan(1);
  });

  it('makes the kept page louder by what was missing', async () => {
    const pages: Score[] = [];
    const piece = await composeByEar(wish, async (page) => {
      pages.push(page);
      return halfDeaf(page);
    });
    const heard = JSON.stringify(excerpt(piece, 40).parts);
    const kept = pages.find((page) => JSON.stringify(page.parts) === heard)!;
    expect(piece.gainDb! - (kept.gainDb ?? 0)).toBeCloseTo(3, 1);
  });
});

describe('byEar', () => {
  it('keeps the best page, whichever round it came in, and asks anew in the light of each', async () => {
    const asked: number[] = [];
    const far = [3, 1, 2, 5];
    const pages = await Promise.all(far.map((_, round) => ({ ...compose(wish), seed: round })));
    const piece = await byEar(
      0,
      (ask, round) => {
        asked.push(ask);
        return pages[round]!;
      },
      halfDeaf,
      (_, ask) => ({ far: far[ask]!, next: ask + 1 }),
    );
    expect(asked).toEqual([0, 1, 2, 3]);
    expect(piece.seed).toBe(1);
  });
});
