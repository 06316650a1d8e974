/**
 * Connections to one PostgreSQL server: found again after it restarts, and speaking for everybody or for one listener. What
 * may be sent together is sent together, because a server in another building answers late.
 */
import { ExponentialBackoff, handleWhen, retry } from 'cockatiel';
import pg from 'pg';
import { EmohealError } from '../../../engine/errors.js';
import { createSharedClock } from './shared-clock.js';

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

/** How often the database's clock is asked, and the connections that stand ready are tried. */
const LOOK_EVERY_MS = 30_000;
/** Stand ready, so that nobody waits for one to be made: for as many things as are asked at once, and for changes of sessions. */
const READY_CONNECTIONS = 4;
const READY_LOCKS = 1;

/** One connection for as long as something is done on it. Statements go out at once, without waiting for earlier answers. */
export interface Turn {
  query<R extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<pg.QueryResult<R>>;
  /** Its answer is not waited for; where it fails, so does the whole. */
  send(text: string, values?: unknown[]): void;
}

/**
 * What is begun is begun anew only while the server has not answered at all; what failed after that is never repeated. So
 * before its first answer `work` may do only what can be done twice.
 */
export interface Database {
  /** One statement, of which doing it twice is the same as once: one journey there and back. */
  once<R extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<pg.QueryResult<R>>;
  /** All or nothing. */
  transaction<T>(work: (turn: Turn) => Promise<T>, as?: { listener?: string; safely?: boolean }): Promise<T>;
  /**
   * A transaction while nobody else, on whatever machine, has one under the same name. It ends with its connection, so a
   * server that is killed holds nobody up. Its connections are apart: work inside may ask for any of the others.
   */
  locked<T>(name: string, work: (turn: Turn) => Promise<T>): Promise<T>;
  /** The database's own clock. */
  nowMs(): number;
  /** Connections are made, and the clock is asked. */
  ready(): Promise<void>;
  /** A connection of one's own, outside the others. */
  alone(): Promise<pg.Client>;
  close(): Promise<void>;
}

