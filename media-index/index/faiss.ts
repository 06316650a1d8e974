/**
 * FAISS through faiss-node: exhaustive for small libraries, HNSW for larger ones, IVF for the largest (`kindFor`).
 *
 * Rules
 * 1. FAISS finds candidates, our own rows give their scores: every kind answers with the same numbers, ties by id.
 * 2. What FAISS does not hold yet is "fresh" and looked at one by one: an addition is found from the first moment.
 * 3. Fresh vectors are worked in, and a segment of another kind or with too many dead labels is built anew, in the
 *    background (`background.ts`); meanwhile the old segment answers.
 * 4. Where a graph finds fewer than are asked for, or very many are asked for, all rows are looked at. Who asks only for what is
 *    about nearest (`near`) gets what the cells beside the graph find, or the graph, if that is half of it.
 *
 * Example: 60,000 tracks in HNSW, 13,000 of them removed → 22 % dead → a new HNSW of 47,000 is built beside the old one
 * and swapped in; at 40,000 (a fifth below the limit) exhaustive search takes over.
 */
import type { EncoderModel } from '../encoders/encoder.js';
import { createUpkeep } from './background.js';
import {
  cellsInFile,
  cellsNative,
  type FaissKind,
  type FaissNode,
  flatNative,
  hnswNative,
  ivfNative,
  loadFaiss,
  type NativeIndex,
} from './faiss-native.js';
import { bestOf, dropRow, emptyRows, innerProduct, putRow, type Rows, scorerIn, vectorsOf } from './rows.js';
import { createSegment, type Segment } from './segment.js';
import { type SavedGraph, type SavedIndex, saveIndex } from './storage.js';
import {
  byScoreThenId,
  checkBatch,
  checkK,
  checkVector,
  type HeldIndex,
  type Hit,
  type IndexState,
} from './vector-index.js';

export interface FaissOptions {
  faiss?: FaissNode;
  /** Vectors up to which search is exhaustive. */
  flatLimit?: number;
  /** Vectors from which IVF is used. */
  ivfFrom?: number;
  /** Vectors up to which a graph has cells beside it. */
  cellsLimit?: number;
  /** A segment that was built in the background has taken over: the time to save it. */
  onRebuilt?: () => void;
}

export interface FaissIndex extends HeldIndex {
  readonly kind: FaissKind;
  /** Resolves when nothing is left to be done in the background. Rejects with what went wrong there. */
  settled(): Promise<void>;
}

/** Measured in bench/index: below, exhaustive search is exact and takes a millisecond; on slow machines two. */
export const FLAT_LIMIT = 15_000;
/** From here HNSW would need hours on a small machine to build, and twice the memory. */
export const IVF_FROM = 2_000_000;
/**
 * Of the 400 nearest among 20,000 grouped vectors the graph finds .73, in .6 ms, cells .98 in .3 (a session asks for three
 * times 400). They hold each vector once more: beyond this, memory is worth more.
 */
export const CELLS_LIMIT = 60_000;
/** Candidates beyond k: room for equal scores that must be ordered by id. */
const SPARE = 16;
/** Two scores this close may come from FAISS in either order. */
const TIE = 1e-6;
/** Beyond this part of the index asking a graph costs more than looking at everything. */
const WIDE_SHARE = 0.05;
const WIDE_LEAST = 2000;

