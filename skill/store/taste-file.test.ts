import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { noTaste } from '../../engine/listeners/taste.js';
import { openTasteFile } from './taste-file.js';

const folder = () => mkdtemp(path.join(tmpdir(), 'emoheal-taste-'));

it('keeps what a listener who agreed likes over a restart, and forgets it when asked', async () => {
  const dataDir = await folder();
  const first = await openTasteFile({ dataDir });
  await first.save('nobody', { ...noTaste(), liked: 9 });
  await first.agree('bedside');
  await first.save('bedside', { ...noTaste(), liked: 2 });
  await first.close();
  const second = await openTasteFile({ dataDir });
  expect((await second.load('bedside'))?.liked).toBe(2);
  expect(await second.load('nobody')).toBeNull();
  expect(await second.load('__proto__')).toBeNull();
  await second.forget('bedside');
  await second.close();
  expect(await readFile(path.join(dataDir, 'state', 'taste.json'), 'utf8')).not.toContain('bedside');
});

it.each([
  ['{ "schemaVersion": 99 }', /newer EmoHeal/],
  ['{ "schemaVersion": 1, "tastes": { "a": { "liked": "x" } } }', /damaged: tastes\.a/],
  ['{ "schemaVersion"', /damaged: it cannot be read as JSON/],
])('stops at a file that it must not overwrite: %s', async (text, message) => {
  const dataDir = await folder();
  await (await openTasteFile({ dataDir })).agree('x');
  await writeFile(path.join(dataDir, 'state', 'taste.json'), text);
  await expect(openTasteFile({ dataDir })).rejects.toThrow(message);
  expect(await readFile(path.join(dataDir, 'state', 'taste.json'), 'utf8')).toBe(text);
});
