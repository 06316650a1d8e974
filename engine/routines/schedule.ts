/**
 * When a routine is due: what people say ("weekdays 21:30"), a cron pattern of five parts, or one moment. Pure; the clock
 * changes of a zone are croner's.
 *
 * Rules
 * 1. A time of day that a clock change leaves out (02:30 in the night of summer time) is met at the first minute after it.
 * 2. A time of day that comes twice in a night is met once, the first time.
 * 3. A schedule that never comes is refused when it is made, and so is one that comes more than MOST_A_DAY times in 24 hours.
 * Example: "mon,wed 21:30" → "30 21 * * 1,3"; "24.12." in cron is "0 20 24 12 *"; "2026-12-24 20:00" comes once.
 */
import { Cron } from 'croner';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { EmohealError } from '../errors.js';

/** A house hears no more sessions of one routine than this, and a slip ("* * * * *") is caught. */
export const MOST_A_DAY = 6;
const DAY_MS = 24 * 3600 * 1000;
/** A date begins up to 14 hours before it does in UTC. */
const EASTERNMOST_MS = 15 * 3600 * 1000;
/** Patterns are tried for this many times of theirs: a year of a routine of every day. */
const TRIED = 400;

export const When = z.discriminatedUnion('kind', [
  /** A cron pattern: minute, hour, day, month, weekday. */
  z.object({ kind: z.literal('repeats'), pattern: z.string().max(200) }),
  z.object({ kind: z.literal('once'), atMs: z.number() }),
]);
export type When = z.infer<typeof When>;

const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const GROUPS: Record<string, string> = {
  daily: '*',
  everyday: '*',
  weekday: '1-5',
  weekdays: '1-5',
  everyweekday: '1-5',
  weekend: '0,6',
  weekends: '0,6',
  everyweekend: '0,6',
};

const refuse = (message: string, remedy = 'Say for example "weekdays 21:30", "mon,wed 21:30" or "2026-12-24 20:00".') =>
  new EmohealError('bad-input', message, { remedy });

/** Reads a schedule and makes sure that it comes. Throws `bad-input` that says what is wrong with it. */
export function readWhen(said: string, zone: string, nowMs: number): When {
  checkZone(zone);
  const text = said.trim().toLowerCase().replace(/\s+/g, ' ');
  const date = /^(\d{4})-(\d{2})-(\d{2})[ t](.+)$/.exec(text);
  const when = date ? onDate(date, zone) : text.split(' ').length === 5 ? pattern(text) : onDays(text);
  checkComes(when, nowMs);
  return when;
}

/** Throws `bad-input` for a zone that nobody knows. */
export function checkZone(zone: string): void {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
  } catch {
    throw refuse('There is no such time zone.', 'Name one such as Europe/Berlin.');
  }
}

function onDate([, year, month, day, time]: RegExpExecArray, zone: string): When {
  const { hour, minute } = readTime(time!);
  const daysThen = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  if (Number(month) < 1 || Number(month) > 12 || Number(day) < 1 || Number(day) > daysThen)
    throw refuse(`There is no ${year}-${month}-${day}.`);
  // By the rules of a pattern, from before the date has begun in the easternmost zone.
  const beforeMs = Date.UTC(Number(year), Number(month) - 1, Number(day)) - EASTERNMOST_MS;
  const atMs = nextAfter({ kind: 'repeats', pattern: `${minute} ${hour} ${day} ${month} *` }, zone, beforeMs);
  if (atMs === null) throw refuse('That moment cannot be found.');
  return { kind: 'once', atMs };
}

function pattern(text: string): When {
  try {
    new Cron(text, { mode: '5-part', paused: true });
  } catch {
    throw refuse(
      'This pattern cannot be read.',
      'Give minute, hour, day, month and weekday, for example "30 21 * * 1-5".',
    );
  }
  return { kind: 'repeats', pattern: text };
}

function onDays(text: string): When {
  const space = text.lastIndexOf(' ');
  if (space < 0) throw refuse('A schedule has days and a time.');
  const { hour, minute } = readTime(text.slice(space + 1));
  return { kind: 'repeats', pattern: `${minute} ${hour} * * ${readDays(text.slice(0, space))}` };
}

/** "21:30", "9:30pm". */
export function readTime(text: string): { hour: number; minute: number } {
  const found = /^(\d{1,2})[:.](\d{2}) ?(am|pm)?$/i.exec(text.trim());
  const half = found?.[3]?.toLowerCase();
  const said = Number(found?.[1]);
  const minute = Number(found?.[2]);
  const hour = half ? (said % 12) + (half === 'pm' ? 12 : 0) : said;
  if (!found || hour > 23 || minute > 59 || (half && (said < 1 || said > 12)))
    throw refuse('That is no time of day.', 'Say for example 21:30.');
  return { hour, minute };
}

function readDays(text: string): string {
  const group = GROUPS[text.replaceAll(' ', '')];
  if (group) return group;
  const day = (name: string): number => {
    const at = name.length >= 3 ? DAYS.findIndex((short) => name.startsWith(short)) : -1;
    if (at < 0) throw refuse('That is no day of the week.');
    return at;
  };
  const parts = text.split(/ ?, ?| and /).map((part) => {
    const [first, last, ...rest] = part.split(/ ?- ?/);
    if (rest.length > 0) throw refuse('These days cannot be read.');
    if (last === undefined) return [day(first!)];
    const from = day(first!);
    const many = (day(last) - from + 7) % 7;
    return Array.from({ length: many + 1 }, (_, i) => (from + i) % 7);
  });
  return [...new Set(parts.flat())].sort((a, b) => a - b).join(',');
}

function checkComes(when: When, nowMs: number): void {
  if (when.kind === 'once') {
    if (when.atMs <= nowMs) throw refuse('That moment has passed.');
    return;
  }
  // Which dates exist and how many times a day has is the same in any zone, and quickest without one.
  const times = new Cron(when.pattern, { utcOffset: 0, paused: true }).nextRuns(TRIED, new Date(nowMs));
  if (times.length === 0) throw refuse('This schedule never comes: no such date exists.');
  if (times.some((time, i) => i >= MOST_A_DAY && time.getTime() - times[i - MOST_A_DAY]!.getTime() < DAY_MS))
    throw refuse(`This comes more than ${MOST_A_DAY} times in 24 hours.`, 'Say fewer times of day.');
}

/** The first time after `afterMs`, milliseconds; null where there is none any more. */
export function nextAfter(when: When, zone: string, afterMs: number): number | null {
  if (when.kind === 'once') return when.atMs > afterMs ? when.atMs : null;
  const next = cron(when.pattern, zone).nextRun(new Date(afterMs));
  return next ? next.getTime() : null;
}

/** Read once: a thousand routines come due in one minute, and most houses say the same few times. */
const patterns = new LRUCache<string, Cron>({ max: 500 });

function cron(pattern: string, zone: string): Cron {
  const key = `${zone} ${pattern}`;
  const known = patterns.get(key) ?? new Cron(pattern, { mode: '5-part', timezone: zone, paused: true });
  patterns.set(key, known);
  return known;
}

/** The next moment after `afterMs` at which clocks in the zone show this time of day. */
export function nextTimeOfDay(time: string, zone: string, afterMs: number): number {
  const { hour, minute } = readTime(time);
  checkZone(zone);
  return nextAfter({ kind: 'repeats', pattern: `${minute} ${hour} * * *` }, zone, afterMs)!;
}

/** The zone of this machine, where nobody names one. */
export const ownZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;
