import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../../models/paths.js';
import { EMOTION_LABELS, type EmotionLabel } from '../vocabulary.js';
import { readBodyState } from './body-state.js';
import { loadClassifier } from './classifier.js';
import { listFor, plainFeelings } from './plain-feelings.js';

const TRAINED = ['en', 'de', 'nl', 'pl', 'zh', 'sv', 'es'];
const felt = (text: string, language: 'tr' | 'ar') =>
  EMOTION_LABELS.filter((_, i) => plainFeelings(text, language)[i]! > 0);

describe('a feeling in plain words, where the model does not know the language', () => {
  const classifier = loadClassifier(path.join(packageRoot(), 'models', 'emotion'));
  afterAll(async () => (await classifier).close());

  it.each<[string, string, EmotionLabel]>([
    ['tr', 'yarınki ameliyattan korkuyorum', 'fear'],
    ['tr', 'o gittiğinden beri çok üzgünüm', 'sadness'],
    ['tr', 'üzgünüm', 'sadness'],
    ['tr', 'kendimi çok yalnız hissediyorum', 'sadness'],
    ['tr', 'kardeşime çok kızgınım', 'anger'],
    ['tr', 'Bugün çok mutluyum!', 'joy'],
    ['tr', 'çok endişeliyim', 'nervousness'],
    ['tr', 'bunu söylediğime pişmanım', 'remorse'],
    ['tr', 'sonunda rahatladım', 'relief'],
    ['ar', 'أنا خائف من العملية غدًا', 'fear'],
    ['ar', 'أنا حزينة جدًا منذ رحيلها', 'sadness'],
    ['ar', 'أشعر بالوحدة', 'sadness'],
    ['ar', 'أَنَا حَزِينٌ', 'sadness'],
    ['ar', 'أنا غاضب من أخي', 'anger'],
    ['ar', 'أنا سعيد جدًا اليوم', 'joy'],
    ['ar', 'انا قلقانة على ابني', 'nervousness'],
    ['ar', 'أشعر بالذنب', 'remorse'],
    ['ar', 'شكرا لك، أنا ممتن', 'gratitude'],
  ])('%s: "%s" is %3$s', async (language, text, label) => {
    const [reading] = await (await classifier).classify([text]);
    expect(reading).toMatchObject({ language });
    expect(reading!.labels).toContain(label);
  });

  it('that is denied is not there', () => {
    expect(felt('üzgün değilim', 'tr')).toEqual(['neutral']);
    expect(felt('mutlu değilim', 'tr')).toEqual(['sadness']);
    expect(felt('لست حزينا', 'ar')).toEqual(['neutral']);
    expect(felt('لست سعيدا', 'ar')).toEqual(['sadness']);
  });

  it('is not guessed where no word says it', () => {
    expect(felt('mutfak ışığını aç', 'tr')).toEqual(['neutral']);
    expect(felt('كم الساعة', 'ar')).toEqual(['neutral']);
  });

  it('of another language stays with the model', () => {
    for (const [text, detected] of [
      ['I feel stressed', 'en'],
      ['so stressed', 'tr'],
      ['utan dig', 'da'],
      ['telas', 'tr'],
      ['ich bin müde', 'de'],
      ['', 'und'],
    ] as const)
      expect([text, listFor(text, detected, TRAINED)]).toEqual([text, null]);
    // A model that says nothing of its languages, or that knows them, is asked.
    expect(listFor('أنا حزين', 'ar', null)).toBe(null);
    expect(listFor('أنا حزين', 'ar', [...TRAINED, 'ar'])).toBe(null);
    expect(listFor('üzgünüm', 'is', [...TRAINED, 'tr'])).toBe(null);
  });
});

describe('what the body says in Polish, Turkish, Arabic and Chinese', () => {
  it.each([
    ['jestem strasznie zmęczona', ['tired']],
    ['nie mogę zasnąć', ['sleepless']],
    ['boli mnie głowa', ['in-pain']],
    ['myśli nie dają mi spokoju', ['wired']],
    ['nie jestem zmęczony', []],
    ['çok yorgunum', ['tired']],
    ['uyuyamıyorum', ['sleepless']],
    ['başım ağrıyor', ['in-pain']],
    ['kafam hiç durmuyor', ['wired']],
    ['yerimde duramıyorum', ['restless']],
    ['yorgun değilim', []],
    ['أنا متعب جدا', ['tired']],
    ['لا أستطيع النوم', ['sleepless']],
    ['رأسي يؤلمني', ['in-pain']],
    ['أفكاري لا تتوقف', ['wired']],
    ['لست متعبا', []],
    ['我睡不着', ['sleepless']],
    ['我头疼', ['in-pain']],
    ['我不累', []],
  ])('"%s"', (text, states) => {
    expect(readBodyState(text)).toEqual(states);
  });
});
