/** What the console shows of a listener: what is planned, and whether it ran. */

import type { z } from 'zod';
import type { Caregivers } from '../../engine/caregivers/caregivers.js';
import type { CareLink } from '../../engine/caregivers/link.js';
import { lastEvenings, nightOutcome } from '../../engine/caregivers/night.js';
import type { HouseRules } from '../../engine/listeners/house-rules.js';
import { inQuietHours } from '../../engine/listeners/obeyed.js';
import type { RulesBook } from '../../engine/listeners/rules-book.js';
import { nextBeginsMs } from '../../engine/routines/due.js';
import type { Routine } from '../../engine/routines/routine.js';
import type { Routines } from '../../engine/routines/routines.js';
import type { SessionStore } from '../../engine/stores.js';
import { routineAnswer } from '../http/routines.js';
import type { CareRoutine, LinkAnswer, Overview, Person } from './schemas.js';
import { isoOf } from './schemas.js';

const NIGHTS = 14;

export interface OverviewDeps {
  caregivers: Caregivers;
  routines: () => Promise<Routines>;
  rules: () => Promise<RulesBook>;
  store: () => Promise<SessionStore>;
  nowMs: () => number;
}

export const linkAnswer = (listener: string, link: CareLink): z.infer<typeof LinkAnswer> => ({
  listener,
  called: link.called ?? listener,
  role: link.role,
  consent: link.consent,
});

export const personOf = ({ caregiver, name, role, asked, since, consent }: CareLink): z.infer<typeof Person> => ({
  id: caregiver,
  name,
  role,
  ...(asked ? { asked } : {}),
  since: isoOf(since),
  consent,
});

export function careRoutine(routine: Routine): z.infer<typeof CareRoutine> {
  const { history: _history, listener: _listener, ...shown } = routineAnswer(routine);
  return { ...shown, ...(routine.approach ? { approach: routine.approach } : {}) };
}

/** For a caregiver whose look was allowed and is in the log. */
export async function overviewOf(
  listener: string,
  link: CareLink,
  deps: OverviewDeps,
): Promise<z.infer<typeof Overview>> {
  const [routines, book, store] = await Promise.all([deps.routines(), deps.rules(), deps.store()]);
  const [all, rules] = [await routines.list(listener), await book.load(listener)];
  const nights = lastEvenings(all, NIGHTS).map(async ({ routine, occurrence }) => ({
    planned: isoOf(occurrence.plannedMs),
    routine: routine.name ?? null,
    outcome: nightOutcome(
      occurrence,
      occurrence.sessionId ? await store.load(occurrence.sessionId) : null,
      deps.nowMs(),
    ),
  }));
  return {
    ...linkAnswer(listener, link),
    next: nextOf(all, rules),
    nights: await Promise.all(nights),
    helpCalls: (await deps.caregivers.helpCallsFor(listener, link.caregiver)).map(isoOf),
  };
}

function nextOf(routines: readonly Routine[], rules: HouseRules | null): z.infer<typeof Overview>['next'] {
  const next = routines
    .map((routine) => ({ routine, dueMs: nextBeginsMs(routine) }))
    .filter((each): each is { routine: Routine; dueMs: number } => each.dueMs !== null)
    .sort((a, b) => a.dueMs - b.dueMs)[0];
  if (!next) return null;
  const { routine, dueMs } = next;
  return {
    at: isoOf(dueMs),
    zone: routine.zone,
    name: routine.name ?? null,
    minutes: routine.minutes,
    skipped: routine.skipMs !== undefined && routine.skipMs === dueMs,
    quiet: inQuietHours(rules, dueMs),
  };
}
