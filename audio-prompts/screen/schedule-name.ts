/**
 * What a routine is called that nobody gave a name: its days and its time, in the language of whoever reads.
 * Example: "30 21 * * 1-5" → "Mon–Fri 21:30", "lun.–ven. 21:30"; "0 9 * * 0,6" → "Sat, Sun 09:00".
 */

/** By cron's numbers. */
const DAY_NAMES = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const A_SUNDAY = Date.UTC(2026, 0, 4);
const DAY_MS = 24 * 3600 * 1000;
const MINUTE_MS = 60_000;
/** Fewer days in a row are told one by one. */
const LEAST_OF_A_RUN = 3;

export interface Schedule {
  /** A cron pattern, or the one moment in ISO 8601. */
  when: string;
  /** IANA name: the clock of the one moment. */
  zone: string;
}

/** "30 21 * * 1-5" → its days and time; null for a pattern that says more than days of the week and a time of day. */
export function readPattern(pattern: string): { days: string[]; time: string } | null {
  const found = /^(\d{1,2}) (\d{1,2}) \* \* (\*|\d(?:[,-]\d)*)$/.exec(pattern);
  if (!found) return null;
  const [, minute, hour, days] = found;
  const numbers =
    days === '*'
      ? [0, 1, 2, 3, 4, 5, 6]
      : days!.split(',').flatMap((part) => {
          const [from, to = from] = part.split('-').map(Number);
          return Array.from({ length: to! - from! + 1 }, (_, i) => (from! + i) % 7);
        });
  return {
    days: numbers.map((each) => DAY_NAMES[each]!),
    time: `${hour!.padStart(2, '0')}:${minute!.padStart(2, '0')}`,
  };
}

/** Whether it is one moment; a pattern has no capital letters. */
export const comesOnce = (when: string): boolean => when.includes('T');

/** A pattern that says more than days and a time is its own name. */
export function scheduleName({ when, zone }: Schedule, language: string): string {
  if (comesOnce(when))
    return new Date(when).toLocaleString(language, {
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      hour: '2-digit',
      minute: '2-digit',
      timeZone: zone,
    });
  const known = readPattern(when);
  if (!known) return when;
  const minutes = Number(known.time.slice(0, 2)) * 60 + Number(known.time.slice(3));
  const time = new Date(A_SUNDAY + minutes * MINUTE_MS).toLocaleTimeString(language, {
    hour: '2-digit',
    minute: '2-digit',
    timeZone: 'UTC',
  });
  return `${daysName(known.days, language)} ${time}`;
}

/** From Monday on: days in a row as "Mon–Fri", others one by one. */
function daysName(days: readonly string[], language: string): string {
  const short = new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' });
  const named = (fromMonday: number) => short.format(A_SUNDAY + (fromMonday + 1) * DAY_MS);
  const there = [...new Set(days)].map((day) => (DAY_NAMES.indexOf(day) + 6) % 7).sort((a, b) => a - b);
  const runs: { first: number; last: number }[] = [];
  for (const day of there) {
    const run = runs.at(-1);
    if (run && run.last === day - 1) run.last = day;
    else runs.push({ first: day, last: day });
  }
  return runs
    .flatMap(({ first, last }) =>
      last - first + 1 >= LEAST_OF_A_RUN
        ? `${named(first)}–${named(last)}`
        : Array.from({ length: last - first + 1 }, (_, i) => named(first + i)),
    )
    .join(', ');
}
