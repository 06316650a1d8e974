/**
 * The proof that CLaMP3 is run as published: a small random model of its architecture, in files as the authors publish them,
 * is exported by the same command and then heard and read by this program and, beside it, by PyTorch.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../../../models/paths.js';
import { fakeAnalysis, fakeProfile } from '../../tracks.fake.js';
import { type Clamp3Encoder, openClamp3 } from './clamp3-encoder.js';
import { acceptNonCommercial, checkFolder } from './folder.js';
import { triangle, waveFile } from './proof/signals.js';
import { unit } from './segments.js';
import { sentenceOf } from './sentence.js';

const run = promisify(execFile);
const able = await run('python3', ['-c', 'import torch, onnx, numpy, tokenizers']).then(
  () => true,
  () => false,
);
if (!able) console.warn('skipped: CLaMP3 is not compared with PyTorch, python3 lacks torch, onnx, numpy or tokenizers');

const SECOND = 24_000;
const WINDOW = 5 * SECOND;
/** Samples at 24 kHz, and why. */
const SOUNDS: readonly [count: number, why: string][] = [
  [1.2 * SECOND, 'one short window'],
  [2 * WINDOW + SECOND - 1, 'a last window a sample too short to count'],
  [2 * WINDOW + SECOND, 'a last window just long enough'],
  [126 * WINDOW, 'with both zero vectors exactly one segment'],
  [127 * WINDOW, 'one vector more than a segment'],
  [128 * WINDOW, 'two vectors more than a segment'],
  [254 * WINDOW + 3 * SECOND, 'three segments, the last of one vector'],
];
/** What a reading of the publication might get wrong, and a sound on which it shows. */
const MISTAKES: Readonly<Record<string, number>> = {
  'no zero vectors': 2 * WINDOW + SECOND,
  'padding unmasked': 2 * WINDOW + SECOND,
  'last state alone': 2 * WINDOW + SECOND,
  'levelled by window': 2 * WINDOW + SECOND,
  'rest as last segment': 127 * WINDOW,
  'equal weights': 127 * WINDOW,
};
/** Every letter is a token, and so is the mark before a word: "b " times n gives 2n tokens and the two around them. */
const letters = (count: number) =>
  Array.from({ length: count }, (_, i) => 'bdfhjkmqvwxz'[(i * 5 + (i >> 3)) % 12]).join('');
const TEXTS: readonly [text: string, tokens: number | null, why: string][] = [
  ['', 2, 'nothing at all'],
  ['calm piano', null, 'a few words'],
  ['sad slow rain\ncalm piano\nsad slow rain\n\npiano', null, 'lines, one of them twice, one empty'],
  ['calm </s> piano <pad> rain <unk>', null, 'the tokens of the model themselves'],
  ['雨の音 🎹 ñandú', null, 'letters that the tokeniser has never seen'],
  [letters(124), 127, 'one token under a segment'],
  [letters(125), 128, 'exactly a segment'],
  [letters(126), 129, 'one token over a segment'],
  [letters(253), 256, 'exactly two segments'],
  [letters(700), 703, 'many segments'],
];

interface Expected {
  judge: string;
  sounds: number[][];
  texts: { vector: number[]; tokens: number }[];
  waves: number[][];
  mistakes: Record<string, number[]>;
}

const folder = mkdtempSync(path.join(os.tmpdir(), 'emoheal-clamp3-'));
const exported = path.join(folder, 'clamp3');
const recording = path.join(folder, 'recording.wav');
/** Memory is kept between two operations: giving it back each time takes longer than the operation. */
const env = { ...process.env, MALLOC_TRIM_THRESHOLD_: '1000000000', MALLOC_MMAP_THRESHOLD_: '1000000000' };
const python = async (...words: string[]) => void (await run('python3', ['-B', '-W', 'ignore', ...words], { env }));

