/**
 * No step from one track to the next is large: at most .35 in valence and arousal, 15 % in tempo, 15 % in events a second
 * (a little less here, for what rounding takes). Where time is too short to walk the whole way in such steps, the music
 * begins nearer to its target.
 */
import type { MusicalProfile, SessionPlan } from '../vocabulary.js';
import { SHORTEST_SLOT_SEC } from './forms.js';
import { distance, mix, shareAt, steepestOf, type Way, wayOf } from './way.js';

/** In valence and arousal. */
export const LONGEST_STEP = 0.33;
/** Of the logarithm of a rate: 14 %. */
const LONGEST_PACE_STEP = -Math.log(1 - 0.14);

/** Of the logarithm of a rate: a third, a little more than the 30 % that calming asks for (`calmer.ts`). */
const LEAST_PACE_FALL = -Math.log(1 - 0.33);
/** A track sounds this much beyond the second where the next one begins, so its middle lies half of that later. */
const CROSS_FADE_SEC = 8;

const paceFall = (from: number, to: number) => Math.abs(Math.log(to / from));

/**
 * The beginning, brought near enough that the way to `to` can be walked in small steps, mood and pace each for itself.
 * `slotSec`: how long a track should last where the way is steepest.
 */
export function withinReach(from: MusicalProfile, to: MusicalProfile, way: Way, slotSec: number): MusicalProfile {
  // What one slot may cover, and the share of the way that it does cover where the way is steepest.
  const steepest = steepestOf(way);
  // Shorter tracks where otherwise there were too few steps for the fall that slows the heart.
  const enoughSec = LONGEST_PACE_STEP / (steepest * LEAST_PACE_FALL) - CROSS_FADE_SEC;
  const covered = steepest * (Math.max(SHORTEST_SLOT_SEC, Math.min(slotSec, enoughSec)) + CROSS_FADE_SEC);
  const far = distance(from, to);
  const reach = LONGEST_STEP / covered;
  const begin = far <= reach ? from : { ...mix(from, to, 1 - reach / far), instrumentation: from.instrumentation };
  const paceReach = LONGEST_PACE_STEP / covered;
  const nearer = (value: number, target: number) => {
    const fall = paceFall(value, target);
    return fall <= paceReach ? value : target * (value / target) ** (paceReach / fall);
  };
  return {
    ...begin,
    tempoBpm: nearer(from.tempoBpm, to.tempoBpm),
    onsetRatePerSec: nearer(from.onsetRatePerSec, to.onsetRatePerSec),
  };
}

/** The share of the way that one track may cover. */
export function longestShare(plan: Pick<SessionPlan, 'from' | 'to'>): number {
  const { from, to } = plan;
  return Math.min(
    LONGEST_STEP / Math.max(distance(from, to), 1e-6),
    LONGEST_PACE_STEP / Math.max(paceFall(from.tempoBpm, to.tempoBpm), 1e-6),
    LONGEST_PACE_STEP / Math.max(paceFall(from.onsetRatePerSec, to.onsetRatePerSec), 1e-6),
  );
}

/**
 * The second until which a track that begins at `startSec` may stay without the step to its neighbour growing too long.
 * A step goes from middle to middle, so each half of a track may cover half of a step.
 */
export function stepEndSec(plan: SessionPlan, startSec: number): number {
  const way = wayOf(plan);
  const lastSec = way[way.length - 1]!.sec;
  const half = longestShare(plan) / 2;
  const begin = shareAt(plan, startSec);
  const fits = (endSec: number): boolean => {
    const middle = shareAt(plan, (startSec + endSec + CROSS_FADE_SEC) / 2);
    return middle - begin <= half && shareAt(plan, endSec) - shareAt(plan, (startSec + endSec) / 2) <= half;
  };
  // The share never falls, so how much is covered grows with the end: it is found by halving, to a tenth of a second.
  if (shareAt(plan, lastSec) - begin <= half) return Number.POSITIVE_INFINITY;
  let [inside, outside] = [startSec, lastSec + (lastSec - startSec)];
  if (fits(outside)) return Number.POSITIVE_INFINITY;
  while (outside - inside > 0.1) {
    const middle = (inside + outside) / 2;
    if (fits(middle)) inside = middle;
    else outside = middle;
  }
  return Math.max(startSec + SHORTEST_SLOT_SEC, inside);
}
