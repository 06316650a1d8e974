import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MusicalProfile } from '../../engine/vocabulary.js';
import { profileForAffect } from '../starter/affect-profile.js';
import { COMMISSIONS } from '../starter/commissions.js';
import { type ComposeWish, compose, onsetRateOf } from './compose.js';
import { chooseKey, MODES, phraseHarmony } from './harmony.js';
import { Score } from './score.js';
import { TEXTURE_NAMES, TEXTURES } from './textures.js';
import { voiceChords } from './voicing.js';

const wishes = fc.record({
  id: fc.constant('piece'),
  title: fc.constant('Piece'),
  texture: fc.constantFrom(...TEXTURE_NAMES),
  seed: fc.integer({ min: 0, max: 100_000 }),
  minutes: fc.double({ min: 2, max: 4, noNaN: true }),
  profile: fc
    .tuple(fc.double({ min: -1, max: 1, noNaN: true }), fc.double({ min: -1, max: 1, noNaN: true }))
    .map(([valence, arousal]): MusicalProfile => profileForAffect(valence, arousal)),
});
const RUNS = { numRuns: 40 };
const catalogue = COMMISSIONS.map((commission) =>
  compose({ ...commission, profile: profileForAffect(commission.valence, commission.arousal) }),
);

describe('any piece', () => {
  it('is the same for the same wish, and another for another seed', () => {
    fc.assert(
      fc.property(wishes, (wish) => {
        expect(compose(wish)).toEqual(compose(wish));
        expect(compose({ ...wish, seed: wish.seed + 1 }).parts).not.toEqual(compose(wish).parts);
      }),
      { numRuns: 12 },
    );
  });

  it('is a valid score of about the length asked for, and its last release is inside', () => {
    fc.assert(
      fc.property(wishes, (wish) => {
        const score = Score.parse(compose(wish));
        expect(Math.abs(score.durationSec - wish.minutes * 60)).toBeLessThan(45);
        const end = Math.max(...score.parts.flatMap((part) => part.notes.map(([start, length]) => start + length)));
        expect(end).toBeLessThanOrEqual(score.durationSec);
      }),
      RUNS,
    );
  });

  it('stays in the range of its instruments', () => {
    fc.assert(
      fc.property(wishes, (wish) => {
        for (const part of compose(wish).parts) {
          const [low, high] = TEXTURES[wish.texture].layers.find((layer) => layer.name === part.name)!.range;
          for (const [, , pitch] of part.notes) {
            expect(pitch).toBeGreaterThanOrEqual(low);
            expect(pitch).toBeLessThanOrEqual(high);
          }
        }
      }),
      RUNS,
    );
  });

  it('is never silent inside for more than 4 s, is touched unevenly, and keeps few voices at a time', () => {
    fc.assert(
      fc.property(wishes, (wish) => {
        const notes = compose(wish)
          .parts.flatMap((part) => part.notes)
          .sort((a, b) => a[0] - b[0]);
        let soundsUntil = notes[0]![0];
        for (const [start, length] of notes) {
          expect(start - soundsUntil).toBeLessThan(4);
          soundsUntil = Math.max(soundsUntil, start + length);
        }
        expect(new Set(notes.map(([, , , velocity]) => velocity)).size).toBeGreaterThan(4);
        for (let i = 0; i < notes.length; i += 20) {
          const at = notes[i]![0] + 0.01;
          expect(notes.filter(([start, length]) => start <= at && start + length > at).length).toBeLessThanOrEqual(24);
        }
      }),
      RUNS,
    );
  });
});

