/**
 * What a study says: mean changes with their 95 % intervals, Welch's t, Mann–Whitney, and whether who felt understood
 * gained more. Means, variances, rank sums and correlations are simple-statistics'; distributions are jStat's.
 */
import jstat from 'jstat';
import { mean, sampleCorrelation, sampleVariance, wilcoxonRankSum } from 'simple-statistics';
import type { StudyRow } from './study.js';

const { studentt, normal } = jstat.jStat;

export interface Summary {
  n: number;
  mean: number;
  /** 95 % by Student's t; null for fewer than two. */
  interval: [number, number] | null;
}

export function summaryOf(values: readonly number[]): Summary {
  const n = values.length;
  if (n < 2) return { n, mean: n === 0 ? Number.NaN : values[0]!, interval: null };
  const centre = mean([...values]);
  const half = studentt.inv(0.975, n - 1) * Math.sqrt(sampleVariance([...values]) / n);
  return { n, mean: centre, interval: [centre - half, centre + half] };
}

export interface WelchT {
  difference: number;
  interval: [number, number];
  t: number;
  df: number;
  p: number;
}

/** Welch's t of two groups (first minus second), two-sided. Null for fewer than two in one, or where nothing varies. */
export function welch(first: readonly number[], second: readonly number[]): WelchT | null {
  if (first.length < 2 || second.length < 2) return null;
  const [a, b] = [sampleVariance([...first]) / first.length, sampleVariance([...second]) / second.length];
  const error = Math.sqrt(a + b);
  if (error === 0) return null;
  const difference = mean([...first]) - mean([...second]);
  const df = (a + b) ** 2 / (a ** 2 / (first.length - 1) + b ** 2 / (second.length - 1));
  const t = difference / error;
  const half = studentt.inv(0.975, df) * error;
  return {
    difference,
    interval: [difference - half, difference + half],
    t,
    df,
    p: 2 * (1 - studentt.cdf(Math.abs(t), df)),
  };
}

/** Mann–Whitney's U of the first group, p by the normal approximation with ties and continuity corrected. */
export function mannWhitney(first: readonly number[], second: readonly number[]): { u: number; p: number } | null {
  const [n, m] = [first.length, second.length];
  if (n === 0 || m === 0) return null;
  const u = wilcoxonRankSum([...first], [...second]) - (n * (n + 1)) / 2;
  const counts = new Map<number, number>();
  for (const value of [...first, ...second]) counts.set(value, (counts.get(value) ?? 0) + 1);
  const ties = [...counts.values()].reduce((sum, t) => sum + t ** 3 - t, 0);
  const all = n + m;
  const spread = Math.sqrt(((n * m) / 12) * (all + 1 - ties / (all * (all - 1))));
  if (!(spread > 0)) return null;
  const z = Math.max(0, Math.abs(u - (n * m) / 2) - 0.5) / spread;
  return { u, p: Math.min(1, 2 * (1 - normal.cdf(z, 0, 1))) };
}

/** Pearson's r with its 95 % interval by Fisher's z. Null for fewer than four pairs, or where one side does not vary. */
export function correlation(
  pairs: readonly (readonly [number, number])[],
): { n: number; r: number; interval: [number, number] } | null {
  const [x, y] = [pairs.map(([first]) => first), pairs.map(([, second]) => second)];
  if (pairs.length < 4 || new Set(x).size < 2 || new Set(y).size < 2) return null;
  const r = sampleCorrelation(x, y);
  const z = Math.atanh(Math.min(1 - 1e-12, Math.max(-1 + 1e-12, r)));
  const half = 1.959964 / Math.sqrt(pairs.length - 3);
  return { n: pairs.length, r, interval: [Math.tanh(z - half), Math.tanh(z + half)] };
}

export interface StudyReport {
  all: Summary;
  arms: Record<'A' | 'B', Summary>;
  welch: WelchT | null;
  mannWhitney: { u: number; p: number } | null;
  understood: ReturnType<typeof correlation>;
}

/** Over participants, each with the mean of their own sessions: sessions of one person are not independent. */
export function studyReport(rows: readonly StudyRow[]): StudyReport {
  const changes = (arm: 'A' | 'B') => rows.filter((row) => row.arm === arm).map(({ change }) => change);
  const [a, b] = [changes('A'), changes('B')];
  return {
    all: summaryOf(rows.map(({ change }) => change)),
    arms: { A: summaryOf(a), B: summaryOf(b) },
    welch: welch(a, b),
    mannWhitney: mannWhitney(a, b),
    understood: correlation(
      rows.flatMap(({ understood, change }) => (understood === null ? [] : [[understood, change] as const])),
    ),
  };
}
