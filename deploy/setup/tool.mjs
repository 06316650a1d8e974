/**
 * `node deploy/setup/tool.mjs NAME …`: set-up with what developers need, then that program of node_modules with the words that
 * follow.
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { root } from './places.mjs';
import { ensureFront } from './setup.mjs';

const [name, ...words] = process.argv.slice(2);
await ensureFront({ withDev: true });
const { status } = spawnSync(path.join(root, 'node_modules', '.bin', name), words, { cwd: root, stdio: 'inherit' });
process.exitCode = status ?? 1;
