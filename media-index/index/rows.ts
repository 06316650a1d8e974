/**
 * Vectors in one growing block of memory with their ids: what every local index keeps, and what is written to disk.
 * Removing moves the last row into the gap, so rows stay dense; `ids[i]` always names row i.
 */
import { bestFew } from '../best-few.js';
import type { Hit } from './vector-index.js';

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

/** Copies of rows, null for an unknown id. They share one block of memory: thousands are asked for at once. */
export function vectorsOf({ data, dim, rowOf }: Rows, ids: readonly string[]): (Float32Array | null)[] {
  const block = new Float32Array(ids.length * dim);
  return ids.map((id, i) => {
    const row = rowOf.get(id);
    if (row === undefined) return null;
    for (let j = 0, from = row * dim, to = i * dim; j < dim; j++, from++, to++) block[to] = data[from]!;
    return block.subarray(i * dim, (i + 1) * dim);
  });
}

export const innerProduct = (rows: Rows, row: number, query: Float32Array): number =>
  dot(rows.data, row * rows.dim, query);

export function scoreIn(rows: Rows, id: string, query: Float32Array): number | null {
  const row = rows.rowOf.get(id);
  return row === undefined ? null : innerProduct(rows, row, query);
}

/** Of `b` and as many numbers of `a` from a place on. Four sums at a time: a processor adds them side by side. */
function dot(a: Float32Array, from: number, b: Float32Array): number {
  let s = 0;
  let t = 0;
  let u = 0;
  let v = 0;
  const fours = b.length & ~3;
  let i = 0;
  for (let at = from; i < fours; i += 4, at += 4) {
    s += a[at]! * b[i]!;
    t += a[at + 1]! * b[i + 1]!;
    u += a[at + 2]! * b[i + 2]!;
    v += a[at + 3]! * b[i + 3]!;
  }
  for (; i < b.length; i++) s += a[from + i]! * b[i]!;
  return s + t + (u + v);
}

/** The best k among `ids`, by looking at each one. Every id must be held. */
export function bestOf(rows: Rows, ids: Iterable<string>, query: Float32Array, k: number): Hit[] {
  const best = bestFew<string>(k, (id) => id);
  for (const id of ids) best.offer(id, innerProduct(rows, rows.rowOf.get(id) as number, query));
  return best.list().map(({ item, score }) => ({ id: item, score }));
}
