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

/**
 * The `most` paths whose removal would change the profile, the one that would change it most first; ties by name, so that equal
 * readings read equally.
 */
export function byEffect(paths: readonly Path[], most: number): WeighedPath[] {
  const sums = sumsOf(paths);
  const effects = paths.map(({ to, pull, count }) => {
    const all = sums[to];
    const without = { pull: all.pull - pull * count, count: all.count - count };
    return Math.abs(dialOf(all) - dialOf(without));
  });
  return [...paths.keys()]
    .filter((i) => effects[i]! > 0)
    .sort((a, b) => effects[b]! - effects[a]! || nameOf(paths[a]!).localeCompare(nameOf(paths[b]!)))
    .slice(0, most)
    .map((i) => ({ ...paths[i]!, effect: effects[i]! }));
}

const nameOf = ({ from, via, to }: Path) => `${from} ${via ?? ''} ${to}`;
