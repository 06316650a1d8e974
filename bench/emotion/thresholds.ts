/** Thresholds that were never tuned on the rows they are scored on; the same grid and halves as models/train/emotion_score.py. */
import { type Column, prfOf } from './metrics.js';

const GRID = Array.from({ length: 85 }, (_, i) => 0.05 + i * 0.01);

export function decideAt(p: readonly number[], threshold: number): Column {
  return Uint8Array.from(p, (value) => (value >= threshold ? 1 : 0));
}

/** The threshold with the best F1 on these rows, the lowest of equals. */
export function tuned(p: readonly number[], truth: Column): number {
  let best = GRID[0] as number;
  let bestF1 = -1;
  for (const threshold of GRID) {
    const { f1 } = prfOf(decideAt(p, threshold), truth);
    if (f1 > bestF1) [best, bestF1] = [threshold, f1];
  }
  return best;
}

/** Tuned on the even rows and decided on the odd ones, and the other way round. */
export function crossFitted(p: readonly number[], truth: Column): Column {
  const decided = new Uint8Array(truth.length);
  for (const parity of [0, 1]) {
    const here = (_: unknown, i: number) => i % 2 === parity;
    const threshold = tuned(p.filter(here), truth.filter(here));
    for (let i = 1 - parity; i < truth.length; i += 2) decided[i] = (p[i] as number) >= threshold ? 1 : 0;
  }
  return decided;
}
