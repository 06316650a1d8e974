import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadClassifier } from '../../engine/emotion/classifier.js';
import type { EmotionClassifier } from '../../engine/ports.js';
import { packageRoot } from '../../models/paths.js';
import { moodOfWords } from './mood-of-words.js';

describe('the mood in an answer of a word or two', () => {
  let classifier: EmotionClassifier;
  beforeAll(async () => {
    classifier = await loadClassifier(path.join(packageRoot(), 'models/emotion'));
  });
  afterAll(() => classifier.close());

  it.each([
    ['fine', 'en-US', 'good'],
    ['Very calm.', 'en-US', 'good'],
    ['calm', 'en-US', 'good'],
    ['rather calm', 'en-US', 'good'],
    ['empty', 'en-US', 'bad'],
    ['at peace', undefined, 'good'],
    ['I feel okay', 'en-US', 'good'],
    ['heavy heart', 'en-US', 'bad'],
    ['sad and lonely', undefined, 'bad'],
    ['ganz gut', 'de-DE', 'good'],
    ['traurig', 'de-DE', 'bad'],
  ] as const)('is told from "%s" (%s): %s', async (words, locale, mood) => {
    const valence = await moodOfWords(words, locale, classifier);
    expect(Math.sign(valence ?? 0)).toBe(mood === 'good' ? 1 : -1);
  });

  it.each(['the red car', 'I will say before.', 'to how.'])('is none in "%s"', async (words) => {
    expect(await moodOfWords(words, 'en-US', classifier)).toBe(null);
  });

  it('is there for a state of the body too', async () => {
    expect(await moodOfWords('rather tired', 'en-US', classifier)).not.toBe(null);
  });
});
