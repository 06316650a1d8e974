/** `node deploy/setup/run.mjs MODULE …`: set-up of what a tool of ours needs, then its `main` with the words that follow. */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './places.mjs';
import { ensureFront, ensureNative } from './setup.mjs';

const [module, ...words] = process.argv.slice(2);
await ensureFront({ withDev: true });
// Only these need parts that are fetched or built.
if (module === 'bench/run' || module === 'bench/wyoming/bench-wyoming') await ensureNative();
if (module === 'bench/music/eval-music') await ensureNative({ only: ['listening'] });
const { main } = await import(pathToFileURL(path.join(root, 'dist', `${module}.js`)).href);
process.exit(await main(words));
