/** `node deploy/setup/run.mjs MODULE …`: set-up of what a tool of ours needs, then its `main` with the words that follow. */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './places.mjs';
import { ensureFront, ensureNative } from './setup.mjs';

const [module, ...words] = process.argv.slice(2);
await ensureFront({ withDev: true });
// Only these need Whisper and FAISS.
if (module === 'bench/run') await ensureNative();
const { main } = await import(pathToFileURL(path.join(root, 'dist', `${module}.js`)).href);
process.exit(await main(words));