export function openDatabase(url: string): Database {
  const settings: pg.PoolConfig = {
    connectionString: url,
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: STATEMENT_MS,
    query_timeout: STANDS_STILL_MS,
    application_name: 'emoheal',
    keepAlive: true,
  };
  const pooled: pg.PoolConfig = {
    ...settings,
    pipeline: true,
    onConnect: async (client) => void (await client.query(AS_EVERYBODY)),
  };
  const pool = new pg.Pool({ ...pooled, max: MOST_CONNECTIONS, min: READY_CONNECTIONS });
  const locks = new pg.Pool({ ...pooled, max: MOST_LOCKS, min: READY_LOCKS });
  const clock = createSharedClock();
  // An idle connection that the server closed: the next one is made anew.
  for (const each of [pool, locks]) {
    each.on('error', () => {});
    // One that breaks while it is being handed out or given back: whoever asks it next is told, the process lives.
    each.on('connect', (client) => client.on('error', () => {}));
  }

  async function onConnection<T>(from: pg.Pool, work: (turn: OpenTurn) => Promise<T>): Promise<T> {
    const untilMs = performance.now() + LONGEST_MS;
    const again = retry(
      handleWhen((error) => error instanceof NoAnswer && isPassing(error.cause) && performance.now() < untilMs),
      { maxAttempts: ATTEMPTS, backoff: new ExponentialBackoff({ initialDelay: 100, maxDelay: 1000 }) },
    );
    return again
      .execute(() => tried(from, work))
      .catch((error) => {
        throw error instanceof NoAnswer ? readable(error.cause) : error;
      });
  }

  /** A connection that broke, or that could not undo what was begun, is not used again. Throws `NoAnswer`. */
  async function tried<T>(from: pg.Pool, work: (turn: OpenTurn) => Promise<T>): Promise<T> {
    const client = await from.connect().catch((cause) => {
      throw new NoAnswer(cause);
    });
    let broken = false;
    const onError = () => {
      broken = true;
    };
    client.on('error', onError);
    const askedMs = performance.now();
    // Goes ahead of everything: it tells soon where the server is not there, and tells the time where it is.
    const answer = client.query<{ ms: number }>(within(THE_TIME)).then(
      ({ rows }) => {
        clock.heard(rows[0]!.ms, askedMs, performance.now());
        return null;
      },
      (cause) => new NoAnswer(cause),
    );
    try {
      const result = await work(openTurn(client, onError)).catch(async (error) => {
        throw (await answer) ?? error;
      });
      const noAnswer = await answer;
      if (noAnswer) throw noAnswer;
      return result;
    } catch (error) {
      broken ||= error instanceof NoAnswer;
      throw error;
    } finally {
      client.off('error', onError);
      client.release(broken);
    }
  }

  async function whole<T>(turn: OpenTurn, begin: readonly Statement[], work: (turn: Turn) => Promise<T>): Promise<T> {
    try {
      // Each statement must see what others kept before it, also where the server's own default is another.
      turn.send('BEGIN ISOLATION LEVEL READ COMMITTED');
      for (const statement of begin) turn.send(...statement);
      const result = await work(turn);
      turn.send('COMMIT');
      await turn.done();
      return result;
    } catch (error) {
      throw (await turn.undone()) ?? error;
    }
  }

  const once: Database['once'] = (text, values) => onConnection(pool, (turn) => turn.query(text, values));
  const look = async () => {
    const each = [...Array<pg.Pool>(READY_CONNECTIONS).fill(pool), ...Array<pg.Pool>(READY_LOCKS).fill(locks)];
    await Promise.all(each.map((from) => onConnection(from, async () => {})));
  };
  let looking: NodeJS.Timeout | undefined;

  return {
    once,
    transaction: (work, { listener, safely = true } = {}) =>
      onConnection(pool, (turn) => {
        const begin: Statement[] = [];
        if (listener !== undefined) begin.push([AS_LISTENER, [listener]]);
        if (!safely) begin.push(['SET LOCAL synchronous_commit TO off']);
        return whole(turn, begin, work);
      }),
    locked: (name, work) =>
      onConnection(locks, (turn) =>
        whole(turn, [['SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [name]]], work),
      ),
    nowMs: clock.nowMs,
    async ready() {
      await look();
      looking ??= setInterval(() => void look().catch(() => {}), LOOK_EVERY_MS).unref();
    },
    async alone() {
      const client = new pg.Client(settings);
      client.on('error', () => {});
      await client.connect().catch((error) => {
        throw readable(error);
      });
      return client;
    },
    async close() {
      clearInterval(looking);
      await Promise.all([pool.end(), locks.end()]);
    },
  };
}

type Statement = readonly [text: string, values?: unknown[]];

interface OpenTurn extends Turn {
  /** Everything was answered, and nothing failed. */
  done(): Promise<void>;
  /** Takes back what was begun, and gives the failure that came first, of which the later ones follow; null where none did. */
  undone(): Promise<unknown>;
}

function openTurn(client: pg.PoolClient, onBroken: () => void): OpenTurn {
  const answers: Promise<unknown>[] = [];
  function query<R extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<pg.QueryResult<R>> {
    const answer = client.query<R>(text, values).catch((error) => {
      throw readable(error);
    });
    answers.push(answer);
    return answer;
  }
  return {
    query,
    send: (text, values) => void query(text, values).catch(() => {}),
    async done() {
      await Promise.all(answers);
    },
    async undone() {
      await client.query(within('ROLLBACK')).catch(onBroken);
      const failed = (await Promise.allSettled(answers)).find((each) => each.status === 'rejected');
      return failed?.reason ?? null;
    },
  };
}

/** The server did not answer: nothing was begun there that could have been kept. */
class NoAnswer extends Error {
  constructor(override readonly cause: unknown) {
    super('no answer');
  }
}

const AS_EVERYBODY = `SELECT set_config('emoheal.listener', '${EVERYBODY}', false)`;
const AS_LISTENER = "SELECT set_config('emoheal.listener', $1, true)";
const THE_TIME = 'SELECT extract(epoch FROM clock_timestamp())::float8 * 1000 AS ms';

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
