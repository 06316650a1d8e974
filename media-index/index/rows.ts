/**
 * Vectors in one growing block of memory with their ids: what both indexes keep, and what is written to disk.
 * Removing moves the last row into the gap, so rows stay dense; `rowId[i]` always names row i.
 */

import { EmohealError } from '../../engine/errors.js';
import { checkVector } from './vector-index.js';

export interface Rows {
  readonly dim: number;
  readonly ids: string[];
  readonly rowOf: Map<string, number>;
  data: Float32Array;
}

export function emptyRows(dim: number, capacity = 64): Rows {
  return { dim, ids: [], rowOf: new Map(), data: new Float32Array(dim * capacity) };
}

/** Checks everything before anything is changed. */
export function checkBatch(dim: number, ids: readonly string[], vectors: readonly Float32Array[]): void {
  if (ids.length !== vectors.length) {
    throw new EmohealError('bad-input', `There are ${ids.length} ids for ${vectors.length} vectors.`);
  }
  vectors.forEach((vector, i) => {
    checkVector(vector, dim, `The vector of "${ids[i]}"`);
  });
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

export function innerProduct(rows: Rows, row: number, query: Float32Array): number {
  const { data, dim } = rows;
  let sum = 0;
  for (let i = 0, at = row * dim; i < dim; i++, at++) sum += (data[at] as number) * (query[i] as number);
  return sum;
}
