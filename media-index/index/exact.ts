/** Exact search in plain TypeScript: the fallback where FAISS is not built, and the judge of every other index. */
import type { PartState } from '../../engine/ports.js';
import type { EncoderModel } from '../encoders/encoder.js';
import { checkBatch, dropRow, emptyRows, innerProduct, putRow, type Rows } from './rows.js';
import { saveRows } from './storage.js';
import { byScoreThenId, checkK, checkVector, type Hit, type VectorIndex } from './vector-index.js';

export function createExactIndex(
  model: EncoderModel,
  rows: Rows = emptyRows(model.dim),
  state?: PartState,
): VectorIndex {
  return {
    model,
    kind: 'exact',
    add(ids, vectors) {
      checkBatch(model.dim, ids, vectors);
      ids.forEach((id, i) => {
        putRow(rows, id, vectors[i] as Float32Array);
      });
    },
    remove: (ids) => ids.filter((id) => dropRow(rows, id)).length,
    has: (id) => rows.rowOf.has(id),
    ids: () => [...rows.ids],
    search(vector, k) {
      checkVector(vector, model.dim, 'The query');
      checkK(k);
      // A list of the best k so far, worst last: most rows lose against the worst at once.
      const best: Hit[] = [];
      rows.ids.forEach((id, row) => {
        const hit = { id, score: innerProduct(rows, row, vector) };
        const worst = best[best.length - 1];
        if (best.length >= k && worst && byScoreThenId(worst, hit) <= 0) return;
        let low = 0;
        for (let high = best.length; low < high; ) {
          const middle = (low + high) >> 1;
          if (byScoreThenId(best[middle] as Hit, hit) <= 0) low = middle + 1;
          else high = middle;
        }
        best.splice(low, 0, hit);
        if (best.length > k) best.pop();
      });
      return best;
    },
    get size() {
      return rows.ids.length;
    },
    save: (folder) => saveRows(folder, model, rows),
    state: () => state ?? { status: 'ready', detail: `exact search over ${rows.ids.length} vectors` },
    close() {},
  } satisfies VectorIndex;
}
