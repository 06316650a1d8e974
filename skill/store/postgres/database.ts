/** Connections to one PostgreSQL server: found again after it restarts, and speaking for everybody or for one listener. */
import { ExponentialBackoff, handleWhen, retry } from 'cockatiel';
import pg from 'pg';
import { EmohealError } from '../../../engine/errors.js';

/** What the server itself says: every row. No listener may bear this name (`Records` keys are checked by the surfaces). */
export const EVERYBODY = '*';
const MOST_CONNECTIONS = 8;
const MOST_LOCKS = 8;
const CONNECT_MS = 5000;
/** Five to eight seconds in all: a restart is passed over, and nobody waits longer without a word. */
const ATTEMPTS = 10;
const LONGEST_MS = 6000;
const STATEMENT_MS = 20_000;
/** The server ends a statement itself, unless it stands still: then we do not wait for it either. */
const STANDS_STILL_MS = STATEMENT_MS + 5000;
const PROBE_MS = 2000;

export interface Database {
  /** All or nothing. `work` is begun anew only while no connection could be had; what failed half-way is never repeated. */
  transaction<T>(work: (client: pg.ClientBase) => Promise<T>, as?: { listener?: string; safely?: boolean }): Promise<T>;
  /**
   * Runs `work` while nobody else, on whatever machine, does so under the same name. It ends with its connection, so a
   * server that is killed holds nobody up. Its connections are apart: work inside may ask for any of the others.
   */
  locked<T>(name: string, work: () => Promise<T>): Promise<T>;
  /** A connection of one's own, outside the others. */
  alone(): Promise<pg.Client>;
  close(): Promise<void>;
}

export function openDatabase(url: string): Database {
  const settings: pg.PoolConfig = {
    connectionString: url,
    max: MOST_CONNECTIONS,
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: STATEMENT_MS,
    query_timeout: STANDS_STILL_MS,
    application_name: 'emoheal',
  };
  const pool = new pg.Pool(settings);
  const locks = new pg.Pool({ ...settings, max: MOST_LOCKS });
  // An idle connection that the server closed: the next one is made anew.
  for (const each of [pool, locks]) {
    each.on('error', () => {});
    // One that breaks while it is being handed out or given back: whoever asks it next is told, the process lives.
    each.on('connect', (client) => client.on('error', () => {}));
  }
  async function connection(from: pg.Pool): Promise<pg.PoolClient> {
    const untilMs = performance.now() + LONGEST_MS;
    const again = retry(
      handleWhen((error) => isPassing(error) && performance.now() < untilMs),
      { maxAttempts: ATTEMPTS, backoff: new ExponentialBackoff({ initialDelay: 100, maxDelay: 1000 }) },
    );
    return again.execute(async () => {
      const client = await from.connect();
      try {
        // Tells a connection whose server has gone before anything is begun on it.
        await client.query(within('SELECT 1'));
        return client;
      } catch (error) {
        client.release(true);
        throw error;
      }
    });
  }

  /** Gives the connection back; one that broke, or that could not undo what was begun, is not used again. */
  async function withConnection<T>(
    from: pg.Pool,
    work: (client: pg.PoolClient, undo: () => Promise<void>) => Promise<T>,
  ): Promise<T> {
    const client = await connection(from).catch((error) => {
      throw readable(error);
    });
    let broken = false;
    const onError = () => {
      broken = true;
    };
    client.on('error', onError);
    try {
      return await work(client, async () => void (await client.query(within('ROLLBACK')).catch(onError)));
    } finally {
      client.off('error', onError);
      client.release(broken);
    }
  }

  return {
    transaction: (work, { listener = EVERYBODY, safely = true } = {}) =>
      withConnection(pool, async (client, undo) => {
        try {
          await client.query('BEGIN');
          await client.query(
            "SELECT set_config('emoheal.listener', $1, true), set_config('synchronous_commit', $2, true)",
            [listener, safely ? 'on' : 'off'],
          );
          const result = await work(client);
          await client.query('COMMIT');
          return result;
        } catch (error) {
          await undo();
          throw readable(error);
        }
      }),
    locked: (name, work) =>
      withConnection(locks, async (client, undo) => {
        try {
          await client.query('BEGIN');
          await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [name]).catch((error) => {
            throw readable(error);
          });
          return await work();
        } finally {
          await undo();
        }
      }),
    async alone() {
      const client = new pg.Client(settings);
      client.on('error', () => {});
      await client.connect().catch((error) => {
        throw readable(error);
      });
      return client;
    },
    async close() {
      await Promise.all([pool.end(), locks.end()]);
    },
  };
}

/** A statement that takes no time where the server is there at all. The types of `pg` do not know this setting. */
const within = (text: string) => ({ text, query_timeout: PROBE_MS });

/** No connection, or a server that is just starting or stopping: it is waited for as long as somebody waits for an answer. */
function isPassing(error: unknown): boolean {
  const code = (error as { code?: string }).code ?? '';
  return (
    /^(ECONNREFUSED|ECONNRESET|EPIPE|ENOENT|08\w{3}|57P0[123]|53300)$/.test(code) ||
    /terminated|timeout/i.test(String((error as Error).message))
  );
}

/** The server's own message may quote a value: only its code is told. */
function readable(error: unknown): unknown {
  if (error instanceof EmohealError) return error;
  const code = (error as { code?: string }).code;
  if (code === undefined && !isPassing(error)) return error;
  const full = code === '53100' || code === '53200';
  return new EmohealError(
    full ? 'disk-full' : isPassing(error) ? 'store-away' : 'internal',
    `The database answers with an error (${code ?? 'no connection'}).`,
    {
      retryable: isPassing(error),
      remedy: 'See that the PostgreSQL server of EMOHEAL_DATABASE_URL runs, and that its user may create tables.',
      cause: error,
    },
  );
}
