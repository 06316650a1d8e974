import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { wholeGgmlFile } from './ggml-file.fake.js';
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
  const own = (words?: number) =>
    wholeGgmlFile(path.join(mkdtempSync(path.join(folder, 'model-')), 'ggml-ours.bin'), { words });
  /** The same with other bytes at one place of it. */
  const changed = (file: string, change: (bytes: Buffer) => Buffer) => {
    writeFileSync(file, change(readFileSync(file)));
    return file;
  };
  const isNone = /ggml-ours\.bin is no Whisper model of whisper\.cpp/;

  it.runIf(hasVoice && isReady)(
    'hears as well as the one of set-up where it is the same, and goes by its own name',
    async () => {
      const file = path.join(mkdtempSync(path.join(folder, 'model-')), 'ggml-mine.bin');
      symlinkSync(usualSpeechModel(dataDir).file, file);
      const ours = createWhisperTranscriber({ dataDir, model: ownSpeechModel(file) });
      expect(ours.state()).toMatchObject({ status: 'ready', detail: 'ggml-mine' });
      const sound = speak('I feel very sad and I cannot sleep.');
      const { text } = await whisper.transcribe(sound);
      expect(text).toMatch(/sad/i);
      expect(await ours.transcribe(sound)).toMatchObject({ text, model: 'ggml-mine' });
      await ours.close();
    },
  );

  it('is known as one that hears English only, by its vocabulary', () => {
    expect(ownSpeechModel(own(51_864))).toMatchObject({ multilingual: false, fault: null });
    for (const words of [51_865, 51_866])
      expect(ownSpeechModel(own(words))).toMatchObject({ multilingual: true, fault: null });
  });

  it.each([
    ['that is not there', path.join(folder, 'nowhere.bin'), /nowhere\.bin cannot be read \(ENOENT\)/],
    ['that is a folder', folder, /cannot be read \(EISDIR\)/],
    ['of another kind', changed(own(), (bytes) => Buffer.concat([Buffer.from('GGUF'), bytes.subarray(4)])), isNone],
    ['for something else than speech', own(32_000), isNone],
    ['that is empty', changed(own(), () => Buffer.alloc(0)), isNone],
    ['cut in its last weights', changed(own(), (bytes) => bytes.subarray(0, -1)), /damaged or was not copied whole/],
    ['cut between two tensors', changed(own(), (bytes) => bytes.subarray(0, -63)), /damaged or was not copied whole/],
    ['cut in its tokens', changed(own(), (bytes) => bytes.subarray(0, 700)), /damaged or was not copied whole/],
    ['with something behind it', changed(own(), (bytes) => Buffer.concat([bytes, bytes])), /damaged: \d+ bytes follow/],
    [
      'of weights that nobody knows',
      changed(own(), (bytes) => bytes.fill(77, 740)),
      /damaged: .*cannot be read by whisper/,
    ],
  ])('%s is told in one sentence, and typing is offered', async (_, file, told) => {
    const ours = createWhisperTranscriber({ dataDir, model: ownSpeechModel(file) });
    expect(ours.state()).toMatchObject({ status: 'unavailable', detail: expect.stringMatching(told) });
    await expect(ours.transcribe(tone)).rejects.toMatchObject({
      code: 'speech-unavailable',
      remedy: expect.stringMatching(/type how you feel/),
    });
  });

  it('that vanishes later is told as gone, whatever set-up did, and not as something that set-up would mend', () => {
    const empty = mkdtempSync(path.join(folder, 'data-'));
    mkdirSync(path.join(empty, 'setup'));
    const steps = { 'whisper-model': { status: 'failed', detail: 'no network' } };
    writeFileSync(path.join(empty, 'setup', 'state.json'), JSON.stringify({ pid: process.pid, steps }));
    const file = own();
    const model = ownSpeechModel(file);
    // Of what set-up fetches only the recogniser is missed.
    expect(speechPartsState(empty, model)).toMatchObject({ detail: 'Speech has not been set up.' });
    rmSync(file);
    expect(speechPartsState(empty, model)).toEqual({
      status: 'unavailable',
      detail: 'EMOHEAL_WHISPER_MODEL: ggml-ours.bin cannot be read (ENOENT).',
      remedy: expect.stringMatching(/^Put it there, or leave the setting out, and start again;/),
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
