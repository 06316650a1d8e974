import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { EmohealError } from '../../../engine/errors.js';
import { fakeSynthesiser } from '../../../engine/voice/synthesiser.fake.js';
import { KOKORO_VOICES } from '../../../engine/voice/voice-parts.js';
import { packageRoot } from '../../../models/paths.js';
import { nightVoice } from './night-voice.js';
import { BEDSIDE_KEYS, FIXED_KEYS, promptFile, readIndex, voiceOfLocale, wantedPrompts } from './prompt-files.js';
import { renderPrompts } from './render-prompts.js';
import { createSpokenSentences } from './spoken.js';

const folder = mkdtempSync(path.join(os.tmpdir(), 'emoheal-prompts-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const emma = KOKORO_VOICES.find(({ name }) => name === 'bf_emma')!;
const shipped = path.join(packageRoot(), 'audio-prompts', 'rendered');

describe('the sentences of the speaker as sound', () => {
  it('are made once each, with the text beside them, and again only where a text changed', async () => {
    const voice = fakeSynthesiser();
    const out = path.join(folder, 'made');
    const first = await renderPrompts(voice, emma, ['paused', 'deeper'], out);
    expect(first).toMatchObject({ voice: 'bf_emma', kept: 0, removed: 0 });
    expect(first.made).toBe(wantedPrompts(emma, ['paused', 'deeper']).size);
    const index = readIndex(path.join(out, 'bf_emma'));
    expect(Object.values(index).map(({ text }) => text)).toContain('A step deeper.');

    expect(await renderPrompts(voice, emma, ['paused', 'deeper'], out)).toMatchObject({ made: 0, kept: first.made });
    const [some] = Object.keys(index);
    rmSync(path.join(out, 'bf_emma', `${some}.mp3`));
    expect(await renderPrompts(voice, emma, ['paused', 'deeper'], out)).toMatchObject({ made: 1 });
    expect(await renderPrompts(voice, emma, ['deeper'], out)).toMatchObject({
      made: 0,
      removed: expect.toSatisfy((n) => n > 0),
    });
  });

  it('that were begun and not finished go on where they were, also after a broken index', async () => {
    const voice = fakeSynthesiser();
    const out = path.join(folder, 'broken');
    await renderPrompts(voice, emma, ['deeper'], out);
    writeFileSync(path.join(out, 'bf_emma', 'index.json'), '{"half');
    await renderPrompts(voice, emma, ['deeper'], out);
    expect(Object.keys(readIndex(path.join(out, 'bf_emma')))).toHaveLength(wantedPrompts(emma, ['deeper']).size);
    voice.failsWith(new EmohealError('speech-unavailable', 'No voice.'));
    await expect(renderPrompts(voice, emma, ['paused'], out)).rejects.toThrow('No voice.');
    expect(promptFile([out], 'en-GB', 'A step deeper.')).not.toBeNull();
  });

  it('are MP3 of the length that they take to say', async () => {
    const out = path.join(folder, 'made');
    const file = promptFile([out], 'en-GB', 'A step deeper.')!;
    const bytes = readFileSync(file);
    expect(bytes[0]).toBe(0xff);
    expect(bytes.length).toBeLessThan(8000);
  });

  it.each(readdirSync(shipped).filter((name) => !name.includes('.')))(
    'are in the package as they are said today (%s): run "emoheal voice prompts --bedside --out audio-prompts/rendered" where not',
    (name) => {
      const voice = KOKORO_VOICES.find((each) => each.name === name)!;
      const wanted = wantedPrompts(voice, BEDSIDE_KEYS);
      const index = readIndex(path.join(shipped, name));
      expect(Object.fromEntries(Object.entries(index).map(([id, { key, text }]) => [id, { key, text }]))).toEqual(
        Object.fromEntries(wanted),
      );
      const files = readdirSync(path.join(shipped, name)).filter((file) => file.endsWith('.mp3'));
      expect(files.sort()).toEqual([...wanted.keys()].map((id) => `${id}.mp3`).sort());
    },
  );

  it('hold what has no gap in it, and the bedside’s own are among them', () => {
    expect(FIXED_KEYS).toEqual(expect.arrayContaining([...BEDSIDE_KEYS]));
    expect(FIXED_KEYS).not.toContain('extended');
  });
});

describe('a voice speaks its own language only', () => {
  it.each([
    ['en-GB', 'bf_emma'],
    ['en-AU', 'af_heart'],
    ['fr', 'ff_siwis'],
    ['pt_PT', 'pf_dora'],
    ['de-DE', undefined],
    ['ja-JP', undefined],
  ])('%s', (locale, name) => {
    expect(voiceOfLocale(locale)?.name).toBe(name);
  });

  it('a sentence with a number in it waits for who asks, where a voice is set up; else the browser speaks', () => {
    const voice = fakeSynthesiser();
    const spoken = createSpokenSentences([path.join(folder, 'made')], voice);
    expect(spoken.addressOf('A step deeper.', 'en-GB')).toMatch(/^\/bedside\/voice\/bf_emma\/[0-9a-f]{16}\.mp3$/);
    // The other English voice, before none at all.
    expect(spoken.addressOf('A step deeper.', 'en-AU')).toMatch(/^\/bedside\/voice\/bf_emma\//);
    const address = spoken.addressOf('12 minutes more.', 'en-GB')!;
    expect(spoken.waiting(address.split('/').at(-1)!)).toEqual({ text: '12 minutes more.', locale: 'en-GB' });
    expect(spoken.addressOf('Noch 12 Minuten.', 'de-DE')).toBeUndefined();
    voice.is({ status: 'unavailable', detail: 'none' });
    expect(spoken.addressOf('13 minutes more.', 'en-GB')).toBeUndefined();
  });
});

describe('a voice at night', () => {
  it('is equally loud whatever the model gave, never harsh, and without long silence at its ends', () => {
    const tone = (gain: number) => {
      const pcm = new Float32Array(72_000);
      for (let i = 24_000; i < 48_000; i += 1) pcm[i] = gain * Math.sin(i / 8);
      return nightVoice(pcm);
    };
    const rms = (pcm: Float32Array) => Math.sqrt(pcm.reduce((sum, v) => sum + v * v, 0) / pcm.length);
    expect(rms(tone(0.05))).toBeCloseTo(rms(tone(0.9)), 2);
    expect(tone(0.9).length).toBeLessThan(32_000);
    expect(Math.abs(tone(0.9)[0]!)).toBeLessThan(0.001);
    expect(nightVoice(new Float32Array(10))).toHaveLength(10);
  });
});
