/** The simulation obeys what can be said without it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MEASURED, simulateNight } from './night.js';

const night = { listeners: 5000, zones: 'world', shared: 0, programmes: 100 } as const;

describe('a night', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(simulateNight(night, MEASURED, 3)).toEqual(simulateNight(night, MEASURED, 3));
    expect(simulateNight(night, MEASURED, 3)).not.toEqual(simulateNight(night, MEASURED, 4));
  });

  it('made to measure finds nothing, needs cores in proportion to who listens, and grows evenly', () => {
    const small = simulateNight(night);
    const large = simulateNight({ ...night, listeners: 50_000 });
    expect(small.hitRate).toBe(0);
    expect(small.peakMakingCores).toBeCloseTo(small.peakListening * MEASURED.makeCoreSecPerSec, 6);
    expect(large.peakListening / small.peakListening).toBeGreaterThan(8);
    expect(large.peakListening / small.peakListening).toBeLessThan(12);
  });

  it('of one time zone has a higher peak than one around the world', () => {
    const one = simulateNight({ ...night, zones: 'one' });
    expect(one.peakListening).toBeGreaterThan(2 * simulateNight(night).peakListening);
  });

  it('with more sharing never costs more, and more listeners find more', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: 1, max: 1000 }),
        (shared, programmes) => {
          const with_ = simulateNight({ ...night, listeners: 2000, shared, programmes });
          expect(with_.hitRate).toBeGreaterThanOrEqual(0);
          expect(with_.hitRate).toBeLessThanOrEqual(1);
          expect(with_.peakMakingCores).toBeLessThanOrEqual(with_.peakListening * MEASURED.makeCoreSecPerSec + 1e-6);
        },
      ),
      { numRuns: 20 },
    );
    const shared = { ...night, shared: 1, programmes: 300 };
    expect(simulateNight({ ...shared, listeners: 20_000 }).hitRate).toBeGreaterThan(
      simulateNight({ ...shared, listeners: 500 }).hitRate,
    );
  });
});
