/** What every index must do, with brute force as the judge. Run by each index's test. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EncoderModel } from '../encoders/encoder.js';
import { loadRows } from './storage.js';
import { byScoreThenId, type VectorIndex } from './vector-index.js';

export const TEST_MODEL: EncoderModel = { id: 'test-model', dim: 4, sha256: 'a'.repeat(64) };

export function unit(...numbers: number[]): Float32Array {
  const length = Math.hypot(...numbers) || 1;
  return Float32Array.from(numbers, (n) => n / length);
}

/** Deterministic unit vectors (mulberry32). */
export function randomUnits(count: number, dim: number, seed: number): Float32Array[] {
  let state = seed;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296 - 0.5;
  };
  return Array.from({ length: count }, () => unit(...Array.from({ length: dim }, next)));
}

function judge(all: Map<string, Float32Array>, query: Float32Array, k: number) {
  return [...all]
    .map(([id, v]) => ({ id, score: v.reduce((sum, x, i) => sum + x * (query[i] as number), 0) }))
    .sort(byScoreThenId)
    .slice(0, k);
}

export function vectorIndexContract(name: string, create: (model: EncoderModel) => VectorIndex): void {
  describe(`${name} as a vector index`, () => {
    it('is empty at first and finds nothing', () => {
      const index = create(TEST_MODEL);
      expect(index.size).toBe(0);
      expect(index.search(unit(1, 0, 0, 0), 5)).toEqual([]);
    });

    it('gives all there is when k is larger', () => {
      const index = create(TEST_MODEL);
      index.add(['a', 'b'], [unit(1, 0, 0, 0), unit(0, 1, 0, 0)]);
      expect(index.search(unit(1, 0.1, 0, 0), 10).map((hit) => hit.id)).toEqual(['a', 'b']);
    });

    it('orders equal scores by id, whatever the order of adding and however many there are', () => {
      const index = create(TEST_MODEL);
      const ids = Array.from({ length: 100 }, (_, i) => `t${String(99 - i).padStart(3, '0')}`);
      index.add(
        ids,
        ids.map(() => unit(1, 1, 0, 0)),
      );
      expect(index.search(unit(1, 0, 0, 0), 3).map((hit) => hit.id)).toEqual(['t000', 't001', 't002']);
    });

    it('replaces a vector of the same id', () => {
      const index = create(TEST_MODEL);
      index.add(['a', 'b'], [unit(1, 0, 0, 0), unit(0, 1, 0, 0)]);
      index.add(['a'], [unit(0, 0, 1, 0)]);
      expect(index.size).toBe(2);
      expect(index.search(unit(0, 0, 1, 0), 1)[0]).toMatchObject({ id: 'a', score: 1 });
      expect(index.search(unit(1, 0, 0, 0), 2).every((hit) => hit.score === 0)).toBe(true);
    });

    it('forgets what is removed and passes over unknown ids', () => {
      const index = create(TEST_MODEL);
      index.add(['a', 'b', 'c'], [unit(1, 0, 0, 0), unit(1, 0.1, 0, 0), unit(0, 1, 0, 0)]);
      expect(index.remove(['a', 'nobody'])).toBe(1);
      expect(index.has('a')).toBe(false);
      expect(index.search(unit(1, 0, 0, 0), 3).map((hit) => hit.id)).toEqual(['b', 'c']);
    });

    it('refuses another length, a number that is not finite, and an odd k, and stays as it was', () => {
      const index = create(TEST_MODEL);
      index.add(['a'], [unit(1, 0, 0, 0)]);
      const wrong = Float32Array.of(1, 0, 0);
      expect(() => index.add(['b', 'c'], [unit(0, 1, 0, 0), wrong])).toThrow(/"c" has 3 numbers/);
      expect(() => index.add(['b'], [Float32Array.of(Number.NaN, 0, 0, 0)])).toThrow(/not finite/);
      expect(() => index.add(['b'], [])).toThrow(/1 ids for 0 vectors/);
      expect(() => index.search(wrong, 1)).toThrow(/has 3 numbers/);
      expect(() => index.search(Float32Array.of(0, Number.POSITIVE_INFINITY, 0, 0), 1)).toThrow(/not finite/);
      for (const k of [0, -1, 1.5, Number.NaN]) expect(() => index.search(unit(1, 0, 0, 0), k)).toThrow(/k must be/);
      expect(index.ids()).toEqual(['a']);
    });

    it('agrees with brute force through any sequence of adding, replacing and removing', () => {
      const step = fc.record({
        id: fc.integer({ min: 0, max: 30 }),
        remove: fc.boolean(),
        seed: fc.integer({ min: 1, max: 1e6 }),
      });
      fc.assert(
        fc.property(fc.array(step, { maxLength: 120 }), fc.integer({ min: 1, max: 40 }), (steps, k) => {
          const index = create(TEST_MODEL);
          const all = new Map<string, Float32Array>();
          for (const { id, remove, seed } of steps) {
            const key = `t${id}`;
            if (remove) {
              index.remove([key]);
              all.delete(key);
            } else {
              const vector = randomUnits(1, 4, seed)[0] as Float32Array;
              index.add([key], [vector]);
              all.set(key, vector);
            }
          }
          const query = unit(0.3, -0.2, 0.9, 0.1);
          const hits = index.search(query, k);
          const expected = judge(all, query, k);
          expect(hits.map((hit) => hit.id)).toEqual(expected.map((hit) => hit.id));
          hits.forEach((hit, i) => {
            expect(hit.score).toBeCloseTo(expected[i]?.score as number, 6);
          });
          expect(index.size).toBe(all.size);
        }),
        { numRuns: 60 },
      );
    });

    it('comes back from disk with the same answers', async () => {
      const folder = await mkdtemp(path.join(tmpdir(), 'emoheal-index-'));
      try {
        const index = create(TEST_MODEL);
        index.add(
          Array.from({ length: 50 }, (_, i) => `t${i}`),
          randomUnits(50, 4, 7),
        );
        index.remove(['t3', 't20']);
        await index.save(folder);
        const rows = await loadRows(folder, TEST_MODEL);
        expect(rows?.ids.length).toBe(48);
        expect(new Set(rows?.ids)).toEqual(new Set(index.ids()));
      } finally {
        await rm(folder, { recursive: true });
      }
    });
  });
}
