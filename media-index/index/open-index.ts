/** Chooses the index of this machine: FAISS where its native module is built, else exact search, which says so. */
import type { EncoderModel } from '../encoders/encoder.js';
import { createExactIndex } from './exact.js';
import { createFaissIndex } from './faiss.js';
import { type FaissNode, loadFaiss } from './faiss-native.js';
import { loadIndex, type SavedIndex } from './storage.js';
import type { VectorIndex } from './vector-index.js';

export interface OpenIndexOptions {
  /** Tests give their own; production takes the default. Throws where the native module is missing. */
  load?: () => FaissNode;
  /** Vectors up to which search is exhaustive. */
  flatLimit?: number;
  /** Vectors from which IVF is used. */
  ivfFrom?: number;
  /** FAISS alone: a graph that was built in the background has taken over. */
  onRebuilt?: () => void;
}

/** An empty index, or one over what was saved. Never throws for a missing native module. */
export function openIndex(model: EncoderModel, options: OpenIndexOptions = {}, saved?: SavedIndex): VectorIndex {
  const { load = loadFaiss, ...limits } = options;
  let faiss: FaissNode;
  try {
    faiss = load();
  } catch {
    return createExactIndex(model, saved?.rows, {
      status: 'ready',
      detail:
        'exact search: the native module of faiss-node is not built on this machine; slower beyond some 15,000 tracks',
      remedy: 'Run "npm start" once on a machine with a C++ compiler and libfaiss-dev to have it built.',
    });
  }
  return createFaissIndex(model, { faiss, ...limits }, saved);
}

/** The saved index of a folder, or an empty one where there is none. Rejects with `index-mismatch`, naming both sides. */
export async function openSavedIndex(
  folder: string,
  model: EncoderModel,
  options: OpenIndexOptions = {},
): Promise<VectorIndex> {
  return openIndex(model, options, (await loadIndex(folder, model)) ?? undefined);
}
