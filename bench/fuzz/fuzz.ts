/** `npm run fuzz [-- --cases N] [--seed N] [--only NAME]`: every reader of ours with a hundred thousand cases each. */
import { parseArgs } from 'node:util';
import { PARSERS } from './parsers.js';

export async function main(words: string[]): Promise<number> {
  const { values } = parseArgs({
    args: words,
    options: { cases: { type: 'string' }, seed: { type: 'string' }, only: { type: 'string' } },
  });
  const cases = Number(values.cases ?? 100_000);
  const seed = Number(values.seed ?? Date.now() % 2 ** 31);
  let broken = 0;
  for (const { name, run } of PARSERS) {
    if (values.only && !name.includes(values.only)) continue;
    const startMs = performance.now();
    try {
      run(cases, seed);
      const sec = ((performance.now() - startMs) / 1000).toFixed(1);
      process.stdout.write(`holds   ${name.padEnd(24)} ${cases} cases, seed ${seed}, ${sec} s\n`);
    } catch (error) {
      broken += 1;
      process.stdout.write(`BROKEN  ${name}: ${(error as Error).message}\n`);
    }
  }
  return broken === 0 ? 0 : 1;
}
