/** Rows of a benchmark: measured with tinybench's statistics, printed as a Markdown table, kept as one line of history. */
import { Bench } from 'tinybench';

export interface Row {
  step: string;
  runs: number;
  p50Ms: number;
  p99Ms: number;
  /** What the figure is to be held against, in the same run. */
  note: string;
}

/** Times one asynchronous step. The warm-up runs are not counted. */
export async function timeStep(
  step: string,
  runs: number,
  once: () => Promise<unknown> | unknown,
  note = '',
): Promise<Row> {
  const bench = new Bench({
    iterations: runs,
    time: 0,
    warmup: true,
    warmupIterations: Math.min(3, runs),
    warmupTime: 0,
    throws: true,
  });
  bench.add(step, async () => {
    await once();
  });
  const [task] = await bench.run();
  const result = task?.result;
  if (!result || !('latency' in result)) throw new Error(`${step}: no result`);
  return {
    step,
    runs: result.latency.samplesCount ?? runs,
    p50Ms: result.latency.p50 ?? 0,
    p99Ms: result.latency.p99 ?? 0,
    note,
  };
}

/** A row from single measurements taken elsewhere (first byte of a stream, a whole process). */
export function rowOf(step: string, samplesMs: number[], note = ''): Row {
  const sorted = [...samplesMs].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
  return { step, runs: sorted.length, p50Ms: at(0.5), p99Ms: at(0.99), note };
}

export function markdown(rows: Row[]): string {
  const lines = rows.map((r) => `| ${r.step} | ${r.runs} | ${figure(r.p50Ms)} | ${figure(r.p99Ms)} | ${r.note} |`);
  return ['| step | runs | p50 ms | p99 ms | |', '|---|---:|---:|---:|---|', ...lines].join('\n');
}

function figure(ms: number): string {
  return ms >= 100 ? ms.toFixed(0) : ms >= 1 ? ms.toFixed(1) : ms.toFixed(3);
}
