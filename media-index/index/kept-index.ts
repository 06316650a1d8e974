/** The index that the product searches: kept in the data folder from one start to the next, or on a Milvus server. */
import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { EmohealError } from '../../engine/errors.js';
import type { EncoderModel } from '../encoders/encoder.js';
import { ForeignIndex } from './index-files.js';
import { openMilvus } from './milvus.js';
import { readAddress } from './milvus-client.js';
import { type OpenIndexOptions, openIndex } from './open-index.js';
import { createServerIndex } from './server-index.js';
import { loadIndex, type SavedIndex } from './storage.js';
import type { HeldIndex } from './vector-index.js';

export interface KeptIndexOptions extends OpenIndexOptions {
  dataDir: string;
  /** Of a Milvus server; FAISS at home when left out. */
  vectorUrl?: string;
  onWarning: (message: string) => void;
}

export interface KeptIndex {
  index: HeldIndex;
  /** Keeps the index as it is now, in the background; what changes meanwhile is kept after it. */
  keep(): void;
  /** Waits for what is being kept. */
  close(): Promise<void>;
}

export const indexFolder = (dataDir: string): string => path.join(dataDir, 'index');
/** What the last sync with a server left; it answers while the server is away. */
export const copyFolder = (dataDir: string): string => path.join(dataDir, 'index-of-server');

/** Where an index of another model or format is kept, for whoever goes back to it. One, of each of the two above. */
export const earlierFolder = (folder: string): string => `${folder}-earlier`;

/**
 * Never throws for a kept index that cannot be used: it says so and begins with an empty one. A damaged one stands until
 * the new one is kept; one of another model or format stays beside it, and is used again as soon as it fits again.
 */
export async function openKeptIndex(model: EncoderModel, options: KeptIndexOptions): Promise<KeptIndex> {
  const { dataDir, vectorUrl, onWarning } = options;
  const folder = vectorUrl ? copyFolder(dataDir) : indexFolder(dataDir);
  // A graph is built long after the vectors were added: unless it is kept too, every start would build it again.
  const settings = { ...options, onRebuilt: () => keep() };
  const saved = await savedOrEarlier(folder, model).catch((error: unknown) => {
    const known = error instanceof EmohealError && error.code === 'index-mismatch';
    onWarning(known ? error.message : `The music index in ${folder} cannot be read: ${(error as Error).message}`);
    return null;
  });
  const kept = openIndex(model, settings, saved ?? undefined);
  const index = vectorUrl ? overServer(model, vectorUrl, kept, folder) : kept;
  let keeping: Promise<void> | null = null;
  let again = false;

  function keep(): void {
    if (keeping) {
      again = true;
      return;
    }
    keeping = index
      .save(folder)
      .catch((error: Error) => onWarning(`The music index could not be kept in ${folder}: ${error.message}`))
      .finally(() => {
        keeping = null;
        if (again) {
          again = false;
          keep();
        }
      });
  }
  return {
    index,
    keep,
    async close() {
      // First, so that nothing that is built in the background asks to be kept after the last time.
      await index.close();
      while (keeping) await keeping;
    },
  };
}

/** What was saved for this model, in the folder or as the earlier one, which then changes places with the other. */
async function savedOrEarlier(folder: string, model: EncoderModel): Promise<SavedIndex | null> {
  const earlier = earlierFolder(folder);
  try {
    const saved = await loadIndex(folder, model);
    if (saved) return saved;
  } catch (error) {
    if (!(error instanceof ForeignIndex)) throw error;
    const aside = `${folder}-aside`;
    await rm(aside, { recursive: true, force: true });
    await rename(folder, aside);
    const fits = await loadIndex(earlier, model).catch(() => null);
    if (fits) await rename(earlier, folder);
    else await rm(earlier, { recursive: true, force: true });
    await rename(aside, earlier);
    if (!fits) throw error;
  }
  return loadIndex(folder, model);
}

function overServer(model: EncoderModel, vectorUrl: string, copy: HeldIndex, folder: string): HeldIndex {
  const address = readAddress(vectorUrl);
  return createServerIndex({ connect: () => openMilvus(model, address), server: address.shown, copy, folder });
}
