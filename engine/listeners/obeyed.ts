/**
 * What house rules mean at one moment: how loud, which tracks, and whether anything may begin by the clock. Pure.
 *
 * Rules
 * 1. In quiet hours the cap is the level at which a calming session comes to rest, or the house's own where that is softer.
 * 2. Quiet hours from a time to the same time are the whole day: a rule that cannot be read as a stretch is the stricter one.
 * 3. A track that is banned stays banned where it is also allowed. Styles are compared without regard to case.
 * Example: cap -30, quiet 22:30–06:00 in Berlin → at 23:00 in Berlin no louder than -30 LUFS; with no cap, -24.
 */
import { LOUDEST_REST_LUFS } from '../plan/loudness.js';
import { ownZone } from '../routines/schedule.js';
import type { SessionPlan, Track } from '../vocabulary.js';
import type { HouseRules } from './house-rules.js';

export type Within = NonNullable<SessionPlan['within']>;

/** Made once a zone: a thousand routines come due in one minute. */
const clocks = new Map<string, Intl.DateTimeFormat>();
const MOST_CLOCKS = 600;

function clockOf(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone);
  if (known) return known;
  const shown = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  let clock: Intl.DateTimeFormat;
  try {
    clock = new Intl.DateTimeFormat('en-GB', { ...shown, timeZone: zone });
  } catch {
    // Kept by a machine that knew the zone: this one's own clock is nearer to the night than none.
    clock = new Intl.DateTimeFormat('en-GB', { ...shown, timeZone: ownZone() });
  }
  if (clocks.size < MOST_CLOCKS) clocks.set(zone, clock);
  return clock;
}

/** Whether clocks in the zone of the rules show quiet hours at that moment. The last minute is not one of them. */
export function inQuietHours(rules: HouseRules | null | undefined, atMs: number): boolean {
  if (!rules?.quietHours) return false;
  const { from, until, zone } = rules.quietHours;
  const now = clockOf(zone).format(atMs);
  if (from === until) return true;
  return from < until ? from <= now && now < until : from <= now || now < until;
}

/** Whether a track of the shelf may be heard (rule 3). What is composed for the moment is on no list and always may. */
export function permits(rules: HouseRules | null | undefined, { id, style, origin }: Track): boolean {
  if (!rules || origin.kind === 'morph') return true;
  const named = ({ trackIds, styles }: { trackIds: readonly string[]; styles: readonly string[] }) =>
    trackIds.includes(id) || styles.some((each) => each.toLowerCase() === style.toLowerCase());
  if (rules.banned && named(rules.banned)) return false;
  return !rules.allowed || named(rules.allowed);
}

/** What the rules narrow of a session that begins at that moment; undefined where they narrow nothing. */
export function narrowing(rules: HouseRules | null | undefined, atMs: number): Within | undefined {
  if (!rules) return undefined;
  const caps = [
    ...(rules.loudnessCapLufs === undefined ? [] : [rules.loudnessCapLufs]),
    ...(inQuietHours(rules, atMs) ? [LOUDEST_REST_LUFS] : []),
  ];
  const within: Within = {
    ...(caps.length > 0 ? { loudestLufs: Math.min(...caps) } : {}),
    ...(rules.banned?.styles.length ? { withoutStyles: rules.banned.styles } : {}),
    ...(rules.allowed?.styles.length ? { onlyStyles: rules.allowed.styles } : {}),
  };
  return Object.keys(within).length > 0 ? within : undefined;
}

/** Two narrowings at once: the softer cap, and the newer lists. */
export function both(before: Within | undefined, now: Within | undefined): Within | undefined {
  if (!before || !now) return now ?? before;
  const caps = [before.loudestLufs, now.loudestLufs].filter((cap) => cap !== undefined);
  return { ...before, ...now, ...(caps.length > 0 ? { loudestLufs: Math.min(...caps) } : {}) };
}
