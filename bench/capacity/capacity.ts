/** `npm run capacity [-- --seed N] [--euro-per-core-month N]`: the tables of docs/capacity.md. */
import { readOptions } from '../options.js';
import { MEASURED, type Night, simulateNight } from './night.js';

/** A core at half load is still quick; S3's price for a million writes. Both are assumptions to be replaced by yours. */
const MOST_LOAD = 0.6;
const EURO_PER_MILLION_WRITES = 4.7;
const CORES_PER_MACHINE = 8;

const round = (value: number, digits = 1) => value.toLocaleString('en', { maximumFractionDigits: digits });

export async function main(words: string[]): Promise<number> {
  const {
    values: { seed, 'euro-per-core-month': euro },
  } = readOptions(words, {
    seed: { least: 0, most: 2 ** 31, usual: 1 },
    'euro-per-core-month': { least: 0, most: 10_000, usual: 15, fraction: true },
  });
  const rows: [string, Night][] = [];
  for (const listeners of [100, 10_000, 1_000_000])
    for (const zones of ['one', 'world'] as const)
      for (const shared of [0, 0.5, 0.9])
        rows.push([
          `${round(listeners)} ${zones === 'one' ? 'in one zone' : 'around the world'}, ${shared * 100} % of 10,000 common ones`,
          { listeners, zones, shared, programmes: 10_000 },
        ]);
  const print = (line: string) => process.stdout.write(`${line}\n`);
  print(
    '| listeners a night | sessions | listening at the peak | beginnings/s | cores (of them sound) | Gbit/s | found | machines | € a month: cores / writes |',
  );
  print('| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |');
  for (const [name, night] of rows) {
    const found = simulateNight(night, MEASURED, seed);
    const cores = found.peakCores / MOST_LOAD;
    const machines = Math.max(night.listeners > 100 ? 2 : 1, Math.ceil(cores / CORES_PER_MACHINE));
    const writes = (found.partsPut * 30 * EURO_PER_MILLION_WRITES) / 1e6;
    print(
      `| ${name} | ${round(found.sessions, 0)} | ${round(found.peakListening, 0)} | ${round(found.peakBeginningsPerSec, 2)} | ${round(found.peakCores)} (${round(found.peakMakingCores)}) | ${round(found.peakGbitPerSec, 3)} | ${round(found.hitRate * 100, 0)} % | ${machines} | ${round(machines * CORES_PER_MACHINE * euro, 0)} / ${round(writes, 0)} |`,
    );
  }
  return 0;
}
