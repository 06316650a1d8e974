/**
 * How good yes-or-no answers and probabilities are. Columns are one label each, a row a text; 1 is yes, 0 is no.
 * Where nothing was to be found and nothing was said, precision, recall and F1 are 0, as in scikit-learn with
 * `zero_division=0`, which made the figures of the model's own training.
 */
import { seededRandom } from '../../engine/plan/random.js';

export type Column = Uint8Array;
export interface Prf {
  precision: number;
  recall: number;
  f1: number;
}
export type Interval = readonly [low: number, high: number];

const share = (part: number, whole: number) => (whole > 0 ? part / whole : 0);

/** From hits (said and true), all said, and all true. */
function prf(hits: number, said: number, real: number): Prf {
  return { precision: share(hits, said), recall: share(hits, real), f1: share(2 * hits, said + real) };
}

export function prfOf(decided: Column, truth: Column): Prf {
  let [hits, said, real] = [0, 0, 0];
  for (let i = 0; i < truth.length; i += 1) {
    hits += (decided[i] as number) & (truth[i] as number);
    said += decided[i] as number;
    real += truth[i] as number;
  }
  return prf(hits, said, real);
}

export const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;

export function macroF1(decided: readonly Column[], truth: readonly Column[]): number {
  return mean(truth.map((column, c) => prfOf(decided[c] as Column, column).f1));
}

/** F1 over all label-row pairs together. */
export function microF1(decided: readonly Column[], truth: readonly Column[]): number {
  return prfOf(joined(decided), joined(truth)).f1;
}

function joined(columns: readonly Column[]): Column {
  const all = new Uint8Array(columns.reduce((sum, column) => sum + column.length, 0));
  let at = 0;
  for (const column of columns) {
    all.set(column, at);
    at += column.length;
  }
  return all;
}

/** The value below which `at` (0..1) of the values lie, straight between neighbours. */
export function quantile(values: readonly number[], at: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const place = at * (sorted.length - 1);
  const low = sorted[Math.floor(place)] ?? Number.NaN;
  const high = sorted[Math.ceil(place)] ?? Number.NaN;
  return low + (high - low) * (place - Math.floor(place));
}

export interface Bootstrapped {
  labels: { precision: Interval; recall: Interval; f1: Interval }[];
  macroF1: Interval;
  microF1: Interval;
}

/**
 * 95 % intervals by drawing the rows anew with replacement; whole rows, so that labels of one text stay together.
 * What was decided stays as it is: the interval says how much the rows matter, not how much the tuning does.
 */
export function bootstrap(
  decided: readonly Column[],
  truth: readonly Column[],
  { resamples = 1000, seed = 1 } = {},
): Bootstrapped {
  const random = seededRandom(seed);
  const rows = truth[0]?.length ?? 0;
  const weights = new Uint16Array(rows);
  // Only rows where something was said or true count towards F1, and they are few.
  const busy = truth.map((column, c) =>
    Uint32Array.from(Array.from(column.keys()).filter((i) => column[i] || decided[c]?.[i])),
  );
  const drawn = truth.map(() => ({ precision: [] as number[], recall: [] as number[], f1: [] as number[] }));
  const macro: number[] = [];
  const micro: number[] = [];
  for (let n = 0; n < resamples; n += 1) {
    weights.fill(0);
    for (let i = 0; i < rows; i += 1) {
      const row = Math.floor(random() * rows);
      weights[row] = (weights[row] as number) + 1;
    }
    const sums = [0, 0, 0] as [number, number, number];
    let f1Sum = 0;
    for (const [c, column] of truth.entries()) {
      const mine = decided[c] as Column;
      let [hits, said, real] = [0, 0, 0];
      for (const row of busy[c] as Uint32Array) {
        const weight = weights[row] as number;
        if (mine[row]) said += weight;
        if (column[row]) real += weight;
        if (mine[row] && column[row]) hits += weight;
      }
      const found = prf(hits, said, real);
      for (const key of ['precision', 'recall', 'f1'] as const) drawn[c]?.[key].push(found[key]);
      f1Sum += found.f1;
      sums[0] += hits;
      sums[1] += said;
      sums[2] += real;
    }
    macro.push(share(f1Sum, truth.length));
    micro.push(prf(...sums).f1);
  }
  const interval = (values: number[]): Interval => [quantile(values, 0.025), quantile(values, 0.975)];
  return {
    labels: drawn.map((each) => ({
      precision: interval(each.precision),
      recall: interval(each.recall),
      f1: interval(each.f1),
    })),
    macroF1: interval(macro),
    microF1: interval(micro),
  };
}

/**
 * How far a probability is from the share of rows in which it came true, on average over bins of equal mass: equal
 * widths would put nearly all rows, which are near 0, into one bin.
 */
export function calibrationError(p: readonly number[], truth: Column, bins = 15): number {
  const order = p.map((_, i) => i).sort((a, b) => (p[a] as number) - (p[b] as number));
  let error = 0;
  for (let bin = 0; bin < bins; bin += 1) {
    const start = Math.floor((bin * p.length) / bins);
    const end = Math.floor(((bin + 1) * p.length) / bins);
    let gap = 0;
    for (let at = start; at < end; at += 1) {
      const row = order[at] as number;
      gap += (p[row] as number) - (truth[row] as number);
    }
    error += Math.abs(gap);
  }
  return share(error, p.length);
}

/** NaN where one side does not vary. */
export function pearson(a: readonly number[], b: readonly number[]): number {
  const [meanA, meanB] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i += 1) {
    const [x, y] = [(a[i] as number) - meanA, (b[i] as number) - meanB];
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  return ab / Math.sqrt(aa * bb);
}

/** Pearson of the ranks; ties share their middle rank. */
export function spearman(a: readonly number[], b: readonly number[]): number {
  return pearson(ranks(a), ranks(b));
}

function ranks(values: readonly number[]): number[] {
  const order = values.map((_, i) => i).sort((a, b) => (values[a] as number) - (values[b] as number));
  const found = new Array<number>(values.length);
  for (let start = 0; start < order.length; ) {
    let end = start;
    while (end + 1 < order.length && values[order[end + 1] as number] === values[order[start] as number]) end += 1;
    for (let at = start; at <= end; at += 1) found[order[at] as number] = (start + end) / 2;
    start = end + 1;
  }
  return found;
}
