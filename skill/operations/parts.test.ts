/** Whatever breaks, somebody who asks is told which part it is. */
import { mkdirSync, mkdtempSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { lookAtParts, type WatchedParts } from './parts.js';

const folder = mkdtempSync(path.join(os.tmpdir(), 'emoheal-parts-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const never = () => new Promise<never>(() => {});
const broken = () => Promise.reject(new Error('broken'));
const whole = (dataDir: string): WatchedParts => ({
  classifier: async () => {},
  search: async () => {},
  kept: async () => ({ index: { state: () => ({ status: 'ready', detail: 'the index' }) } }),
  transcriber: async () => ({ state: () => ({ status: 'ready', detail: 'the recogniser' }) }),
  store: async () => ({ load: async () => null }),
  dataDir,
});

it('the data folder goes away and comes back: the disk is named, and well again', async () => {
  const dataDir = mkdtempSync(path.join(folder, 'data-'));
  mkdirSync(path.join(dataDir, 'state'));
  utimesSync(dataDir, 1, 1);
  const well = (await lookAtParts(whole(dataDir))).disk!;
  expect(well.detail).toMatch(/MB free/);
  // A data folder of root's into which only our group may write is well, too: nothing is done to the folder itself.
  expect(statSync(dataDir).mtimeMs).toBe(1000);
  renameSync(dataDir, `${dataDir}-away`);
  expect((await lookAtParts(whole(dataDir))).disk).toMatchObject({
    status: 'degraded',
    detail: expect.stringContaining('ENOENT'),
    remedy: expect.stringMatching(/disk/),
  });
  renameSync(`${dataDir}-away`, dataDir);
  expect((await lookAtParts(whole(dataDir))).disk!.status).toBe(well.status);
});

it.each(['classifier', 'search', 'kept', 'transcriber', 'store', 'sounds'] as const)(
  'the part "%s" hangs or fails: the others are told all the same',
  async (name) => {
    const namedAs = { classifier: 'emotion', search: 'music', kept: 'music', transcriber: 'speech', store: 'state' };
    const shown = name === 'sounds' ? 'sounds' : namedAs[name];
    for (const fault of [never, broken]) {
      const parts = await lookAtParts({ ...whole(folder), [name]: fault });
      for (const [part, { status }] of Object.entries(parts))
        if (part !== 'disk') expect([part, status === 'ready']).toEqual([part, part !== shown]);
    }
  },
);
