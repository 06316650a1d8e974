import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AudioAnalysis, MusicalProfile } from '../vocabulary.js';
import { createMemoryTastes, isTelling, learned, MOST_SHIFT, noTaste, TASTE_DIALS, Taste, tasted } from './taste.js';

const unit = fc.double({ min: 0, max: 1, noNaN: true });
const profile: fc.Arbitrary<MusicalProfile> = fc.record({
  affect: fc.constant({ valence: 0, arousal: 0 }),
  onsetRatePerSec: fc.double({ min: 0.5, max: 6, noNaN: true }),
  tempoBpm: fc.constant(80),
  mode: fc.double({ min: -1, max: 1, noNaN: true }),
  loudnessLufs: fc.constant(-20),
  brightness: unit,
  articulation: unit,
  density: unit,
  register: fc.double({ min: 48, max: 74, noNaN: true }),
  consonance: unit,
  pulseClarity: unit,
  instrumentation: fc.constant([]),
});
const analysis = fc.record({
  onsetRatePerSec: fc.double({ min: 0, max: 20 }),
  brightnessHz: fc.double({ min: 0, max: 20_000 }),
  modeScore: fc.double({ min: -1, max: 1 }),
  register: fc.double({ min: 0, max: 127 }),
  pulseClarity: fc.double({ min: 0, max: 1 }),
}) as unknown as fc.Arbitrary<AudioAnalysis>;
const opinions = fc.array(
  fc.record({
    kind: fc.constantFrom('like' as const, 'skip' as const),
    wanted: profile,
    heard: analysis,
    style: fc.constantFrom('nocturne', 'adagio', 'rain', '__proto__'),
  }),
  { maxLength: 60 },
);

describe('taste', () => {
  it('stays within its bounds, whatever is liked and skipped, however often', () => {
    fc.assert(
      fc.property(opinions, (list) => {
        const taste = list.reduce(learned, noTaste());
        expect(Taste.safeParse(taste).success).toBe(true);
        for (const dial of TASTE_DIALS) expect(Math.abs(taste.dials[dial])).toBeLessThanOrEqual(MOST_SHIFT);
      }),
      { numRuns: 2000 },
    );
  });

  it('never makes the way to sleep livelier, and by day only by a tenth of a dial', () => {
    fc.assert(
      fc.property(opinions, profile, fc.boolean(), (list, wanted, sleep) => {
        const got = tasted(wanted, list.reduce(learned, noTaste()), { sleep });
        const most = sleep ? 0 : 0.1;
        expect(Math.log(got.onsetRatePerSec / wanted.onsetRatePerSec) / Math.log(12)).toBeLessThanOrEqual(most + 1e-9);
        expect(got.brightness - wanted.brightness).toBeLessThanOrEqual(most + 1e-9);
        expect(got.pulseClarity - wanted.pulseClarity).toBeLessThanOrEqual(most + 1e-9);
      }),
      { numRuns: 2000 },
    );
  });

  it('moves towards what is liked and away from what is skipped', () => {
    const wanted = { ...fc.sample(profile, 1)[0]!, brightness: 0.3, mode: 0 };
    const heard = { ...fc.sample(analysis, 1)[0]!, brightnessHz: 2500, modeScore: 1 };
    const liked = learned(noTaste(), { kind: 'like', wanted, heard, style: 'nocturne' });
    const skipped = learned(noTaste(), { kind: 'skip', wanted, heard, style: 'nocturne' });
    expect(liked.dials.brightness).toBeGreaterThan(0);
    expect(skipped.dials.brightness).toBeLessThan(0);
    expect(Math.abs(skipped.dials.brightness)).toBeLessThan(liked.dials.brightness);
    expect(liked.styles.nocturne).toBeGreaterThan(0);
    expect(isTelling(liked)).toBe(true);
    expect(isTelling(noTaste())).toBe(false);
  });

  it('is kept only for who said yes, and gone at once for who says no', async () => {
    const tastes = createMemoryTastes();
    await tastes.save('anna', { ...noTaste(), liked: 3 });
    expect(await tastes.load('anna')).toBeNull();
    await tastes.agree('anna');
    await tastes.save('anna', { ...noTaste(), liked: 3 });
    expect((await tastes.load('anna'))?.liked).toBe(3);
    expect((await tastes.agree('anna')).liked).toBe(3);
    await tastes.forget('anna');
    expect(await tastes.load('anna')).toBeNull();
  });
});
