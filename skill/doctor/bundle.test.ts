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
  const { EMOHEAL_DRAIN_SEC: _inFile, EMOHEAL_DATABASE_URL: database, ...outside } = env;
  const settingsFile = path.join(folder, 'settings.env');
  writeFileSync(settingsFile, `EMOHEAL_DATABASE_URL=${database}\nEMOHEAL_DRAIN_SEC=42\nEMOHEAL_PORT=99\n`);
  const file = path.join(folder, 'bundle.zip');
  await writeBundle({
    dataDir,
    emotionModel: path.join(folder, 'brombeere'),
    whisperModel: path.join(folder, 'ggml-stachelbeere.bin'),
    musicModel: path.join(folder, 'himbeere'),
    env: { ...outside, EMOHEAL_SETTINGS_FILE: settingsFile, EMOHEAL_PORT: '8123', HOME: folder },
    file,
  });
  expect(statSync(file).mode & 0o077).toBe(0);

  const bytes = readFileSync(file);
  const texts = Object.entries(unzipSync(bytes)).map(([name, content]) => `${name}\n${strFromU8(content)}`);
  const all = texts.join('\n');
  const { EMOHEAL_PORT: _shown, ...others } = env;
  const shown = ['EMOHEAL_WYOMING_PORT', 'EMOHEAL_ALEXA_VERIFY', 'EMOHEAL_LOG_LEVEL', 'EMOHEAL_DRAIN_SEC'];
  for (const [name, value] of Object.entries(others)) if (!shown.includes(name)) expect(all).not.toContain(value);
  const berries = ['brombeere', 'stachelbeere', 'himbeere'];
  for (const word of [
    'holunder',
    'quittengelee',
    'zwetschge',
    'marguerite',
    ...berries,
    os.hostname(),
    os.homedir(),
    folder,
  ])
    expect([word, all.includes(word)]).toEqual([word, false]);
  expect(bytes.includes('marguerite')).toBe(false);

  expect(all).toContain('"EMOHEAL_PORT": "8123"');
  // From the settings file, where the environment has nothing of its own.
  expect(all).toContain('"EMOHEAL_DATABASE_URL": "set"');
  expect(all).toContain('"EMOHEAL_DRAIN_SEC": "42"');
  expect(all).toMatch(/broken {4}Speech model: EMOHEAL_WHISPER_MODEL: <own> cannot be read/);
  expect(all).toMatch(/broken {4}Music model: There is no CLaMP3 in <own>/);
  expect(all).toMatch(/broken {4}Emotion model: There is no emotion model in <own>/);
  expect(all).toMatch(/"bytes": 1234/);
});
