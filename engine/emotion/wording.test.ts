import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EMOTION_LABELS, type EmotionLabel } from '../vocabulary.js';
import { intensityAs, reworded, wordingOf } from './wording.js';

const row = (felt: Partial<Record<EmotionLabel, number>>) => EMOTION_LABELS.map((label) => felt[label] ?? 0.01);
const of = (p: number[], label: EmotionLabel) => p[EMOTION_LABELS.indexOf(label)]!;
const plain = wordingOf('I feel sad');

describe('the way of saying', () => {
  it.each([
    ['the day was fine but now I cry', 'now I cry'],
    ['Der Abend war schön, aber ich bin traurig', 'ich bin traurig'],
    ['la fiesta fue bonita pero yo me siento sola', 'yo me siento sola'],
    ['I thought it went well and then he left', 'he left'],
    ['Всё хорошо, но мне страшно', 'мне страшно'],
    ['今天很开心但是现在很难过', '现在很难过'],
    ['the trailer looks great but the second half of that film was a real mess', null],
    ['I feel sad', null],
    ['But I feel sad', null],
    ['not only tired but also sad', null],
  ])('turns: %s', (text, turn) => expect(wordingOf(text).turn).toBe(turn));

  it('knows a hedge and a stress', () => {
    expect(wordingOf('a bit nervous').hedged).toBe(true);
    expect(wordingOf('ein bisschen traurig').hedged).toBe(true);
    expect(wordingOf('absolutely terrified').stressed).toBe(true);
    expect(wordingOf('how kind of her').hedged).toBe(false);
    expect(plain).toEqual({
      turn: null,
      turnKind: null,
      turnAt: null,
      hedged: false,
      stressed: false,
      ofOneself: true,
      ofSomebodyElse: false,
      notMine: false,
      worried: false,
      denied: null,
      missing: null,
      idioms: [],
      happenings: [],
    });
  });

  it.each([
    ['nothing makes me happy any more', 'good'],
    ['ich bin nicht froh darüber', 'good'],
    ["I don't feel afraid tonight", 'bad'],
    ['ich bin nicht mehr traurig', 'bad'],
    ["je n'ai plus peur", 'bad'],
    ['ya no estoy triste', 'bad'],
    ['non sono più arrabbiato', 'bad'],
    ['não estou preocupado', 'bad'],
    ['я больше не боюсь', 'bad'],
    ['je ne suis pas heureuse', 'good'],
    ["it doesn't feel like home", 'good'],
    ['I stopped being scared of it', 'bad'],
    ["I couldn't be happier", null],
    ["I can't wait to laugh with her", null],
    ['never been so proud', null],
    ['I am happy', null],
  ])('hears what is denied: %s', (text, denied) => expect(wordingOf(text).denied).toBe(denied));

  it('tells the feeling of somebody else from one that the speaker shares', () => {
    expect(wordingOf('the children next door are excited').ofSomebodyElse).toBe(true);
    expect(wordingOf('my brother is furious').ofSomebodyElse).toBe(true);
    expect(wordingOf('my brother is furious and I am scared').ofSomebodyElse).toBe(false);
  });

  it('lets what follows a turn count again, where something is felt there', () => {
    const wording = wordingOf('lovely party but I feel empty');
    const mixed = reworded(row({ joy: 0.5, sadness: 0.4 }), wording, row({ sadness: 0.9 }));
    expect(of(mixed, 'sadness')).toBeGreaterThan(of(mixed, 'joy'));
    const tired = reworded(row({ joy: 0.8 }), wording, row({ neutral: 0.9 }));
    expect(of(tired, 'joy')).toBeCloseTo(0.8);
  });

  it('takes away what ought to be felt before the turn counts', () => {
    const wording = wordingOf("I should be happy, but I'm not");
    const after = reworded(row({ joy: 0.8, sadness: 0.2 }), wording, row({ neutral: 0.9 }));
    expect(of(after, 'sadness')).toBeGreaterThan(of(after, 'joy'));
  });

  it('hears care that is worry as worry, and leaves other care alone', () => {
    const caring = row({ caring: 0.7 });
    const worried = reworded(caring, wordingOf("I'm worried sick about my son"), null);
    expect(of(worried, 'nervousness')).toBeGreaterThan(of(worried, 'caring'));
    expect(of(reworded(caring, wordingOf('I sat with my son'), null), 'caring')).toBeCloseTo(0.7);
  });

  it('leaves plain sentences exactly as the model read them', () => {
    const p = row({ sadness: 0.7, joy: 0.2, neutral: 0.3 });
    for (const text of ['I feel sad', 'Set a timer for half an hour', 'Ich bin traurig', 'Me siento sola esta noche'])
      expect(reworded(p, wordingOf(text), null)).toEqual(p);
  });

  it('weakens by a hedge, strengthens by a stress, and never leaves 0 to 1', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 28, maxLength: 28 }),
        fc.string(),
        (p, text) => {
          const wording = wordingOf(text);
          for (const value of reworded(p, wording, p)) {
            expect(value).toBeGreaterThanOrEqual(0);
            expect(value).toBeLessThanOrEqual(1);
          }
          const here = Math.max(...p);
          expect(intensityAs(here, { ...wording, hedged: true, stressed: false })).toBeLessThanOrEqual(here);
          expect(intensityAs(here, { ...wording, hedged: false, stressed: true })).toBeGreaterThanOrEqual(here);
        },
      ),
    );
  });
});
