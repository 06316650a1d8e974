/** What every index must do, with brute force as the judge. Run by each index's test. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EncoderModel } from '../encoders/encoder.js';
import { loadIndex } from './storage.js';
import { byScoreThenId, type HeldIndex, type VectorIndex } from './vector-index.js';

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

const isHeld = (index: VectorIndex): index is HeldIndex => 'scorer' in index;

interface ContractOptions {
  /** Random sequences tried, and steps in each; fewer where every step asks a server. */
  runs?: number;
  steps?: number;
}

/** `create` gives an empty index; it may be the same one, emptied. */
export function vectorIndexContract(
  name: string,
  create: (model: EncoderModel) => VectorIndex | Promise<VectorIndex>,
  { runs = 60, steps: most = 120 }: ContractOptions = {},
): void {
  describe(`${name} as a vector index`, () => {
    it('is empty at first and finds nothing', async () => {
      const index = await create(TEST_MODEL);
      expect(await index.count()).toBe(0);
      expect(await index.ids()).toEqual([]);
      expect(await index.search(unit(1, 0, 0, 0), 5)).toEqual([]);
    });

    it('gives all there is when k is larger', async () => {
      const index = await create(TEST_MODEL);
      await index.add(['a', 'b'], [unit(1, 0, 0, 0), unit(0, 1, 0, 0)]);
      expect((await index.search(unit(1, 0.1, 0, 0), 10)).map((hit) => hit.id)).toEqual(['a', 'b']);
    });

    it('orders equal scores by id, whatever the order of adding and however many there are', async () => {
      const index = await create(TEST_MODEL);
      const ids = Array.from({ length: 100 }, (_, i) => `t${String(99 - i).padStart(3, '0')}`);
      await index.add(
        ids,
        ids.map(() => unit(1, 1, 0, 0)),
      );
      expect((await index.search(unit(1, 0, 0, 0), 3)).map((hit) => hit.id)).toEqual(['t000', 't001', 't002']);
    });

    it('replaces a vector of the same id, and the last of one batch stands', async () => {
      const index = await create(TEST_MODEL);
      await index.add(['a', 'b'], [unit(1, 0, 0, 0), unit(0, 1, 0, 0)]);
      await index.add(['a', 'a'], [unit(0, 0, 0, 1), unit(0, 0, 1, 0)]);
      expect(await index.count()).toBe(2);
      expect((await index.search(unit(0, 0, 1, 0), 1))[0]).toMatchObject({ id: 'a', score: 1 });
      expect((await index.search(unit(1, 0, 0, 0), 2)).every((hit) => hit.score === 0)).toBe(true);
    });

    it('forgets what is removed and passes over unknown ids', async () => {
      const index = await create(TEST_MODEL);
      await index.add(['a', 'b', 'c'], [unit(1, 0, 0, 0), unit(1, 0.1, 0, 0), unit(0, 1, 0, 0)]);
      expect(await index.remove(['a', 'nobody', 'a'])).toBe(1);
      expect(await index.remove([])).toBe(0);
      expect((await index.ids()).sort()).toEqual(['b', 'c']);
      expect((await index.search(unit(1, 0, 0, 0), 3)).map((hit) => hit.id)).toEqual(['b', 'c']);
    });

    it('gives vectors back as they were added, null for an unknown id', async () => {
      const index = await create(TEST_MODEL);
      const [one, two] = randomUnits(2, 4, 3) as [Float32Array, Float32Array];
      await index.add(['one', 'two'], [one, two]);
      expect(await index.vectors(['two', 'nobody', 'one'])).toEqual([two, null, one]);
    });

    it('takes any text as an id', async () => {
      const index = await create(TEST_MODEL);
      const ids = ['it\'s "so" \\ well', 'Grüße/夜 🌙', 'line\nbreak', '%_', ' '];
      await index.add(ids, randomUnits(ids.length, 4, 5));
      expect((await index.ids()).sort()).toEqual([...ids].sort());
      expect((await index.vectors(ids)).every((vector) => vector !== null)).toBe(true);
      expect(await index.remove(ids)).toBe(ids.length);
      expect(await index.count()).toBe(0);
    });

    it('refuses another length, a number that is not finite, and an odd k, and stays as it was', async () => {
      const index = await create(TEST_MODEL);
      await index.add(['a'], [unit(1, 0, 0, 0)]);
      const wrong = Float32Array.of(1, 0, 0);
      await expect(index.add(['b', 'c'], [unit(0, 1, 0, 0), wrong])).rejects.toThrow(/"c" has 3 numbers/);
      await expect(index.add(['b'], [Float32Array.of(Number.NaN, 0, 0, 0)])).rejects.toThrow(/not finite/);
      await expect(index.add(['b'], [])).rejects.toThrow(/1 ids for 0 vectors/);
      await expect(index.search(wrong, 1)).rejects.toThrow(/has 3 numbers/);
      const endless = Float32Array.of(0, Number.POSITIVE_INFINITY, 0, 0);
      await expect(index.search(endless, 1)).rejects.toThrow(/not finite/);
      for (const k of [0, -1, 1.5, Number.NaN])
        await expect(index.search(unit(1, 0, 0, 0), k)).rejects.toThrow(/k must be/);
      expect(await index.ids()).toEqual(['a']);
    });

    it('agrees with brute force through any sequence of adding, replacing and removing', async () => {
      const step = fc.record({
        id: fc.integer({ min: 0, max: 30 }),
        remove: fc.boolean(),
        seed: fc.integer({ min: 1, max: 1e6 }),
      });
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: most }), fc.integer({ min: 1, max: 40 }), async (steps, k) => {
          const index = await create(TEST_MODEL);
          const all = new Map<string, Float32Array>();
          const keys = Array.from({ length: 31 }, (_, i) => `t${i}`);
          const early = isHeld(index) ? index.scorer(keys) : null;
          for (const { id, remove, seed } of steps) {
            const key = keys[id]!;
            early?.(unit(1, 0, 0, 0))(id);
            if (remove) {
              await index.remove([key]);
              all.delete(key);
            } else {
              const vector = randomUnits(1, 4, seed)[0] as Float32Array;
              await index.add([key], [vector]);
              all.set(key, vector);
            }
          }
          const query = unit(0.3, -0.2, 0.9, 0.1);
          const hits = await index.search(query, k);
          const expected = judge(all, query, k);
          if (isHeld(index)) {
            const about = await index.near(query, k);
            expect(new Set(about).size).toBe(about.length);
            expect(about.every((id) => all.has(id))).toBe(true);
            expect(about.length).toBeGreaterThanOrEqual(Math.min(k, all.size) / 2);
            const told = index.scorer([...hits.map(({ id }) => id), 'nobody'])(query);
            hits.forEach(({ score }, i) => {
              for (const _ of 'ab') expect(told(i)).toBe(score);
            });
            expect(told(hits.length)).toBeNull();
            // One that was made before all changes tells the same as one that is made now.
            const now = index.scorer(keys)(query);
            const before = early?.(query);
            keys.forEach((key, i) => {
              expect(before?.(i)).toBe(now(i));
              expect(now(i) === null).toBe(!all.has(key));
            });
          }
          expect(hits.map((hit) => hit.id)).toEqual(expected.map((hit) => hit.id));
          hits.forEach((hit, i) => {
            expect(hit.score).toBeCloseTo(expected[i]?.score as number, 6);
          });
          expect(await index.count()).toBe(all.size);
        }),
        { numRuns: runs },
      );
    });

    it('comes back from disk with the same vectors', async () => {
      const folder = await mkdtemp(path.join(tmpdir(), 'emoheal-index-'));
      try {
        const index = await create(TEST_MODEL);
        await index.add(
          Array.from({ length: 50 }, (_, i) => `t${i}`),
          randomUnits(50, 4, 7),
        );
        await index.remove(['t3', 't20']);
        await index.save(folder);
        const saved = await loadIndex(folder, TEST_MODEL);
        expect(new Set(saved?.rows.ids)).toEqual(new Set(await index.ids()));
        for (const [row, vector] of (await index.vectors(saved?.rows.ids ?? [])).entries())
          expect(saved?.rows.data.slice(row * 4, row * 4 + 4)).toEqual(vector);
      } finally {
        await rm(folder, { recursive: true });
      }
    });
  });
}
