/** The store of one machine: files below `state/` of the data folder, no server and no set-up. */
import type { Store } from '../../../engine/stores.js';
import { openRecordsFile } from './records-file.js';
import { openSessionFiles, type SessionFilesOptions } from './session-files.js';

export async function openFileStore(options: SessionFilesOptions): Promise<Store> {
  const closing: (() => Promise<void>)[] = [];
  const closedWith = <T extends { close(): Promise<void> }>(part: T): T => {
    closing.push(() => part.close());
    return part;
  };
  let sessions: ReturnType<Store['sessions']> | undefined;
  return {
    sessions: () => {
      sessions ??= openSessionFiles(options).then(closedWith, (error) => {
        sessions = undefined;
        throw error;
      });
      return sessions;
    },
    nowMs: Date.now,
    records: async (kind) => closedWith(await openRecordsFile(kind, options)),
    async close() {
      await Promise.allSettled(closing.map((close) => close()));
    },
  };
}
