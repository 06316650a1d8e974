/** Exact search in plain TypeScript: the fallback where FAISS is not built, and the judge of every other index. */
import type { EncoderModel } from '../encoders/encoder.js';
import { bestOf, dropRow, emptyRows, putRow, type Rows, vectorsOf } from './rows.js';
import { saveIndex } from './storage.js';
import { checkBatch, checkK, checkVector, type IndexState, type VectorIndex } from './vector-index.js';

export function createExactIndex(
  model: EncoderModel,
  rows: Rows = emptyRows(model.dim),
  state?: IndexState,
): VectorIndex {
  return {
    model,
    kind: 'exact',
    async add(ids, vectors) {
      checkBatch(model.dim, ids, vectors);
      ids.forEach((id, i) => {
        putRow(rows, id, vectors[i] as Float32Array);
      });
    },
    remove: async (ids) => ids.filter((id) => dropRow(rows, id)).length,
    ids: async () => [...rows.ids],
    vectors: async (ids) => vectorsOf(rows, ids),
    count: async () => rows.ids.length,
    async search(vector, k) {
      checkVector(vector, model.dim, 'The query');
      checkK(k);
      return bestOf(rows, rows.ids, vector, k);
    },
    save: (folder) => saveIndex(folder, model, rows),
    state: () => state ?? { status: 'ready', detail: `exact search over ${rows.ids.length} vectors` },
    async close() {},
  } satisfies VectorIndex;
}
