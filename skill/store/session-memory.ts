/**
 * What every place that keeps sessions shares: the newest version is at hand while it is being written, what may wait is
 * written a moment later, and what is older than a month is gone.
 */
import { LRUCache } from 'lru-cache';
import { EmohealError } from '../../engine/errors.js';
import type { Session } from '../../engine/session.js';
import { newestFirst, type SessionStore, type SessionTurn } from '../../engine/stores.js';
import { DAY_MS, DAYS } from '../privacy/ages.js';

export const KEPT_MS = DAYS.sessions * DAY_MS;
const IN_MEMORY = 1000;
const TIDY_EVERY_SAVES = 500;
/** How long what is to be kept "soon" may wait; changes in between become one. */
const SOON_MS = 2000;
/** How long who only looks waits for another machine, where what was seen last is at hand. */
const LOOK_MS = 1000;
/** Who only looks does not ask again so soon where the place was away: a player that fetches segments would wait each time. */
const AWAY_MS = 5000;

/** One place that keeps sessions by id, with no memory of its own. */
export interface SessionPlace {
  read(id: string): Promise<Session | null>;
  /** `safely`: it resolves when the session outlasts a loss of power, not only of this process. */
  write(session: Session, safely: boolean): Promise<void>;
  /** The same for a session that is new, safely; does nothing where there is one of that id. Where that is quicker. */
  add?(session: Session): Promise<void>;
  remove(id: string): Promise<void>;
  /** With a listener, at least every one of that listener. */
  ids(listener?: string): Promise<string[]>;
  /** Forgets what was begun before that moment. */
  tidy(beforeMs: number): Promise<void>;
  /** Where other servers write, too: while `work` runs nobody else does so for the same session. */
  alone?<T>(id: string, work: (own: OwnPlace) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** What is written or removed here is kept, safely, when `alone` resolves; all of it, or nothing. */
export interface OwnPlace {
  read(id: string): Promise<Session | null>;
  write(session: Session): void;
  remove(id: string): void;
}

export interface SessionMemoryOptions {
  /** Other servers write to the same place: what was read before may be old, and what waits is not seen by them. */
  shared?: boolean;
  nowMs?: () => number;
  onWarning?: (message: string) => void;
}

export async function rememberSessions(
  place: SessionPlace,
  { nowMs = Date.now, onWarning, shared = false }: SessionMemoryOptions = {},
): Promise<SessionStore> {
  const lately = new LRUCache<string, Session>({ max: IN_MEMORY });
  const writers = new Map<string, Writer>();
  const soon = new Map<string, Session>();
  let soonTimer: NodeJS.Timeout | undefined;
  let saves = 0;
  let toldFull = false;
  let awayUntilMs = 0;
  const tidy = () => place.tidy(nowMs() - KEPT_MS).catch((error: Error) => onWarning?.(error.message));
  await tidy();
  const daily = setInterval(() => void tidy(), DAY_MS).unref();

  function write(session: Session, safely: boolean): Promise<void> {
    let writer = writers.get(session.id);
    if (!writer) {
      writer = createWriter(place.write, () => writers.delete(session.id));
      writers.set(session.id, writer);
    }
    return writer.write(session, safely);
  }

  /** One after the other, so that the disk stays free for what somebody waits for. */
  async function writeSoon(): Promise<void> {
    soonTimer = undefined;
    for (const session of [...soon.values()]) {
      if (soon.get(session.id) !== session) continue;
      soon.delete(session.id);
      try {
        await write(session, false);
        toldFull = false;
      } catch (error) {
        await Promise.resolve()
          .then(() => keepForLater(session, error))
          .catch((fault: Error) => onWarning?.(fault.message));
      }
    }
  }

  async function load(id: string): Promise<Session | null> {
    if (!isId(id)) return null;
    const known = shared ? undefined : (soon.get(id) ?? writers.get(id)?.next ?? lately.get(id));
    return remembered(known ?? (await place.read(id)));
  }

  function remembered(found: Session | null): Session | null {
    if (!found || nowMs() - found.createdAtMs > KEPT_MS) return null;
    lately.set(found.id, found);
    return found;
  }

  /** What others see of it, who only look, is what was kept. */
  async function alone<T>(
    askPlace: NonNullable<SessionPlace['alone']>,
    id: string,
    work: (own: SessionTurn) => Promise<T>,
  ): Promise<T> {
    const changes = new Map<string, Session | null>();
    const result = await askPlace(id, (own) => {
      changes.clear();
      return work({
        load: async (wanted) => (isId(wanted) ? remembered(await own.read(wanted)) : null),
        async save(session) {
          checkId(session);
          own.write(session);
          changes.set(session.id, session);
        },
        async remove(gone) {
          if (!isId(gone)) return;
          own.remove(gone);
          changes.set(gone, null);
        },
      });
    });
    for (const [changed, session] of changes) {
      if (session) lately.set(changed, session);
      else lately.delete(changed);
    }
    return result;
  }

  async function look(id: string): Promise<Session | null> {
    const seen = lately.get(id);
    if (!seen) return load(id);
    if (nowMs() < awayUntilMs) return seen;
    const instead = () => {
      awayUntilMs = nowMs() + AWAY_MS;
      return seen;
    };
    const found = load(id).catch((error: unknown) => {
      if (error instanceof EmohealError && error.code === 'store-away') return instead();
      throw error;
    });
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<Session>((resolve) => {
      timer = setTimeout(() => resolve(instead()), LOOK_MS);
    });
    return Promise.race([found, late]).finally(() => clearTimeout(timer));
  }

  /** A full disk, or one that cannot be written any more: the session lives on in memory, and is written when there is room. */
  function keepForLater(session: Session, error: unknown): void {
    const full = error instanceof EmohealError && error.code === 'disk-full';
    if (!full || soon.size >= IN_MEMORY) throw error;
    if (!toldFull)
      onWarning?.('The disk takes nothing: until it does, sessions are kept in memory and end with this process.');
    toldFull = true;
    if (!soon.has(session.id)) soon.set(session.id, session);
    soonTimer ??= setTimeout(() => void writeSoon(), SOON_MS);
  }

  const ids = async (listener?: string) => [
    ...new Set([...soon.keys(), ...writers.keys(), ...(await place.ids(listener))]),
  ];

  return {
    load,
    ...(shared ? { look } : {}),
    ...(place.alone
      ? { alone: <T>(id: string, work: (own: SessionTurn) => Promise<T>) => alone(place.alone!, id, work) }
      : {}),
    ids: () => ids(),
    async ofListener(listener) {
      const found: Session[] = [];
      const unreadable: string[] = [];
      // One after the other: who listens now comes first.
      for (const id of await ids(listener ?? undefined)) {
        const session = await load(id).catch((error: unknown) => {
          if (!(error instanceof EmohealError) || error.code !== 'store-newer') throw error;
          unreadable.push(id);
          return null;
        });
        if (session && (session.listener ?? null) === listener) found.push(session);
      }
      return { sessions: newestFirst(found), unreadable };
    },
    async save(session, when = 'now') {
      checkId(session);
      const add = when === 'first' ? place.add : undefined;
      if (shared) {
        await (add ? add(session) : write(session, when !== 'soon'));
        lately.set(session.id, session);
        return;
      }
      lately.set(session.id, session);
      if (when === 'soon') {
        soon.set(session.id, session);
        soonTimer ??= setTimeout(() => void writeSoon(), SOON_MS);
        return;
      }
      soon.delete(session.id);
      await (add ? add(session) : write(session, true)).catch((error) => keepForLater(session, error));
      if (++saves % TIDY_EVERY_SAVES === 0) await tidy();
    },
    async remove(id) {
      if (!isId(id)) return;
      soon.delete(id);
      await writers.get(id)?.done();
      lately.delete(id);
      await place.remove(id);
    },
    async close() {
      clearInterval(daily);
      clearTimeout(soonTimer);
      await writeSoon();
      // What a disk would not take now it will not take later: the process ends.
      clearTimeout(soonTimer);
      await Promise.allSettled([...writers.values()].map((writer) => writer.done()));
      await place.close();
    },
  };
}

const isId = (id: string) => /^[A-Za-z0-9-]{1,64}$/.test(id);

function checkId({ id }: Session): void {
  if (!isId(id)) throw new EmohealError('bad-input', 'A session id holds letters, digits and - only.');
}

interface Writer {
  /** The newest version, written or about to be. */
  next: Session | null;
  write(session: Session, safely: boolean): Promise<void>;
  done(): Promise<void>;
}

/** Writes of one session follow one another; those that arrive during a write become one. */
function createWriter(toPlace: SessionPlace['write'], onIdle: () => void): Writer {
  let running: Promise<void> | null = null;
  let queued: Promise<void> | null = null;
  let safelyNext = false;
  const writer: Writer = {
    next: null,
    write(session, safely) {
      writer.next = session;
      safelyNext ||= safely;
      if (!running) {
        running = flush();
        return running;
      }
      queued ??= running
        .catch(() => {})
        .then(() => {
          queued = null;
          running = flush();
          return running;
        });
      return queued;
    },
    async done() {
      await Promise.allSettled([running, queued]);
    },
  };
  async function flush(): Promise<void> {
    const safely = safelyNext;
    safelyNext = false;
    try {
      if (writer.next) await toPlace(writer.next, safely);
    } finally {
      if (!queued) {
        running = null;
        onIdle();
      }
    }
  }
  return writer;
}
