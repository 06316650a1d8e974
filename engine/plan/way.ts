/**
 * The way of a session as a curve: how far from the beginning (0) to the end (1) the music is at each second. It passes
 * through a few points, is smooth everywhere (its speed never jumps) and never turns back, so the distance to the target
 * only ever falls.
 */
import { affectDistance } from '../affect-distance.js';
import type { MusicalProfile, SessionPlan, StagePlan } from '../vocabulary.js';
import { stageLoudness } from './loudness.js';

export type Way = NonNullable<SessionPlan['way']>;

/** The match hardly moves, the guide does the walking. */
const SHARE_AT_GUIDE = 0.15;
const SHARE_AT_TARGET = 0.9;

/** Distance in valence and arousal. */
export const distance = (a: MusicalProfile, b: MusicalProfile) => affectDistance(a.affect, b.affect);

/** Between two profiles: 0 = a, 1 = b. Rates and tempo on a ratio scale, as they are heard. */
export function mix(a: MusicalProfile, b: MusicalProfile, share: number): MusicalProfile {
  const line = (x: number, y: number) => x + (y - x) * share;
  const ratio = (x: number, y: number) => x * (y / x) ** share;
  return {
    affect: { valence: line(a.affect.valence, b.affect.valence), arousal: line(a.affect.arousal, b.affect.arousal) },
    onsetRatePerSec: ratio(a.onsetRatePerSec, b.onsetRatePerSec),
    tempoBpm: ratio(a.tempoBpm, b.tempoBpm),
    mode: line(a.mode, b.mode),
    loudnessLufs: line(a.loudnessLufs, b.loudnessLufs),
    brightness: line(a.brightness, b.brightness),
    articulation: line(a.articulation, b.articulation),
    density: line(a.density, b.density),
    register: line(a.register, b.register),
    consonance: line(a.consonance, b.consonance),
    pulseClarity: line(a.pulseClarity, b.pulseClarity),
    instrumentation: share < 0.5 ? a.instrumentation : b.instrumentation,
  };
}

/** How much of the way a low, sad start is lifted within its first minutes, in valence and arousal. */
const LIFT = 0.25;
const UNHURRIED_LIFT = 0.15;
const LIFTED_BY_SEC = 220;
/** Of the whole way: where it is short, a lift may not walk most of it at once. */
const MOST_LIFT = 0.33;

/**
 * The points of the way. From a low, sad start the music lifts within the first minutes, so that never more than one
 * track stays in the sadness itself; the lift is small, smaller where grief asks for time, and nothing is hurried after.
 */
export function wayOf(plan: SessionPlan): Way {
  if (plan.way) return plan.way;
  const [match, guide, target] = plan.stages as [StagePlan, StagePlan, StagePlan];
  const way: Way = [
    { sec: 0, share: 0 },
    { sec: match.endSec, share: SHARE_AT_GUIDE },
    { sec: guide.endSec, share: SHARE_AT_TARGET },
    { sec: target.endSec, share: 1 },
  ];
  const { affect } = plan.from;
  const far = distance(plan.from, plan.to);
  if (affect.valence > -0.25 || affect.arousal > 0.25 || far < 0.15) return way;
  const lift = Math.min(MOST_LIFT, (plan.intention === 'grieve' ? UNHURRIED_LIFT : LIFT) / far);
  const liftedSec = Math.min(LIFTED_BY_SEC, target.endSec * 0.18, match.endSec * 0.9);
  way.splice(1, 0, { sec: liftedSec, share: lift });
  way[2] = { sec: match.endSec, share: Math.max(SHARE_AT_GUIDE, lift + 0.02) };
  return way;
}

/** Curves by plan: the same plan is asked at thousands of seconds while tracks are chosen. */
const curves = new WeakMap<SessionPlan, (sec: number) => number>();

/** How far along the way a second lies, 0..1. */
export function shareAt(plan: SessionPlan, sec: number): number {
  let curve = curves.get(plan);
  if (!curve) {
    curve = smoothCurve(wayOf(plan));
    curves.set(plan, curve);
  }
  return curve(sec);
}

/** What the music should be like at a second of the plan. Never jumps; beyond the ends it stays. */
export function profileAt(plan: SessionPlan, sec: number): MusicalProfile {
  const stage = plan.stages.find((each) => sec < each.endSec) ?? plan.stages[plan.stages.length - 1]!;
  return { ...mix(plan.from, plan.to, shareAt(plan, sec)), loudnessLufs: stageLoudness(plan, stage.stage) };
}

/** The fastest that the share moves anywhere, per second. */
export function steepestOf(way: Way): number {
  const curve = smoothCurve(way);
  const last = way[way.length - 1]!.sec;
  const step = last / 400;
  let steepest = 0;
  for (let i = 0; i < 400; i += 1) steepest = Math.max(steepest, (curve((i + 1) * step) - curve(i * step)) / step);
  return steepest;
}

/**
 * Piecewise cubics through the points whose slopes are chosen so that the curve never turns between them (Fritsch &
 * Carlson 1980, with the weighted harmonic mean of Fritsch & Butland 1984); it begins and ends at rest.
 */
export function smoothCurve(way: Way): (sec: number) => number {
  const points = way.filter((point, i) => i === 0 || point.sec > way[i - 1]!.sec + 1e-6);
  const n = points.length;
  if (n < 2) return () => points[0]?.share ?? 0;
  const gap = points.slice(1).map((point, i) => point.sec - points[i]!.sec);
  const slope = points.slice(1).map((point, i) => (point.share - points[i]!.share) / gap[i]!);
  const speed = points.map((_, i) => {
    if (i === 0 || i === n - 1) return 0;
    const [before, after] = [slope[i - 1]!, slope[i]!];
    if (before <= 0 || after <= 0) return 0;
    const [w1, w2] = [2 * gap[i]! + gap[i - 1]!, gap[i]! + 2 * gap[i - 1]!];
    return (w1 + w2) / (w1 / before + w2 / after);
  });
  return (sec) => {
    if (!(sec > points[0]!.sec)) return points[0]!.share;
    if (sec >= points[n - 1]!.sec) return points[n - 1]!.share;
    const i = points.findIndex((point) => sec < point.sec) - 1;
    const [a, b, width] = [points[i]!, points[i + 1]!, gap[i]!];
    const t = (sec - a.sec) / width;
    const [t2, t3] = [t * t, t * t * t];
    const value =
      (2 * t3 - 3 * t2 + 1) * a.share +
      (t3 - 2 * t2 + t) * width * speed[i]! +
      (3 * t2 - 2 * t3) * b.share +
      (t3 - t2) * width * speed[i + 1]!;
    // The last bits of the arithmetic may leave the interval; the curve itself does not.
    return Math.min(b.share, Math.max(a.share, value));
  };
}
