/**
 * Music by the clock, by voice: skip tonight, later, a nap, a gentle wake. A skill cannot begin by itself: what a routine
 * began waits here until the listener, or a routine of Alexa's, opens the skill.
 */
import type { Response } from 'ask-sdk-model';
import { EmohealError } from '../../engine/errors.js';
import { inQuietHours } from '../../engine/listeners/obeyed.js';
import { nextBeginsMs } from '../../engine/routines/due.js';
import type { Routine } from '../../engine/routines/routine.js';
import { nextTimeOfDay } from '../../engine/routines/schedule.js';
import type { Session } from '../../engine/session.js';
import { minutesOf } from '../../voice-intents/durations.js';
import { askAgain, tell } from './answers.js';
import { slotText } from './requests.js';
import { lookUp, type Turn } from './turn.js';

const MINUTE_MS = 60_000;
const SNOOZE_MINUTES = 20;
const NAP_MINUTES = 20;
const WAKE_MINUTES = 15;

/** The routine that begins next, of those that are to come; null where none is. */
async function nextRoutine(turn: Turn): Promise<Routine | null> {
  const all = (await turn.deps.routines?.list(turn.listenerKey)) ?? [];
  const due = all.flatMap((routine) => {
    const atMs = nextBeginsMs(routine);
    return atMs === null ? [] : [{ routine, atMs }];
  });
  return due.sort((a, b) => a.atMs - b.atMs)[0]?.routine ?? null;
}

export async function skipTonight(turn: Turn): Promise<Response> {
  const routine = await nextRoutine(turn);
  if (!routine) return tell(turn, turn.say('noRoutine'));
  await turn.deps.routines?.skip(turn.listenerKey, routine.id);
  return tell(turn, turn.say('tonightSkipped'));
}

export async function snoozeTonight(turn: Turn): Promise<Response> {
  const routine = await nextRoutine(turn);
  if (!routine) return tell(turn, turn.say('noRoutine'));
  const minutes = minutesOf(slotText(turn.envelope, 'length')) ?? SNOOZE_MINUTES;
  const done = await within(() => turn.deps.routines!.snooze(turn.listenerKey, routine.id, minutes));
  return done ? tell(turn, turn.say('snoozed', { minutes: String(Math.round(minutes)) })) : askAgain(turn);
}

export async function nap(turn: Turn): Promise<Response> {
  const minutes = minutesOf(slotText(turn.envelope, 'length'));
  if (minutes === null || !turn.deps.routines) return askAgain(turn);
  const wish = { zone: turn.deps.zone(), minutes: NAP_MINUTES, locale: turn.locale, intention: 'fall-asleep' as const };
  const atMs = turn.deps.nowMs() + minutes * MINUTE_MS;
  if (await isQuietThen(turn, atMs)) return tell(turn, turn.say('quietHoursThen'));
  const made = await within(() => turn.deps.routines!.nap(turn.listenerKey, minutes, wish));
  return made ? tell(turn, turn.say('napSet', { minutes: String(Math.round(minutes)) })) : askAgain(turn);
}

export async function wakeAt(turn: Turn): Promise<Response> {
  const time = slotText(turn.envelope, 'time');
  if (!/^\d{1,2}:\d{2}$/.test(time) || !turn.deps.routines) return askAgain(turn);
  const { deps } = turn;
  const wish = { zone: deps.zone(), minutes: WAKE_MINUTES, locale: turn.locale, intention: 'wake-gently' as const };
  const atMs = await within(() => nextTimeOfDay(time, deps.zone(), deps.nowMs()));
  if (atMs === null) return askAgain(turn);
  if (await isQuietThen(turn, atMs)) return tell(turn, turn.say('quietHoursThen'));
  // Of its own day, so that a clock that is put right in between does not move it.
  const day = new Intl.DateTimeFormat('sv', { timeZone: deps.zone() }).format(atMs);
  const made = await within(() => deps.routines!.add(turn.listenerKey, { ...wish, when: `${day} ${time}` }));
  return made ? tell(turn, turn.say('wakeSet', { time: shown(turn, atMs) })) : askAgain(turn);
}

/** The session of a routine that began lately and has not been heard to its end; null where none waits. */
export async function waitingHere(turn: Turn): Promise<Session | null> {
  const newest = await turn.deps.routines?.newest(turn.listenerKey);
  if (!newest || newest.sessionId === turn.device.sessionId) return null;
  const found = await lookUp(turn, newest.sessionId);
  return found && found.position.status === 'playing' ? found.session : null;
}

const isQuietThen = async (turn: Turn, atMs: number): Promise<boolean> =>
  inQuietHours(await turn.deps.rules?.load(turn.listenerKey), atMs);

const shown = (turn: Turn, atMs: number): string =>
  new Intl.DateTimeFormat(turn.locale, { hour: 'numeric', minute: '2-digit', timeZone: turn.deps.zone() }).format(atMs);

/** Null for what cannot be: too long, too late, or one too many. */
async function within<T>(work: () => T | Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof EmohealError && ['bad-input', 'conflict'].includes(error.code)) return null;
    throw error;
  }
}
