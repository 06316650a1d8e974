/**
 * A vector server with a local copy before it, so that a stopped or slow server is felt by nobody.
 *
 * Rules
 * 1. Searches go to the server, within a time limit. Three failures in a row open the circuit: for a while the server is
 *    not asked at all, and the copy (a FAISS index of the last sync) answers.
 * 2. Changes go into the copy first, then to the server; what the server did not take is owed and brought later.
 * 3. `sync` pays what is owed, then makes the copy equal to the server. The server is the truth: what this machine added
 *    and could not bring before it was stopped is missing after the sync, and the search embeds and adds it again.
 * 4. `state` is `degraded` from the first failure to the next answer; then a timer tries again, with nobody waiting.
 *
 * Example: 12:00 server stops → searches of 12:00 wait at most 1.5 s each, three times → circuit open, copy answers in
 * half a millisecond, /readyz shows "degraded" → server back → next probe succeeds, what is owed is brought → "ready".
 */
import { setTimeout as pause } from 'node:timers/promises';
import {
  type CircuitBreakerPolicy,
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  handleAll,
  TimeoutStrategy,
  timeout,
} from 'cockatiel';
import { EmohealError } from '../../engine/errors.js';
import { createDebts } from './debts.js';
import { MILVUS_MOST } from './milvus.js';
import {
  checkBatch,
  checkK,
  checkVector,
  type HeldIndex,
  type Hit,
  type IndexState,
  type VectorIndex,
} from './vector-index.js';

export interface ServerIndexOptions {
  /** Connects; asked again after a failure. */
  connect: () => Promise<VectorIndex>;
  /** Host and port, for messages. */
  server: string;
  /** What the last sync left, empty at first. Owned from then on. */
  copy: HeldIndex;
  /** Where the copy is kept. */
  folder: string;
  searchLimitMs?: number;
  writeLimitMs?: number;
  /** How long an open circuit stays open, and how often a probe is sent while degraded. */
  retryMs?: number;
  now?: () => Date;
}

export interface ServerIndex extends HeldIndex {
  /** Pays what is owed and makes the copy equal to the server; saves it. Rejects with `busy`; the old copy then stands. */
  sync(): Promise<void>;
  /** Resolves when the first sync has been tried. */
  readonly opened: Promise<void>;
}

const FAILURES_TO_OPEN = 3;
/** How long a start waits for the first sync where an earlier copy can answer meanwhile. */
const START_LIMIT_MS = 3000;
const BLOCK = 2000;

