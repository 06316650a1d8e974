/** The night that follows the music of a routine: wind-down, then nature, then something that wakes. */
import { WAKE_MINUTES, withNight } from '../plan/night.js';
import type { MusicSearch } from '../ports.js';
import type { Programme, SessionPlan, Track } from '../vocabulary.js';

const LONGEST_NIGHT_SEC = 12 * 3600;
/** Music to wake by: pleasant, and not yet lively. */
const WAKING = { valence: 0.5, arousal: 0 };

/**
 * The programme with nature until `dawnMs` and music that rises towards it. As it is where the morning comes before the
 * music ends, or more than twelve hours later: the evening is then worth more than the wish for the morning.
 */
export async function nightAfter(
  programme: Programme,
  plan: SessionPlan,
  search: MusicSearch,
  { dawnMs, wakeMinutes, nowMs }: { dawnMs: number; wakeMinutes: number; nowMs: number },
): Promise<Programme> {
  const dawnSec = Math.floor((dawnMs - nowMs) / 1000);
  const minutes = Math.min(WAKE_MINUTES.longest, Math.max(WAKE_MINUTES.shortest, wakeMinutes));
  if (dawnSec > LONGEST_NIGHT_SEC || dawnSec - minutes * 60 < programme.durationSec) return programme;
  const nearest = async (kinds: Track['origin']['kind'][], profile = plan.to) =>
    (await search.search({ profile, k: 1, kinds }))[0]?.track;
  const nature = await nearest(['nature']);
  const wake = (await nearest(['score', 'file', 'remote'], { ...plan.to, affect: WAKING })) ?? nature;
  return withNight(programme, {
    dawnSec,
    ...(nature ? { nature } : {}),
    ...(wake ? { wake: { track: wake, minutes } } : {}),
  });
}
