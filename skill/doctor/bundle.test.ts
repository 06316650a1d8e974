/** The file that is handed to a helper: useful, and without anything private, wherever on the machine that lies. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, expect, it } from 'vitest';
import { SETTINGS } from '../config.js';
import { writeBundle } from './bundle.js';

const folder = mkdtempSync(path.join(os.tmpdir(), 'emoheal-bundle-marguerite-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('holds no word, name, folder, address or secret, and still says what is wrong', async () => {
  const dataDir = path.join(folder, 'data');
  mkdirSync(path.join(dataDir, 'state', 'sessions', 'listener-holunder'), { recursive: true });
  mkdirSync(path.join(dataDir, 'cache', 'quittengelee'), { recursive: true });
  writeFileSync(path.join(dataDir, 'state', 'sessions', 'listener-holunder', 's1.json'), '{"listener":"holunder"}');
  writeFileSync(path.join(dataDir, 'cache', 'quittengelee', 'zwetschge.mp3'), 'x'.repeat(1234));
  const SECRET = 'sauerampfer'.repeat(4);
  const env = Object.fromEntries(Object.keys(SETTINGS).map((name) => [name, `${SECRET}-${name}`]));
  const file = path.join(folder, 'bundle.zip');
  await writeBundle({ dataDir, env: { ...env, EMOHEAL_PORT: '8123', HOME: folder }, file });
  expect(statSync(file).mode & 0o077).toBe(0);

  const bytes = readFileSync(file);
  const texts = Object.entries(unzipSync(bytes)).map(([name, content]) => `${name}\n${strFromU8(content)}`);
  const all = texts.join('\n');
  const { EMOHEAL_PORT: _shown, ...others } = env;
  const shown = ['EMOHEAL_WYOMING_PORT', 'EMOHEAL_ALEXA_VERIFY', 'EMOHEAL_LOG_LEVEL', 'EMOHEAL_DRAIN_SEC'];
  for (const [name, value] of Object.entries(others)) if (!shown.includes(name)) expect(all).not.toContain(value);
  for (const word of ['holunder', 'quittengelee', 'zwetschge', 'marguerite', os.hostname(), os.homedir(), folder])
    expect([word, all.includes(word)]).toEqual([word, false]);
  expect(bytes.includes('marguerite')).toBe(false);

  expect(all).toContain('"EMOHEAL_PORT": "8123"');
  expect(all).toContain('"EMOHEAL_DATABASE_URL": "set"');
  expect(all).toMatch(/missing {3}Speech model|Speech model: Speech has not been set up/);
  expect(all).toMatch(/"bytes": 1234/);
});
