/** A volume ramp is never a jolt, and the night is never loud. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loudestPercent, NIGHT_PERCENT, rampSteps } from './ramp.js';

const percent = fc.integer({ min: 0, max: 100 });

describe('a ramp', () => {
  it('goes from where it is to where it is wanted, one hundredth at a time, and never back', () => {
    fc.assert(
      fc.property(percent, percent, fc.integer({ min: 0, max: 3_600_000 }), (from, to, overMs) => {
        const way = [from, ...rampSteps(from, to, overMs).map((step) => step.percent)];
        expect(way.at(-1)).toBe(to);
        for (const [i, each] of way.slice(1).entries()) expect(Math.abs(each - way[i]!)).toBe(1);
        expect(new Set(way).size).toBe(way.length);
      }),
    );
  });

  it('is never faster than nobody starts at, and takes the time that was wished', () => {
    fc.assert(
      fc.property(percent, percent, fc.integer({ min: 0, max: 600_000 }), (from, to, overMs) => {
        const steps = rampSteps(from, to, overMs);
        const least = to > from ? 250 : 100;
        let before = 0;
        for (const { atMs } of steps) {
          expect(atMs - before).toBeGreaterThanOrEqual(least - 1e-6);
          before = atMs;
        }
        if (steps.length > 0) expect(before).toBeGreaterThanOrEqual(overMs - 1e-6);
      }),
    );
  });

  it('is nothing where the volume is there already', () => {
    expect(rampSteps(33.4, 33, 10_000)).toEqual([]);
  });
});

describe('the night', () => {
  const rules = { quietHours: { from: '22:00', until: '06:00', zone: 'UTC' } };
  it('has a limit, the day has none, and neither has a house without quiet hours', () => {
    expect(loudestPercent(rules, Date.parse('2026-11-29T23:00Z'))).toBe(NIGHT_PERCENT);
    expect(loudestPercent(rules, Date.parse('2026-11-29T12:00Z'))).toBe(100);
    expect(loudestPercent(null, Date.parse('2026-11-29T23:00Z'))).toBe(100);
  });
});