describe.runIf(able)('CLaMP3 with small random weights', () => {
  let encoder: Clamp3Encoder;
  let expected: Expected;

  beforeAll(async () => {
    const proof = path.join(packageRoot(), 'media-index', 'encoders', 'clamp3', 'proof');
    const weights = path.join(folder, 'weights');
    await python(path.join(proof, 'tiny_model.py'), weights);
    const script = path.join(packageRoot(), 'models', 'train', 'export_clamp3.py');
    const from = ['--mert', path.join(weights, 'mert'), '--clamp3', path.join(weights, 'clamp3.pth')];
    await python(script, ...from, '--settings', path.join(weights, 'settings.json'), '--out', exported);
    writeFileSync(recording, waveFile(7.3));
    const cases = path.join(folder, 'cases.json');
    const asked = {
      sounds: SOUNDS.map(([count]) => count),
      texts: TEXTS.map(([text]) => text),
      waves: [recording],
      mistakes: MISTAKES,
    };
    writeFileSync(cases, JSON.stringify(asked));
    await python(path.join(proof, 'published.py'), weights, cases);
    expected = JSON.parse(readFileSync(path.join(weights, 'expected.json'), 'utf8'));
    await acceptNonCommercial(await checkFolder(exported), 0);
    encoder = await openClamp3(exported);
  }, 240_000);
  afterAll(async () => {
    await encoder?.release();
    rmSync(folder, { recursive: true, force: true });
  });

  /** The largest error of any number, with both vectors at length 1 as cosine compares them. */
  function error(found: Float32Array, published: readonly number[]): number {
    const right = unit(Float32Array.from(published));
    expect(found.length).toBe(right.length);
    return Math.max(...found.map((value, i) => Math.abs(value - right[i]!)));
  }

  it.each(SOUNDS.map(([count, why], i) => ({ count, why, i })))(
    'hears what PyTorch hears: $why',
    async ({ count, i }) => {
      const samples = triangle(count);
      // In blocks of an odd size, as a decoder gives them.
      const blocks = function* () {
        for (let at = 0; at < count; at += 4801) yield samples.subarray(at, at + 4801);
      };
      expect(error(await encoder.embedSound(blocks), expected.sounds[i]!)).toBeLessThan(1e-4);
    },
  );

  it.each(TEXTS.map(([text, tokens, why], i) => ({ text, tokens, why, i })))(
    'reads what PyTorch reads: $why',
    async ({ text, tokens, i }) => {
      if (tokens !== null) expect(expected.texts[i]!.tokens).toBe(tokens);
      expect(error(await encoder.embedText(text), expected.texts[i]!.vector)).toBeLessThan(1e-4);
    },
  );

  it('hears a stereo file at 48 kHz as the authors load it', async () => {
    expect(error(await encoder.embedAudio(recording), expected.waves[0]!)).toBeLessThan(1e-4);
  });

  it.each(Object.entries(MISTAKES))('would notice a mistake: %s', (mistake, on) => {
    const wrong = unit(Float32Array.from(expected.mistakes[mistake]!));
    const right = expected.sounds[SOUNDS.findIndex(([count]) => count === on)]!;
    expect(error(wrong, right)).toBeGreaterThan(1e-3);
  });

  it('gives vectors of one length for any text, the same again, and never throws', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ maxLength: 300, unit: 'binary' }), async (text) => {
        const vector = await encoder.embedText(text);
        expect(vector.length).toBe(encoder.model.dim);
        expect(Math.hypot(...vector)).toBeCloseTo(1, 5);
        vector.fill(9);
        expect(Math.hypot(...(await encoder.embedText(text)))).toBeCloseTo(1, 5);
      }),
      { numRuns: 60 },
    );
  });

  it('reads a wished-for profile as its sentence', async () => {
    const profile = fakeProfile({ affect: { valence: 0.5, arousal: -0.5 }, instrumentation: ['piano'] });
    expect(await encoder.embedProfile(profile)).toEqual(await encoder.embedText(sentenceOf(profile)));
  });

  it("takes the vector of a track that it has heard, and no other model's", async () => {
    const values = [...(await encoder.embedAudio(recording))];
    const heard = { ...fakeAnalysis(), heardVector: { model: encoder.model.id, values } };
    expect(error(await encoder.embedAudio(heard), values)).toBeLessThan(1e-6);
    const other = { ...fakeAnalysis(), heardVector: { model: 'emoheal-mini-1', values } };
    for (const analysis of [other, fakeAnalysis()])
      await expect(encoder.embedAudio(analysis)).rejects.toMatchObject({ code: 'index-mismatch' });
  });

  it('says of a file that is cut off, no sound at all or under a second that it cannot be read', async () => {
    const bad = {
      'torn.wav': waveFile(2).subarray(0, 30),
      'text.mp3': Buffer.from('no sound'),
      'blink.wav': waveFile(0.9),
    };
    for (const [name, bytes] of Object.entries(bad)) {
      const file = path.join(folder, name);
      writeFileSync(file, bytes);
      await expect(encoder.embedAudio(file), name).rejects.toMatchObject({
        code: 'track-unreadable',
        message: expect.stringContaining(name),
      });
    }
  });

  it('hears a silent track without failing', async () => {
    expect(Math.hypot(...(await encoder.embedSound(() => [new Float32Array(WINDOW)])))).toBeCloseTo(1, 5);
  });

  it('stops between two windows when it is called off', async () => {
    const stop = new AbortController();
    let read = 0;
    const sound = function* () {
      for (let window = 0; window < 20; window += 1) {
        read += 1;
        // The first twenty are measured; the third of the second reading is one too many.
        if (read === 23) stop.abort(new Error('enough'));
        yield triangle(WINDOW);
      }
    };
    await expect(encoder.embedSound(sound, stop.signal)).rejects.toThrow('enough');
    expect(read).toBe(23);
  });

  it('frees its memory and loads again when it is needed', async () => {
    const before = await encoder.embedText('calm piano again');
    await encoder.release();
    const fresh = await openClamp3(exported);
    expect(await fresh.embedText('calm piano again')).toEqual(before);
    await fresh.release();
    expect(await encoder.embedText('and a new line')).toHaveLength(encoder.model.dim);
  });
});
