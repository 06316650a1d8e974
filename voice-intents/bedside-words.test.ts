import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calledWith, nameOf } from './called.js';
import { LOCALES } from './intents.js';
import { matchSentence } from './matcher.js';
import { LANGUAGES, sentencesFor } from './sentences.js';
import { volumeWish, volumeWords } from './volume-words.js';

describe('the speaker is called by its name', () => {
  it.each([
    ['Quiet Bedside.', ''],
    ['Hey, quiet bedside!', ''],
    ['Quite bed side, I can’t sleep', "i can't sleep"],
    ['quiet bedside stop', 'stop'],
  ])('however a recogniser writes it: "%s"', (said, rest) => {
    expect(calledWith('en-US', said)).toBe(rest);
  });

  it.each(['I like the quiet', 'bedside', 'It was quiet at the bedside', '', 'stop'])(
    'and by nothing else: "%s"',
    (said) => {
      expect(calledWith('en-US', said)).toBeNull();
    },
  );

  it.each(LOCALES)('in every language, alone and before a sentence (%s)', (locale) => {
    const { invocationName, intents, language } = sentencesFor(locale);
    expect(calledWith(locale, nameOf(locale))).toBe('');
    const sentence = intents.StayIntent[0]!;
    const said = language === 'ja' ? invocationName + sentence : `${invocationName}, ${sentence}`;
    expect(matchSentence(locale, calledWith(locale, said) ?? '')?.intent).toBe('StayIntent');
  });

  it('never throws, whatever is said', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), fc.constantFrom(...LOCALES), (said, locale) => {
        const rest = calledWith(locale, said);
        expect(rest === null || rest.length <= said.length * 4).toBe(true);
      }),
    );
  });
});

describe('the volume', () => {
  it.each(LANGUAGES.map((language) => [language]))('is turned by words of every language (%s)', (language) => {
    const locale = LOCALES.find((each) => each.startsWith(language))!;
    for (const wish of ['softer', 'louder'] as const)
      for (const words of volumeWords(language)[wish]) {
        expect([words, volumeWish(locale, `${words}.`)]).toEqual([words, wish]);
        // A word of the platform or of ours keeps its meaning.
        expect([words, matchSentence(locale, words)?.confidence ?? 0]).toEqual([
          words,
          expect.toSatisfy((sure) => sure < 0.9),
        ]);
      }
  });

  it('stays as it is where the sentence says something else', () => {
    expect(volumeWish('en-US', 'softer music')).toBeNull();
    expect(volumeWish('en-US', 'I feel too loud')).toBeNull();
    expect(volumeWish('en-US', '')).toBeNull();
  });
});
