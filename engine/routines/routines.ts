/** What a listener may do with routines; every surface calls this. Changes are whole and kept before they are answered. */
import { EmohealError } from '../errors.js';
import { dueNow, skipNext, snooze } from './due.js';
import { changed, MOST_ROUTINES, makeNap, makeRoutine, type Routine, type RoutineWish } from './routine.js';
import type { RoutineBook } from './runner.js';

/** In one house; a listener has MOST_ROUTINES at most. */
export const MOST_ROUTINES_IN_ALL = 5000;

export interface RoutinesDeps {
  book: RoutineBook;
  nowMs: () => number;
  /** Lower-case letters and digits only: part of a session's id. */
  newId: () => string;
}

export type Routines = ReturnType<typeof createRoutines>;

export function createRoutines({ book, nowMs, newId }: RoutinesDeps) {
  /** Throws `conflict` where there is no room. */
  const put = (routine: Routine) =>
    book.change((all) => {
      const own = all[routine.listener] ?? [];
      const total = Object.values(all).reduce((sum, routines) => sum + routines.length, 0);
      const kept = own.length >= MOST_ROUTINES ? own.filter(({ when }) => !isOver(when, nowMs())) : own;
      if (kept.length >= MOST_ROUTINES) throw noRoom(`You have ${MOST_ROUTINES} routines already.`);
      if (total >= MOST_ROUTINES_IN_ALL) throw noRoom(`This house has ${MOST_ROUTINES_IN_ALL} routines already.`);
      all[routine.listener] = [...kept, routine];
      return routine;
    });

  /** Throws `not-found` for a routine of somebody else as for none. */
  const edit = (listener: string, id: string, work: (routine: Routine) => Routine) =>
    book.change((all) => {
      const own = all[listener] ?? [];
      const at = own.findIndex((routine) => routine.id === id);
      if (at < 0) throw missing();
      const after = work(own[at]!);
      all[listener] = own.with(at, after);
      return after;
    });

  return {
    list: async (listener: string): Promise<Routine[]> => (await book.read())[listener] ?? [],
    add: (listener: string, wish: RoutineWish) => put(makeRoutine(wish, { id: newId(), listener, nowMs: nowMs() })),
    nap: (listener: string, inMinutes: number, wish: Omit<RoutineWish, 'when'>) =>
      put(makeNap(inMinutes, wish, { id: newId(), listener, nowMs: nowMs() })),
    change: (listener: string, id: string, wish: Partial<RoutineWish>) =>
      edit(listener, id, (routine) => changed(routine, wish, nowMs())),
    /** It begins when the clock is looked at next. */
    start: (listener: string, id: string) => edit(listener, id, (routine) => dueNow(routine, nowMs())),
    skip: (listener: string, id: string) => edit(listener, id, skipNext),
    snooze: (listener: string, id: string, minutes: number) =>
      edit(listener, id, (routine) => snooze(routine, minutes, nowMs())),
    /** Removing what is not there is no error: it is gone either way. */
    remove: (listener: string, id: string) =>
      book.change((all) => {
        const left = (all[listener] ?? []).filter((routine) => routine.id !== id);
        if (left.length > 0) all[listener] = left;
        else delete all[listener];
      }),
    /** Everything of this listener goes. */
    forget: (listener: string) =>
      book.change((all) => {
        delete all[listener];
      }),
    /** The newest session that a routine of this listener began; null for none. For the speaker, to play it. */
    async newest(listener: string): Promise<{ routine: Routine; sessionId: string; plannedMs: number } | null> {
      const begun = ((await book.read())[listener] ?? []).flatMap((routine) =>
        routine.history
          .filter(({ outcome, sessionId }) => outcome === 'started' && sessionId)
          .map(({ plannedMs, sessionId }) => ({ routine, plannedMs, sessionId: sessionId! })),
      );
      return begun.sort((a, b) => b.plannedMs - a.plannedMs)[0] ?? null;
    },
  };
}

const isOver = (when: Routine['when'], nowMs: number) => when.kind === 'once' && when.atMs < nowMs;

const noRoom = (message: string) => new EmohealError('conflict', message, { remedy: 'Remove one.' });

const missing = () =>
  new EmohealError('not-found', 'There is no such routine.', { remedy: 'Look at the list of routines.' });
