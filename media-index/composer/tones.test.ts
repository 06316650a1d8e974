/** What the inner ear foretells, against what our analysis finds in the sound itself. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analysePcm } from '../analysis/analyse.js';
import { profileForAffect } from '../starter/affect-profile.js';
import { renderToPcm } from '../synth/render-score.js';
import { excerpt } from './by-ear.js';
import { programsInUse } from './colour.js';
import { compose } from './compose.js';
import { UNCOLOURED } from './filters.js';
import { INSTRUMENT_TABLE } from './instrument-table.js';
import { onsetsFound } from './onset-ear.js';
import { REACH } from './reach-table.js';
import type { Note, Part } from './score.js';
import { heardInwardly } from './sketch.js';
import { TEXTURE_NAMES, type TextureName } from './textures.js';
import { TONE_TABLE } from './tone-table.js';
import { heardTones, tonesOf } from './tones.js';

describe('an instrument that a texture plays', () => {
  it('was measured: bench/composer/weigh-instruments and weigh-tones, reach for the texture', () => {
    const inUse = programsInUse();
    expect(inUse.filter((program) => !(program in INSTRUMENT_TABLE))).toEqual([]);
    expect(inUse.filter((program) => !(program in TONE_TABLE))).toEqual([]);
    expect(TEXTURE_NAMES.filter((name) => !(name in REACH))).toEqual([]);
  });
});

const part = (program: number, notes: Note[]): Part => ({
  name: 'one',
  program,
  pan: 0,
  volume: 0.8,
  reverb: 0.3,
  notes,
  controls: [],
});
/**
 * Piano, guitar, cello, harp, strings, horn, clarinet, flute, warm pad. A bell's own tones are no harmonics: it has no say here.
 */
const TONAL = [0, 24, 42, 46, 48, 60, 71, 73, 89];
const MAJOR = [0, 4, 7, 12, 7, 4];
const MINOR = [0, 3, 7, 12, 7, 3];
/** A triad taken apart. */
const broken = (triad: readonly number[], root: number): Note[] =>
  Array.from({ length: 24 }, (_, i): Note => [i * 0.5, 0.6, root + triad[i % triad.length]!, 75]);

describe('a triad by itself', () => {
  it('is heard brighter in major than in minor by both judges, on any root', () => {
    fc.assert(
      fc.property(fc.constantFrom(...TONAL), fc.integer({ min: 52, max: 70 }), (program, root) => {
        const [major, minor] = [MAJOR, MINOR].map((triad) =>
          heardTones(tonesOf([part(program, broken(triad, root))], 12), UNCOLOURED),
        );
        for (const judge of ['peaks', 'scale'] as const)
          expect(major![judge].mode, `${program} on ${root}, ${judge}`).toBeGreaterThan(minor![judge].mode);
      }),
    );
  });

  it('is heard higher where it is written higher', () => {
    for (const program of TONAL) {
      const [low, high] = [48, 72].map((root) =>
        heardTones(tonesOf([part(program, broken(MAJOR, root))], 12), UNCOLOURED),
      );
      expect(high!.peaks.register, String(program)).toBeGreaterThan(low!.peaks.register);
      expect(high!.scale.register, String(program)).toBeGreaterThan(low!.scale.register);
    }
  });
});

describe('onsets', () => {
  const steady = (program: number) => part(program, broken(MAJOR, 62));

  it('of a piano are all found, however dark; of a marimba in the dark hardly any', () => {
    const found = (program: number, lowPassHz: number | null) =>
      onsetsFound([steady(program)], 12, { lowPassHz, presenceDb: 0 }, -24);
    for (const lowPassHz of [null, 1_500, 700]) expect(found(0, lowPassHz)).toBeCloseTo(2, 1);
    expect(found(12, 350)).toBeLessThan(found(12, null));
  });

  it('are never more than what is written, and none are found in silence', () => {
    fc.assert(
      fc.property(fc.constantFrom(...programsInUse()), fc.integer({ min: -40, max: -10 }), (program, lufs) => {
        expect(onsetsFound([steady(program)], 12, UNCOLOURED, lufs)).toBeLessThanOrEqual(2);
      }),
    );
    expect(onsetsFound([part(0, [])], 12, UNCOLOURED, -24)).toBeLessThan(0.01);
  });
});

describe('what is foretold of a page is found in its sound', () => {
  it.each<[TextureName, number, number]>([
    ['piano-nocturne', 3, 0.7],
    ['lullaby', 4, 0.6],
    ['guitar-fingerstyle', 5, -0.7],
    ['string-adagio', 6, -0.8],
  ])('%s', async (texture, seed, mode) => {
    const profile = { ...profileForAffect(0, -0.1), mode };
    const score = excerpt(compose({ id: 'x', title: 'x', texture, seed, minutes: 1, profile }), 20);
    const foretold = heardInwardly(score.parts, score.durationSec, profile);
    const found = analysePcm(await renderToPcm(score));
    expect(Math.sign(found.modeScore)).toBe(Math.sign(mode));
    expect(Math.sign(foretold.tones.peaks.mode)).toBe(Math.sign(mode));
    expect(Math.abs(found.register - foretold.tones.peaks.register)).toBeLessThan(6);
    expect(Math.abs(Math.log2(found.onsetRatePerSec / foretold.onsetRatePerSec))).toBeLessThan(1);
  });
});
