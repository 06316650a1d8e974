/** `node deploy/setup/run.mjs MODULE …`: set-up of what a tool of ours needs, then its `main` with the words that follow. */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './places.mjs';
import { ensureFront, ensureNative } from './setup.mjs';

const [module, ...words] = process.argv.slice(2);
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
process.exit(await main(words));
