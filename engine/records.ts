/**
 * A small port for what is kept by listener: whole typed records, read together, changed one whole change at a time. What
 * keeps them (a file, a database) must let no two changes run into one another, also from two processes.
 */
import type { z } from 'zod';

/** One collection of records: what a store needs to know of it. */
export interface RecordsKind<T> {
  /** e.g. "check-ins"; a file or a collection bears it. */
  name: string;
  schema: z.ZodType<T>;
  /** Of what is kept; a store that holds a newer one is refused and left untouched. */
  version: number;
  /** What is lost where somebody moves damaged records away, as the end of a sentence. */
  afterMovingAway: string;
  /** Whose a record is; its key, where not given. */
  listenerOf?(key: string, record: T): string;
  /** From the version before to the next, whole collections; by the version that it starts from. */
  upgrades?: Readonly<Record<number, (before: unknown) => unknown>>;
}

export interface Records<T> {
  /** Everything that is kept, by listener. Not to be changed in place. */
  read(): Promise<Readonly<Record<string, T>>>;
  /**
   * Hands out what is kept, takes what `work` makes of it, and resolves when that is safely kept. `work` changes the
   * object in place and must not wait for anything. Where it throws, nothing is changed.
   */
  change<R>(work: (all: Record<string, T>) => R): Promise<R>;
  close(): Promise<void>;
}

/** For tests, and for commands that forget. */
export function createMemoryRecords<T>(): Records<T> {
  let all: Record<string, T> = Object.create(null);
  return {
    read: async () => all,
    async change(work) {
      const draft = Object.assign(Object.create(null), structuredClone(all)) as Record<string, T>;
      const result = work(draft);
      all = draft;
      return result;
    },
    async close() {},
  };
}
