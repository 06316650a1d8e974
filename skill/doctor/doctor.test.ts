import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { diagnose, describe as inWords } from './doctor.js';

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
