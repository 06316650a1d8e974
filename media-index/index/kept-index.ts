/** The index that the product searches: kept in the data folder from one start to the next, or on a Milvus server. */
import path from 'node:path';
import { EmohealError } from '../../engine/errors.js';
import type { EncoderModel } from '../encoders/encoder.js';
import { openMilvus } from './milvus.js';
import { readAddress } from './milvus-client.js';
import { type OpenIndexOptions, openIndex, openSavedIndex } from './open-index.js';
import { createServerIndex } from './server-index.js';
import type { VectorIndex } from './vector-index.js';

export interface KeptIndexOptions extends OpenIndexOptions {
  dataDir: string;
  /** Of a Milvus server; FAISS at home when left out. */
  vectorUrl?: string;
  onWarning: (message: string) => void;
}

export interface KeptIndex {
  index: VectorIndex;
  /** Keeps the index as it is now, in the background; what changes meanwhile is kept after it. */
  keep(): void;
  /** Waits for what is being kept. */
  close(): Promise<void>;
}

export const indexFolder = (dataDir: string): string => path.join(dataDir, 'index');
/** What the last sync with a server left; it answers while the server is away. */
export const copyFolder = (dataDir: string): string => path.join(dataDir, 'index-of-server');

/** Never throws for a kept index that cannot be used: it says so and begins with an empty one; the old one stands until then. */
export async function openKeptIndex(model: EncoderModel, options: KeptIndexOptions): Promise<KeptIndex> {
  const { dataDir, vectorUrl, onWarning } = options;
  const folder = vectorUrl ? copyFolder(dataDir) : indexFolder(dataDir);
  // A graph is built long after the vectors were added: unless it is kept too, every start would build it again.
  const settings = { ...options, onRebuilt: () => keep() };
  const kept = await openSavedIndex(folder, model, settings).catch((error: unknown) => {
    const known = error instanceof EmohealError && error.code === 'index-mismatch';
    onWarning(known ? error.message : `The music index in ${folder} cannot be read: ${(error as Error).message}`);
    return openIndex(model, settings);
  });
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

function overServer(model: EncoderModel, vectorUrl: string, copy: VectorIndex, folder: string): VectorIndex {
  const address = readAddress(vectorUrl);
  return createServerIndex({ connect: () => openMilvus(model, address), server: address.shown, copy, folder });
}
