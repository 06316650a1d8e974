/** A session that begins by the clock: what is kept of it, and how one is made from what somebody said. */
import { z } from 'zod';
import { EmohealError } from '../errors.js';
import { MOST_NIGHT_SEC } from '../plan/night.js';
import { readAs } from '../read-as.js';
import { Approach, Intention } from '../vocabulary.js';
import { checkZone, nextAfter, nextTimeOfDay, readTime, readWhen, When } from './schedule.js';

export const MOST_ROUTINES = 50;
export const MOST_NAP_MINUTES = 12 * 60;
/** A wind-down that is later than this does more harm than none: the evening has gone on without it. */
const LATE_MINUTES = 15;
const MINUTE_MS = 60_000;
/** A wake that fits one of several times of day, or one of the evenings around a clock change, is one that comes. */
const TRIED_EVENINGS = 8;

export const Occurrence = z.object({
  /** The moment that the schedule names: with the routine's id it is this occurrence's name for good. */
  plannedMs: z.number(),
  /** `quiet-hours`: the house rules let nothing begin by the clock then. */
  outcome: z.enum(['starting', 'started', 'missed', 'skipped', 'failed', 'quiet-hours']),
  atMs: z.number(),
  sessionId: z.string().optional(),
});
export type Occurrence = z.infer<typeof Occurrence>;

export const Routine = z.object({
  id: z.string().regex(/^[a-z0-9]{1,40}$/),
  listener: z.string().max(64),
  /** What somebody called it; without one, whoever shows it tells its days and time. */
  name: z.string().max(80).optional(),
  when: When,
  /** IANA name: the clock that the schedule is read by. */
  zone: z.string().max(64),
  minutes: z.number().min(2).max(180),
  intention: Intention.optional(),
  approach: Approach.optional(),
  locale: z.string().max(35),
  /** The night after the music: nature until this time of day, then music that rises over some minutes. */
  wake: z.object({ at: z.string().max(8), minutes: z.number().min(5).max(20) }).optional(),
  lateMinutes: z.number().min(0).max(180),
  enabled: z.boolean(),
  createdAtMs: z.number(),
  /** Everything up to here is settled. */
  handledMs: z.number(),
  nextMs: z.number().nullable(),
  snoozed: z.object({ plannedMs: z.number(), untilMs: z.number() }).optional(),
  skipMs: z.number().optional(),
  history: z.array(Occurrence),
});
export type Routine = z.infer<typeof Routine>;

export interface RoutineWish {
  /** "weekdays 21:30", a cron pattern, or a date and time. */
  when: string;
  zone: string;
  minutes?: number | undefined;
  name?: string | undefined;
  intention?: Intention | undefined;
  approach?: Approach | undefined;
  locale?: string | undefined;
  wake?: { at: string; minutes?: number | undefined } | undefined;
  lateMinutes?: number | undefined;
  enabled?: boolean | undefined;
}

/** Throws `bad-input` for a schedule that never comes, comes too often, or cannot be read. */
export const makeRoutine = (wish: RoutineWish, made: { id: string; listener: string; nowMs: number }): Routine =>
  wakeThatComes(unchecked(wish, made), made.nowMs);

function unchecked(wish: RoutineWish, made: { id: string; listener: string; nowMs: number }): Routine {
  const { nowMs } = made;
  const when = readWhen(wish.when, wish.zone, nowMs);
  if (wish.wake) readTime(wish.wake.at);
  return checked({
    id: made.id,
    listener: made.listener,
    ...(wish.name ? { name: wish.name } : {}),
    when,
    zone: wish.zone,
    minutes: wish.minutes ?? 30,
    ...(wish.intention ? { intention: wish.intention } : {}),
    ...(wish.approach ? { approach: wish.approach } : {}),
    locale: wish.locale ?? 'en-US',
    ...(wish.wake ? { wake: { at: wish.wake.at, minutes: wish.wake.minutes ?? 15 } } : {}),
    lateMinutes: wish.lateMinutes ?? LATE_MINUTES,
    enabled: wish.enabled ?? true,
    createdAtMs: nowMs,
    handledMs: nowMs,
    nextMs: nextAfter(when, wish.zone, nowMs),
    history: [],
  });
}

