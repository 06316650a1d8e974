import { existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { createKokoroSynthesiser, tokensOf } from './kokoro.js';
import { sentencesOf } from './phrases.js';
import { KOKORO_VOICES, voiceFor, voicePartsState, voicePlaces } from './voice-parts.js';

const dataDir =
  process.env.EMOHEAL_DATA_DIR ||
  path.join(process.env.XDG_DATA_HOME || path.join(os.homedir(), '.local', 'share'), 'emoheal');

describe('a text is cut to be spoken', () => {
  it('into sentences and clauses, with their marks as pauses', () => {
    expect(sentencesOf('I hear you.  It is late; rest now!')).toEqual([
      [{ words: 'I hear you', mark: '.' }],
      [
        { words: 'It is late', mark: ';' },
        { words: 'rest now', mark: '!' },
      ],
    ]);
    expect(sentencesOf('… ?! \n')).toEqual([]);
    expect(sentencesOf('眠れない。静かに、おやすみ')).toEqual([
      [{ words: '眠れない', mark: '.' }],
      [
        { words: '静かに', mark: ',' },
        { words: 'おやすみ', mark: '' },
      ],
    ]);
  });

  it('without losing or adding a letter, and never too long at once', () => {
    const text = fc.string({ unit: fc.constantFrom(...'aB7é 眠.,;!?…-\n'), maxLength: 3000 });
    const letters = (some: string) => (some.normalize('NFKC').match(/[\p{L}\p{N}]/gu) ?? []).join('');
    fc.assert(
      fc.property(text, (some) => {
        const sentences = sentencesOf(some);
        const spoken = sentences.flatMap((clauses) => clauses.map(({ words }) => words));
        expect(letters(spoken.join(''))).toBe(letters(some));
        for (const clauses of sentences)
          expect(clauses.reduce((sum, { words }) => sum + words.length, 0)).toBeLessThanOrEqual(240);
      }),
      { numRuns: 300 },
    );
  });
});

describe('sounds become numbers', () => {
  it('as the model was taught; what it does not know is left out', () => {
    const vocabulary = new Map([...'ɹɛst.k'].map((letter, i) => [letter, i + 1]));
    expect(tokensOf('rɛst.', vocabulary)).toEqual([1, 2, 3, 4, 5]);
    expect(tokensOf('x€', vocabulary)).toEqual([6]);
    expect(tokensOf('k'.repeat(2000), vocabulary)).toHaveLength(500);
  });
});

describe('the voice for a wish', () => {
  it.each([
    [{}, 'af_heart'],
    [{ language: 'en_GB' }, 'bf_emma'],
    [{ language: 'pt' }, 'pf_dora'],
    [{ language: 'fr-CA' }, 'ff_siwis'],
    [{ language: 'de-DE' }, 'af_heart'],
    [{ voice: 'if_sara', language: 'en' }, 'if_sara'],
    [{ voice: 'nobody', language: 'es' }, 'ef_dora'],
  ])('%j is %s', (wish, name) => expect(voiceFor(wish).name).toBe(name));

  it('is none where nothing is set up, and the error says what to do', async () => {
    const nowhere = path.join(os.tmpdir(), 'emoheal-no-voice');
    expect(voicePartsState(nowhere)).toMatchObject({ status: 'unavailable' });
    const voice = createKokoroSynthesiser({ dataDir: nowhere });
    await expect(voice.speak('Hello')[Symbol.asyncIterator]().next()).rejects.toMatchObject({
      code: 'speech-unavailable',
      remedy: 'Run "emoheal voice set-up".',
    });
    await voice.close();
  });
});

const isSetUp = voicePartsState(dataDir).status === 'ready';
if (!isSetUp) console.warn('skipped: speaking (no voice is set up; "emoheal voice set-up" fetches one)');

describe.runIf(isSetUp)('Kokoro', () => {
  const voice = createKokoroSynthesiser({ dataDir });
  afterAll(() => voice.close(), 600_000);

  it('has every voice that it names', () => {
    for (const { name } of KOKORO_VOICES) expect(existsSync(voicePlaces(dataDir).voice(name))).toBe(true);
  });

  it('speaks each sentence as soon as it is ready, at the length of speech, and loud enough to be heard', async () => {
    const spoken = [];
    for await (const sound of voice.speak('Good night. Rest now.')) spoken.push(sound);
    expect(spoken).toHaveLength(2);
    for (const { pcm, rateHz } of spoken) {
      expect(pcm.length / rateHz).toBeGreaterThan(0.5);
      expect(pcm.length / rateHz).toBeLessThan(4);
      const rms = Math.sqrt(pcm.reduce((sum, value) => sum + value * value, 0) / pcm.length);
      expect(rms).toBeGreaterThan(0.01);
      expect(pcm.every((value) => Math.abs(value) <= 1.5)).toBe(true);
    }
  }, 600_000);

  it('stops where nobody listens any more', async () => {
    const gone = new AbortController();
    gone.abort();
    await expect(
      voice.speak('Good night.', { signal: gone.signal })[Symbol.asyncIterator]().next(),
    ).rejects.toMatchObject({ code: 'cancelled' });
  });
});
