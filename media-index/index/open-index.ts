/**
 * Chooses the index of this machine: FAISS where its native module is built, else exact search, which says so and makes
 * way as soon as the module is there: at a first start it is built while the server runs already.
 */
import type { EncoderModel } from '../encoders/encoder.js';
import { createExactIndex } from './exact.js';
import { createFaissIndex } from './faiss.js';
import { type FaissNode, loadFaiss } from './faiss-native.js';
import { emptyRows } from './rows.js';
import { loadIndex, type SavedIndex } from './storage.js';
import type { HeldIndex } from './vector-index.js';

export interface OpenIndexOptions {
  /** Tests give their own; production takes the default. Throws where the native module is missing. */
  load?: () => FaissNode;
  /** Vectors up to which search is exhaustive. */
  flatLimit?: number;
  /** Vectors from which IVF is used. */
  ivfFrom?: number;
  /** FAISS alone: a graph that was built in the background has taken over. */
  onRebuilt?: () => void;
  nowMs?: () => number;
}

/** Looking for a module that is not there takes a millisecond of whoever asks. */
const LOOK_AGAIN_MS = 5000;

/** An empty index, or one over what was saved. Never throws for a missing native module. */
export function openIndex(model: EncoderModel, options: OpenIndexOptions = {}, saved?: SavedIndex): HeldIndex {
  const { load = loadFaiss, nowMs = Date.now, ...limits } = options;
  const faiss = loaded(load);
  if (faiss) return createFaissIndex(model, { faiss, ...limits }, saved);
  const rows = saved?.rows ?? emptyRows(model.dim);
  let index: HeldIndex = createExactIndex(model, rows, {
    status: 'ready',
    detail:
      'exact search: the native module of faiss-node is not built on this machine; slower beyond some 15,000 tracks',
    remedy: 'Run "npm start" once on a machine with a C++ compiler and libfaiss-dev to have it built.',
  });
  let lookedMs = nowMs();
  /** FAISS over the same rows, once it can be loaded. Exact search leaves nothing half done behind it. */
  function current(): HeldIndex {
    if (index.kind !== 'exact' || nowMs() - lookedMs < LOOK_AGAIN_MS) return index;
    lookedMs = nowMs();
    const built = loaded(load);
    if (built) index = createFaissIndex(model, { faiss: built, ...limits }, { rows, graph: null, graphLost: null });
    return index;
  }
  return {
    model,
    get kind() {
      return current().kind;
    },
    add: (ids, vectors) => current().add(ids, vectors),
    remove: (ids) => current().remove(ids),
    ids: () => current().ids(),
    vectors: (ids) => current().vectors(ids),
    count: () => current().count(),
    search: (vector, k) => current().search(vector, k),
    near: (vector, k) => current().near(vector, k),
    scorer: (ids) => current().scorer(ids),
    save: (folder) => current().save(folder),
    state: () => current().state(),
    close: () => index.close(),
  } satisfies HeldIndex;
}

function loaded(load: () => FaissNode): FaissNode | null {
  try {
    return load();
  } catch {
    return null;
  }
}

/** The saved index of a folder, or an empty one where there is none. Rejects with `index-mismatch`, naming both sides. */
export async function openSavedIndex(
  folder: string,
  model: EncoderModel,
  options: OpenIndexOptions = {},
): Promise<HeldIndex> {
  return openIndex(model, options, (await loadIndex(folder, model)) ?? undefined);
}
