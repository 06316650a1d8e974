/**
 * FAISS through faiss-node: exhaustive up to 50,000 vectors (exact, under a millisecond or two), HNSW beyond.
 *
 * FAISS finds candidates, our own rows give their scores: so both indexes answer with the same numbers, and ties are
 * broken by id and not by the order of insertion. faiss-node ends the whole process where HNSW is asked to remove
 * (an uncaught C++ exception), so nothing is ever removed there: removed and replaced labels are passed over, and the
 * index is built anew once they are a quarter of it.
 */
import { createRequire } from 'node:module';
import type { EncoderModel } from '../encoders/encoder.js';
import { checkBatch, dropRow, emptyRows, innerProduct, putRow, type Rows } from './rows.js';
import { saveRows } from './storage.js';
import { byScoreThenId, checkK, checkVector, type Hit, type VectorIndex } from './vector-index.js';

interface NativeIndex {
  ntotal(): number;
  add(x: number[]): void;
  search(x: number[], k: number): { distances: number[]; labels: number[] };
}
export interface FaissNode {
  IndexFlatIP: new (dim: number) => NativeIndex;
  Index: { fromFactory(dim: number, description: string, metric: number): NativeIndex };
}

/** Throws what `require` throws where the native module was not built. */
export function loadFaiss(): FaissNode {
  return createRequire(import.meta.url)('faiss-node') as FaissNode;
}

/** Up to here exhaustive search is exact and fast enough; above, HNSW keeps a query in the same time. */
export const FLAT_LIMIT = 50_000;
const METRIC_INNER_PRODUCT = 0;
/** faiss-node sets no efSearch (it stays 16), so recall is bought with links: 64 a node. */
const HNSW = 'HNSW64,Flat';
/** faiss-node takes plain arrays: blocks keep the copies small. */
const BLOCK_ROWS = 2000;
/** Part of dead labels at which a rebuild pays. */
const DEAD_SHARE = 0.25;
/** Candidates beyond k: room for equal scores that must be ordered by id. */
const SPARE = 16;
/** Two scores this close may come from FAISS in either order. */
const TIE = 1e-6;
/** efSearch is max(16, k): asking for this many makes HNSW look further, whatever k is. */
const HNSW_CANDIDATES = 256;

export function createFaissIndex(
  model: EncoderModel,
  faiss: FaissNode = loadFaiss(),
  rows: Rows = emptyRows(model.dim),
  flatLimit = FLAT_LIMIT,
): VectorIndex {
  let kind: 'faiss-flat' | 'faiss-hnsw' = 'faiss-flat';
  let native: NativeIndex;
  /** FAISS label -> id, null once removed or replaced; and back. */
  let idOf: (string | null)[] = [];
  let labelOf = new Map<string, number>();

  function append(ids: readonly string[]): void {
    for (let from = 0; from < ids.length; from += BLOCK_ROWS) {
      const block = ids.slice(from, from + BLOCK_ROWS);
      const numbers = new Array<number>(block.length * model.dim);
      block.forEach((id, i) => {
        const at = (rows.rowOf.get(id) as number) * model.dim;
        for (let d = 0; d < model.dim; d++) numbers[i * model.dim + d] = rows.data[at + d] as number;
        labelOf.set(id, idOf.length);
        idOf.push(id);
      });
      native.add(numbers);
    }
  }
  function rebuild(): void {
    kind = rows.ids.length > flatLimit ? 'faiss-hnsw' : 'faiss-flat';
    native =
      kind === 'faiss-flat'
        ? new faiss.IndexFlatIP(model.dim)
        : faiss.Index.fromFactory(model.dim, HNSW, METRIC_INNER_PRODUCT);
    idOf = [];
    labelOf = new Map();
    append(rows.ids);
  }
  function retire(id: string): void {
    const label = labelOf.get(id);
    if (label !== undefined) idOf[label] = null;
    labelOf.delete(id);
  }
  const dead = (): number => idOf.length - rows.ids.length;
  function settle(): void {
    const outgrown = kind === 'faiss-flat' && rows.ids.length > flatLimit;
    if (outgrown || dead() > 64 + DEAD_SHARE * rows.ids.length) rebuild();
  }
  rebuild();

  return {
    model,
    get kind() {
      return kind;
    },
    add(ids, vectors) {
      checkBatch(model.dim, ids, vectors);
      const changed = new Set(ids);
      ids.forEach((id, i) => {
        putRow(rows, id, vectors[i] as Float32Array);
      });
      for (const id of changed) retire(id);
      if (kind === 'faiss-flat' && rows.ids.length > flatLimit) rebuild();
      else append([...changed]);
      settle();
    },
    remove(ids) {
      const gone = ids.filter((id) => dropRow(rows, id));
      for (const id of gone) retire(id);
      settle();
      return gone.length;
    },
    has: (id) => rows.rowOf.has(id),
    ids: () => [...rows.ids],
    search(vector, k) {
      checkVector(vector, model.dim, 'The query');
      checkK(k);
      const wanted = Math.min(k, rows.ids.length);
      if (wanted === 0) return [];
      const query = Array.from(vector);
      const floor = kind === 'faiss-hnsw' ? HNSW_CANDIDATES : 0;
      for (let ask = Math.max(floor, wanted + SPARE); ; ask *= 4) {
        const all = ask >= native.ntotal();
        const { labels } = native.search(query, all ? native.ntotal() : ask);
        const hits: Hit[] = [];
        for (const label of labels) {
          const id = label < 0 ? null : idOf[label];
          if (id != null) hits.push({ id, score: innerProduct(rows, rows.rowOf.get(id) as number, vector) });
        }
        hits.sort(byScoreThenId);
        const last = hits[hits.length - 1];
        const kth = hits[wanted - 1];
        // Enough, and no equal of the k-th can be waiting behind the last candidate.
        if (all || (kth && last && last.score < kth.score - TIE)) return hits.slice(0, wanted);
      }
    },
    get size() {
      return rows.ids.length;
    },
    save: (folder) => saveRows(folder, model, rows),
    state: () => ({ status: 'ready', detail: `${kind} over ${rows.ids.length} vectors` }),
    close() {
      // The native memory goes with the object; nothing is open.
    },
  } satisfies VectorIndex;
}
