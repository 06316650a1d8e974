/** Sessions as rows; one server at a time has them, by a lock that ends with its connection. */
import type { Client } from 'pg';
import { EmohealError } from '../../../engine/errors.js';
import { Session } from '../../../engine/session.js';
import type { SessionStore } from '../../../engine/stores.js';
import { newerThanWe } from '../files/whole-file.js';
import { rememberSessions, type SessionMemoryOptions } from '../session-memory.js';
import type { Database } from './database.js';

const SCHEMA_VERSION = 2;
const LOCK = 'emoheal sessions';
const LOCK_AGAIN_MS = 1000;

export async function openSessionTable(
  database: Database,
  options: SessionMemoryOptions & { waitForLockSec?: number },
): Promise<SessionStore> {
  const lock = await holdLock(database, options);
  return rememberSessions(
    {
      async read(id) {
        const { rows } = await database.transaction((client) =>
          client.query<{ schema_version: number; body: unknown }>(
            'SELECT schema_version, body FROM emoheal_sessions WHERE id = $1',
            [id],
          ),
        );
        if (!rows[0]) return null;
        if (rows[0].schema_version > SCHEMA_VERSION)
          throw newerThanWe(`Session ${id} of the database`, rows[0].schema_version);
        const parsed = Session.safeParse(rows[0].body);
        if (!parsed.success) options.onWarning?.(`Session ${id} of the database is damaged and is passed over.`);
        return parsed.success ? parsed.data : null;
      },
      write: (session, safely) =>
        database.transaction(
          async (client) => {
            await client.query(
              `INSERT INTO emoheal_sessions (id, listener, created_at_ms, schema_version, body) VALUES ($1, $2, $3, $4, $5)
               ON CONFLICT (id) DO UPDATE SET listener = excluded.listener, body = excluded.body, schema_version = excluded.schema_version`,
              [session.id, session.listener ?? '', session.createdAtMs, SCHEMA_VERSION, JSON.stringify(session)],
            );
          },
          { safely },
        ),
      remove: (id) =>
        database.transaction(async (client) => {
          await client.query('DELETE FROM emoheal_sessions WHERE id = $1', [id]);
        }),
      ids: (listener) =>
        database.transaction(
          async (client) => {
            const { rows } = await client.query<{ id: string }>('SELECT id FROM emoheal_sessions');
            return rows.map(({ id }) => id);
          },
          // With a name, the database itself lets no row of anybody else through.
          listener === undefined ? {} : { listener },
        ),
      tidy: (beforeMs) =>
        database.transaction(async (client) => {
          await client.query('DELETE FROM emoheal_sessions WHERE created_at_ms < $1', [beforeMs]);
        }),
      close: lock.release,
    },
    options,
  );
}

/** Taken again by itself when the database comes back after a restart. */
async function holdLock(
  database: Database,
  { waitForLockSec = 0, onWarning }: { waitForLockSec?: number; onWarning?: (message: string) => void },
) {
  let holder: Client | undefined;
  let closed = false;

  async function take(): Promise<boolean> {
    const client = await database.alone();
    const { rows } = await client.query<{ held: boolean }>('SELECT pg_try_advisory_lock(hashtext($1)) AS held', [LOCK]);
    if (!rows[0]?.held) {
      await client.end();
      return false;
    }
    holder = client;
    client.on('error', () => void (holder === client && takeAgain()));
    return true;
  }

  async function takeAgain(): Promise<void> {
    await holder?.end().catch(() => {});
    holder = undefined;
    let told = false;
    while (!closed) {
      const held = await take().catch(() => null);
      if (held) return;
      if (held === false && !told) onWarning?.('Another EmoHeal server has taken this database while it was away.');
      told ||= held === false;
      await new Promise((resolve) => setTimeout(resolve, LOCK_AGAIN_MS).unref());
    }
  }

  for (let second = 0; !(await take()); second += 1) {
    if (second >= waitForLockSec)
      throw new EmohealError('conflict', 'Another EmoHeal server uses this database.', {
        remedy: 'Stop it, or set EMOHEAL_DATABASE_URL to another database.',
      });
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
  return {
    async release(): Promise<void> {
      closed = true;
      await holder?.end().catch(() => {});
    },
  };
}
