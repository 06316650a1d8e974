/**
 * How the 28 probabilities share in what is played, and what is made of a mixed feeling.
 *
 * Rules:
 * 1. A label's share is its probability squared, over all shares: a faint tail does not pull to the middle. Neutral
 *    takes part; nothing read at all is neutral.
 * 2. Feelings that lie near each other (sadness and grief) are one mood. Feelings that lie far apart (joy and sadness)
 *    are a mixture: where one is clearly the stronger it is given the room, gradually; otherwise both are kept, and the
 *    music is a compromise that says so.
 * Example: joy .8 and sadness .7 → compromise; joy .9 and sadness .4 → joy, the stronger.
 */
import { affectDistance } from '../affect-distance.js';
import { LABEL_AFFECT } from '../emotion/label-affect.js';
import { EMOTION_LABELS, type EmotionLabel } from '../vocabulary.js';

export type Shares = Record<EmotionLabel, number>;

export interface Mixture {
  /** `none`: nothing but neutral; `one`: one mood; `stronger`: two, and one has the room; `compromise`: both are kept. */
  kind: 'none' | 'one' | 'stronger' | 'compromise';
  /** The feelings that take part, strongest first, with their shares of the reading (before any is given the room). */
  parts: { label: EmotionLabel; share: number }[];
  /** Of two that lie far apart: the stronger and the weaker; null where there are no two. */
  pair: readonly [EmotionLabel, EmotionLabel] | null;
}

/** Farther apart than this on the plane of affect, two feelings do not go into one music by themselves. */
const FAR_APART = 0.9;
/** Twice the weaker begins to be "stronger", four times is wholly so (of shares: of probabilities, 1.4 and 2 times). */
const STRONGER_FROM = 2;
const STRONGER_WHOLLY = 4;
/** What is left to the weaker feeling once the stronger has the room. */
const LEFT_TO_WEAKER = 0.3;
const LEAST_PART = 0.1;

export function sharesOf(probabilities: Readonly<Partial<Record<string, number>>>): Shares {
  const squared = EMOTION_LABELS.map((label) => clean(probabilities[label]) ** 2);
  const sum = squared.reduce((total, value) => total + value, 0);
  return Object.fromEntries(
    EMOTION_LABELS.map((label, i) => [label, sum > 1e-6 ? squared[i]! / sum : label === 'neutral' ? 1 : 0]),
  ) as Shares;
}

/** Rule 2: the shares with which the music is made, and what was done. */
export function resolveMixture(shares: Shares): { shares: Shares; mixture: Mixture } {
  const parts = EMOTION_LABELS.filter((label) => label !== 'neutral' && shares[label] >= LEAST_PART)
    .map((label) => ({ label, share: shares[label] }))
    .sort((a, b) => b.share - a.share || a.label.localeCompare(b.label));
  const first = parts[0];
  if (!first) return { shares, mixture: { kind: 'none', parts, pair: null } };
  const opposed = parts.find(({ label }) => apart(label, first.label) > FAR_APART);
  if (!opposed) return { shares, mixture: { kind: 'one', parts, pair: null } };
  const ratio = first.share / opposed.share;
  const yielded = smoothStep((ratio - STRONGER_FROM) / (STRONGER_WHOLLY - STRONGER_FROM));
  const left = 1 - yielded * (1 - LEFT_TO_WEAKER);
  const made = normalised(
    Object.fromEntries(
      EMOTION_LABELS.map((label) => [label, shares[label] * (apart(label, first.label) > FAR_APART ? left : 1)]),
    ) as Shares,
  );
  return {
    shares: made,
    mixture: { kind: yielded > 0.5 ? 'stronger' : 'compromise', parts, pair: [first.label, opposed.label] },
  };
}

const clean = (p: number | undefined): number =>
  p === undefined || !Number.isFinite(p) ? 0 : Math.min(1, Math.max(0, p));

const apart = (a: EmotionLabel, b: EmotionLabel): number =>
  a === 'neutral' || b === 'neutral' ? 0 : affectDistance(LABEL_AFFECT[a], LABEL_AFFECT[b]);

function normalised(shares: Shares): Shares {
  const sum = EMOTION_LABELS.reduce((total, label) => total + shares[label], 0);
  return Object.fromEntries(EMOTION_LABELS.map((label) => [label, shares[label] / sum])) as Shares;
}

/** 0 below 0, 1 above 1, without a corner: a reading that changes a little changes the music a little. */
export function smoothStep(x: number): number {
  const t = Math.min(1, Math.max(0, x));
  return t * t * (3 - 2 * t);
}
