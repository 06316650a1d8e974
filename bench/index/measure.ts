/** One index of one size: how long it takes to fill, to answer, to save; and how much of the truth it finds. */
import { createExactIndex } from '../../media-index/index/exact.js';
import { createFaissIndex, type FaissIndex, type FaissOptions } from '../../media-index/index/faiss.js';
import { emptyRows } from '../../media-index/index/rows.js';
import type { VectorIndex } from '../../media-index/index/vector-index.js';
import { type Row, rowOf } from '../table.js';
import { DIM, type Shape, vectorSource } from './data.js';

export const BENCH_MODEL = { id: 'bench', dim: DIM, sha256: 'c'.repeat(64) };
const QUERIES = 200;
const K = 10;
const BLOCK = 5000;

export interface Truth {
  queries: Float32Array[];
  /** Ids of the ten nearest of each query, by looking at everything. */
  nearest: ReadonlySet<string>[];
}
export interface Shelf {
  shape: Shape;
  ids: string[];
  /** All vectors, one after the other. */
  data: Float32Array;
  truth: Truth;
}

export const rowAt = ({ data }: Shelf, i: number): Float32Array => data.subarray(i * DIM, (i + 1) * DIM);

export async function shelfOf(shape: Shape, count: number): Promise<Shelf> {
  const next = vectorSource(shape, count);
  const data = new Float32Array(count * DIM);
  for (let i = 0; i < count; i++) data.set(next(), i * DIM);
  const ids = Array.from({ length: count }, (_, i) => `track-${i}`);
  const rows = { ...emptyRows(DIM), ids, data, rowOf: new Map(ids.map((id, row) => [id, row])) };
  const exact = createExactIndex(BENCH_MODEL, rows);
  const queries = Array.from({ length: QUERIES }, next);
  const nearest: Set<string>[] = [];
  for (const query of queries) nearest.push(new Set((await exact.search(query, K)).map(({ id }) => id)));
  return { shape, ids, data, truth: { queries, nearest } };
}

/** Fills an index as an import does, and waits until the background has nothing left to do. Milliseconds. */
export async function fill(shelf: Shelf, options: FaissOptions): Promise<{ index: FaissIndex; tookMs: number }> {
  const index = createFaissIndex(BENCH_MODEL, options);
  const startMs = performance.now();
  for (let from = 0; from < shelf.ids.length; from += BLOCK) {
    const ids = shelf.ids.slice(from, from + BLOCK);
    await index.add(
      ids,
      ids.map((_, i) => rowAt(shelf, from + i)),
    );
  }
  await index.settled();
  return { index, tookMs: performance.now() - startMs };
}

/** Time of each search, and the share of the true ten that were found. */
export async function searches(index: VectorIndex, truth: Truth): Promise<{ samplesMs: number[]; recall: number }> {
  const samplesMs: number[] = [];
  let found = 0;
  for (const query of truth.queries.slice(0, 20)) await index.search(query, K);
  for (const [i, query] of truth.queries.entries()) {
    const startMs = performance.now();
    const hits = await index.search(query, K);
    samplesMs.push(performance.now() - startMs);
    found += hits.filter(({ id }) => truth.nearest[i]?.has(id)).length;
  }
  return { samplesMs, recall: found / (truth.queries.length * K) };
}

export const thousands = (count: number): string =>
  count >= 1e6 ? `${count / 1e6} M` : `${count.toLocaleString('en-GB')}`;

/** A row for the table of kinds: search times, with recall and the cost of filling beside them. */
export async function kindRow(shelf: Shelf, options: FaissOptions): Promise<Row> {
  const { index, tookMs } = await fill(shelf, options);
  const { samplesMs, recall } = await searches(index, shelf.truth);
  await index.close();
  const perRow = ((tookMs * 1000) / shelf.ids.length).toFixed(0);
  return rowOf(
    `${index.kind}, ${thousands(shelf.ids.length)} ${shelf.shape}`,
    samplesMs,
    `recall@10 ${recall.toFixed(4)}; ${perRow} µs a vector to fill`,
  );
}
