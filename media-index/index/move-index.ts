/** Everything of one index into another: from FAISS at home to a Milvus server, and back. */
import { EmohealError } from '../../engine/errors.js';
import type { VectorIndex } from './vector-index.js';

export interface MoveOptions {
  /** After every block. */
  onProgress?: (done: number, all: number) => void;
  signal?: AbortSignal;
}

export interface Moved {
  /** Vectors that were brought now. */
  moved: number;
  /** Vectors that were there already, for instance from a run that was stopped. */
  already: number;
  /** Vectors of the target that the source does not have; they are left alone. */
  others: number;
}

const BLOCK = 1000;
/** Vectors that are looked up again at the end, spread over all. */
const PROBES = 50;
/** Two servers may round the last digit of a 32-bit number differently. */
const NEAR = 1e-4;

/**
 * Adds what the target lacks, then counts and looks some up. May be stopped and run again. The source is not changed.
 * Rejects with `index-mismatch` for indexes of different models and with `internal` where the check fails.
 */
export async function moveIndex(from: VectorIndex, to: VectorIndex, options: MoveOptions = {}): Promise<Moved> {
  if (from.model.sha256 !== to.model.sha256 || from.model.dim !== to.model.dim) {
    throw new EmohealError('index-mismatch', `One index is of "${from.model.id}", the other of "${to.model.id}".`, {
      remedy: 'Vectors of different models cannot be compared; let the new index be filled from the library.',
    });
  }
  const ids = await from.ids();
  const there = new Set(await to.ids());
  const missing = ids.filter((id) => !there.has(id));
  const already = ids.length - missing.length;
  for (let start = 0; start < missing.length; start += BLOCK) {
    options.signal?.throwIfAborted();
    const block = missing.slice(start, start + BLOCK);
    const vectors = await from.vectors(block);
    const found = block.flatMap((id, i) => (vectors[i] ? [{ id, vector: vectors[i] }] : []));
    await to.add(
      found.map(({ id }) => id),
      found.map(({ vector }) => vector),
    );
    options.onProgress?.(already + Math.min(missing.length, start + BLOCK), ids.length);
  }
  await check(from, to, ids);
  return { moved: missing.length, already, others: there.size - already };
}

async function check(from: VectorIndex, to: VectorIndex, ids: readonly string[]): Promise<void> {
  const fail = (what: string) =>
    new EmohealError('internal', `The index was brought over, but ${what}.`, {
      remedy: 'Run the command again; if it stays, remove the target and let it be filled from the library.',
    });
  const held = new Set(await to.ids());
  const lost = ids.filter((id) => !held.has(id)).length;
  if (lost > 0) throw fail(`${lost} of ${ids.length} vectors are missing`);
  const probes = Array.from({ length: Math.min(PROBES, ids.length) }, (_, i) => {
    return ids[Math.floor((i * ids.length) / Math.min(PROBES, ids.length))] as string;
  });
  const vectors = await from.vectors(probes);
  for (const [i, vector] of vectors.entries()) {
    if (!vector) continue;
    const [best] = await to.search(vector, 1);
    const self = vector.reduce((sum, value) => sum + value * value, 0);
    if (!best || best.score < self - NEAR) throw fail(`"${probes[i]}" is not found by its own vector`);
  }
}
