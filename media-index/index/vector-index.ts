/** Port of the nearest-neighbour index: unit vectors in, the k with the largest inner product out. */
import { EmohealError } from '../../engine/errors.js';
import type { PartState } from '../../engine/ports.js';
import type { EncoderModel } from '../encoders/encoder.js';

export interface Hit {
  id: string;
  /** Inner product, for unit vectors the cosine, -1..1. */
  score: number;
}

export type IndexKind = 'exact' | 'faiss-flat' | 'faiss-hnsw' | 'faiss-ivf' | 'milvus';

export type IndexState = PartState;

/**
 * Every call may reach a server, so all answer later. What was added or removed is seen by the next search of the same
 * index. Throws `busy` (retryable) where a server does not answer.
 */
export interface VectorIndex {
  readonly model: EncoderModel;
  readonly kind: IndexKind;
  /** Adds or replaces. All or nothing: rejects with `bad-input` for another length or a number that is not finite. */
  add(ids: readonly string[], vectors: readonly Float32Array[]): Promise<void>;
  /** Unknown ids are passed over. Answers how many were there. */
  remove(ids: readonly string[]): Promise<number>;
  /** Of everything that is held, in no order. */
  ids(): Promise<string[]>;
  /** In the order of `ids`, null for an unknown one. */
  vectors(ids: readonly string[]): Promise<(Float32Array | null)[]>;
  count(): Promise<number>;
  /** At most k, best first, ties by id. Empty for an empty index. Rejects with `bad-input` as `add` does. */
  search(vector: Float32Array, k: number): Promise<Hit[]>;
  /** Writes the index to a folder in one atomic step: a reader finds the old one or the new one. */
  save(folder: string): Promise<void>;
  state(): IndexState;
  /** Stops what runs in the background and hangs up; nothing is saved. */
  close(): Promise<void>;
}

/** For a query: the score of the i-th of some ids, null for one that is not, or no longer, held. */
export type Scorer = (vector: Float32Array) => (i: number) => number | null;

/** An index whose vectors lie in this process as well: what is near is weighed anew again and again without asking a server. */
export interface HeldIndex extends VectorIndex {
  /** Ids of about the k nearest, in no order: what the index finds fast, at least half of k where so many are held. */
  near(vector: Float32Array, k: number): Promise<string[]>;
  /** Tells the score that `search` gives to the i-th of these, again and again. */
  scorer(ids: readonly string[]): Scorer;
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

/** Checks a whole batch before anything is changed. */
export function checkBatch(dim: number, ids: readonly string[], vectors: readonly Float32Array[]): void {
  if (ids.length !== vectors.length) {
    throw new EmohealError('bad-input', `There are ${ids.length} ids for ${vectors.length} vectors.`);
  }
  vectors.forEach((vector, i) => {
    checkVector(vector, dim, `The vector of "${ids[i]}"`);
  });
}

export function checkK(k: number): void {
  if (!Number.isInteger(k) || k < 1) throw new EmohealError('bad-input', `k must be a whole number from 1, not ${k}.`);
}

/** Best first, ties by id in code-unit order: the same on every machine. */
export function byScoreThenId(a: Hit, b: Hit): number {
  return b.score - a.score || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}