/** What a wish makes must be a routine. Throws `bad-input` that names the part which is none. */
const checked = (made: unknown): Routine => readAs(Routine, made, { what: 'That is no routine', whole: 'routine' });

/** Throws `bad-input` for a wake that no evening of this routine can have: it would be promised and never come. */
function wakeThatComes(routine: Routine, nowMs: number): Routine {
  const { when, zone, minutes, wake } = routine;
  if (!wake) return routine;
  let atMs = nextAfter(when, zone, nowMs);
  for (let tried = 0; tried < TRIED_EVENINGS && atMs !== null; tried += 1) {
    const nightMs = nextTimeOfDay(wake.at, zone, atMs) - atMs;
    if (nightMs >= (minutes + wake.minutes) * MINUTE_MS && nightMs <= MOST_NIGHT_SEC * 1000) return routine;
    atMs = nextAfter(when, zone, atMs);
  }
  throw new EmohealError('bad-input', `No wake at ${wake.at} fits this.`, {
    remedy: `It comes after the music and ${wake.minutes} minutes that rise, and within twelve hours of the beginning.`,
  });
}

/** A routine that comes once, some minutes from now. */
export function makeNap(
  inMinutes: number,
  wish: Omit<RoutineWish, 'when'>,
  made: { id: string; listener: string; nowMs: number },
): Routine {
  if (!(inMinutes > 0 && inMinutes <= MOST_NAP_MINUTES))
    throw new EmohealError('bad-input', `A nap begins in 1 to ${MOST_NAP_MINUTES} minutes, not ${inMinutes}.`);
  checkZone(wish.zone);
  const { nowMs } = made;
  const atMs = nowMs + inMinutes * MINUTE_MS;
  const base = unchecked({ ...wish, when: 'daily 12:00' }, made);
  return wakeThatComes({ ...base, when: { kind: 'once', atMs }, nextMs: atMs }, nowMs);
}

/**
 * The routine with some wishes changed; what has happened stays, and what was skipped or put off is as before only where the
 * time is.
 */
export function changed(routine: Routine, wish: Partial<RoutineWish>, nowMs: number): Routine {
  const zone = wish.zone ?? routine.zone;
  checkZone(zone);
  if (wish.wake) readTime(wish.wake.at);
  const when = wish.when === undefined ? routine.when : readWhen(wish.when, zone, nowMs);
  const moved = wish.when !== undefined || zone !== routine.zone || (wish.enabled === true && !routine.enabled);
  const { snoozed, skipMs, ...rest } = routine;
  const { wake, when: _when, zone: _zone, ...simple } = wish;
  const given = Object.fromEntries(Object.entries(simple).filter(([, value]) => value !== undefined));
  const after = checked({
    ...(moved ? rest : routine),
    ...given,
    ...(wake ? { wake: { at: wake.at, minutes: wake.minutes ?? 15 } } : {}),
    when,
    zone,
    ...(moved ? { handledMs: nowMs, nextMs: nextAfter(when, zone, nowMs) } : {}),
  });
  // One that is over may still be renamed.
  return wake || wish.when !== undefined || wish.minutes !== undefined ? wakeThatComes(after, nowMs) : after;
}

/** Before there was none without a name: a name that only repeats the schedule, as it was said, is taken off. */
export function withoutRepeatedName({ name, ...routine }: Routine): Routine {
  if (name === undefined || (routine.when.kind === 'once' && name === 'nap')) return routine;
  try {
    const said = readWhen(name, routine.zone, routine.createdAtMs);
    if (JSON.stringify(said) === JSON.stringify(routine.when)) return routine;
  } catch {
    // A name that is no schedule is a name.
  }
  return { ...routine, name };
}
