/** How pieces end, how their chords are struck, and how long they last. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { profileForAffect } from '../starter/affect-profile.js';
import { compose } from './compose.js';
import type { Score } from './score.js';
import { TEXTURE_NAMES, type TextureName } from './textures.js';

const place = fc.double({ min: -1, max: 1, noNaN: true });
const piece = (texture: TextureName, seed: number, valence: number, arousal: number, minutes = 1.5): Score =>
  compose({ id: 'x', title: 'x', texture, seed, minutes, profile: profileForAffect(valence, arousal) });
const release = ([start, length]: readonly [number, number, ...number[]]) => start + length;

describe.each(TEXTURE_NAMES)('%s', (texture) => {
  const pieces = fc.tuple(fc.integer({ min: 1, max: 1e6 }), place, place);

  it('ends on the home chord, held, with time to die away', () => {
    fc.assert(
      fc.property(pieces, ([seed, valence, arousal]) => {
        const score = piece(texture, seed, valence, arousal);
        const notes = score.parts.flatMap((part) => part.notes);
        const end = Math.max(...notes.map(release));
        const last = notes.filter((note) => release(note) > end - 0.5);
        const home = last.filter(([, , pitch]) => [0, 3, 4, 7].includes((pitch - score.keyTonic + 12) % 12));
        expect(new Set(home.map(([, , pitch]) => pitch % 12)).size).toBeGreaterThanOrEqual(2);
        expect(home.length).toBeGreaterThanOrEqual(0.6 * last.length);
        expect(end - Math.min(...last.map(([start]) => start))).toBeGreaterThan(2.4);
        expect(score.durationSec - end).toBeGreaterThanOrEqual(2 - 0.06);
      }),
      { numRuns: 6 },
    );
  });

  it('lasts about as long as asked, also where that is short', () => {
    fc.assert(
      fc.property(pieces, fc.double({ min: 0.75, max: 4, noNaN: true }), ([seed, valence, arousal], minutes) => {
        const { durationSec } = piece(texture, seed, valence, arousal, minutes);
        expect(Math.abs(durationSec - 60 * minutes)).toBeLessThan(18);
      }),
      { numRuns: 6 },
    );
  });
});

describe('accompanying chords', () => {
  it('are struck beside the beat as well as on it, and rolled', () => {
    const textures = [
      ['jazz-trio', 'piano, left hand'],
      ['felt-piano-strings', 'piano'],
      ['cello-elegy', 'piano'],
      ['bright-dance', 'guitar'],
    ] as const;
    for (const [texture, name] of textures) {
      const beside = [1, 2, 3, 4, 5, 6].map((seed) => {
        const score = piece(texture, seed, 0.2, -0.3, 2);
        const notes = score.parts.find((part) => part.name === name)!.notes;
        const beat = 60 / score.tempoBpm!;
        const far = notes.filter(([start]) => Math.abs(start / beat - Math.round(start / beat)) > 0.2);
        return far.length / notes.length;
      });
      expect(Math.max(...beside), texture).toBeGreaterThan(0.15);
    }
  });
});
