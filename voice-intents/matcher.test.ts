import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { durationFrom } from './durations.js';
import { BUILT_IN_INTENTS, LOCALES, OUR_INTENTS } from './intents.js';
import { matchSentence } from './matcher.js';
import { numberFrom } from './numbers.js';
import { LANGUAGES } from './sentences.js';
import { timeFrom } from './times.js';

const anyLocale = fc.constantFrom(...LOCALES);

describe('the matcher', () => {
  it('answers null to what belongs to no intent, and to nothing at all', () => {
    expect(matchSentence('en-US', 'what is the capital of france')).toBeNull();
    expect(matchSentence('de-DE', '   ')).toBeNull();
    expect(matchSentence('ja-JP', '?!')).toBeNull();
  });

  it('passes on unlisted words without an id, so that nothing said is lost', () => {
    const matched = matchSentence('en-US', 'help me disappear');
    expect(matched).toEqual({
      intent: 'IntentionIntent',
      slots: { intention: { said: 'disappear' } },
      confidence: 0.4,
    });
  });

  it('lets the longest carrier win', () => {
    expect(matchSentence('en-US', 'i feel so alone tonight')?.slots.feeling?.said).toBe('alone tonight');
  });

  it('keeps the three intents with a length apart', () => {
    const intentOf = (said: string) => matchSentence('en-US', said)?.intent;
    expect(intentOf('ten minutes')).toBe('LengthIntent');
    expect(intentOf('ten minutes more')).toBe('MoreTimeIntent');
    expect(intentOf('stop in ten minutes')).toBe('StopInIntent');
  });

  it.each([
    ['en-US', "I don't want to live", "don't want to live"],
    ['en-US', 'I want to kill myself', 'want to kill myself'],
    ['de-DE', 'Ich will sterben', 'will sterben'],
    ['fr-FR', 'Je ne veux plus vivre', 'ne veux plus vivre'],
    ['fr-FR', 'Je veux mourir', 'veux mourir'],
    ['es-ES', 'No quiero vivir', 'no quiero vivir'],
    ['es-US', 'Ya no quiero vivir', 'no quiero vivir'],
    ['it-IT', 'Non voglio più vivere', 'non voglio più vivere'],
    ['pt-BR', 'Eu quero morrer', 'quero morrer'],
    ['ja-JP', '死にたい', '死にたい'],
    ['hi-IN', 'मैं मरना चाहती हूँ', 'मरना चाहती'],
  ] as const)('hands over the words of a crisis whole: %s, %s', (locale, said, words) => {
    const slots = Object.values(matchSentence(locale, said)?.slots ?? {});
    expect(slots.map((slot) => slot.said)).toEqual([expect.stringContaining(words)]);
  });

  it('takes fillers away at the front, and at the end only what asks nicely', () => {
    expect(matchSentence('en-US', "Well, I'm not doing so well, please")?.slots.feeling?.said).toBe(
      'not doing so well',
    );
  });

  it('is not moved by case, punctuation or fillers', () => {
    expect(matchSentence('en-US', 'Um, WHY this music?!')?.intent).toBe('WhyIntent');
    expect(matchSentence('en-US', 'I can’t sleep.')?.intent).toBe('SleeplessIntent');
  });

  it('never fails and always says the same, whatever is said', () => {
    fc.assert(
      fc.property(anyLocale, fc.string({ unit: 'grapheme', maxLength: 60 }), (locale, said) => {
        const first = matchSentence(locale, said);
        expect(matchSentence(locale, said)).toEqual(first);
        if (first) expect([...BUILT_IN_INTENTS, ...Object.keys(OUR_INTENTS)]).toContain(first.intent);
      }),
    );
  });

  it('reads the numbers from one to sixty and the ratings as words in every language', () => {
    const words: Record<(typeof LANGUAGES)[number], [string, string, string]> = {
      en: ['five', 'twenty one', 'sixty'],
      de: ['fünf', 'einundzwanzig', 'sechzig'],
      fr: ['cinq', 'vingt et un', 'soixante'],
      es: ['cinco', 'veintiuno', 'sesenta'],
      it: ['cinque', 'ventuno', 'sessanta'],
      pt: ['cinco', 'vinte e um', 'sessenta'],
      ja: ['五', '二十一', '六十'],
      hi: ['पाँच', 'इक्कीस', 'साठ'],
    };
    for (const language of LANGUAGES) {
      expect(words[language].map((word) => numberFrom(language, word))).toEqual([5, 21, 60]);
    }
  });

  it('reads lengths of several parts, and refuses what is no length', () => {
    expect(durationFrom('en', 'an hour and ten minutes')).toBe('PT1H10M');
    expect(durationFrom('de', 'anderthalb stunden')).toBe('PT1H30M');
    expect(durationFrom('es', 'dos horas y media')).toBe('PT2H30M');
    expect(durationFrom('ja', '一時間三十分')).toBe('PT1H30M');
    expect(durationFrom('en', '90 minutes')).toBe('PT90M');
    expect(durationFrom('en', 'ten')).toBeNull();
    expect(durationFrom('en', 'ten minutes ten minutes')).toBeNull();
    expect(durationFrom('en', '')).toBeNull();
  });
});

describe('a page of words, or one word without an end', () => {
  // Each of these kept the whole server for five seconds and more, for everybody.
  it.each(['a', '1', 'at ', 'not ', "I'm ", 'one ', 'half past ', 'ええと'])(
    'of %j is no command, and is looked at once',
    (unit) => {
      const text = unit.repeat(100_000 / unit.length);
      for (const locale of ['en-US', 'de-DE', 'ja-JP'] as const)
        expect(matchSentence(locale, text)?.slots.time?.value ?? null).toBeNull();
      for (const language of ['en', 'de', 'ja'] as const) expect(timeFrom(language, text)).toBeNull();
    },
  );
});