/** `saved`: rows, and a graph over them, as `loadIndex` gave them; the index owns them from then on. */
export function createFaissIndex(
  model: EncoderModel,
  options: FaissOptions = {},
  saved: SavedIndex = { rows: emptyRows(model.dim), graph: null, graphLost: null },
): FaissIndex {
  const { faiss = loadFaiss(), flatLimit = FLAT_LIMIT, ivfFrom = IVF_FROM, cellsLimit = CELLS_LIMIT } = options;
  const { rows } = saved;
  /** What is wrong with the saved graph, until it is built again. */
  let lost = saved.graphLost;
  /** Sizes at which the library turned out to be laid out otherwise than we know: exhaustive search stands in. */
  let onlyFlat = false;
  let noCells = false;

  function kindFor(count: number): FaissKind {
    return count <= flatLimit || onlyFlat ? 'faiss-flat' : count < ivfFrom ? 'faiss-hnsw' : 'faiss-ivf';
  }
  function newSegment(kind: FaissKind): Segment {
    const made: { native: NativeIndex; cells?: number } | null =
      kind === 'faiss-hnsw'
        ? hnswNative(faiss, model.dim)
        : kind === 'faiss-ivf'
          ? ivfNative(faiss, model.dim, rows.ids.length, (n) => spreadSample(rows, n))
          : null;
    onlyFlat ||= kind !== 'faiss-flat' && !made;
    return made ? createSegment(kind, made.native, made) : createSegment('faiss-flat', flatNative(faiss, model.dim));
  }
  function openGraph({ kind, file, labels }: SavedGraph): Segment | null {
    try {
      const native = faiss.Index.read(file);
      if (native.getDimension() !== model.dim || native.ntotal() !== labels.length) throw new Error('other lengths');
      const idOf = Array.from(labels, (row) => (row < 0 ? null : (rows.ids[row] as string)));
      return createSegment(kind, native, { idOf, cells: kind === 'faiss-ivf' ? cellsInFile(file) : 0 });
    } catch (error) {
      lost = `the saved graph cannot be read (${(error as Error).message})`;
      return null;
    }
  }
  const upkeep = createUpkeep({
    rows,
    first: (saved.graph && openGraph(saved.graph)) ?? newSegment('faiss-flat'),
    kindFor,
    newSegment,
    wantsCells: (count) => count <= cellsLimit && !noCells,
    newCells() {
      const made = cellsNative(faiss, model.dim, rows.ids.length, (n) => spreadSample(rows, n));
      noCells ||= !made;
      return made && createSegment('faiss-ivf', made.native, made);
    },
    onSwap: () => {
      lost = null;
      options.onRebuilt?.();
    },
  });

  async function search(vector: Float32Array, k: number): Promise<Hit[]> {
    checkVector(vector, model.dim, 'The query');
    checkK(k);
    const wanted = Math.min(k, rows.ids.length);
    if (wanted === 0) return [];
    const live = upkeep.live();
    const fresh = bestOf(rows, upkeep.fresh(), vector, wanted);
    const query = Array.from(vector);
    const widened = Float64Array.from(vector);
    const wide = Math.max(WIDE_LEAST, WIDE_SHARE * live.total());
    const scored = (id: string): Hit => ({ id, score: innerProduct(rows, rows.rowOf.get(id) as number, widened) });
    for (let ask = wanted + SPARE; ask <= wide || live.kind === 'faiss-flat'; ask *= 4) {
      const all = ask >= live.total();
      const near = live.total() === 0 ? [] : live.nearest(query, Math.min(ask, live.total())).map(scored);
      const last = near.reduce((lowest, hit) => Math.min(lowest, hit.score), 1 / 0);
      const hits = [...near, ...fresh].sort(byScoreThenId);
      const kth = hits[wanted - 1];
      // Enough, and no equal of the k-th can be waiting behind the last candidate.
      if (kth && (all || last < kth.score - TIE)) return hits.slice(0, wanted);
      if (all) break;
    }
    return bestOf(rows, rows.ids, vector, wanted);
  }

  async function near(vector: Float32Array, k: number): Promise<string[]> {
    checkVector(vector, model.dim, 'The query');
    checkK(k);
    const quick = upkeep.quick();
    const fresh = bestOf(rows, upkeep.fresh(), vector, k).map(({ id }) => id);
    const found = quick.total() === 0 ? [] : quick.nearest(Array.from(vector), Math.min(k, quick.total()));
    // A group of near twins has few links to the others: a graph may lead no further.
    const enough = fresh.length + found.length >= Math.min(k, rows.ids.length) / 2;
    return enough ? [...fresh, ...found] : (await search(vector, k)).map(({ id }) => id);
  }

  return {
    model,
    get kind() {
      return upkeep.live().kind;
    },
    async add(ids, vectors) {
      checkBatch(model.dim, ids, vectors);
      ids.forEach((id, i) => {
        putRow(rows, id, vectors[i] as Float32Array);
      });
      await upkeep.changed(new Set(ids));
    },
    async remove(ids) {
      const gone = ids.filter((id) => dropRow(rows, id));
      upkeep.gone(gone);
      return gone.length;
    },
    ids: async () => [...rows.ids],
    vectors: async (ids) => vectorsOf(rows, ids),
    count: async () => rows.ids.length,
    search,
    near,
    scorer: (ids) => scorerIn(rows, ids),
    save: (folder) =>
      saveIndex(folder, model, rows, () => {
        const { kind, native, rowsOfLabels } = upkeep.live();
        // An exhaustive segment is filled from the rows in a blink.
        return kind === 'faiss-flat'
          ? null
          : { kind, labels: rowsOfLabels(rows), write: (file: string) => native.write(file) };
      }),
    state(): IndexState {
      const held = `${upkeep.live().kind} over ${rows.ids.length} vectors`;
      const trouble = upkeep.trouble();
      if (trouble) {
        return {
          status: 'degraded',
          detail: `${held}; work in the background stopped: ${trouble.message}`,
          remedy: 'Start the program again; if it stays, remove the index folder to have it made anew.',
        };
      }
      return { status: 'ready', detail: [held, upkeep.progress(), lost].filter(Boolean).join('; ') };
    },
    settled: upkeep.settled,
    close: upkeep.close,
  } satisfies FaissIndex;
}

/** n rows, evenly spread, one after the other. */
function spreadSample(rows: Rows, n: number): number[] {
  const numbers = new Array<number>(n * rows.dim);
  for (let i = 0; i < n; i++) {
    const at = Math.floor((i * rows.ids.length) / n) * rows.dim;
    for (let d = 0; d < rows.dim; d++) numbers[i * rows.dim + d] = rows.data[at + d] as number;
  }
  return numbers;
}
