/** The store that the settings name. */
import type { Store } from '../../engine/stores.js';
import { openFileStore } from './files/file-store.js';
import { openPostgresStore } from './postgres/postgres-store.js';
import type { SessionMemoryOptions } from './session-memory.js';

export interface StoreSettings extends SessionMemoryOptions {
  dataDir: string;
  databaseUrl?: string | undefined;
  /** "many": other servers use the same database at the same time; only with one. */
  instances?: 'one' | 'many';
  /** How long to wait for a server that still has the sessions. */
  waitForLockSec?: number;
}

export const openStore = ({ databaseUrl, instances, ...options }: StoreSettings): Promise<Store> =>
  databaseUrl
    ? openPostgresStore({ ...options, url: databaseUrl, shared: instances === 'many' })
    : openFileStore(options);
