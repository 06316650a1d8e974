/** From paths to the ten dials: where each stands, how unsure that is, and what each path did to it. */

import type { FeatureValues } from './dials.js';
import { FEATURES, type Feature } from './nodes.js';
import type { Path } from './paths.js';

/**
 * How much silence counts: a dial that little evidence reaches stays nearer to its middle, so an edge marked "practice"
 * moves less than one that an experiment bears out. 1 + this is the gain, so that a well-borne-out claim reaches its weight.
 */
const SILENCE = 0.6;

interface Sums {
  pull: number;
  count: number;
}

const dialOf = ({ pull, count }: Sums): number => Math.max(-1, Math.min(1, ((1 + SILENCE) * pull) / (count + SILENCE)));

function sumsOf(paths: readonly Path[]): Record<Feature, Sums> {
  const sums = Object.fromEntries(FEATURES.map((feature) => [feature, { pull: 0, count: 0 }])) as Record<Feature, Sums>;
  for (const path of paths) {
    sums[path.to].pull += path.pull * path.count;
    sums[path.to].count += path.count;
  }
  return sums;
}

/** Dial values, each -1..1. */
export function valuesOf(paths: readonly Path[]): FeatureValues {
  const sums = sumsOf(paths);
  return Object.fromEntries(FEATURES.map((feature) => [feature, dialOf(sums[feature])])) as FeatureValues;
}

/**
 * 0..1 for each dial: how far the paths disagree (their weighted standard deviation), and how thin the evidence is.
 * A dial that no path reaches is wholly uncertain.
 */
export function uncertaintyOf(paths: readonly Path[]): Record<Feature, number> {
  const sums = sumsOf(paths);
  const squares = Object.fromEntries(FEATURES.map((feature) => [feature, 0])) as Record<Feature, number>;
  for (const path of paths) {
    const { pull, count } = sums[path.to];
    squares[path.to] += path.count * (path.pull - pull / count) ** 2;
  }
  return Object.fromEntries(
    FEATURES.map((feature) => {
      const { count } = sums[feature];
      const disagreement = count > 0 ? squares[feature] / count : 0;
      const thinness = SILENCE / (SILENCE + count);
      return [feature, Math.min(1, Math.sqrt(disagreement + thinness ** 2))];
    }),
  ) as Record<Feature, number>;
}

/** A path and what its removal would do: how far its dial would move, 0..2. */
export interface WeighedPath extends Path {
  effect: number;
}

/** All paths, the one whose removal changes the profile most first; ties by name, so that equal readings read equally. */
export function byEffect(paths: readonly Path[]): WeighedPath[] {
  const sums = sumsOf(paths);
  return paths
    .map((path) => {
      const all = sums[path.to];
      const without = { pull: all.pull - path.pull * path.count, count: all.count - path.count };
      return { ...path, effect: Math.abs(dialOf(all) - dialOf(without)) };
    })
    .sort((a, b) => b.effect - a.effect || nameOf(a).localeCompare(nameOf(b)));
}

const nameOf = ({ from, via, to }: Path) => `${from} ${via ?? ''} ${to}`;
