/**
 * Of several servers on one database, one leads: it holds a lock that ends with its connection. When it is killed, or loses
 * the database, another takes over within seconds. Used for what must happen once, such as beginning routines; that a
 * handover may make something happen twice, whoever uses it must bear.
 */
import pg from 'pg';

const LOCK = 'emoheal lead';
const LOOK_EVERY_MS = 2000;

export interface LeadWork {
  begin: () => void;
  end: () => Promise<void>;
}

export interface Lead {
  leads(): boolean;
  close(): Promise<void>;
}

export function takeLead(url: string, work: LeadWork, lookEveryMs = LOOK_EVERY_MS): Lead {
  let client: pg.Client | null = null;
  let leading = false;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  let looking: Promise<void> = Promise.resolve();

  async function lost(): Promise<void> {
    const gone = client;
    client = null;
    const led = leading;
    leading = false;
    await gone?.end().catch(() => {});
    if (led) await work.end().catch(() => {});
  }

  async function look(): Promise<void> {
    try {
      if (!client) {
        const fresh = new pg.Client({
          connectionString: url,
          application_name: 'emoheal lead',
          connectionTimeoutMillis: 5000,
          query_timeout: 5000,
          keepAlive: true,
        });
        // The next look finds it gone.
        fresh.on('error', () => {});
        await fresh.connect();
        client = fresh;
      }
      // Asked again while it leads, too: a connection that is dead without a word is found so.
      const ask = leading ? 'SELECT true AS held' : 'SELECT pg_try_advisory_lock(hashtext($1)) AS held';
      const { rows } = await client.query<{ held: boolean }>(ask, leading ? [] : [LOCK]);
      if (rows[0]?.held && !leading && !closed) {
        leading = true;
        work.begin();
      }
    } catch {
      await lost();
    }
    if (!closed) timer = setTimeout(next, lookEveryMs);
  }
  function next(): void {
    looking = look();
  }
  next();

  return {
    leads: () => leading,
    async close() {
      closed = true;
      clearTimeout(timer);
      await looking;
      clearTimeout(timer);
      await lost();
    },
  };
}
