/** A house that brings its own speech and music model: used where they are whole, and named with a way out where not. */
import { spawnSync } from 'node:child_process';
import { existsSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { wholeGgmlFile } from '../engine/transcription/ggml-file.fake.js';
import { usualSpeechModel } from '../engine/transcription/speech-model.js';
import { packageRoot } from '../models/paths.js';
import { readConfig } from '../skill/config.js';
import { makeDataFolder } from './data-folder.js';
import { type ServerProcess, startServer } from './server-process.js';

const FAR_BEYOND_NOISE = { timeout: 60_000, interval: 200 };
let data: ReturnType<typeof makeDataFolder>;
let server: ServerProcess | undefined;
beforeEach(() => {
  data = makeDataFolder();
});
afterEach(async () => {
  await server?.stop();
  server = undefined;
  data.remove();
});
const settingsFile = (lines: Record<string, string>) => {
  const file = path.join(data.folder, 'settings.env');
  writeFileSync(
    file,
    Object.entries(lines)
      .map(([name, value]) => `${name}=${value}\n`)
      .join(''),
  );
  return { EMOHEAL_SETTINGS_FILE: file };
};
const parts = async () => {
  const { parts } = (await (await fetch(`${server!.url}/readyz`)).json()) as {
    parts: Record<string, { status: string; detail: string }>;
  };
  return parts;
};
/** Who asks while the recogniser is still looked at is told so. */
const speechIsTold = (state: object) =>
  vi.waitFor(async () => expect((await parts()).speech).toMatchObject(state), FAR_BEYOND_NOISE);
const say = (text: string) =>
  fetch(`${server!.url}/api/v1/utterances`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ text, minutes: 2 }),
  });

it('starts without the ones that cannot be used, plays all the same, and says at the start and in doctor what is wrong', async () => {
  const whisper = wholeGgmlFile(path.join(data.folder, 'ggml-ours.bin'));
  truncateSync(whisper, 3000);
  const settings = settingsFile({
    EMOHEAL_WHISPER_MODEL: whisper,
    EMOHEAL_MUSIC_MODEL: path.join(data.folder, 'clamp3'),
  });
  server = await startServer(data.folder, settings);
  expect((await say('I feel so tense')).status).toBe(201);
  await vi.waitFor(() => {
    expect(server!.log()).toMatch(/Nobody is heard: .*ggml-ours\.bin is damaged.*Fetch or copy it again/);
    expect(server!.log()).toMatch(/without CLaMP3: There is no CLaMP3 in .*export_clamp3\.py/);
  }, FAR_BEYOND_NOISE);
  await speechIsTold({ detail: expect.stringMatching(/ggml-ours\.bin is damaged/) });
  const doctor = spawnSync('node', [path.join(packageRoot(), 'bin/emoheal.mjs'), 'doctor'], {
    encoding: 'utf8',
    env: { ...process.env, EMOHEAL_DATA_DIR: data.folder, ...settings },
  });
  expect(doctor.status).toBe(1);
  expect(doctor.stdout).toMatch(/^broken +Speech model: .*ggml-ours\.bin is damaged/m);
  expect(doctor.stdout).toMatch(/^broken +Music model: There is no CLaMP3/m);
});

const usual = usualSpeechModel(readConfig(process.env).dataDir).file;
it.runIf(existsSync(usual))(
  'hears with its own, and finds music with the model that ships where "mini" says so',
  async () => {
    const whisper = path.join(data.folder, 'ggml-mine.bin');
    symlinkSync(usual, whisper);
    writeFileSync(path.join(data.folder, 'clamp3.json'), JSON.stringify({ folder: '/nowhere' }));
    server = await startServer(
      data.folder,
      settingsFile({ EMOHEAL_WHISPER_MODEL: whisper, EMOHEAL_MUSIC_MODEL: 'mini' }),
    );
    expect((await say('I feel so tense')).status).toBe(201);
    await speechIsTold({ status: 'ready', detail: 'ggml-mine' });
    expect(server.log()).not.toContain('CLaMP3');
  },
);
