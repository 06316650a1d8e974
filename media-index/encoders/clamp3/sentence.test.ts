import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MusicalProfile } from '../../../engine/vocabulary.js';
import { fakeProfile } from '../../tracks.fake.js';
import { sentenceOf } from './sentence.js';

const between = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const profiles: fc.Arbitrary<MusicalProfile> = fc.record({
  affect: fc.record({ valence: between(-1, 1), arousal: between(-1, 1) }),
  onsetRatePerSec: between(0, 12),
  tempoBpm: between(30, 180),
  mode: between(-1, 1),
  loudnessLufs: between(-60, -10),
  brightness: between(0, 1),
  articulation: between(0, 1),
  density: between(0, 1),
  register: between(24, 96),
  consonance: between(0, 1),
  pulseClarity: between(0, 1),
  instrumentation: fc.array(fc.constantFrom('piano', 'strings', 'pad', 'winds', 'nature', 'harp'), { maxLength: 5 }),
});

describe('a profile in words', () => {
  it('reads like a caption', () => {
    const profile = fakeProfile({
      affect: { valence: 0.4, arousal: -0.6 },
      onsetRatePerSec: 1.2,
      mode: 0.6,
      loudnessLufs: -26,
      brightness: 0.2,
      articulation: 0.1,
      density: 0.2,
      consonance: 0.9,
      pulseClarity: 0.2,
      instrumentation: ['piano', 'pad', 'strings', 'bells'],
    });
    expect(sentenceOf(profile)).toBe(
      'Calm, peaceful, slow, soft, sparse instrumental music for piano, soft synthesiser pads and strings in a major ' +
        'key, with long connected notes, with consonant harmony, without a clear beat of dark sound.',
    );
  });

  it('is one line that always says something and never names a thing and its opposite', () => {
    const opposites = [
      ['slow', 'fast'],
      ['soft,', 'loud'],
      ['sparse', 'dense'],
      ['dark', 'bright'],
      ['minor', 'major'],
      ['joyful', 'sad'],
      ['calm', 'agitated'],
    ] as const;
    fc.assert(
      fc.property(profiles, (profile) => {
        const sentence = sentenceOf(profile).toLowerCase();
        expect(sentence).toMatch(/^[a-z][a-z, ]*instrumental music.*\.$|^instrumental music.*\.$/);
        for (const [one, other] of opposites)
          expect(sentence.includes(one) && sentence.includes(other), sentence).toBe(false);
      }),
    );
  });

  it('leaves out what is not plainly wished', () => {
    expect(sentenceOf(fakeProfile({ instrumentation: [] }))).not.toMatch(/major|minor|dark|bright|slow|fast/);
  });
});
