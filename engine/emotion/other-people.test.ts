import { describe, expect, it } from 'vitest';
import { happeningsIn, notMine, ofOneself, ofSomebodyElse, worriesAbout } from './other-people.js';

describe('whose feeling it is', () => {
  it.each([
    ['the neighbours are furious', true],
    ['my little sister is sad', true],
    ['my sister is sad and so am I', false],
    ['so sad tonight', false],
  ])('somebody else: %s', (text, other) => expect(ofSomebodyElse(text)).toBe(other));

  it('finds the speaker in eleven languages', () => {
    const own = [
      'I cry',
      'ich weine',
      'je pleure',
      'yo lloro',
      'io piango',
      'eu choro',
      'я плачу',
      'मैं रो रही हूँ',
      '我哭',
      '私は泣く',
      '나는 울어',
    ];
    expect(own.filter((text) => !ofOneself(text))).toEqual([]);
  });

  it.each([
    ["My cousin is scared of dogs, I'm not", true],
    ["she's nervous, I feel fine", true],
    ['he was raging, I stayed calm', true],
    ["she is sad and I'm not happy either", false],
    ["I'm scared of dogs", false],
  ])('denied for oneself: %s', (text, denied) => expect(notMine(text)).toBe(denied));

  it.each([
    ["I'm worried about my mother", true],
    ["I can't stop worrying", true],
    ['ich mache mir Sorgen um Oma', true],
    ['estoy preocupada por mi hermano', true],
    ['take care of my mother', false],
    ["I'm nervous about the exam", false],
  ])('worry for somebody: %s', (text, worried) => expect(worriesAbout(text)).toBe(worried));
});

describe('what befalls people', () => {
  it.each([
    ['my daughter passed her driving test', 'joy'],
    ['my brother got engaged', 'joy'],
    ['my dad is in hospital', 'nervousness'],
    ['they made fun of me at lunch', 'sadness'],
    ['he lied to me again', 'sadness'],
    ['my brother never calls me', 'annoyance'],
    ['she brought me breakfast in bed', 'gratitude'],
    ['how thoughtful of them', 'gratitude'],
  ])('%s', (text, label) => expect(happeningsIn(text).map(({ labels }) => labels[0])).toContain(label));

  it.each([
    'the train passed my house',
    'most of my friends who got married left',
    'I laughed at the film',
    'she brought the car back',
    'set an alarm for six',
  ])('nothing that is felt: %s', (text) => expect(happeningsIn(text)).toEqual([]));

  it('is never sure: what happened is not what is felt', () => {
    for (const text of ['my son won', 'they ignored me', 'she helped me'])
      for (const { weight } of happeningsIn(text)) expect(weight).toBeLessThanOrEqual(0.6);
  });
});
