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
  toBuffer(): Buffer;
  search(x: number[], k: number): { distances: number[]; labels: number[] };
}
export interface FaissNode {
  IndexFlatIP: new (dim: number) => NativeIndex;
  Index: {
    fromFactory(dim: number, description: string, metric: number): NativeIndex;
    fromBuffer(buffer: Buffer): NativeIndex;
  };
}

/**
 * Throws what `require` throws where the native module was not built. FAISS works on one thread: its threads read their
 * number once, while loading, and a pool that wakes for one query of a millisecond costs ten on a busy small machine.
 */
export function loadFaiss(): FaissNode {
  const names = ['OMP_NUM_THREADS', 'OPENBLAS_NUM_THREADS'] as const;
  const before = names.map((name) => process.env[name]);
  for (const name of names) process.env[name] ??= '1';
  try {
    return createRequire(import.meta.url)('faiss-node') as FaissNode;
  } finally {
    names.forEach((name, i) => {
      if (before[i] === undefined) delete process.env[name];
    });
  }
}

/** Up to here exhaustive search is exact and fast enough; above, HNSW keeps a query in the same time. */
export const FLAT_LIMIT = 50_000;
/** For unit vectors the order is the same as by inner product, and HNSW's pruning of links assumes a true distance. */
const METRIC_L2 = 1;
const HNSW = 'HNSW32,Flat';
/** Candidates kept while searching: recall@10 .999 on 20,000 random vectors of 40 numbers; FAISS's own 16 gives .73. */
const EF_SEARCH = 192;
/** faiss-node takes plain arrays: blocks keep the copies small. */
const BLOCK_ROWS = 2000;
/** Part of dead labels at which a rebuild pays. */
const DEAD_SHARE = 0.25;
/** Candidates beyond k: room for equal scores that must be ordered by id. */
const SPARE = 16;
/** Two scores this close may come from FAISS in either order. */
const TIE = 1e-6;
/** Lengths at the end of an empty HNSW index as written by FAISS: five settings, then the flat storage. */
const SETTINGS_BYTES = 20;
const EMPTY_STORAGE_BYTES = 45;

/**
 * An empty HNSW index with our efSearch, or null where the library lays it out otherwise than we know. faiss-node has no
 * call for it, but writes and reads FAISS's own format, in which it stands: [entry point, top level, efConstruction 40,
 * efSearch 16, beam 1] before the storage "IxF2".
 */
function patientHnsw(faiss: FaissNode, dim: number): NativeIndex | null {
  const buffer = Buffer.from(faiss.Index.fromFactory(dim, HNSW, METRIC_L2).toBuffer());
  const storageAt = buffer.length - EMPTY_STORAGE_BYTES;
  const at = storageAt - SETTINGS_BYTES;
  const asKnown =
    at > 0 &&
    buffer.toString('latin1', storageAt, storageAt + 4) === 'IxF2' &&
    [-1, -1, 40, 16, 1].every((value, i) => buffer.readInt32LE(at + 4 * i) === value);
  if (!asKnown) return null;
  buffer.writeInt32LE(EF_SEARCH, at + 12);
  return faiss.Index.fromBuffer(buffer);
}

export function createFaissIndex(
  model: EncoderModel,
  faiss: FaissNode = loadFaiss(),
  rows: Rows = emptyRows(model.dim),
  flatLimit = FLAT_LIMIT,
): VectorIndex {
  let kind: 'faiss-flat' | 'faiss-hnsw' = 'faiss-flat';
  let native: NativeIndex;
  /** Size at which an exhaustive index is tried as HNSW (again). */
  let nextLimit = flatLimit;
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
    // Exhaustive search stands in where HNSW cannot be set up: right, only slower.
    const hnsw = rows.ids.length > flatLimit ? patientHnsw(faiss, model.dim) : null;
    kind = hnsw ? 'faiss-hnsw' : 'faiss-flat';
    native = hnsw ?? new faiss.IndexFlatIP(model.dim);
    const failed = rows.ids.length > flatLimit && !hnsw;
    nextLimit = hnsw ? Number.POSITIVE_INFINITY : failed ? 2 * rows.ids.length : flatLimit;
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
    if (dead() > 64 + DEAD_SHARE * rows.ids.length) rebuild();
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
      if (kind === 'faiss-flat' && rows.ids.length > nextLimit) rebuild();
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
      for (let ask = wanted + SPARE; ; ask *= 4) {
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
