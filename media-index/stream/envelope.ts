/**
 * How loud a scheduled track is meant to be at each moment, on top of its own sound.
 *
 * Rules:
 * 1. One gain brings it to the level of its plan, or as near as its peaks allow: its own level.
 * 2. A louder track comes in at the level that the one before it has really come to, and rises evenly to its own. Three ever
 *    louder tracks so make one slope, not three; together with the cross-fade and the leveller it stays well below 1 LU a second.
 * 3. A rise waits for as long as there is a hole: out of silence it would come back louder than what was heard before.
 * 4. Fades are sines, so that two of them over one another keep the power even. What takes a broken track's place comes in as
 *    slowly as a join.
 * Example: -30 LUFS after a minute, then a track planned at -18: it begins at -30 and is there 48 s later.
 */
import type { ScheduledTrack, Track } from '../../engine/vocabulary.js';

const RISE_DB_A_SEC = 0.25;
/** No gain brings a track's true peak above this; the limiter takes the rest. */
const MOST_TRUE_PEAK_DBTP = 3;
const REPLACEMENT_FADE_SEC = 6;
/** Equal-power fades add up to 1, as powers: with less than this there is a hole. */
export const WHOLE_POWER = 0.95;

/** Seconds are those of the session. */
export interface Envelope {
  scheduled: ScheduledTrack;
  /** Brings it to its own level; 0 where there is no sound to be had. */
  gain: number;
  ownLufs: number;
  /** Where the rise to its own level begins. */
  rise: { fromLufs: number; fromSec: number };
  /** When a replacement came in, after the beginning; null for what sounds from there. */
  replacedSec: number | null;
}

export function gainFor({ analysis }: Track, wishedLufs: number): Pick<Envelope, 'gain' | 'ownLufs'> {
  const integratedLufs = Math.max(-60, analysis.integratedLufs);
  const gainDb = Math.min(wishedLufs - integratedLufs, MOST_TRUE_PEAK_DBTP - analysis.truePeakDbtp);
  return { gain: 10 ** (gainDb / 20), ownLufs: integratedLufs + gainDb };
}

/** Loudness that a track has come to, LUFS, fades left out. */
export const levelAt = ({ ownLufs, rise }: Envelope, sec: number): number =>
  Math.min(ownLufs, rise.fromLufs + RISE_DB_A_SEC * Math.max(0, sec - rise.fromSec));

/** At most 1. */
export const riseGain = (envelope: Envelope, sec: number): number =>
  10 ** ((levelAt(envelope, sec) - envelope.ownLufs) / 20);

/** What the plan asks for, none above `loudestLufs`, less what is still to rise. */
export const plannedLufs = (envelope: Envelope, sec: number, loudestLufs: number): number =>
  Math.min(loudestLufs, envelope.scheduled.loudnessLufs) + levelAt(envelope, sec) - envelope.ownLufs;

const share = (part: number, whole: number) => (whole > 0 ? Math.min(1, Math.max(0, part / whole)) : 1);

/** The gain that fades leave, 0 to 1: nothing before the beginning and after the end. */
export function fadeAt({ scheduled, replacedSec }: Envelope, sec: number): number {
  const rising = share(sec - scheduled.startSec, scheduled.fadeInSec);
  const falling = share(scheduled.endSec - sec, scheduled.fadeOutSec);
  const coming = replacedSec === null ? 1 : share(sec - replacedSec, REPLACEMENT_FADE_SEC);
  const quarter = Math.PI / 2;
  return Math.sin(quarter * rising) * Math.sin(quarter * falling) * Math.sin(quarter * coming);
}

/** True where neither fade nor rise touches a stretch: most of every track. */
export function isSteady(envelope: Envelope, fromSec: number, toSec: number): boolean {
  const { scheduled, replacedSec, ownLufs } = envelope;
  const { startSec, endSec, fadeInSec, fadeOutSec } = scheduled;
  if (replacedSec !== null && fromSec < replacedSec + REPLACEMENT_FADE_SEC) return false;
  return levelAt(envelope, fromSec) >= ownLufs && fromSec >= startSec + fadeInSec && toSec <= endSec - fadeOutSec;
}
