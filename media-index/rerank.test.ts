import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Track } from '../engine/vocabulary.js';
import { type Wish, wishOfProfile, wishOfText } from './encoders/wish.js';
import { closeness, rank, WEIGHTS } from './rerank.js';
import { fakeProfile, fakeTrack } from './tracks.fake.js';
import { columnsOf } from './traits.js';

interface Candidate {
  track: Track;
  similarity: number;
}
const rerank = (candidates: Candidate[], wish: Wish) =>
  rank(columnsOf(candidates.map(({ track }) => track)), (row) => candidates[row]!.similarity, wish);
const scoreTrack = (candidate: Candidate, wish: Wish) => rerank([candidate], wish)[0]!;

const ids = (scored: { track: { id: string } }[]): string[] => scored.map(({ track }) => track.id);
const flat = (tracks: ReturnType<typeof fakeTrack>[]) => tracks.map((track) => ({ track, similarity: 0.5 }));

describe('rerank', () => {
  it('weighs attributes and similarity to one in all', () => {
    const sum = Object.values(WEIGHTS.attributes).reduce((a, b) => a + b, WEIGHTS.similarity);
    expect(sum).toBeCloseTo(1, 9);
  });

  it('is the sum of its named parts', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1, max: 1, noNaN: true }),
        fc.double({ min: -1, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 12, noNaN: true }),
        (valence, arousal, onsetRatePerSec) => {
          const wish = wishOfProfile(
            fakeProfile({ affect: { valence, arousal }, onsetRatePerSec, instrumentation: ['piano'] }),
          );
          const { score, parts } = scoreTrack(
            { track: fakeTrack('t', { arousal: -arousal }, { style: 'nocturne' }), similarity: 0.3 },
            wish,
          );
          expect(score).toBeCloseTo(
            Object.values(parts).reduce((a, b) => a + b, 0),
            9,
          );
          expect(Number.isFinite(score)).toBe(true);
        },
      ),
    );
  });

  it('puts the nearer track first in every attribute that a profile names', () => {
    const wish = wishOfProfile(
      fakeProfile({ onsetRatePerSec: 1, brightness: 0.2, mode: -1, affect: { valence: -0.5, arousal: 0 } }),
    );
    const pairs: [string, object, object][] = [
      ['onset rate', { onsetRatePerSec: 1.1 }, { onsetRatePerSec: 4 }],
      ['brightness', { brightnessHz: 600 }, { brightnessHz: 2500 }],
      ['mode', { modeScore: -0.5 }, { modeScore: 0.5 }],
      ['valence', { valence: -0.5 }, { valence: 0.5 }],
      ['arousal', { arousal: 0 }, { arousal: 0.6 }],
    ];
    for (const [what, near, far] of pairs) {
      expect(ids(rerank(flat([fakeTrack('far', far), fakeTrack('near', near)]), wish)), what).toEqual(['near', 'far']);
    }
  });

  it('never lets a stirring track win where calm is asked for, however well all else fits', () => {
    const wish = wishOfProfile(
      fakeProfile({
        affect: { valence: 0.4, arousal: -0.6 },
        onsetRatePerSec: 1,
        brightness: 0.2,
        mode: 0.5,
        instrumentation: ['piano'],
      }),
    );
    const stirring = fakeTrack(
      'a-stirring',
      { arousal: 0.6, valence: 0.4, onsetRatePerSec: 1, brightnessHz: 500, modeScore: 0.3 },
      { style: 'piano nocturne' },
    );
    const calmMisfit = fakeTrack('b-calm', {
      arousal: -0.5,
      valence: -0.5,
      onsetRatePerSec: 4,
      brightnessHz: 3000,
      modeScore: -0.5,
    });
    const [first, second] = rerank(
      [
        { track: stirring, similarity: 0.95 },
        { track: calmMisfit, similarity: 0 },
      ],
      wish,
    );
    expect(first?.track.id).toBe('b-calm');
    expect(second?.parts.tooStirring).toBeLessThan(-0.9);
  });

  it('does not punish calm music where stirring music is asked for', () => {
    const wish = wishOfProfile(fakeProfile({ affect: { valence: -0.5, arousal: 0.6 } }));
    expect(
      scoreTrack({ track: fakeTrack('t', { arousal: -0.8 }), similarity: 0 }, wish).parts.tooStirring,
    ).toBeUndefined();
  });

  it('hardly listens to estimated tempo, and does not need one', () => {
    const wish = wishOfProfile(fakeProfile({ tempoBpm: 60 }));
    const of = (tempoBpm: number | null) =>
      scoreTrack({ track: fakeTrack('t', { tempoBpm }), similarity: 0 }, wish).score;
    expect(Math.abs(of(60) - of(180))).toBeLessThan(0.02);
    expect(of(null)).toBeGreaterThan(0);
  });

  it('follows named sounds and drops refused ones', () => {
    const harp = fakeTrack('z-harp', {}, { style: 'harp-arpeggio' });
    const drums = fakeTrack('a-drums', {}, { style: 'drum-circle' });
    expect(ids(rerank(flat([drums, harp]), wishOfText('harp')))).toEqual(['z-harp', 'a-drums']);
    expect(ids(rerank(flat([drums, harp, fakeTrack('zz')]), wishOfText('no drums please'))).pop()).toBe('a-drums');
  });

  it('orders equal scores by id', () => {
    expect(ids(rerank(flat(['c', 'a', 'b'].map((id) => fakeTrack(id))), wishOfText('slow')))).toEqual(['a', 'b', 'c']);
  });

  it('keeps an order among far tracks', () => {
    expect(closeness(0)).toBe(1);
    expect(closeness(1.5)).toBeGreaterThan(closeness(1.9));
  });
});
