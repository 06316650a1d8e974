/** `npm run alexa:package`: set-up of what the command needs, then the command. */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './places.mjs';
import { ensureFront } from './setup.mjs';

await ensureFront({ withDev: true });
const { main } = await import(pathToFileURL(path.join(root, 'dist', 'deploy', 'alexa', 'package-command.js')).href);
process.exitCode = await main(process.argv.slice(2));
