/** How much something grows while a soak goes on. */
import { linearRegression } from 'simple-statistics';

/** Caches fill and code is compiled before; what grows after that is a leak. */
export const WARM_SHARE = 0.4;

/** Growth of `of` in `every` steps once caches are full, as shown. `at`: sessions or rounds so far, rising. */
export function growthOf<P>(
  points: readonly P[],
  at: (point: P) => number,
  of: (point: P) => number,
  every: number,
): string {
  const warm = at(points.at(-1)!) * WARM_SHARE;
  const steady = points.filter((point) => at(point) >= warm);
  return (linearRegression(steady.map((point) => [at(point), of(point)])).m * every).toFixed(1);
}
