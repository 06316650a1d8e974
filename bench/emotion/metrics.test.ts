import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bootstrap, calibrationError, macroF1, microF1, pearson, prfOf, quantile, spearman } from './metrics.js';
import { crossFitted, decideAt, tuned } from './thresholds.js';

const column = (...values: number[]) => Uint8Array.from(values);
const bits = (length: number) => fc.array(fc.constantFrom(0, 1), { minLength: length, maxLength: length });
/** Two columns of equal length. */
const pair = fc.integer({ min: 1, max: 60 }).chain((n) => fc.tuple(bits(n), bits(n)));

describe('precision, recall and F1', () => {
  it('are as counted by hand', () => {
    // Said: rows 0, 1, 3. True: rows 0, 2, 3, 4. Hits: 0 and 3.
    const found = prfOf(column(1, 1, 0, 1, 0), column(1, 0, 1, 1, 1));
    expect(found.precision).toBeCloseTo(2 / 3);
    expect(found.recall).toBeCloseTo(1 / 2);
    expect(found.f1).toBeCloseTo(4 / 7);
  });

  it('are zero where nothing was said or nothing is true', () => {
    expect(prfOf(column(0, 0), column(0, 0))).toEqual({ precision: 0, recall: 0, f1: 0 });
    expect(prfOf(column(0, 0), column(1, 0))).toEqual({ precision: 0, recall: 0, f1: 0 });
    expect(prfOf(column(1, 0), column(0, 0))).toEqual({ precision: 0, recall: 0, f1: 0 });
  });

  it('macro is the mean of the labels, micro counts all pairs', () => {
    // Label one: 1 hit, 1 said, 1 true. Label two: 1 hit, 2 said, 3 true.
    const decided = [column(1, 0, 0), column(1, 1, 0)];
    const truth = [column(1, 0, 0), column(1, 1, 1)];
    decided[1] = column(1, 0, 0);
    expect(macroF1(decided, truth)).toBeCloseTo((1 + 0.5) / 2);
    expect(microF1(decided, truth)).toBeCloseTo(4 / 6);
  });

  it('F1 is the harmonic mean, 1 for the truth itself, and the same when the two sides change places', () => {
    fc.assert(
      fc.property(pair, ([a, b]) => {
        const [said, real] = [Uint8Array.from(a), Uint8Array.from(b)];
        const { precision, recall, f1 } = prfOf(said, real);
        const sum = precision + recall;
        expect(f1).toBeCloseTo(sum === 0 ? 0 : (2 * precision * recall) / sum, 10);
        expect(prfOf(real, said).f1).toBeCloseTo(f1, 10);
        expect(prfOf(real, real).f1).toBe(real.includes(1) ? 1 : 0);
      }),
    );
  });
});

describe('thresholds', () => {
  it('stand in the middle of the range that parts the rows rightly', () => {
    // Any threshold from .2 to .6 does; in log-odds the middle of that is .38.
    const threshold = tuned([0.1, 0.2, 0.6, 0.9], column(0, 0, 1, 1));
    expect(threshold).toBeGreaterThan(0.3);
    expect(threshold).toBeLessThan(0.48);
  });

  it('are not drawn away by one lucky row', () => {
    // Four of the five are parted at .3; the fifth would need a threshold of its own.
    const p = [...Array(40).fill(0.1), 0.86, ...Array(10).fill(0.85), 0.5, 0.5, 0.5, 0.5];
    const truth = Uint8Array.from(p, (value) => (value >= 0.5 && value !== 0.86 ? 1 : 0));
    expect(tuned(p, truth)).toBeLessThan(0.5);
  });

  it('are never tuned on the rows that they decide', () => {
    // Every fifth row alone would be right only with a threshold above .8; the others, which decide for it, part at .5.
    const p = Array.from({ length: 50 }, (_, i) => (i % 5 === 0 ? 0.8 : i % 2 === 0 ? 0.3 : 0.7));
    const truth = Uint8Array.from(p, (value) => (value === 0.7 ? 1 : 0));
    const decided = crossFitted(p, truth);
    expect(decided.filter((_, i) => i % 5 === 0).every((said) => said === 1)).toBe(true);
  });

  it('say no less when they are lower', () => {
    const values = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 40 });
    fc.assert(
      fc.property(values, fc.double({ min: 0, max: 0.5, noNaN: true }), (p, low) => {
        const [many, few] = [decideAt(p, low), decideAt(p, low + 0.2)];
        expect(few.every((said, i) => said <= (many[i] as number))).toBe(true);
      }),
    );
  });
});

