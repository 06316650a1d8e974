/** Where the product keeps its state. One contract suite holds every implementation (`skill/store/store.contract.ts`). */
import type { Records, RecordsKind } from './records.js';
import type { Session } from './session.js';

/** Everything that is kept, behind one door: files on this machine, or a PostgreSQL server. */
export interface Store {
  /** For one server at a time, unless it was opened for many: throws `conflict` where another has them open. */
  sessions(): Promise<SessionStore>;
  /** For any number of processes at once. Throws `store-newer` for what a newer EmoHeal wrote; it stays untouched. */
  records<T>(kind: RecordsKind<T>): Promise<Records<T>>;
  /** The clock that all who share it go by, in milliseconds since 1970: this machine's, or the PostgreSQL server's. */
  nowMs(): number;
  close(): Promise<void>;
}

export interface SessionStore {
  /** Null when there is none of that id. */
  load(id: string): Promise<Session | null>;
  /**
   * For who only looks, such as a stream that plays: what was seen last where the place does not answer in time. Nothing
   * that comes of it may be saved. Not there where `load` never waits for another machine.
   */
  look?(id: string): Promise<Session | null>;
  /**
   * Resolves only when the session is safely kept; where the disk is full it is kept in memory, which is warned of, and is
   * written when there is room again: a night without sleep is worse than one that is not remembered. With "soon" it is what
   * `load` gives from now on, and is kept a moment later: for what a speaker would say again anyway, such as where it is.
   * "first" is for a beginning: it may take the shortest way, and never takes the place of a session that is there.
   */
  save(session: Session, when?: 'now' | 'soon' | 'first'): Promise<void>;
  remove(id: string): Promise<void>;
  /** Every session that was begun under this listener's name; null: under none. Looked for, not indexed. */
  ofListener(listener: string | null): Promise<OwnSessions>;
  /**
   * Runs `work` while no other server does so for the same session. What it saves or removes is kept when this resolves, all
   * of it or nothing. Others are out of the way from its first answer on: until then `work` does nothing else, and may be
   * run again. Not there where one server has all sessions: its own turns are enough.
   */
  alone?<T>(id: string, work: (own: SessionTurn) => Promise<T>): Promise<T>;
  /** The ids of all, for moving house. */
  ids(): Promise<string[]>;
  close(): Promise<void>;
}

/** What a change of a session needs of the store. */
export interface SessionTurn {
  load(id: string): Promise<Session | null>;
  save(session: Session, when?: 'now' | 'first'): Promise<void>;
  remove(id: string): Promise<void>;
}

export interface OwnSessions {
  /** Newest first. */
  sessions: Session[];
  /** Ids of what a newer EmoHeal wrote: it may be theirs, which nobody can tell here. */
  unreadable: string[];
}

/** For commands that plan and render and forget. */
export function createMemoryStore(): SessionStore {
  const sessions = new Map<string, Session>();
  return {
    load: async (id) => sessions.get(id) ?? null,
    async save(session) {
      sessions.set(session.id, session);
    },
    async remove(id) {
      sessions.delete(id);
    },
    ofListener: async (listener) => ({
      sessions: newestFirst([...sessions.values()].filter((each) => (each.listener ?? null) === listener)),
      unreadable: [],
    }),
    ids: async () => [...sessions.keys()],
    async close() {},
  };
}

export const newestFirst = (sessions: Session[]): Session[] =>
  sessions.sort((a, b) => b.createdAtMs - a.createdAtMs || (a.id < b.id ? -1 : 1));
