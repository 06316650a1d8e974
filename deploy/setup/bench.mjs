/** `npm run bench`: set-up with its native parts, then the benchmark; `npm run bench -- alexa` only the skill under load. */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './places.mjs';
import { ensureFront, ensureNative } from './setup.mjs';

await ensureFront({ withDev: true });
await ensureNative();
const { runBench } = await import(pathToFileURL(path.join(root, 'dist', 'bench', 'run.js')).href);
await runBench({
  quick: process.argv.includes('--quick'),
  only: process.argv.includes('alexa') ? 'alexa' : undefined,
});
process.exit(0);
