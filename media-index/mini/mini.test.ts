/** The shipped music model, with the shipped emotion model that it reads through. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadClassifier } from '../../engine/emotion/classifier.js';
import type { EmotionClassifier } from '../../engine/ports.js';
import { packageRoot } from '../../models/paths.js';
import { fakeAnalysis } from '../tracks.fake.js';
import { MINI_DIM, type MiniEars, type MiniWords, openMiniEars, openMiniWords } from './mini.js';
import { readWishNetwork } from './wish-network.js';

const emotion = path.join(packageRoot(), 'models', 'emotion');
let classifier: EmotionClassifier;
let words: MiniWords;
let ears: MiniEars;
beforeAll(async () => {
  classifier = await loadClassifier(emotion);
  words = (await openMiniWords())!;
  ears = (await openMiniEars())!;
});
afterAll(() => classifier.close());

const cosine = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
const said = async (text: string) => words.ofText((await classifier.vectors!([text]))![0]!);

describe('the small joint music-text model', () => {
  it('was trained on the very emotion model that is shipped', () => {
    const sha256 = createHash('sha256')
      .update(readFileSync(path.join(emotion, 'model.int8.onnx')))
      .digest('hex');
    expect(sha256.startsWith(words.trunk)).toBe(true);
    expect(ears.id).toBe(words.id);
  });

  it.each([
    ['en', 'slow and calm', 'fast and lively'],
    ['de', 'langsam und ruhig', 'schnell und lebhaft'],
    ['es', 'lenta y tranquila', 'rápida y animada'],
    ['fr', 'lente et calme', 'rapide et vive'],
    ['it', 'lenta e calma', 'veloce e vivace'],
    ['pt', 'lenta e calma', 'rápida e animada'],
    ['nl', 'langzaam en rustig', 'snel en levendig'],
    ['pl', 'powolna i spokojna', 'szybka i żywa'],
    ['ru', 'медленная и спокойная', 'быстрая и живая'],
    ['ja', 'ゆっくりで穏やか', '速くて元気'],
    ['zh', '缓慢而平静', '快速而活泼'],
    ['ko', '느리고 차분한', '빠르고 활기찬'],
    ['hi', 'धीमा और शांत', 'तेज़ और जोशीला'],
  ])('tells slow and calm from fast and lively in %s', async (_language, calm, lively) => {
    const sure = (x: number) => ({ x, confidence: 1 });
    const [rest, dance] = await Promise.all([
      words.ofWish({ onsetRate: sure(-0.8), arousal: sure(-0.8) }),
      words.ofWish({ onsetRate: sure(0.8), arousal: sure(0.8) }),
    ]);
    const [quiet, busy] = await Promise.all([said(calm), said(lively)]);
    expect(cosine(quiet, rest)).toBeGreaterThan(cosine(quiet, dance));
    expect(cosine(busy, dance)).toBeGreaterThan(cosine(busy, rest));
  });

  it('gives for a wish what the network gave when it was exported', () => {
    const network = readWishNetwork(path.join(packageRoot(), 'models', 'music-mini', 'wish.f32'), MINI_DIM);
    const file = path.join(packageRoot(), 'media-index', 'mini', 'wish-pairs.fixture.json');
    const pairs = JSON.parse(readFileSync(file, 'utf8')) as { wish: number[]; vector: number[] }[];
    expect(pairs.length).toBeGreaterThan(3);
    for (const { wish, vector } of pairs)
      network(Float32Array.from(wish)).forEach((value, i) => {
        expect(value).toBeCloseTo(vector[i]!, 5);
      });
    expect(() => readWishNetwork(file, MINI_DIM)).toThrow(/bytes, not/);
  });

  it('gives unit vectors for words, wishes and sounds, however many seconds were heard', async () => {
    const heard = (patches: number) => ({
      msd: new Array<number>(50).fill(0.1),
      mtt: new Array<number>(50).fill(0.1),
      gems: fakeAnalysis({}).gems as never,
      patches: Array.from({ length: patches }, (_, i) => new Float32Array(400).fill(Math.sin(i))),
    });
    const vectors = await Promise.all([
      said('music'),
      words.ofWish({}),
      ears.ofSound(heard(1), fakeAnalysis({})),
      ears.ofSound(heard(40), fakeAnalysis({})),
    ]);
    for (const vector of vectors) {
      expect(vector).toHaveLength(MINI_DIM);
      expect(Math.hypot(...vector)).toBeCloseTo(1, 4);
    }
  });
});
