/**
 * The tables, as numbered steps that are run once each, in order, under a lock, all or nothing. A step is never changed
 * after a release; what comes later is a further step.
 *
 * Row-level security is forced also for the tables' owner: a connection sees nothing until it says whose rows it wants
 * ("emoheal.listener"; "*" is the server itself). PostgreSQL does not bind superusers by it, so `openPostgresStore` warns.
 * `json`, not `jsonb`: what was written comes back as it was, and a title may hold any character.
 */
import type { ClientBase } from 'pg';
import { newerThanWe } from '../files/whole-file.js';

const STEPS: readonly string[] = [
  `CREATE TABLE emoheal_sessions (
     id text PRIMARY KEY,
     listener text NOT NULL,
     created_at_ms double precision NOT NULL,
     schema_version integer NOT NULL,
     body json NOT NULL
   );
   CREATE INDEX emoheal_sessions_of_listener ON emoheal_sessions (listener);
   CREATE INDEX emoheal_sessions_by_age ON emoheal_sessions (created_at_ms);
   CREATE TABLE emoheal_collections (
     name text PRIMARY KEY,
     schema_version integer NOT NULL,
     revision bigint NOT NULL DEFAULT 0
   );
   CREATE TABLE emoheal_records (
     collection text NOT NULL REFERENCES emoheal_collections (name),
     key text NOT NULL,
     listener text NOT NULL,
     body json NOT NULL,
     PRIMARY KEY (collection, key)
   );
   CREATE INDEX emoheal_records_of_listener ON emoheal_records (listener);
   ALTER TABLE emoheal_sessions ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
   ALTER TABLE emoheal_records ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
   CREATE POLICY own_rows ON emoheal_sessions
     USING (current_setting('emoheal.listener', true) IN (listener, '*'));
   CREATE POLICY own_rows ON emoheal_records
     USING (current_setting('emoheal.listener', true) IN (listener, '*'));`,
];

const LOCK = 'emoheal schema';

/** In a transaction of its own. Throws `store-newer` where a newer EmoHeal made the tables. */
export async function bringUpToDate(client: ClientBase): Promise<void> {
  await client.query('BEGIN');
  try {
    await client.query('SELECT pg_advisory_xact_lock(hashtext($1))', [LOCK]);
    await client.query('CREATE TABLE IF NOT EXISTS emoheal_schema (step integer PRIMARY KEY, at timestamptz NOT NULL)');
    const { rows } = await client.query<{ done: number }>('SELECT coalesce(max(step), 0) AS done FROM emoheal_schema');
    const done = rows[0]?.done ?? 0;
    if (done > STEPS.length) throw newerThanWe('The database', done);
    for (const [i, step] of STEPS.entries()) {
      if (i < done) continue;
      await client.query(step);
      await client.query('INSERT INTO emoheal_schema VALUES ($1, now())', [i + 1]);
    }
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {});
    throw error;
  }
}
