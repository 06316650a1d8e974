import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EMOTION_LABELS, type EmotionLabel } from '../vocabulary.js';
import { IDIOMS, idiomsIn, MOST_WEIGHT, withIdioms, wordsOf } from './idioms.js';

const row = (felt: Partial<Record<EmotionLabel, number>>) => EMOTION_LABELS.map((label) => felt[label] ?? 0.01);
const of = (p: readonly number[], label: EmotionLabel) => p[EMOTION_LABELS.indexOf(label)]!;
const meant = (text: string) => idiomsIn(text).map(({ labels }) => labels[0]);

const patterns = Object.entries(IDIOMS).flatMap(([language, groups]) =>
  groups.flatMap(({ said, ...group }) => said.split('|').map((text) => ({ language, text: text.trim(), ...group }))),
);
/** A sentence that the pattern should be found in: the first of each choice, endings and gaps filled. */
const example = (pattern: string) =>
  pattern
    .split(/\s+/)
    .filter((part) => part !== '…')
    .map((part) => (part === '~' ? 'my' : part === '_' ? 'anna' : part.split('/')[0]!.replace('*', 'en')))
    .join(' ');

describe('the lexicon', () => {
  it('is wide: 350 idioms or more in English, 80 in each of five other languages', () => {
    for (const language of ['en', 'de', 'fr', 'es', 'it', 'pt']) {
      const count = patterns.filter((each) => each.language === language).length;
      expect(count, language).toBeGreaterThanOrEqual(language === 'en' ? 350 : 80);
    }
  });

  it('holds no idiom twice with different meanings, none without a whole word, and no weight that is too sure', () => {
    const seen = new Map<string, string>();
    for (const { language, text, labels, weight } of patterns) {
      expect(labels.length, text).toBeGreaterThan(0);
      expect(weight, text).toBeGreaterThan(0);
      expect(weight, text).toBeLessThanOrEqual(MOST_WEIGHT);
      expect(text, language).not.toBe('');
      const key = `${language}: ${text}`;
      expect(seen.get(key) ?? labels[0], key).toBe(labels[0]);
      seen.set(key, labels[0]!);
    }
  });

  it('finds each of its idioms with the meaning that it gives', () => {
    const lost = patterns.filter(({ text, labels }) => !meant(`so ${example(text)} tonight`).includes(labels[0]!));
    expect(lost.map(({ language, text }) => `${language}: ${text}`)).toEqual([]);
  });
});

describe('idioms in a text', () => {
  it.each<[string, EmotionLabel]>([
    ["I'm over the moon", 'joy'],
    ['im over the moon', 'joy'],
    ['IM OVER THE MOON', 'joy'],
    ['it gets really so on my nerves', 'annoyance'],
    ['that was such a load off my mind', 'relief'],
    ['I’m at the end of my rope', 'nervousness'],
    ['ich habe die Nase voll', 'annoyance'],
    ['mir ist ein Stein vom Herzen gefallen', 'relief'],
    ["j'ai le cœur brisé", 'sadness'],
    ['estoy hasta las narices de todo', 'annoyance'],
    ['ho avuto una fifa blu', 'fear'],
    ['to com o coracao partido', 'sadness'],
  ])('are heard: %s', (text, label) => expect(meant(text)).toContain(label));

  it.each([
    "I'm not exactly over the moon",
    'nobody was over the moon',
    'ich bin nicht im siebten Himmel',
    'the rocket flew over a moon of Saturn',
    'there are butterflies on my balcony',
    'turn the volume down',
    'my back hurts',
    'play the sea again',
  ])('are not heard: %s', (text) => expect(meant(text)).toEqual([]));

  it('hears "no" as an answer, not as a denial', () => {
    expect(meant("no I'm over the moon")).toContain('joy');
  });

  it('writes English contractions out', () => {
    expect(wordsOf("I can't, it's late and you've won")).toEqual('i can not it is late and you have won'.split(' '));
  });
});

describe('what an idiom does', () => {
  const over = idiomsIn("I'm over the moon");

  it('raises its meaning, and lowers what was misread from its words', () => {
    const after = withIdioms(row({ nervousness: 0.62, neutral: 0.5 }), over, null, true);
    expect(of(after, 'joy')).toBeGreaterThanOrEqual(0.8);
    expect(of(after, 'nervousness')).toBeCloseTo(0.62 * (1 - 0.8 * 0.6));
    expect(of(after, 'neutral')).toBeLessThan(0.5);
  });

  it('never lowers what it means, nor raises what it does not', () => {
    const sure = row({ joy: 0.99, sadness: 0.3 });
    const after = withIdioms(sure, over, null, true);
    expect(of(after, 'joy')).toBe(0.99);
    for (const label of EMOTION_LABELS)
      if (!over.some(({ labels }) => labels.includes(label)))
        expect(of(after, label)).toBeLessThanOrEqual(of(sure, label));
  });

  it('does less before a turn, in a long text, and where the speaker is not in it', () => {
    const joy = (text: string, turnAt: number | null, own: boolean) =>
      of(withIdioms(row({}), idiomsIn(text), turnAt, own), 'joy');
    const whole = joy("I'm over the moon", null, true);
    expect(joy("I'm over the moon but now it is quiet", 6, true)).toBeLessThan(whole);
    expect(joy(`I'm over the moon ${'and so on '.repeat(20)}`, null, true)).toBeLessThan(whole);
    expect(joy("I'm over the moon", null, false)).toBeLessThan(whole);
  });

  it('keeps every probability within 0 and 1, whatever is said', () => {
    const idiom = fc.constantFrom(...patterns.map(({ text }) => example(text)));
    const said = fc.array(fc.oneof(idiom, fc.string()), { maxLength: 5 }).map((parts) => parts.join(' '));
    const p = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 28, maxLength: 28 });
    fc.assert(
      fc.property(said, p, fc.option(fc.nat(20)), fc.boolean(), (text, before, turnAt, own) => {
        const found = idiomsIn(text);
        for (const { share } of found) expect(share).toBeGreaterThan(0);
        for (const value of withIdioms(before, found, turnAt, own)) {
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});
