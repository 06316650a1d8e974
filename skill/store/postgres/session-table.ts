/**
 * Sessions as rows. One server at a time has them, by a lock that ends with its connection; or many have them together, each
 * reading anew what another may have written, and changing one session one after the other. The two ways exclude each other.
 */
import type { Client } from 'pg';
import { EmohealError } from '../../../engine/errors.js';
import { Session } from '../../../engine/session.js';
import type { SessionStore } from '../../../engine/stores.js';
import { newerThanWe } from '../files/whole-file.js';
import { rememberSessions, type SessionMemoryOptions } from '../session-memory.js';
import type { Database, Turn } from './database.js';

const SCHEMA_VERSION = 2;
const LOCK = 'emoheal sessions';
const LOCK_AGAIN_MS = 1000;

export async function openSessionTable(
  database: Database,
  options: SessionMemoryOptions & { waitForLockSec?: number },
): Promise<SessionStore> {
  const lock = await holdLock(database, options);
  const place = (turn: Pick<Turn, 'query'>) => ({
    async read(id: string): Promise<Session | null> {
      const { rows } = await turn.query<{ schema_version: number; body: unknown }>(
        'SELECT schema_version, body FROM emoheal_sessions WHERE id = $1',
        [id],
      );
      if (!rows[0]) return null;
      if (rows[0].schema_version > SCHEMA_VERSION)
        throw newerThanWe(`Session ${id} of the database`, rows[0].schema_version);
      const parsed = Session.safeParse(rows[0].body);
      if (!parsed.success) options.onWarning?.(`Session ${id} of the database is damaged and is passed over.`);
      return parsed.success ? parsed.data : null;
    },
  });
  return rememberSessions(
    {
      read: place({ query: database.once }).read,
      async write(session, safely) {
        await database.transaction((turn) => turn.query(UPSERT, rowOf(session)), { safely });
      },
      // It may be sent again where no answer came, and arrive late: it must not take the place of what came of it.
      async add(session) {
        await database.once(`${INSERT} ON CONFLICT (id) DO NOTHING`, rowOf(session));
      },
      async remove(id) {
        await database.once(DELETE, [id]);
      },
      async ids(listener) {
        const all = 'SELECT id FROM emoheal_sessions';
        const { rows } = await (listener === undefined
          ? database.once<{ id: string }>(all)
          : // With a name, the database itself lets no row of anybody else through.
            database.transaction((turn) => turn.query<{ id: string }>(all), { listener }));
        return rows.map(({ id }) => id);
      },
      async tidy(beforeMs) {
        await database.once('DELETE FROM emoheal_sessions WHERE created_at_ms < $1', [beforeMs]);
      },
      close: lock.release,
      ...(options.shared
        ? {
            alone: (id, work) =>
              database.locked(`emoheal session ${id}`, (turn) =>
                work({
                  read: place(turn).read,
                  write: (session) => turn.send(UPSERT, rowOf(session)),
                  remove: (gone) => turn.send(DELETE, [gone]),
                }),
              ),
          }
        : {}),
    },
    { nowMs: database.nowMs, ...options },
  );
}

const INSERT =
  'INSERT INTO emoheal_sessions (id, listener, created_at_ms, schema_version, body) VALUES ($1, $2, $3, $4, $5)';
const UPSERT = `${INSERT} ON CONFLICT (id) DO UPDATE
  SET listener = excluded.listener, body = excluded.body, schema_version = excluded.schema_version`;
const DELETE = 'DELETE FROM emoheal_sessions WHERE id = $1';

const rowOf = (session: Session) => [
  session.id,
  session.listener ?? '',
  session.createdAtMs,
  SCHEMA_VERSION,
  JSON.stringify(session),
];

/** Taken again by itself when the database comes back after a restart. */
async function holdLock(
  database: Database,
  { waitForLockSec = 0, onWarning, shared = false }: SessionMemoryOptions & { waitForLockSec?: number },
) {
  let holder: Client | undefined;
  let closed = false;

  async function take(): Promise<boolean> {
    const client = await database.alone();
    const way = shared ? 'pg_try_advisory_lock_shared' : 'pg_try_advisory_lock';
    const { rows } = await client.query<{ held: boolean }>(`SELECT ${way}(hashtext($1)) AS held`, [LOCK]);
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
        remedy:
          'Stop it, set EMOHEAL_DATABASE_URL to another database, or let all servers of this one run with EMOHEAL_INSTANCES=many.',
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
