import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createExactIndex } from './exact.js';
import { createFaissIndex, type FaissIndex, type FaissOptions } from './faiss.js';
import { loadFaiss } from './faiss-native.js';
import { loadIndex } from './storage.js';
import { randomUnits, TEST_MODEL, vectorIndexContract } from './vector-index.contract.js';

function nativeReason(): string | null {
  try {
    loadFaiss();
    return null;
  } catch {
    return 'the native module of faiss-node is not built here';
  }
}
const missing = nativeReason();
const model = { id: 'test-model', dim: 24, sha256: 'b'.repeat(64) };
const WITH_HNSW = { flatLimit: 1000 };
const unit = (vector: Float32Array): Float32Array => vector.map((x) => x / Math.hypot(...vector));
const WITH_IVF = { flatLimit: 500, ivfFrom: 1000 };

if (missing) {
  it.skip(`FAISS: ${missing}`, () => {});
} else {
  vectorIndexContract('FAISS, exhaustive', (of) => createFaissIndex(of));
  // Limits of 8 take every longer case through the switch.
  vectorIndexContract('FAISS, HNSW beyond 8 vectors', (of) => createFaissIndex(of, { flatLimit: 8 }));
  vectorIndexContract('FAISS, IVF beyond 8 vectors', (of) => createFaissIndex(of, { flatLimit: 8, ivfFrom: 8 }));

  describe('FAISS', () => {
    const vectors = randomUnits(3000, model.dim, 11);
    const ids = vectors.map((_, i) => `t${i}`);
    const exact = createExactIndex(model);
    const queries = randomUnits(40, model.dim, 12);
    beforeAll(() => exact.add(ids, vectors));

    async function recall(index: FaissIndex, of = exact): Promise<number> {
      let found = 0;
      let all = 0;
      for (const query of queries) {
        const truth = new Set((await of.search(query, 10)).map((hit) => hit.id));
        found += (await index.search(query, 10)).filter((hit) => truth.has(hit.id)).length;
        all += truth.size;
      }
      return all === 0 ? 1 : found / all;
    }
    async function filled(options: FaissOptions): Promise<FaissIndex> {
      const index = createFaissIndex(model, options);
      await index.add(ids, vectors);
      return index;
    }

    it.each([
      ['faiss-hnsw', WITH_HNSW],
      ['faiss-ivf', WITH_IVF],
    ])('finds with %s nearly all that exact search finds', async (kind, options) => {
      const index = await filled(options);
      await index.settled();
      expect(index.kind).toBe(kind);
      expect(await recall(index)).toBeGreaterThan(0.98);
    });

    it('answers rightly from the first moment, before and while the graph is built', async () => {
      const index = createFaissIndex(model, { flatLimit: 100 });
      const adding = index.add(ids, vectors);
      const query = queries[0] as Float32Array;
      const truth = await exact.search(query, 10);
      expect(await index.search(query, 10)).toEqual(truth);
      await adding;
      while (!index.state().detail.includes('building')) await new Promise(setImmediate);
      expect(index.kind).toBe('faiss-flat');
      expect(await index.search(query, 10)).toEqual(truth);
      await index.settled();
      expect(index.kind).toBe('faiss-hnsw');
      expect(index.state().detail).toBe('faiss-hnsw over 3000 vectors');
    });

    it('leaves dead labels standing up to a fifth, then builds anew beside the old and loses no change made meanwhile', async () => {
      const index = await filled(WITH_HNSW);
      await index.settled();
      await index.remove(ids.slice(0, 500));
      expect(index.state().detail).not.toContain('building');
      await index.remove(ids.slice(500, 700));
      while (!index.state().detail.includes('building')) await new Promise(setImmediate);
      await index.remove([ids[2000] as string]);
      await index.add(['new', ids[2001] as string], [vectors[0] as Float32Array, vectors[1] as Float32Array]);
      await index.settled();
      expect(index.kind).toBe('faiss-hnsw');
      expect((await index.search(vectors[0] as Float32Array, 1))[0]?.id).toBe('new');
      expect((await index.search(vectors[1] as Float32Array, 1))[0]?.id).toBe(ids[2001]);
      expect((await index.search(vectors[2000] as Float32Array, 1))[0]?.id).not.toBe(ids[2000]);
      expect(await index.count()).toBe(2300);
    });

    it('goes back to exhaustive search when little is left, with clear distance to the limit', async () => {
      const index = await filled(WITH_HNSW);
      await index.settled();
      await index.remove(ids.slice(900));
      await index.settled();
      expect(index.kind).toBe('faiss-hnsw');
      await index.remove(ids.slice(500, 900));
      await index.settled();
      expect(index.kind).toBe('faiss-flat');
      const few = createExactIndex(model);
      await few.add(ids.slice(0, 500), vectors.slice(0, 500));
      for (const query of queries) expect(await index.search(query, 10)).toEqual(await few.search(query, 10));
    });

    it('gives IVF new cells when the library has grown well beyond what it was trained with', async () => {
      const index = createFaissIndex(model, { flatLimit: 100, ivfFrom: 200 });
      await index.add(ids.slice(0, 300), vectors.slice(0, 300));
      await index.settled();
      expect(index.kind).toBe('faiss-ivf');
      const adding = index.add(ids.slice(300), vectors.slice(300));
      while (!index.state().detail.includes('building faiss-ivf')) await new Promise(setImmediate);
      await adding;
      await index.settled();
      expect(index.state().detail).toBe('faiss-ivf over 3000 vectors');
      expect(await recall(index)).toBeGreaterThan(0.98);
    }, 10_000);

    it('leads from one group of near twins to the others: with fewer than asked for only where about the nearest will do', async () => {
      const middles = randomUnits(30, model.dim, 13);
      const shifts = randomUnits(3000, model.dim, 14);
      const grouped = shifts.map((shift, i) => middles[i % 30]!.map((x, d) => x + 0.01 * shift[d]!));
      const index = createFaissIndex(model, WITH_HNSW);
      await index.add(ids, grouped);
      await index.settled();
      expect(index.kind).toBe('faiss-hnsw');
      for (const query of queries) {
        expect(await index.search(query, 150)).toHaveLength(150);
        const some = await index.near(query, 150);
        expect(some.length).toBeGreaterThanOrEqual(75);
        expect(new Set(some).size).toBe(some.length);
        expect(ids).toEqual(expect.arrayContaining(some));
      }
    });

    it('finds by the cells beside a graph nearly all that is about nearest, and every change at once', async () => {
      const middles = randomUnits(60, model.dim, 15);
      const shifts = randomUnits(3000, model.dim, 16);
      const grouped = shifts.map((shift, i) => unit(middles[i % 60]!.map((x, d) => x + 0.5 * shift[d]!)));
      const truth = createExactIndex(model);
      await truth.add(ids, grouped);
      const [index, bare] = [{}, { cellsLimit: 0 }].map((more) => createFaissIndex(model, { ...WITH_HNSW, ...more }));
      for (const each of [index!, bare!]) {
        await each.add(ids, grouped);
        await each.settled();
      }
      const share = async (of: FaissIndex): Promise<number> => {
        let found = 0;
        for (const query of grouped.slice(0, 40)) {
          const nearest = new Set((await truth.search(query, 50)).map(({ id }) => id));
          found += (await of.near(query, 50)).filter((id) => nearest.has(id)).length;
        }
        return found / (40 * 50);
      };
      expect(await share(index!)).toBeGreaterThan(0.8);
      expect(await share(bare!)).toBeGreaterThan(0.5);
      const [query] = grouped as [Float32Array];
      await index!.add(['new'], [query]);
      expect(await index!.near(query, 10)).toContain('new');
      await index!.settled();
      expect(await index!.near(query, 10)).toContain('new');
      await index!.remove(['new', ids[0] as string]);
      expect(await index!.near(query, 10)).not.toContain('new');
      // Enough are dead for the cells to be made anew; meanwhile and afterwards nothing dead is found.
      await index!.remove(ids.slice(1, 900));
      const gone = new Set(ids.slice(0, 900));
      expect((await index!.near(query, 50)).filter((id) => gone.has(id))).toEqual([]);
      await index!.settled();
      expect((await index!.near(query, 50)).filter((id) => gone.has(id))).toEqual([]);
      for (const each of [index!, bare!]) await each.close();
    });

    it('gives way to other work while it builds', async () => {
      const index = await filled({ flatLimit: 100 });
      let turns = 0;
      const counting = setInterval(() => {
        turns++;
      }, 1);
      await index.settled();
      clearInterval(counting);
      expect(turns).toBeGreaterThan(3);
    });

    it('stops building when it is closed', async () => {
      const index = await filled({ flatLimit: 100 });
      await index.close();
      expect(index.kind).toBe('faiss-flat');
    });

    describe('saved and opened again', () => {
      let folder: string;
      beforeAll(async () => {
        folder = await mkdtemp(path.join(tmpdir(), 'emoheal-faiss-'));
      });
      afterAll(() => rm(folder, { recursive: true, force: true }));
      async function reopened(options: FaissOptions): Promise<FaissIndex> {
        const saved = await loadIndex(folder, model);
        if (!saved) throw new Error('nothing saved');
        return createFaissIndex(model, options, saved);
      }

      it.each([
        ['faiss-hnsw', WITH_HNSW],
        ['faiss-ivf', WITH_IVF],
      ])('is %s at once, with the same answers and its dead labels still dead', async (kind, options) => {
        const index = await filled(options);
        await index.settled();
        await index.remove(ids.slice(0, 100));
        await index.save(folder);
        const again = await reopened(options);
        expect(again.kind).toBe(kind);
        expect(again.state().detail).toBe(`${kind} over 2900 vectors`);
        for (const query of queries) expect(await again.search(query, 10)).toEqual(await index.search(query, 10));
        await again.add(['t5'], [vectors[5] as Float32Array]);
        await again.settled();
        expect((await again.search(vectors[5] as Float32Array, 1))[0]?.id).toBe('t5');
      });

      it('takes up again what was not yet in the graph when it was saved', async () => {
        const index = await filled(WITH_HNSW);
        await index.settled();
        const late = randomUnits(20, model.dim, 77);
        const adding = index.add(
          late.map((_, i) => `late${i}`),
          late,
        );
        await index.save(folder);
        await adding;
        const again = await reopened(WITH_HNSW);
        for (const [i, vector] of late.entries()) expect((await again.search(vector, 1))[0]?.id).toBe(`late${i}`);
      });

      it.each([
        ['one byte of the graph is changed', 'faiss', /damaged/],
        ['the labels are cut short', 'i32', /damaged/],
        ['the graph is gone', null, /lacks its file/],
      ])('keeps every vector and builds the graph again, and says so, when %s', async (_, ending, reason) => {
        const index = await filled(WITH_HNSW);
        await index.settled();
        await index.save(folder);
        const name = (await readdir(folder)).find((each) => each.endsWith(ending ?? 'faiss')) as string;
        const file = path.join(folder, name);
        if (ending === null) await rm(file);
        else if (ending === 'i32') await writeFile(file, (await readFile(file)).subarray(0, 401));
        else {
          const data = await readFile(file);
          data[5000] = (data[5000] as number) ^ 1;
          await writeFile(file, data);
        }
        const again = await reopened(WITH_HNSW);
        expect(again.state().detail).toMatch(reason);
        expect(await again.count()).toBe(3000);
        expect(await recall(again)).toBe(1);
        await again.settled();
        expect(again.kind).toBe('faiss-hnsw');
        expect(again.state().detail).toBe('faiss-hnsw over 3000 vectors');
      });

      it('builds the graph again when FAISS cannot read it', async () => {
        const index = await filled(WITH_HNSW);
        await index.settled();
        await index.save(folder);
        const saved = await loadIndex(folder, model);
        if (!saved?.graph) throw new Error('no graph');
        await copyFile(path.join(folder, 'header.json'), saved.graph.file);
        const again = createFaissIndex(model, WITH_HNSW, saved);
        expect(again.state().detail).toMatch(/cannot be read/);
        await again.settled();
        expect(again.kind).toBe('faiss-hnsw');
        expect(await recall(again)).toBeGreaterThan(0.98);
      });
    });

    const steps = fc.array(
      fc.oneof(
        {
          weight: 5,
          arbitrary: fc.record({ add: fc.integer({ min: 0, max: 2600 }), count: fc.integer({ min: 1, max: 400 }) }),
        },
        {
          weight: 3,
          arbitrary: fc.record({ remove: fc.integer({ min: 0, max: 2600 }), count: fc.integer({ min: 1, max: 400 }) }),
        },
        { weight: 1, arbitrary: fc.constant('reopen' as const) },
        { weight: 1, arbitrary: fc.constant('settle' as const) },
      ),
      { minLength: 4, maxLength: 16 },
    );
    it.each([
      ['exhaustive search', {}, 1],
      ['HNSW', { flatLimit: 300 }, 0.95],
      ['IVF', { flatLimit: 200, ivfFrom: 300 }, 0.95],
    ])(
      '%s agrees with exact search after any sequence of adding, removing, saving and opening',
      async (_, options, least) => {
        await fc.assert(
          fc.asyncProperty(steps, async (sequence) => {
            const folder = await mkdtemp(path.join(tmpdir(), 'emoheal-faiss-'));
            try {
              const truth = createExactIndex(model);
              let index = createFaissIndex(model, options);
              for (const step of sequence) {
                if (step === 'settle') await index.settled();
                else if (step === 'reopen') {
                  await index.save(folder);
                  await index.close();
                  index = createFaissIndex(model, options, (await loadIndex(folder, model)) ?? undefined);
                } else if ('add' in step) {
                  const [from, to] = [step.add, Math.min(3000, step.add + step.count)];
                  for (const each of [truth, index]) await each.add(ids.slice(from, to), vectors.slice(from, to));
                } else {
                  const gone = ids.slice(step.remove, step.remove + step.count);
                  expect(await index.remove(gone)).toBe(await truth.remove(gone));
                }
              }
              expect((await index.ids()).sort()).toEqual((await truth.ids()).sort());
              expect(await recall(index, truth)).toBeGreaterThanOrEqual(least);
              await index.settled();
              expect(await recall(index, truth)).toBeGreaterThanOrEqual(least);
            } finally {
              await rm(folder, { recursive: true });
            }
          }),
          { numRuns: 12 },
        );
      },
    );
  });

  it('says that work in the background failed, and still answers', async () => {
    const faiss = loadFaiss();
    const broken = { Index: { ...bound(faiss), fromFactory: brokenFactory(faiss) } };
    const index = createFaissIndex(TEST_MODEL, { faiss: broken, flatLimit: 8 });
    const vectors = randomUnits(30, 4, 1);
    await index.add(
      vectors.map((_, i) => `t${i}`),
      vectors,
    );
    await expect(index.settled()).rejects.toThrow('no memory');
    expect(index.state()).toMatchObject({ status: 'degraded', detail: expect.stringMatching(/no memory/) });
    expect(index.state().remedy).toBeTruthy();
    expect((await index.search(vectors[7] as Float32Array, 1))[0]?.id).toBe('t7');
  });
}

function bound({ Index }: ReturnType<typeof loadFaiss>) {
  return { fromBuffer: (buffer: Buffer) => Index.fromBuffer(buffer), read: (file: string) => Index.read(file) };
}

/** Like FAISS's own, but there is never room for HNSW. */
function brokenFactory({ Index }: ReturnType<typeof loadFaiss>) {
  return (dim: number, description: string, metric: number) => {
    if (description.startsWith('HNSW')) throw new Error('no memory');
    return Index.fromFactory(dim, description, metric);
  };
}
