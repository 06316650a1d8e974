import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { segmentsOf, unit, weightedMean } from './segments.js';

describe('a long input', () => {
  it('is cut as published: the last piece is the last 128, weighted by what it adds', () => {
    expect(segmentsOf(300, 128)).toEqual([
      { from: 0, to: 128, weight: 128 },
      { from: 128, to: 256, weight: 128 },
      { from: 172, to: 300, weight: 44 },
    ]);
    expect(segmentsOf(128, 128)).toEqual([{ from: 0, to: 128, weight: 128 }]);
    expect(segmentsOf(2, 128)).toEqual([{ from: 0, to: 2, weight: 2 }]);
  });

  it('is read whole, nothing counted twice, no piece too long', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2000 }), fc.integer({ min: 1, max: 200 }), (length, size) => {
        const segments = segmentsOf(length, size);
        expect(segments.reduce((sum, { weight }) => sum + weight, 0)).toBe(length);
        let reached = 0;
        for (const { from, to, weight } of segments) {
          expect(to - from).toBe(Math.min(size, length));
          expect(to - weight).toBe(reached);
          reached = to;
        }
      }),
    );
  });

  it('gets the mean of its pieces by weight, and one length for all', () => {
    const mean = weightedMean([Float32Array.of(1, 0), Float32Array.of(0, 4)], [3, 1]);
    expect([...mean]).toEqual([0.75, 1]);
    expect(Math.hypot(...unit(mean))).toBeCloseTo(1, 6);
    expect([...unit(new Float32Array(2))]).toEqual([0, 0]);
  });
});