describe('the bootstrap', () => {
  it('has no width where every row is alike', () => {
    const found = bootstrap([column(1, 1, 1, 1)], [column(1, 1, 1, 1)], { resamples: 50 });
    expect(found.labels[0]).toEqual({ precision: [1, 1], recall: [1, 1], f1: [1, 1] });
    expect([found.macroF1, found.microF1]).toEqual([
      [1, 1],
      [1, 1],
    ]);
  });

  it('is near the binomial interval for a share', () => {
    // Everything is said, half is true: precision is a share of 400 rows, so 95 % lie within .5 ± 1.96 * .025.
    const rows = 400;
    const truth = Uint8Array.from({ length: rows }, (_, i) => i % 2);
    const [low, high] = bootstrap([new Uint8Array(rows).fill(1)], [truth]).labels[0]!.precision;
    expect(low).toBeGreaterThan(0.43);
    expect(low).toBeLessThan(0.47);
    expect(high).toBeGreaterThan(0.53);
    expect(high).toBeLessThan(0.57);
  });

  it('is the same for the same seed, in order, and within 0..1', () => {
    fc.assert(
      fc.property(pair, fc.integer(), ([a, b], seed) => {
        const columns = [[Uint8Array.from(a)], [Uint8Array.from(b)]] as const;
        const found = bootstrap(...columns, { resamples: 20, seed });
        expect(bootstrap(...columns, { resamples: 20, seed })).toEqual(found);
        for (const [low, high] of [found.macroF1, found.microF1, found.labels[0]!.recall]) {
          expect(low).toBeLessThanOrEqual(high);
          expect(low).toBeGreaterThanOrEqual(0);
          expect(high).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe('the calibration error', () => {
  it('is the mean gap between what was promised and what came', () => {
    // Bin one: promised .15, came 0. Bin two: promised .8, came .5. Each holds half of the rows.
    expect(calibrationError([0.7, 0.1, 0.9, 0.2], column(0, 0, 1, 0), 2)).toBeCloseTo((0.15 + 0.3) / 2);
  });

  it('is 0 for probabilities that come true, and never leaves 0..1', () => {
    expect(calibrationError([0, 0, 1, 1], column(0, 0, 1, 1), 2)).toBe(0);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 1))), (rows) => {
        const p = rows.map(([value]) => value);
        const truth = Uint8Array.from(rows, ([, real]) => real);
        const error = calibrationError(p, truth);
        expect(error).toBeGreaterThanOrEqual(0);
        expect(error).toBeLessThanOrEqual(1);
        // More bins can only show more of the gaps where they part the bins there are.
        expect(calibrationError(p, truth, 30)).toBeGreaterThanOrEqual(error - 1e-9);
      }),
    );
  });
});

describe('correlations', () => {
  it('are as worked out by hand', () => {
    // Means 2.5 and 3; products -1.5*-2 + -.5*0 + .5*-1 + 1.5*3 = 7; squares 5 and 14.
    expect(pearson([1, 2, 3, 4], [1, 3, 2, 6])).toBeCloseTo(7 / Math.sqrt(5 * 14));
    // Ranks 1 2 3 4 and 1 3 2 4: 1 - 6 * 2 / (4 * 15).
    expect(spearman([1, 2, 3, 4], [1, 3, 2, 6])).toBeCloseTo(0.8);
    // Ties share a rank: 1 2.5 2.5 4 against 1 2 3 4 gives 4.5 / sqrt(4.5 * 5).
    expect(spearman([1, 2, 2, 9], [1, 2, 3, 4])).toBeCloseTo(4.5 / Math.sqrt(4.5 * 5));
  });

  it('cannot be told where nothing varies', () => {
    expect(pearson([1, 1], [1, 2])).toBeNaN();
  });

  it('do not change with scale, and ranks not with any rising function', () => {
    const values = fc.array(fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: -50, max: 50 })), {
      minLength: 3,
    });
    fc.assert(
      fc.property(values, (rows) => {
        const [a, b] = [rows.map(([x]) => x), rows.map(([, y]) => y)];
        fc.pre(new Set(a).size > 1 && new Set(b).size > 1);
        expect(pearson(a, b)).toBeCloseTo(pearson(b, a), 8);
        expect(
          pearson(
            a.map((x) => 3 * x + 7),
            b,
          ),
        ).toBeCloseTo(pearson(a, b), 8);
        expect(
          spearman(
            a.map((x) => x ** 3),
            b,
          ),
        ).toBeCloseTo(spearman(a, b), 8);
        expect(Math.abs(spearman(a, b))).toBeLessThanOrEqual(1 + 1e-9);
      }),
    );
  });
});

describe('quantiles', () => {
  it('lie straight between neighbours', () => {
    expect(quantile([4, 1, 3, 2], 0.5)).toBeCloseTo(2.5);
    expect(quantile([10, 20], 0.1)).toBeCloseTo(11);
    expect(quantile([5], 0.975)).toBe(5);
  });
});
