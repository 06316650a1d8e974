/**
 * `node deploy/setup/run.mjs MODULE …`: set-up of what a tool of ours needs, then its `main` with the words that follow.
 * `--help` prints what stands at the head of a benchmark's file; the others bring a help of their own.
 */
import './no-telemetry.mjs';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './places.mjs';
import { ensureFront, ensureNative } from './setup.mjs';

const [module, ...words] = process.argv.slice(2);
if (module.startsWith('bench/') && words.some((word) => word === '--help' || word === '-h')) {
  process.stdout.write(headOf(path.join(root, `${module}.ts`)));
  process.exit(0);
}
await ensureFront({ withDev: true });
/** Which parts that are fetched or built a tool cannot do without; the others need none. */
const NEEDS = {
  'bench/run': undefined,
  'bench/peers/bench-peers': undefined,
  'bench/wyoming/bench-wyoming': undefined,
  'bench/music/eval-music': ['listening'],
  'bench/index/eval-index': ['faiss-node'],
};
if (module in NEEDS) await ensureNative({ only: NEEDS[module] });
const { main } = await import(pathToFileURL(path.join(root, 'dist', `${module}.js`)).href);
process.exit(await main(words).catch(mistake));

/** Options that are wrong (bench/options.ts) are the caller's: the sentence alone, exit code 2. */
function mistake(error) {
  if (error?.name !== 'OptionMistake') throw error;
  process.stderr.write(`${error.message}\n`);
  return 2;
}

function headOf(file) {
  const comment = /^\/\*\*(.*?)\*\//s.exec(readFileSync(file, 'utf8'))?.[1] ?? '';
  return `${comment.replace(/^\s*\* ?/gm, '').trim()}\n`;
}
