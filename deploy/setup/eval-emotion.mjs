/** `npm run eval:emotion`: set-up of what the evaluation needs, then the evaluation. */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './places.mjs';
import { ensureFront } from './setup.mjs';

await ensureFront({ withDev: true });
const { main } = await import(pathToFileURL(path.join(root, 'dist', 'bench', 'emotion', 'eval-emotion.js')).href);
process.exit(await main(process.argv.slice(2)));
