/** A simulated evening as whoever types it sees it: told to its end, and the terminal given back. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { packageRoot } from '../models/paths.js';
import { makeDataFolder } from './data-folder.js';

const data = makeDataFolder();
afterAll(() => data.remove());

it.each(['alexa', 'google'])('an evening with %s ends with its last line', (assistant) => {
  // A model may take its time; the two minutes for which the skill would wait for one must not pass afterwards.
  const { status, signal, stdout } = spawnSync(
    'node',
    [path.join(packageRoot(), 'bin/emoheal.mjs'), 'simulate', assistant, 'I feel so anxious'],
    { encoding: 'utf8', timeout: 90_000, env: { ...process.env, EMOHEAL_DATA_DIR: data.folder } },
  );
  expect(stdout).toMatch(/target \(revision 0\)\n$/);
  expect([status, signal]).toEqual([0, null]);
});
