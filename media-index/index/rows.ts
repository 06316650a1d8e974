/**
 * Vectors in one growing block of memory with their ids: what every local index keeps, and what is written to disk.
 * Removing moves the last row into the gap, so rows stay dense; `ids[i]` always names row i.
 */
import { byScoreThenId, type Hit } from './vector-index.js';

export interface Rows {
  readonly dim: number;
  readonly ids: string[];
  readonly rowOf: Map<string, number>;
  data: Float32Array;
}

export function emptyRows(dim: number, capacity = 64): Rows {
  return { dim, ids: [], rowOf: new Map(), data: new Float32Array(dim * capacity) };
}

/** Adds or replaces one vector; returns its row. */
export function putRow(rows: Rows, id: string, vector: Float32Array): number {
  let row = rows.rowOf.get(id);
  if (row === undefined) {
    row = rows.ids.length;
    if ((row + 1) * rows.dim > rows.data.length) {
      const grown = new Float32Array(Math.max(rows.data.length * 2, (row + 1) * rows.dim));
      grown.set(rows.data);
      rows.data = grown;
    }
    rows.ids.push(id);
    rows.rowOf.set(id, row);
  }
  rows.data.set(vector, row * rows.dim);
  return row;
}

export function dropRow(rows: Rows, id: string): boolean {
  const row = rows.rowOf.get(id);
  if (row === undefined) return false;
  const last = rows.ids.length - 1;
  if (row !== last) {
    const moved = rows.ids[last] as string;
    rows.data.copyWithin(row * rows.dim, last * rows.dim, (last + 1) * rows.dim);
    rows.ids[row] = moved;
    rows.rowOf.set(moved, row);
  }
  rows.ids.pop();
  rows.rowOf.delete(id);
  return true;
}

/** A copy of one row, null for an unknown id. */
export function vectorOf(rows: Rows, id: string): Float32Array | null {
  const row = rows.rowOf.get(id);
  return row === undefined ? null : rows.data.slice(row * rows.dim, (row + 1) * rows.dim);
}

export function innerProduct(rows: Rows, row: number, query: Float32Array): number {
  const { data, dim } = rows;
  let sum = 0;
  for (let i = 0, at = row * dim; i < dim; i++, at++) sum += (data[at] as number) * (query[i] as number);
  return sum;
}

/** Beyond this many wanted, sorting everything is cheaper than keeping a list of the best. */
const SHORT_LIST = 512;

/** The best k among `ids`, by looking at each one. Every id must be held. */
export function bestOf(rows: Rows, ids: Iterable<string>, query: Float32Array, k: number): Hit[] {
  const scored = function* (): Generator<Hit> {
    for (const id of ids) yield { id, score: innerProduct(rows, rows.rowOf.get(id) as number, query) };
  };
  if (k > SHORT_LIST) return [...scored()].sort(byScoreThenId).slice(0, k);
  // Worst last: most rows lose against the worst at once.
  const best: Hit[] = [];
  for (const hit of scored()) {
    const worst = best[best.length - 1];
    if (best.length >= k && worst && byScoreThenId(worst, hit) <= 0) continue;
    let low = 0;
    for (let high = best.length; low < high; ) {
      const middle = (low + high) >> 1;
      if (byScoreThenId(best[middle] as Hit, hit) <= 0) low = middle + 1;
      else high = middle;
    }
    best.splice(low, 0, hit);
    if (best.length > k) best.pop();
  }
  return best;
}
