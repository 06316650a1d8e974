/** The store of several machines: a PostgreSQL server. */
import type { Store } from '../../../engine/stores.js';
import type { SessionMemoryOptions } from '../session-memory.js';
import { openDatabase } from './database.js';
import { openRecordsTable } from './records-table.js';
import { bringUpToDate } from './schema.js';
import { openSessionTable } from './session-table.js';

export interface PostgresStoreOptions extends SessionMemoryOptions {
  /** postgres://…; may hold a password, so it is never shown. */
  url: string;
  waitForLockSec?: number;
}

/** Makes the tables where they are missing. Throws `store-newer` where a newer EmoHeal made them. */
export async function openPostgresStore(options: PostgresStoreOptions): Promise<Store> {
  const database = openDatabase(options.url);
  const first = await database.alone();
  try {
    await bringUpToDate(first);
    const { rows } = await first.query<{ free: boolean }>(
      'SELECT rolsuper OR rolbypassrls AS free FROM pg_roles WHERE rolname = current_user',
    );
    if (rows[0]?.free)
      options.onWarning?.(
        "The user of EMOHEAL_DATABASE_URL is a superuser, whom PostgreSQL does not bind to one listener's rows; a plain user is safer.",
      );
    await database.ready();
  } catch (error) {
    await database.close();
    throw error;
  } finally {
    await first.end();
  }
  let closed = false;
  let sessions: ReturnType<Store['sessions']> | undefined;
  return {
    sessions: () => {
      sessions ??= openSessionTable(database, options).catch((error) => {
        sessions = undefined;
        throw error;
      });
      return sessions;
    },
    records: (kind) => openRecordsTable(kind, database),
    nowMs: database.nowMs,
    async close() {
      if (closed) return;
      closed = true;
      await sessions?.then(
        (part) => part.close(),
        () => {},
      );
      await database.close();
    },
  };
}
