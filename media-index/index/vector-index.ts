/** Port of the nearest-neighbour index: unit vectors in, the k with the largest inner product out. */
import { EmohealError } from '../../engine/errors.js';
import type { PartState } from '../../engine/ports.js';
import type { EncoderModel } from '../encoders/encoder.js';

export interface Hit {
  id: string;
  /** Inner product, for unit vectors the cosine, -1..1. */
  score: number;
}

export interface VectorIndex {
  readonly model: EncoderModel;
  readonly kind: 'exact' | 'faiss-flat' | 'faiss-hnsw';
  /** Adds or replaces. All or nothing: throws `bad-input` for another length or a number that is not finite. */
  add(ids: readonly string[], vectors: readonly Float32Array[]): void;
  /** Unknown ids are passed over. Returns how many were there. */
  remove(ids: readonly string[]): number;
  has(id: string): boolean;
  ids(): string[];
  /** At most k, best first, ties by id. Empty for an empty index. Throws `bad-input` as `add` does. */
  search(vector: Float32Array, k: number): Hit[];
  readonly size: number;
  /** Writes the index to a folder in one atomic step: a reader finds the old one or the new one. */
  save(folder: string): Promise<void>;
  state(): PartState;
  close(): void;
}

export function checkVector(vector: Float32Array, dim: number, what: string): void {
  if (vector.length !== dim) {
    throw new EmohealError('bad-input', `${what} has ${vector.length} numbers, the index holds vectors of ${dim}.`, {
      remedy: 'Embed with the model that the index was made with.',
    });
  }
  for (const value of vector) {
    if (!Number.isFinite(value))
      throw new EmohealError('bad-input', `${what} holds a number that is not finite (${value}).`);
  }
}

export function checkK(k: number): void {
  if (!Number.isInteger(k) || k < 1) throw new EmohealError('bad-input', `k must be a whole number from 1, not ${k}.`);
}

/** Best first, ties by id in code-unit order: the same on every machine. */
export function byScoreThenId(a: Hit, b: Hit): number {
  return b.score - a.score || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}
