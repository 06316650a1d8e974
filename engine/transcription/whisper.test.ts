import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { speechPartsState } from './native-parts.js';
import { ownSpeechModel, usualSpeechModel } from './speech-model.js';
import { transcriberContract } from './transcriber.contract.js';
import { fakeTranscriber } from './transcriber.fake.js';
import { readWav } from './wav.js';
import { createWhisperTranscriber } from './whisper.js';

const dataDir =
  process.env.EMOHEAL_DATA_DIR ||
  path.join(process.env.XDG_DATA_HOME || path.join(os.homedir(), '.local', 'share'), 'emoheal');
const folder = mkdtempSync(path.join(os.tmpdir(), 'emoheal-whisper-'));
const whisper = createWhisperTranscriber({ dataDir });
afterAll(async () => {
  await whisper.close();
  rmSync(folder, { recursive: true, force: true });
});

function speak(text: string, voice = 'en-us'): Float32Array {
  const file = path.join(folder, 'said.wav');
  execFileSync('espeak-ng', ['-v', voice, '-s', '150', '-w', file, text]);
  return readWav(readFileSync(file));
}

const hasVoice = spawnSync('espeak-ng', ['--version']).status === 0;
const isReady = whisper.state().status === 'ready';
if (!hasVoice || !isReady)
  console.warn(`skipped: transcription, ${isReady ? 'espeak-ng is not installed' : 'Whisper is not set up'}`);

const tone = Float32Array.from({ length: 16_000 }, (_, i) => 0.3 * Math.sin(i / 5) * (i % 4000 > 2000 ? 1 : 0.05));
transcriberContract('fake', fakeTranscriber, () => tone);

describe.runIf(hasVoice && isReady)('Whisper', () => {
  transcriberContract(
    'whisper',
    () => whisper,
    () => speak('I am tired and I need some rest.'),
  );

  it('hears a sentence and its language', async () => {
    const heard = await whisper.transcribe(speak('I am so tense after today and I can not sleep at all tonight.'));
    expect(heard.language).toBe('en');
    expect(heard.text.toLowerCase()).toMatch(/tense.*sleep/);
  });

  it('detects German by itself', async () => {
    const heard = await whisper.transcribe(speak('Ich bin heute sehr traurig und kann nicht schlafen.', 'de'));
    expect(heard.language).toBe('de');
    expect(heard.text.toLowerCase()).toContain('nicht schlafen');
  });

  it('looks briefly where it is asked to, and leaves a long sentence after sixteen pieces of words', async () => {
    const long = speak('I am so tense after today and I can not sleep at all tonight because my thoughts keep racing.');
    const { text } = await whisper.transcribe(long, { language: 'en', brief: true });
    expect(text.split(' ').length).toBeLessThanOrEqual(16);
    expect(text.toLowerCase()).toContain('tense');
  });

  it('makes up nothing for noise', async () => {
    let seed = 1;
    const noise = Float32Array.from({ length: 80_000 }, () => {
      seed = (seed * 48_271) % 2_147_483_647;
      return (seed / 2_147_483_647 - 0.5) * 0.4;
    });
    expect((await whisper.transcribe(noise)).text).toBe('');
  });

  it('comes back after its process was killed, also in the middle of an utterance', async () => {
    const said = speak('I am tired and I need some rest.');
    await whisper.warm();
    const before = whisper.pid()!;
    const heard = whisper.transcribe(said, { language: 'en' });
    process.kill(before, 'SIGKILL');
    expect((await heard).text.toLowerCase()).toMatch(/tired|rest/);
    expect(whisper.pid()).not.toBe(before);
  });
});

describe("a speech model of the house's own", () => {
  const head = (words: number, magic = 0x67676d6c) => {
    const file = path.join(mkdtempSync(path.join(folder, 'model-')), 'ggml-ours.bin');
    const bytes = Buffer.alloc(64);
    bytes.writeUInt32LE(magic);
    bytes.writeInt32LE(words, 4);
    writeFileSync(file, bytes);
    return file;
  };

  it.runIf(hasVoice && isReady)(
    'hears as well as the one of set-up where it is the same, and goes by its own name',
    async () => {
      const file = path.join(mkdtempSync(path.join(folder, 'model-')), 'ggml-mine.bin');
      symlinkSync(usualSpeechModel(dataDir).file, file);
      const own = createWhisperTranscriber({ dataDir, model: ownSpeechModel(file) });
      expect(own.state()).toMatchObject({ status: 'ready', detail: 'ggml-mine' });
      const sound = speak('I feel very sad and I cannot sleep.');
      const { text } = await whisper.transcribe(sound);
      expect(text).toMatch(/sad/i);
      expect(await own.transcribe(sound)).toMatchObject({ text, model: 'ggml-mine' });
      await own.close();
    },
  );

  it('is known as one that hears English only, by its vocabulary', () => {
    expect(ownSpeechModel(head(51_864))).toMatchObject({ multilingual: false, fault: null });
    for (const words of [51_865, 51_866])
      expect(ownSpeechModel(head(words))).toMatchObject({ multilingual: true, fault: null });
  });

  it.each([
    ['that is not there', path.join(folder, 'nowhere.bin'), /nowhere\.bin cannot be read \(ENOENT\)/],
    ['that is a folder', folder, /cannot be read \(EISDIR\)/],
    ['of another kind', head(51_865, 0x46554747), /no Whisper model of whisper\.cpp/],
    ['for something else than speech', head(32_000), /no Whisper model of whisper\.cpp/],
  ])('%s is told in one sentence, and typing is offered', async (_, file, told) => {
    const own = createWhisperTranscriber({ dataDir, model: ownSpeechModel(file) });
    expect(own.state()).toMatchObject({ status: 'unavailable', detail: expect.stringMatching(told) });
    await expect(own.transcribe(tone)).rejects.toMatchObject({
      code: 'speech-unavailable',
      remedy: expect.stringMatching(/type how you feel/),
    });
  });
});

describe('speech that is not set up', () => {
  it('says so with a remedy, follows the journal, and refuses with speech-unavailable', async () => {
    const empty = mkdtempSync(path.join(folder, 'data-'));
    const absent = createWhisperTranscriber({ dataDir: empty });
    await expect(absent.transcribe(tone)).rejects.toMatchObject({
      code: 'speech-unavailable',
      remedy: expect.stringMatching(/doctor/),
    });
    mkdirSync(path.join(empty, 'setup'));
    const journal = (status: string) =>
      writeFileSync(
        path.join(empty, 'setup', 'state.json'),
        JSON.stringify({
          pid: process.pid,
          steps: { 'whisper-model': { status, detail: 'no network', remedy: 'connect once' } },
        }),
      );
    journal('running');
    expect(absent.state().status).toBe('starting');
    journal('unavailable');
    expect(speechPartsState(empty)).toEqual({ status: 'unavailable', detail: 'no network', remedy: 'connect once' });
  });
});
