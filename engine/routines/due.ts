/**
 * What the clock asks of a routine now. Pure: the same routine and moment give the same answer, and asking twice starts
 * nothing twice.
 *
 * Rules
 * 1. An occurrence is named by its routine and its planned moment; whatever was settled under that name is never started.
 * 2. After a power loss the newest occurrence is started where it is less than `lateMinutes` late; older ones are told as
 *    missed. What lies further back than TOLD_MS is not told any more.
 * 3. What was begun and not finished (the machine was killed) is begun again under the same session id.
 * 4. A clock set back does not repeat what it repeats: names are remembered. A clock before the routine was made is wrong,
 *    and is waited out.
 * 5. What comes due in quiet hours of the house is told as that and not started, also where it had been claimed before.
 * Example: due 21:30, back at 21:40, `lateMinutes` 15 → starts at 21:40; back at 22:00 → missed.
 */
import { EmohealError } from '../errors.js';
import type { Occurrence, Routine } from './routine.js';
import { nextAfter } from './schedule.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const TOLD_MS = 36 * HOUR_MS;
const REMEMBERED = 40;

export const MOST_SNOOZE_MINUTES = 180;

/** The session's id follows from the occurrence: a second begin of it finds the first. */
export const sessionIdOf = (routine: Pick<Routine, 'id'>, plannedMs: number): string =>
  `routine-${routine.id}-${plannedMs}`;

/** When the routine next needs looking at; null where nothing is to come. */
export function nextDueMs({ enabled, nextMs, snoozed }: Routine): number | null {
  const times = [snoozed?.untilMs, enabled ? nextMs : null].filter((time): time is number => typeof time === 'number');
  return times.length > 0 ? Math.min(...times) : null;
}

/** When it next begins, for who is told: a time that was put off is not one of them. Null where nothing is to come. */
export function nextBeginsMs(routine: Routine): number | null {
  const { nextMs, snoozed, history, when, zone } = routine;
  const isSettled = [snoozed, ...history].some((each) => each !== undefined && each.plannedMs === nextMs);
  return nextDueMs(nextMs !== null && isSettled ? { ...routine, nextMs: nextAfter(when, zone, nextMs) } : routine);
}

/** Cheap, for every routine at every look: whether `settle` has something to say. */
export const asksNow = (routine: Routine, nowMs: number, inFlight: (sessionId: string) => boolean): boolean =>
  nowMs >= routine.createdAtMs &&
  ((nextDueMs(routine) ?? Number.POSITIVE_INFINITY) <= nowMs ||
    routine.handledMs > nowMs + HOUR_MS ||
    routine.history.some(({ outcome, sessionId }) => outcome === 'starting' && !inFlight(sessionId ?? '')));

export interface Settled {
  routine: Routine;
  /** To be begun now. */
  start: Occurrence | null;
}

/**
 * `inFlight`: session ids that this process is beginning at this moment. `quiet`: whether it is quiet hours for this
 * listener now. Null where the clock asks nothing.
 */
export function settle(
  routine: Routine,
  nowMs: number,
  inFlight: (sessionId: string) => boolean,
  quiet = false,
): Settled | null {
  const settled = settledLoud(routine, nowMs, inFlight);
  if (!quiet || !settled?.start) return settled;
  const { plannedMs } = settled.start;
  return { routine: withOutcome(settled.routine, plannedMs, 'quiet-hours', nowMs, { begun: false }), start: null };
}

function settledLoud(routine: Routine, nowMs: number, inFlight: (sessionId: string) => boolean): Settled | null {
  if (!asksNow(routine, nowMs, inFlight)) return null;
  const unfinished = routine.history.find(
    ({ outcome, sessionId }) => outcome === 'starting' && !inFlight(sessionId ?? ''),
  );
  if (unfinished) return again(routine, unfinished, nowMs);
  // A clock that ran hours ahead and was put right: the next time is looked for anew, and what it missed only in its
  // imagination is no loss.
  if (routine.handledMs > nowMs + HOUR_MS) {
    const history = routine.history.filter(({ plannedMs, outcome }) => plannedMs <= nowMs || outcome !== 'missed');
    const nextMs = nextAfter(routine.when, routine.zone, nowMs);
    return { routine: { ...routine, handledMs: nowMs, nextMs, history }, start: null };
  }
  const { planned, nextMs } = plannedUntil(routine, nowMs);
  const { snoozed, skipMs, ...rest } = routine;
  const putOff = snoozed && snoozed.untilMs > nowMs ? snoozed : undefined;
  const found: Occurrence[] = [];
  const known = new Set(routine.history.map(({ plannedMs }) => plannedMs));
  if (snoozed && !putOff && !known.has(snoozed.plannedMs))
    found.push(judged(routine, snoozed.plannedMs, snoozed.untilMs, nowMs));
  if (snoozed) known.add(snoozed.plannedMs);
  for (const plannedMs of routine.enabled ? planned : []) {
    if (known.has(plannedMs)) continue;
    found.push(
      plannedMs === skipMs
        ? { plannedMs, outcome: 'skipped', atMs: nowMs }
        : judged(routine, plannedMs, plannedMs, nowMs),
    );
  }
  // Only the newest may sound; two sessions of one routine never begin together.
  const starts = found.filter(({ outcome }) => outcome === 'starting');
  const start = starts.at(-1) ?? null;
  const outcomes = found.map(
    (each): Occurrence =>
      each.outcome === 'starting' && each !== start
        ? { plannedMs: each.plannedMs, outcome: 'missed', atMs: nowMs }
        : each,
  );
  return {
    routine: {
      ...rest,
      ...(putOff ? { snoozed: putOff } : {}),
      ...(skipMs !== undefined && skipMs > nowMs ? { skipMs } : {}),
      handledMs: Math.max(routine.handledMs, nowMs),
      nextMs,
      history: [...routine.history, ...outcomes].slice(-REMEMBERED),
    },
    start,
  };
}

