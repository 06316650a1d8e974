/** What the composer hears on paper: colour that can be had, and the mode that was asked for. */
import { describe, expect, it } from 'vitest';
import { brightnessFromHz } from '../../engine/musical-profile.js';
import type { MusicalProfile } from '../../engine/vocabulary.js';
import { profileForAffect } from '../starter/affect-profile.js';
import { compose } from './compose.js';
import { estimate, heardThrough } from './estimate.js';
import type { Score } from './score.js';
import { heardInwardly } from './sketch.js';
import { plainness } from './solve.js';
import { TEXTURE_NAMES, type TextureName } from './textures.js';

const write = (texture: TextureName, seed: number, dials: Partial<MusicalProfile>) =>
  compose({ id: 'x', title: 'x', texture, seed, minutes: 1, profile: { ...profileForAffect(0, -0.1), ...dials } });
const heard = ({ parts, durationSec, lowPassHz, presenceDb = 0 }: Score) =>
  heardThrough(estimate(parts, durationSec), { lowPassHz, presenceDb });

describe.each(TEXTURE_NAMES)('%s', (texture) => {
  it('is darker where it should be dark and brighter where it should shine, with the lift only there', () => {
    const [dark, bright] = [write(texture, 5, { brightness: 0.2 }), write(texture, 5, { brightness: 0.7 })];
    const [low, high] = [dark, bright].map((score) => brightnessFromHz(heard(score).brightnessHz)) as [number, number];
    expect(low).toBeLessThan(0.38);
    expect(high).toBeGreaterThan(low + 0.2);
    expect(dark.presenceDb).toBeUndefined();
    expect(bright.lowPassHz === null || bright.presenceDb === undefined).toBe(true);
  });

  it('is in the mode asked for, to both judges', () => {
    for (const mode of [0.7, -0.7]) {
      const profile = { ...profileForAffect(0, -0.1), mode };
      const { parts, durationSec } = write(texture, 11, { mode });
      expect(plainness(profile, heardInwardly(parts, durationSec, profile).tones)).toBeGreaterThan(0);
    }
  });
});

describe('the glitter on top', () => {
  it('is left out of a score where it is silent', () => {
    for (const brightness of [0.2, 0.75]) {
      for (const part of write('string-adagio', 2, { brightness, register: 66 }).parts)
        expect(part.volume, part.name).toBeGreaterThan(0);
    }
  });
});

describe('a long first phrase', () => {
  it('does not keep the melody waiting', () => {
    const score = write('piano-nocturne', 4, { tempoBpm: 50, density: 0.1 });
    expect(score.parts.find(({ name }) => name === 'piano, right hand')!.notes[0]![0]).toBeLessThan(8);
  });
});
