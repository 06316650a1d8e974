import { describe, expect, it } from 'vitest';
import { wilson } from './wilson.js';

describe('the interval of a share', () => {
  it('is that of published tables', () => {
    const [low, high] = wilson(10, 100);
    expect(low).toBeCloseTo(0.0552, 3);
    expect(high).toBeCloseTo(0.1744, 3);
  });

  it('never says none or all for certain', () => {
    expect(wilson(0, 20)[1]).toBeGreaterThan(0.1);
    expect(wilson(20, 20)[0]).toBeLessThan(0.9);
    expect(wilson(0, 0)).toEqual([0, 1]);
  });
});
