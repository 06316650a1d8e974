/** How a night went, as a caregiver sees it: whether it ran. Nothing of what was said, felt or heard. */
import type { Occurrence, Routine } from '../routines/routine.js';
import { positionAt, type Session } from '../session.js';

export const NIGHT_OUTCOMES = ['running', 'ran', 'stopped early', 'did not run', 'skipped', 'quiet hours'] as const;
export type NightOutcome = (typeof NIGHT_OUTCOMES)[number];

/** The last seconds are silence: whoever stops there has heard it all. */
const HEARD_SHARE = 0.97;
/** Who pauses for longer than this does not come back to it. */
const LONG_PAUSE_MS = 2 * 3600 * 1000;

const UNBEGUN: Record<string, NightOutcome> = {
  starting: 'running',
  missed: 'did not run',
  failed: 'did not run',
  skipped: 'skipped',
  'quiet-hours': 'quiet hours',
};

/** `session` is null where it is not kept any more: it ran, and how far nobody knows. */
export function nightOutcome(
  { outcome }: { outcome: string },
  session: Pick<Session, 'status' | 'atSec' | 'sinceMs' | 'programme'> | null,
  nowMs: number,
): NightOutcome {
  if (outcome !== 'started') return UNBEGUN[outcome] ?? 'did not run';
  if (!session) return 'ran';
  const { status, atSec } = positionAt(session as Session, nowMs);
  const { durationSec } = session.programme;
  if (atSec >= durationSec * HEARD_SHARE) return 'ran';
  if (status === 'ended') return 'stopped early';
  if (status === 'paused') return nowMs - session.sinceMs > LONG_PAUSE_MS ? 'stopped early' : 'running';
  return 'running';
}

export interface Evening {
  routine: Pick<Routine, 'id' | 'name'>;
  occurrence: Occurrence;
}

/** The newest evenings of all routines of a listener, newest first. */
export const lastEvenings = (routines: readonly Routine[], count: number): Evening[] =>
  routines
    .flatMap((routine) => routine.history.map((occurrence) => ({ routine, occurrence })))
    .sort((a, b) => b.occurrence.plannedMs - a.occurrence.plannedMs)
    .slice(0, count);
