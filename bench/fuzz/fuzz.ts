/** `npm run fuzz [-- --cases N] [--seed N] [--only NAME]`: every reader of ours with a hundred thousand cases each. */
import { OptionMistake, readOptions } from '../options.js';
import { PARSERS } from './parsers.js';

export async function main(words: string[]): Promise<number> {
  const {
    values: { cases, seed, only },
  } = readOptions(words, {
    cases: { least: 1, most: 100_000_000, usual: 100_000 },
    seed: { least: 0, most: 2 ** 31, usual: Date.now() % 2 ** 31 },
    only: 'text',
  });
  const wanted = PARSERS.filter(({ name }) => name.includes(only ?? ''));
  if (wanted.length === 0)
    throw new OptionMistake(`No reader is called "${only}". There are: ${PARSERS.map(({ name }) => name).join(', ')}.`);
  let broken = 0;
  for (const { name, run } of wanted) {
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
