import { describe, expect, it } from 'vitest';
import { createExactIndex } from './exact.js';
import { createFaissIndex, loadFaiss } from './faiss.js';
import { randomUnits, vectorIndexContract } from './vector-index.contract.js';

function nativeReason(): string | null {
  try {
    loadFaiss();
    return null;
  } catch {
    return 'the native module of faiss-node is not built here';
  }
}
const missing = nativeReason();

if (missing) {
  it.skip(`FAISS: ${missing}`, () => {});
} else {
  vectorIndexContract('FAISS, exhaustive', (model) => createFaissIndex(model));
  // A limit of 8 takes every longer case through the switch to HNSW.
  vectorIndexContract('FAISS, HNSW beyond 8 vectors', (model) => createFaissIndex(model, loadFaiss(), undefined, 8));

  describe('FAISS', () => {
    const model = { id: 'test-model', dim: 24, sha256: 'b'.repeat(64) };
    const vectors = randomUnits(3000, model.dim, 11);
    const ids = vectors.map((_, i) => `t${i}`);
    const exact = createExactIndex(model);
    exact.add(ids, vectors);
    const queries = randomUnits(40, model.dim, 12);

    it('finds with HNSW nearly all that exact search finds', () => {
      const index = createFaissIndex(model, loadFaiss(), undefined, 1000);
      index.add(ids, vectors);
      expect(index.kind).toBe('faiss-hnsw');
      let found = 0;
      for (const query of queries) {
        const truth = new Set(exact.search(query, 10).map((hit) => hit.id));
        found += index.search(query, 10).filter((hit) => truth.has(hit.id)).length;
      }
      expect(found / (queries.length * 10)).toBeGreaterThan(0.98);
    });

    it('stays right when most of it is removed and it is built anew', () => {
      const index = createFaissIndex(model, loadFaiss(), undefined, 1000);
      index.add(ids, vectors);
      const few = createExactIndex(model);
      few.add(ids.slice(2500), vectors.slice(2500));
      expect(index.remove(ids.slice(0, 2500))).toBe(2500);
      expect(index.kind).toBe('faiss-flat');
      for (const query of queries) expect(index.search(query, 10)).toEqual(few.search(query, 10));
    });
  });
}
