/**
 * The loudness plan: one level a stage, none above what house rules allow. Towards calm it never rises; towards waking it
 * rises by less than anyone starts at.
 */
import type { Intention, SessionPlan, Stage } from '../vocabulary.js';
import { isCalming } from './intentions.js';

/** Match levels, LUFS: soft enough for a bedroom, loud enough to be heard beside one's thoughts. Who sleeps is not startled. */
const MATCH_LUFS = { loudest: -18, softest: -21 };
const WAKING_MATCH_LUFS = { loudest: -24, softest: -25 };
/** A calming session ends at this or softer, and at least 2 LU below where it began. */
export const LOUDEST_REST_LUFS = -24;
const LEAST_FALL_LU = 2;
/** From one stage to the next the level rises by half of this at most. */
const MOST_RISE_LU = 3;

/** Where a session begins, from what its profile asks for. */
export function beginLoudness(wanted: number, intention: Intention): number {
  const { loudest, softest } = intention === 'wake-gently' ? WAKING_MATCH_LUFS : MATCH_LUFS;
  return Math.min(loudest, Math.max(softest, wanted));
}

/** LUFS of a stage. The guide lies between its neighbours. */
export function stageLoudness(plan: Pick<SessionPlan, 'from' | 'to' | 'intention' | 'within'>, stage: Stage): number {
  const cap = plan.within?.loudestLufs ?? 0;
  const match = Math.min(cap, plan.from.loudnessLufs);
  const wished = plan.to.loudnessLufs;
  const target = isCalming(plan.intention)
    ? Math.min(wished, match - LEAST_FALL_LU, LOUDEST_REST_LUFS)
    : Math.min(cap, match + MOST_RISE_LU, Math.max(match - MOST_RISE_LU, wished));
  return { match, guide: (match + target) / 2, target }[stage];
}
