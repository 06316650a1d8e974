/**
 * Vectors in one growing block of memory with their ids: what every local index keeps, and what is written to disk.
 * Removing moves the last row into the gap, so rows stay dense; `ids[i]` always names row i.
 */
import { bestFew } from '../best-few.js';
import type { Hit, Scorer } from './vector-index.js';

export interface Rows {
  readonly dim: number;
  readonly ids: string[];
  readonly rowOf: Map<string, number>;
  data: Float32Array;
  /** How often a row has come to lie elsewhere. */
  moves: number;
}

export function emptyRows(dim: number, capacity = 64): Rows {
  return { dim, ids: [], rowOf: new Map(), data: new Float32Array(dim * capacity), moves: 0 };
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
  rows.moves += 1;
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

export const innerProduct = (rows: Rows, row: number, query: Float64Array): number =>
  dot(rows.data, row * rows.dim, query);

/** What `HeldIndex.scorer` promises. Each row is looked up by its name once, as long as no row moves. */
export function scorerIn(rows: Rows, ids: readonly string[]): Scorer {
  const rowOf = new Int32Array(ids.length).fill(-1);
  let { moves } = rows;
  return (vector) => {
    // Rows are multiplied in 64 bits: the one that meets them all is widened once.
    const query = Float64Array.from(vector);
    return (i) => {
      if (rows.moves !== moves) {
        rowOf.fill(-1);
        moves = rows.moves;
      }
      if (rowOf[i]! < 0) rowOf[i] = rows.rowOf.get(ids[i]!) ?? -1;
      return rowOf[i]! < 0 ? null : innerProduct(rows, rowOf[i]!, query);
    };
  };
}

/** Of `b` and as many numbers of `a` from a place on. Four sums at a time: a processor adds them side by side. */
function dot(a: Float32Array, from: number, b: Float64Array): number {
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
  const wide = Float64Array.from(query);
  for (const id of ids) best.offer(id, innerProduct(rows, rows.rowOf.get(id) as number, wide));
  return best.list().map(({ item, score }) => ({ id: item, score }));
}