/** What came up to now, oldest first, as far back as is told; and what comes after it. */
function plannedUntil(routine: Routine, nowMs: number): { planned: number[]; nextMs: number | null } {
  const after = (ms: number) => nextAfter(routine.when, routine.zone, ms);
  const planned: number[] = [];
  let next = routine.nextMs;
  if (next !== null && next < nowMs - TOLD_MS) next = after(nowMs - TOLD_MS);
  for (; next !== null && next <= nowMs; next = after(next)) planned.push(next);
  return { planned, nextMs: next };
}

function judged(routine: Routine, plannedMs: number, wantedMs: number, nowMs: number): Occurrence {
  return nowMs - wantedMs <= routine.lateMinutes * MINUTE_MS
    ? { plannedMs, outcome: 'starting', atMs: nowMs, sessionId: sessionIdOf(routine, plannedMs) }
    : { plannedMs, outcome: 'missed', atMs: nowMs };
}

/** Rule 3. The lateness is measured from when it was begun: a snoozed one was wanted late. */
function again(routine: Routine, unfinished: Occurrence, nowMs: number): Settled {
  const late = nowMs - unfinished.atMs > routine.lateMinutes * MINUTE_MS;
  if (!late) return { routine, start: unfinished };
  return { routine: withOutcome(routine, unfinished.plannedMs, 'missed', nowMs), start: null };
}

/** The routine after an occurrence came out one way or the other. */
export function withOutcome(
  routine: Routine,
  plannedMs: number,
  outcome: Occurrence['outcome'],
  nowMs: number,
  { begun = true }: { begun?: boolean } = {},
): Routine {
  const history = routine.history.map((each): Occurrence => {
    if (each.plannedMs !== plannedMs) return each;
    // What never began has no session to look for.
    return begun ? { ...each, outcome, atMs: nowMs } : { plannedMs, outcome, atMs: nowMs };
  });
  return { ...routine, history };
}

/** "Skip tonight": the next occurrence does not sound, the ones after it do. Throws `conflict` where none is to come. */
export function skipNext(routine: Routine): Routine {
  const { snoozed, ...rest } = routine;
  if (snoozed) {
    const known = routine.history.some(({ plannedMs }) => plannedMs === snoozed.plannedMs);
    const skipped: Occurrence = { plannedMs: snoozed.plannedMs, outcome: 'skipped', atMs: snoozed.untilMs };
    return known ? rest : { ...rest, history: [...routine.history, skipped] };
  }
  if (!routine.enabled || routine.nextMs === null) throw nothingToCome();
  return { ...routine, skipMs: routine.nextMs };
}

/** An occurrence of its own, due at once; one that was put off comes now instead. Also of a routine that is switched off. */
export const dueNow = (routine: Routine, nowMs: number): Routine => ({
  ...routine,
  snoozed: { plannedMs: nowMs, untilMs: nowMs },
});

/** The next occurrence, or the one put off before, comes so many minutes later than it would; also one that was skipped. */
export function snooze(routine: Routine, minutes: number, nowMs: number): Routine {
  if (!(minutes > 0 && minutes <= MOST_SNOOZE_MINUTES))
    throw new EmohealError('bad-input', `A routine is put off by 1 to ${MOST_SNOOZE_MINUTES} minutes, not ${minutes}.`);
  const { snoozed, skipMs, ...rest } = routine;
  const plannedMs = snoozed?.plannedMs ?? (routine.enabled ? routine.nextMs : null);
  if (plannedMs === null || plannedMs === undefined) throw nothingToCome();
  const untilMs = Math.max(snoozed?.untilMs ?? plannedMs, nowMs) + minutes * MINUTE_MS;
  const skips = skipMs !== undefined && skipMs !== plannedMs;
  return { ...rest, ...(skips ? { skipMs } : {}), snoozed: { plannedMs, untilMs } };
}

const nothingToCome = () =>
  new EmohealError('conflict', 'This routine has nothing to come.', { remedy: 'Switch it on, or give it a new time.' });
