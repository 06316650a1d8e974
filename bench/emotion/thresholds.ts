/**
 * Thresholds that were never tuned on the rows they are scored on; the same grid, smoothing and folds as
 * models/train/emotion_score.py.
 */
import { type Column, prfOf } from './metrics.js';

/** Candidates as log-odds: .04 to .9. */
const GRID = Array.from({ length: 55 }, (_, i) => -3.2 + i * 0.1);
/**
 * A rare label's F1 jumps from one threshold to the next by chance, so the best of the smoothed curve is taken: a
 * Gaussian of this many log-odds.
 */
const SMOOTHING = 0.35;
const FOLDS = 5;
const KERNEL = GRID.map((at) => {
  const weights = GRID.map((other) => Math.exp(-0.5 * ((other - at) / SMOOTHING) ** 2));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
});

export function decideAt(p: readonly number[], threshold: number): Column {
  return Uint8Array.from(p, (value) => (value >= threshold ? 1 : 0));
}

/** The threshold where the smoothed F1 on these rows is best, the lowest of equals. */
export function tuned(p: readonly number[], truth: Column): number {
  const steps = GRID.map((odds) => 1 / (1 + Math.exp(-odds)));
  const curve = steps.map((threshold) => prfOf(decideAt(p, threshold), truth).f1);
  const smooth = KERNEL.map((weights) => weights.reduce((sum, weight, i) => sum + weight * (curve[i] as number), 0));
  let best = 0;
  smooth.forEach((value, i) => {
    if (value > (smooth[best] as number) + 1e-12) best = i;
  });
  return steps[best] as number;
}

/** Each fifth of the rows is decided with a threshold tuned on the other four. */
export function crossFitted(p: readonly number[], truth: Column): Column {
  const decided = new Uint8Array(truth.length);
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const there = (_: unknown, i: number) => i % FOLDS !== fold;
    const threshold = tuned(p.filter(there), truth.filter(there));
    for (let i = fold; i < truth.length; i += FOLDS) decided[i] = (p[i] as number) >= threshold ? 1 : 0;
  }
  return decided;
}