describe('what the profile turns', () => {
  it('writes as many onsets as asked, over textures that move', () => {
    const moving = TEXTURE_NAMES.filter((name) => TEXTURES[name].layers.some(({ role }) => /arp|ost|pulse/.test(role)));
    const profile = profileForAffect(0.2, 0.1);
    const asked: number[] = [];
    const written: number[] = [];
    for (let i = 0; i < 60; i += 1) {
      const onsetRatePerSec = 0.5 + ((i * 37) % 60) / 15;
      const texture = moving[i % moving.length]!;
      const score = compose({ ...piece, texture, seed: i, minutes: 2, profile: { ...profile, onsetRatePerSec } });
      asked.push(onsetRatePerSec);
      written.push(onsetRateOf(score.parts, score.durationSec - 5));
    }
    expect(spearman(asked, written)).toBeGreaterThan(0.8);
  });

  it('takes dark modes for a dark dial and bright ones for a bright dial', () => {
    const order = Object.keys(MODES);
    const place = (mode: number, seed: number) =>
      order.indexOf(compose({ ...piece, seed, profile: { ...profileForAffect(0, -0.3), mode } }).modeName);
    for (let seed = 0; seed < 8; seed += 1) {
      expect(place(-0.8, seed)).toBeLessThanOrEqual(1);
      expect(place(0.8, seed)).toBeGreaterThanOrEqual(4);
    }
  });
});

describe('voice leading', () => {
  it('moves without parallel fifths and octaves', () => {
    let changes = 0;
    let parallels = 0;
    for (let seed = 1; seed <= 40; seed += 1) {
      const random = stream(seed);
      const key = chooseKey(seed % 2 === 0 ? 0.5 : -0.5, random);
      const voicings = voiceChords(phraseHarmony({ key, chords: 8, cadence: 'full', consonance: 0.8, random }), 60);
      for (let i = 1; i < voicings.length; i += 1) {
        changes += 1;
        if (hasParallels(voicings[i - 1]!, voicings[i]!)) parallels += 1;
      }
    }
    // A parallel may be the least evil once in a long while.
    expect(parallels / changes).toBeLessThan(0.02);
  });
});

describe('the starter pieces', () => {
  it('are in many keys and tempi', () => {
    expect(new Set(catalogue.map((score) => score.keyTonic)).size).toBe(12);
    expect(new Set(catalogue.map((score) => score.tempoBpm)).size).toBeGreaterThan(20);
    expect(new Set(catalogue.map((score) => score.modeName)).size).toBeGreaterThanOrEqual(5);
  });

  it('end their melody on the root or third of the home chord', () => {
    for (const score of catalogue) {
      const leading = TEXTURES[score.texture as keyof typeof TEXTURES].layers.find(({ role }) => role === 'melody');
      const last = score.parts.find((part) => part.name === leading?.name)?.notes.at(-1);
      if (!last) continue;
      const step = (last[2] - score.keyTonic + 12) % 12;
      expect([0, 3, 4], score.id).toContain(step);
    }
  });

  it('do not open alike', () => {
    const openings = catalogue.map((score) =>
      score.parts
        .flatMap((part) => part.notes.filter(([start]) => start < 10))
        .map(([start, , pitch]) => `${start.toFixed(1)}:${(pitch - score.keyTonic + 12) % 12}`)
        .sort()
        .join(' '),
    );
    expect(new Set(openings).size).toBe(openings.length);
  });
});

const piece: ComposeWish = {
  id: 'piece',
  title: 'Piece',
  texture: 'piano-nocturne',
  seed: 1,
  minutes: 2,
  profile: profileForAffect(0, 0),
};

function stream(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

function hasParallels(before: readonly number[], after: readonly number[]): boolean {
  for (let i = 0; i < before.length; i += 1) {
    for (let j = i + 1; j < before.length; j += 1) {
      const was = (before[j]! - before[i]!) % 12;
      const is = (after[j]! - after[i]!) % 12;
      if (before[i] !== after[i] && before[j] !== after[j] && was === is && (is === 7 || is === 0)) return true;
    }
  }
  return false;
}

/** Rank correlation, ties by place. */
function spearman(a: readonly number[], b: readonly number[]): number {
  const ranks = (values: readonly number[]) => {
    const order = values.map((_, i) => i).sort((i, j) => values[i]! - values[j]!);
    const found: number[] = [];
    order.forEach((at, rank) => {
      found[at] = rank;
    });
    return found;
  };
  const [ra, rb] = [ranks(a), ranks(b)];
  const n = a.length;
  return 1 - (6 * ra.reduce((sum, rank, i) => sum + (rank - rb[i]!) ** 2, 0)) / (n * (n * n - 1));
}
