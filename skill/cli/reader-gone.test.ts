/** What is printed goes into a pipe, and whoever reads it may have enough. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { expect, it } from 'vitest';
import { packageRoot } from '../../models/paths.js';

it('a command whose reader is gone ends quietly, as one that was read to its end', async () => {
  const child = spawn('node', [path.join(packageRoot(), 'bin/emoheal.mjs'), 'care', '--help']);
  let complaints = '';
  child.stderr.on('data', (chunk) => {
    complaints += String(chunk);
  });
  // Long before the process has anything to say.
  child.stdout.destroy();
  const [code] = await once(child, 'close');
  expect(complaints).not.toMatch(/EPIPE|Error/);
  expect(code).toBe(0);
});
