import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { wholeGgmlFile } from '../../engine/transcription/ggml-file.fake.js';
import { useClamp3 } from '../../media-index/encoders/clamp3/choice.js';
import { fakeFolder } from '../../media-index/encoders/clamp3/folder.fake.js';
import { checkFolder } from '../../media-index/encoders/clamp3/folder.js';
import { openHeard } from '../../media-index/encoders/clamp3/heard.js';
import { type DoctorWish, diagnose, describe as inWords } from './doctor.js';

const dataDir = mkdtempSync(path.join(os.tmpdir(), 'emoheal-doctor-'));
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

it('names every part, and says of a missing one what to do', async () => {
  const report = await diagnose({ dataDir });
  const speech = report.parts.find((part) => part.id === 'whisper-model');
  expect(speech).toMatchObject({ status: 'missing', remedy: expect.stringMatching(/doctor --repair/) });
  expect(report.parts.find((part) => part.id === 'emotion-model')).toMatchObject({
    status: 'ready',
    sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  for (const part of report.parts) if (part.status !== 'ready') expect(part.remedy).toBeTruthy();
  expect(inWords(report)).toContain('Speech model: Speech has not been set up.');
});

it('looks at an emotion model of the house’s own, and says what its folder lacks', async () => {
  const emotionModel = path.join(dataDir, 'my-emotions');
  const found = async () => (await diagnose({ dataDir, emotionModel })).parts.find(({ id }) => id === 'emotion-model');
  expect(await found()).toMatchObject({ status: 'broken', remedy: expect.stringContaining('EMOHEAL_EMOTION_MODEL') });
  mkdirSync(emotionModel);
  for (const file of ['model.onnx', 'tokenizer.json']) writeFileSync(path.join(emotionModel, file), '{}');
  const labels = ['joy', 'sadness', 'anger', 'fear', 'love', 'grief', 'Neutral', 'hangry'];
  writeFileSync(path.join(emotionModel, 'config.json'), JSON.stringify({ id2label: { ...labels } }));
  expect(await found()).toMatchObject({
    status: 'ready',
    detail: expect.stringContaining('hears 7 of the 28 feelings'),
  });
});

describe('the music model', () => {
  const home = path.join(dataDir, 'musical');
  const look = async (more: Partial<DoctorWish> = {}) =>
    (await diagnose({ dataDir: home, ...more })).parts.find(({ id }) => id === 'music-model');

  it('is the one that ships where nothing else was chosen', async () => {
    expect(await look()).toMatchObject({ status: 'ready', detail: 'emoheal-music-mini' });
  });

  it('may be CLaMP3 in the folder that the settings name: what it lacks is told with the way to mend it', async () => {
    const folder = path.join(dataDir, 'clamp3');
    const named = () => look({ musicModel: folder });
    expect(await named()).toMatchObject({
      status: 'broken',
      detail: expect.stringContaining(folder),
      remedy: expect.stringContaining('export_clamp3.py'),
    });
    fakeFolder(folder);
    expect(await named()).toMatchObject({
      status: 'broken',
      remedy: expect.stringContaining('--i-accept-non-commercial'),
    });
    await useClamp3(path.join(dataDir, 'elsewhere'), { folder, acceptNonCommercial: true, nowMs: 0 });
    expect(await named()).toMatchObject({ status: 'missing', remedy: expect.stringContaining('library hear') });
    const { model } = await checkFolder(folder);
    await (await openHeard(path.join(home, 'clamp3'), model)).add('a', new Float32Array(model.dim));
    expect(await named()).toMatchObject({
      status: 'ready',
      detail: expect.stringMatching(/^clamp3-0123abcd-.*heard 1 track/),
    });
    truncateSync(path.join(folder, 'text.onnx'), 3);
    expect(await named()).toMatchObject({ status: 'broken', detail: expect.stringContaining('text.onnx') });
  });

  it('may be CLaMP3 that was chosen for this home, which "mini" leaves out', async () => {
    const folder = fakeFolder(path.join(dataDir, 'chosen'));
    await useClamp3(home, { folder, acceptNonCommercial: true, nowMs: 0 });
    rmSync(path.join(folder, 'mert.onnx'));
    expect(await look()).toMatchObject({ status: 'broken', detail: expect.stringContaining('mert.onnx is missing') });
    expect(await look({ musicModel: 'mini' })).toMatchObject({ status: 'ready', detail: 'emoheal-music-mini' });
  });
});

it("looks at a speech model of the house's own as the server will, and names the file that is damaged", async () => {
  const whisperModel = wholeGgmlFile(path.join(dataDir, 'ggml-ours.bin'));
  const found = async () => (await diagnose({ dataDir, whisperModel })).parts.find(({ id }) => id === 'whisper-model');
  expect(await found()).toMatchObject({ status: 'ready', detail: expect.stringContaining('ggml-ours') });
  truncateSync(whisperModel, 3000);
  expect(await found()).toMatchObject({
    status: 'broken',
    detail: expect.stringMatching(/EMOHEAL_WHISPER_MODEL: ggml-ours\.bin is damaged .* after 3000 bytes/),
    remedy: expect.stringMatching(/^Fetch or copy it again/),
  });
});
