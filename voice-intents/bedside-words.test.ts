import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BEDSIDE_LANGUAGES, BEDSIDE_WORDS, matchAtBedside } from './bedside-languages.js';
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

  it.each(BEDSIDE_LANGUAGES)('in a language of the page alone, too (%s)', (language) => {
    expect(calledWith(language, nameOf(language))).toBe('');
    const { name, says } = BEDSIDE_WORDS[language];
    const rest = calledWith(language, `${name}${language === 'zh' ? '' : ', '}${says.StayIntent![0]!}`);
    expect(matchAtBedside(language, rest ?? '')?.intent).toBe('StayIntent');
    expect(calledWith(language, says.StayIntent![0]!)).toBe(null);
  });

  it('never throws, whatever is said', () => {
    const anywhere = fc.constantFrom(...LOCALES, ...BEDSIDE_LANGUAGES);
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), anywhere, (said, locale) => {
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

describe.each(BEDSIDE_LANGUAGES)('what the page understands in %s', (language) => {
  const { says, softer, louder, numbers } = BEDSIDE_WORDS[language];
  const sentences = Object.entries(says).flatMap(([intent, said]) => said.map((each) => [intent, each] as const));

  it('is each of its sentences, in one meaning only', () => {
    const n = numbers[5]![0]!;
    for (const [intent, sentence] of sentences)
      for (const said of [sentence.replace('{n}', n), sentence.replace('{n}', '5')])
        expect([said, matchAtBedside(language, `${said}.`)?.intent]).toEqual([said, intent]);
    for (const words of [...softer, ...louder]) expect([words, matchAtBedside(language, words)]).toEqual([words, null]);
    for (const wish of ['softer', 'louder'] as const)
      for (const words of BEDSIDE_WORDS[language][wish])
        expect([words, volumeWish(language, words)]).toEqual([words, wish]);
  });

  it('is the same wherever a recogniser parts the words', () => {
    fc.assert(
      fc.property(fc.constantFrom(...sentences), fc.nat(), ([intent, sentence], n) => {
        const said = sentence.replace('{n}', numbers[10]![0]!).replaceAll(' ', '');
        const at = n % said.length;
        const parted = `${said.slice(0, at)} ${said.slice(at)}`;
        expect([parted, matchAtBedside(language, parted)?.intent]).toEqual([parted, intent]);
      }),
    );
  });

  it('is stop, pause, on, stay, deeper, why and more time, at least', () => {
    for (const intent of [
      'AMAZON.StopIntent',
      'AMAZON.PauseIntent',
      'AMAZON.ResumeIntent',
      'AMAZON.NextIntent',
      'AMAZON.NoIntent',
      'StayIntent',
      'DeeperIntent',
      'WhyIntent',
      'MoreTimeIntent',
      'StopInIntent',
      'RatingIntent',
    ] as const)
      expect([intent, says[intent]?.length ?? 0]).toEqual([intent, expect.toSatisfy((many) => many > 0)]);
  });

  it('counts minutes as they are said and as they are written', () => {
    const sentence = says.MoreTimeIntent![0]!;
    for (const said of [numbers[10]![0]!, '10'])
      expect(matchAtBedside(language, sentence.replace('{n}', said))?.slots.length?.value).toBe('PT10M');
    for (const said of ['0', '999', '1000', 'x'])
      expect(matchAtBedside(language, sentence.replace('{n}', said))).toBe(null);
  });
});

it('is the same with capitals, vowel marks and other digits', () => {
  expect(matchAtBedside('tr', 'İPTAL!')?.intent).toBe('AMAZON.CancelIntent');
  expect(matchAtBedside('ar', 'تَوَقَّفْ')?.intent).toBe('AMAZON.StopIntent');
  expect(matchAtBedside('ar', 'اعمق')?.intent).toBe('DeeperIntent');
  expect(matchAtBedside('ar', '١٠ دقائق أخرى')?.slots.length?.value).toBe('PT10M');
  expect(matchAtBedside('zh', '请停下来。')?.intent).toBe('AMAZON.StopIntent');
  expect(matchAtBedside('zh', '為什麼是這個音樂')?.intent).toBe('WhyIntent');
  expect(matchAtBedside('zh', '再來10分鐘')?.slots.length?.value).toBe('PT10M');
  expect(volumeWish('zh', '小聲一點')).toBe('softer');
});
