/** Exact search in plain TypeScript: the fallback where FAISS is not built, and the judge of every other index. */
import type { EncoderModel } from '../encoders/encoder.js';
import { bestOf, dropRow, emptyRows, putRow, type Rows, scorerIn, vectorsOf } from './rows.js';
import { saveIndex } from './storage.js';
import { checkBatch, checkK, checkVector, type HeldIndex, type Hit, type IndexState } from './vector-index.js';

export function createExactIndex(
  model: EncoderModel,
  rows: Rows = emptyRows(model.dim),
  state?: IndexState,
): HeldIndex {
  async function search(vector: Float32Array, k: number): Promise<Hit[]> {
    checkVector(vector, model.dim, 'The query');
    checkK(k);
    return bestOf(rows, rows.ids, vector, k);
  }
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
    search,
    near: async (vector, k) => (await search(vector, k)).map(({ id }) => id),
    scorer: (ids) => scorerIn(rows, ids),
    save: (folder) => saveIndex(folder, model, rows),
    state: () => state ?? { status: 'ready', detail: `exact search over ${rows.ids.length} vectors` },
    async close() {},
  } satisfies HeldIndex;
}