export function createServerIndex(options: ServerIndexOptions): ServerIndex {
  const { server, copy, folder, searchLimitMs = 1500, writeLimitMs = 30_000, retryMs = 10_000 } = options;
  const now = options.now ?? (() => new Date());
  const circuit: CircuitBreakerPolicy = circuitBreaker(handleAll, {
    halfOpenAfter: retryMs,
    breaker: new ConsecutiveBreaker(FAILURES_TO_OPEN),
  });
  const debts = createDebts();
  let connecting: Promise<VectorIndex> | null = null;
  /** Why and since when the server is not used; null while it answers. */
  let fault: { reason: string; since: Date } | null = { reason: 'not yet asked', since: now() };
  let asked = false;
  let syncedAt: Date | null = null;
  let syncing: Promise<void> | null = null;
  let closed = false;

  function remote(): Promise<VectorIndex> {
    connecting ??= options.connect().catch((error) => {
      connecting = null;
      throw error;
    });
    return connecting;
  }
  /** Asks the server through the circuit. Rejects with what went wrong; the state then says so. */
  async function ask<T>(limitMs: number, question: (index: VectorIndex) => Promise<T>): Promise<T> {
    try {
      const answer = await circuit.execute(() =>
        timeout(limitMs, TimeoutStrategy.Aggressive).execute(() => remote().then(question)),
      );
      asked = true;
      fault = null;
      return answer;
    } catch (error) {
      asked = true;
      // "The circuit is open" would hide what is really wrong.
      if (circuit.state !== CircuitState.Open || !fault)
        fault = { reason: (error as Error).message, since: fault?.since ?? now() };
      throw error;
    }
  }
  async function pay(): Promise<void> {
    for (const { ids, kind } of debts.blocks(BLOCK)) {
      const paid = debts.mark(ids);
      if (kind === 'remove') await ask(writeLimitMs, (index) => index.remove(ids));
      else {
        const vectors = await copy.vectors(ids);
        const there = ids.filter((_, i) => vectors[i]);
        await ask(writeLimitMs, (index) =>
          index.add(
            there,
            vectors.filter((vector) => vector !== null),
          ),
        );
      }
      paid();
    }
  }
  async function equalise(): Promise<void> {
    const theirs = new Set(await ask(writeLimitMs, (index) => index.ids()));
    const ours = new Set(await copy.ids());
    // What became owed in between is ours to decide, not the server's.
    await copy.remove([...ours].filter((id) => !theirs.has(id) && !debts.owed(id)));
    const missing = [...theirs].filter((id) => !ours.has(id) && !debts.owed(id));
    for (let from = 0; from < missing.length && !closed; from += BLOCK) {
      const ids = missing.slice(from, from + BLOCK);
      const vectors = await ask(writeLimitMs, (index) => index.vectors(ids));
      const there = ids.filter((id, i) => vectors[i] && !debts.owed(id));
      await copy.add(
        there,
        there.map((id) => vectors[ids.indexOf(id)] as Float32Array),
      );
    }
  }
  async function syncNow(): Promise<void> {
    await pay();
    await equalise();
    syncedAt = now();
    await copy.save(folder);
  }
  function sync(): Promise<void> {
    syncing ??= syncNow().finally(() => {
      syncing = null;
    });
    return syncing;
  }
  const probe = setInterval(() => {
    if ((fault || debts.count() > 0) && !syncing) sync().catch(() => {});
  }, retryMs);
  probe.unref();
  const opened = sync().catch(() => {});

  /** Tells the server; a failure is owed and no fault of whoever called. */
  async function tell(kind: 'add' | 'remove', ids: readonly string[]): Promise<void> {
    debts.owe(kind, ids);
    await (syncing ?? Promise.resolve()).catch(() => {});
    await pay().catch(() => {});
  }

  async function search(vector: Float32Array, k: number): Promise<Hit[]> {
    checkVector(vector, copy.model.dim, 'The query');
    checkK(k);
    // What the server does not know yet, or cannot give at once, the copy can.
    if (debts.count() > 0 || k > MILVUS_MOST) return copy.search(vector, k);
    try {
      return await ask(searchLimitMs, (index) => index.search(vector, k));
    } catch (error) {
      if (error instanceof EmohealError && error.code === 'bad-input') throw error;
      return copy.search(vector, k);
    }
  }

  return {
    model: copy.model,
    kind: 'milvus',
    async add(ids, vectors) {
      checkBatch(copy.model.dim, ids, vectors);
      await copy.add(ids, vectors);
      await tell('add', ids);
    },
    async remove(ids) {
      const removed = await copy.remove(ids);
      await tell('remove', ids);
      return removed;
    },
    async ids() {
      // Before the first sync the copy may lack what the server holds, and it would all be embedded once more.
      const empty = (await copy.count()) === 0;
      await (empty ? opened : Promise.race([opened, pause(START_LIMIT_MS, undefined, { ref: false })]));
      return copy.ids();
    },
    vectors: (ids) => copy.vectors(ids),
    count: () => copy.count(),
    search,
    near: async (vector, k) => (await search(vector, k)).map(({ id }) => id),
    scorer: (ids) => copy.scorer(ids),
    save: (to) => copy.save(to),
    state(): IndexState {
      if (!asked) return { status: 'starting', detail: `asking the vector server ${server}` };
      if (!fault && debts.count() === 0) {
        const kept = syncedAt ? `copy of ${syncedAt.toISOString()}` : 'the copy is being made';
        return { status: 'ready', detail: `Milvus at ${server}; ${kept}` };
      }
      const since = fault ? `since ${fault.since.toISOString()}: ${fault.reason}` : 'its changes are being brought';
      const owed = debts.count() > 0 ? `; ${debts.count()} changes are still to be brought` : '';
      const copied = syncedAt ? `the copy of ${syncedAt.toISOString()}` : 'the copy of an earlier run';
      return {
        status: 'degraded',
        detail: `The vector server ${server} is not used ${since}; ${copied} answers${owed}`,
        remedy: 'Check that Milvus runs and that EMOHEAL_VECTOR_URL names it; it is tried again by itself.',
      };
    },
    sync,
    opened,
    async close() {
      closed = true;
      clearInterval(probe);
      await (syncing ?? Promise.resolve()).catch(() => {});
      await copy.close();
      await connecting?.then((index) => index.close()).catch(() => {});
    },
  } satisfies ServerIndex;
}
