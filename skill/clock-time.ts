/** Times of the clock, in any zone, over changes to and from summer time. */
import { Cron } from 'croner';
import { EmohealError } from '../engine/errors.js';

/** Seconds from `nowMs` until a clock in that zone next shows `time` ("06:30"). Throws `bad-input` for an unknown zone. */
export function secondsUntil(time: string, nowMs: number, timeZone?: string): number {
  const [hour, minute] = time.split(':').map(Number);
  const zone = timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  try {
    const next = new Cron(`${minute} ${hour} * * *`, { timezone: zone, paused: true }).nextRun(new Date(nowMs));
    if (next) return (next.getTime() - nowMs) / 1000;
  } catch (cause) {
    throw new EmohealError('bad-input', `There is no time zone "${zone}", or no such time "${time}".`, {
      remedy: 'Give a zone such as Europe/Berlin and a time such as 06:30.',
      cause,
    });
  }
  throw new EmohealError('bad-input', `The time ${time} never comes in ${zone}.`);
}
