/** `npm run bench`: the whole set-up, then the benchmark with this command's words. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { root } from './places.mjs';
import { ensureFront, ensureNative } from './setup.mjs';

await ensureFront();
await ensureNative();
const child = spawn(process.execPath, [path.join(root, 'dist/bench/run.js'), ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
});
child.on('exit', (code) => {
  process.exitCode = code ?? 1;
});
