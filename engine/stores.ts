/** The store that the session service needs. One contract suite holds every implementation (`stores.contract.ts`). */
import type { Session } from './session.js';

export interface SessionStore {
  /** Null when there is none of that id. */
  load(id: string): Promise<Session | null>;
  /**
   * Resolves only when the session is safely kept. With "soon" it is what `load` gives from now on, and is kept a moment
   * later: for what a speaker would say again anyway, such as where it is.
   */
  save(session: Session, when?: 'now' | 'soon'): Promise<void>;
  remove(id: string): Promise<void>;
  close(): Promise<void>;
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
    async close() {},
  };
}
