/** Begins the session of a routine: without words, by the wish that is kept, under the occurrence's own id. */
import { LRUCache } from 'lru-cache';
import { EmohealError } from '../../engine/errors.js';
import { sessionIdOf } from '../../engine/routines/due.js';
import type { Routine } from '../../engine/routines/routine.js';
import type { RunnerDeps } from '../../engine/routines/runner.js';
import type { Prepared, SessionService, SessionWish } from '../../engine/session-service.js';

/** In memory only; a restart thinks them out anew. */
const MOST_PREPARED = 1500;
/** A night thought out for half past nine that begins later than this would wake too late. */
const PUNCTUAL_MS = 60_000;

export interface RoutineStartDeps {
  service: () => Promise<SessionService>;
  nowMs: () => number;
}

export function routineStarts({ service, nowMs }: RoutineStartDeps): Required<Pick<RunnerDeps, 'start' | 'prepare'>> {
  const ready = new LRUCache<string, { prepared: Prepared; wish: string; atMs: number }>({ max: MOST_PREPARED });
  return {
    async prepare(routine, plannedMs) {
      const id = sessionIdOf(routine, plannedMs);
      const atMs = routine.snoozed?.plannedMs === plannedMs ? routine.snoozed.untilMs : plannedMs;
      const wish = wishOf(routine);
      const known = ready.get(id);
      if (known?.wish === JSON.stringify(wish)) return;
      ready.set(id, {
        prepared: await (await service()).prepare({ ...wish, atMs }),
        wish: JSON.stringify(wish),
        atMs,
      });
    },
    async start(routine, { sessionId }) {
      const wish = wishOf(routine);
      const known = ready.get(sessionId!);
      ready.delete(sessionId!);
      const fits = known && Math.abs(nowMs() - known.atMs) < PUNCTUAL_MS && known.wish === JSON.stringify(wish);
      const outcome = await (await service()).beginFromText({
        ...wish,
        text: '',
        whenEmpty: 'neutral',
        id: sessionId!,
        ...(fits ? { prepared: known.prepared } : {}),
      });
      if (outcome.kind !== 'session') throw new EmohealError('internal', 'A routine began no session.');
    },
  };
}

/** What a routine wishes for its session. */
export function wishOf({ listener, minutes, intention, approach, locale, zone, wake }: Routine): SessionWish {
  return {
    listener,
    minutes,
    locale,
    zone,
    greeted: true,
    ...(intention ? { intention } : {}),
    ...(approach ? { approach } : {}),
    ...(wake
      ? {
          night: { until: wake.at, timeZone: zone, nature: true, wake: { minutes: wake.minutes } },
          nightIfItFits: true,
        }
      : {}),
  };
}
