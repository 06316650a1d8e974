/** `npm run capacity [-- --seed N] [--euro-per-core-month N]`: the tables of docs/capacity.md. */
import { readOptions } from '../options.js';
import { MEASURED, type Night, simulateNight } from './night.js';

/** A core at half load is still quick; S3's price for a million writes. Both are assumptions to be replaced by yours. */
const MOST_LOAD = 0.6;
const EURO_PER_MILLION_WRITES = 4.7;
const CORES_PER_MACHINE = 8;

/** Listeners a night. */
export const SIZES = [100, 10_000, 1_000_000] as const;

const round = (value: number, digits = 1) => value.toLocaleString('en', { maximumFractionDigits: digits });

export async function main(words: string[]): Promise<number> {
  const {
    values: { seed, 'euro-per-core-month': euro },
  } = readOptions(words, {
    seed: { least: 0, most: 2 ** 31, usual: 1 },
    'euro-per-core-month': { least: 0, most: 10_000, usual: 15, fraction: true },
  });
  const print = (line: string) => process.stdout.write(`${line}\n`);
  print(
    '| listeners a night | sessions | listening at the peak | beginnings/s | cores (of them sound) | Gbit/s | found | machines | € a month: cores / writes |',
  );
  print('| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |');
  for (const row of nightRows(SIZES, seed, euro)) print(row);
  return 0;
}

/** A line of the table for each size, spread over one zone and over the world, with more and more common programmes. */
export function* nightRows(sizes: readonly number[], seed: number, euroPerCoreMonth: number): Generator<string> {
  for (const listeners of sizes)
    for (const zones of ['one', 'world'] as const)
      for (const shared of [0, 0.5, 0.9]) {
        const where = zones === 'one' ? 'in one zone' : 'around the world';
        const name = `${round(listeners)} ${where}, ${shared * 100} % of 10,000 common ones`;
        yield rowOf(name, { listeners, zones, shared, programmes: 10_000 }, seed, euroPerCoreMonth);
      }
}

function rowOf(name: string, night: Night, seed: number, euroPerCoreMonth: number): string {
  const found = simulateNight(night, MEASURED, seed);
  const cores = found.peakCores / MOST_LOAD;
  const machines = Math.max(night.listeners > 100 ? 2 : 1, Math.ceil(cores / CORES_PER_MACHINE));
  const writes = (found.partsPut * 30 * EURO_PER_MILLION_WRITES) / 1e6;
  const cells = [
    name,
    round(found.sessions, 0),
    round(found.peakListening, 0),
    round(found.peakBeginningsPerSec, 2),
    `${round(found.peakCores)} (${round(found.peakMakingCores)})`,
    round(found.peakGbitPerSec, 3),
    `${round(found.hitRate * 100, 0)} %`,
    machines,
    `${round(machines * CORES_PER_MACHINE * euroPerCoreMonth, 0)} / ${round(writes, 0)}`,
  ];
  return `| ${cells.join(' | ')} |`;
}
