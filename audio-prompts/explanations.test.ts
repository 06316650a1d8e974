import { describe, expect, it } from 'vitest';
import { type ExplainedFact, explainedIn } from './explanations.js';
import { LANGUAGES, wordsOf } from './prompts.js';
import { BODY_STATE_WORDS, FEELING_WORDS, INTENTION_WORDS, MUSIC_WORDS } from './words.js';

const LOCALES = Object.keys(LANGUAGES);
const MOST_LETTERS = 240;
const FEATURES = [
  'tempo',
  'onsetRate',
  'mode',
  'loudness',
  'articulation',
  'brightness',
  'density',
  'register',
  'consonance',
  'pulseClarity',
];
const fact = (wish: ExplainedFact, locale: string): string => explainedIn({ facts: [wish], reasons: [] }, locale)[0]!;
const reason = (from: string, to: string, direction: 'low' | 'high', locale: string) =>
  explainedIn({ facts: [], reasons: [{ path: { from, to, direction, confidence: 'tradition' } }] }, locale)[0]!;

function whole(sentence: string, locale: string): void {
  expect(sentence, locale).toMatch(/[.。।]$/);
  expect(sentence, locale).not.toMatch(/[{}]|undefined|\s{2}|[.,;:] ?[.,;:]|\( ?\)/);
  expect(sentence.length, sentence).toBeLessThanOrEqual(MOST_LETTERS);
  expect(sentence.charAt(0)).toBe(sentence.charAt(0).toLocaleUpperCase(locale));
  if (['ja', 'hi', 'ar', 'zh'].includes(locale)) expect(sentence, locale).not.toMatch(/[a-z]{3}/i);
}

describe.each(LOCALES)('"why this music?" in %s', (locale) => {
  it('says every feeling, alone and with another', () => {
    for (const feeling of FEELING_WORDS)
      for (const key of ['begins-close', 'calm-at-once', 'compromise', 'stronger', 'gentler'] as const) {
        const said = fact({ key, feelings: [feeling, 'joy'], music: ['slow', 'minor'] }, locale);
        whole(said, locale);
        if (key !== 'gentler')
          expect(said.toLocaleLowerCase()).toContain(wordsOf(locale).feelings[feeling].toLocaleLowerCase());
      }
  });

  it('says every state of the body, every intention and every word for music', () => {
    for (const state of BODY_STATE_WORDS) whole(fact({ key: 'body', bodyStates: [state] }, locale), locale);
    for (const intention of INTENTION_WORDS) {
      whole(fact({ key: 'leads', intention }, locale), locale);
      whole(fact({ key: 'leads', intention, music: ['slow', 'soft', 'flowing'] }, locale), locale);
    }
    for (const word of MUSIC_WORDS)
      expect(fact({ key: 'leads', intention: 'focus', music: [word] }, locale)).toContain(wordsOf(locale).music[word]);
  });

  it('says the rest', () => {
    for (const key of ['no-feeling', 'open-ended', 'nearer', 'taste', 'honest'] as const)
      whole(fact({ key }, locale), locale);
    for (const stage of ['match', 'guide', 'target'] as const)
      whole(fact({ key: 'nearest-match', stage }, locale), locale);
  });

  it('gives reasons for every start and every feature, low and high, each in words of its own', () => {
    const said = new Set<string>();
    for (const from of [...FEELING_WORDS, ...BODY_STATE_WORDS, 'valence'])
      for (const to of FEATURES)
        for (const direction of ['low', 'high'] as const) {
          const sentence = reason(from, to, direction, locale);
          whole(sentence, locale);
          said.add(sentence);
        }
    expect(said.size).toBeGreaterThanOrEqual(30 * FEATURES.length * 2);
  });

  it('is not left in English', () => {
    if (locale === 'en') return;
    for (const key of ['no-feeling', 'open-ended', 'nearer', 'taste', 'honest', 'gentler'] as const)
      expect(fact({ key }, locale)).not.toBe(fact({ key }, 'en'));
  });
});

describe('grammar', () => {
  it('puts feelings that bring an article only where that article may stand', () => {
    const both = { feelings: ['realization', 'neutral'] as const };
    // "zwischen" and "von" would ask for "einer".
    for (const key of ['begins-close', 'calm-at-once', 'compromise', 'stronger'] as const)
      expect(fact({ key, ...both }, 'de')).not.toMatch(/(zwischen|von|mit|zu) eine /i);
    for (const key of ['begins-close', 'calm-at-once', 'compromise', 'stronger'] as const)
      expect(fact({ key, feelings: ['sadness', 'joy'] }, 'fr')).not.toMatch(/(entre|de|avec|à) (de la|du) /);
  });

  it('uses no words of English function in the other languages that are written in Latin letters', () => {
    const keys = [
      'no-feeling',
      'begins-close',
      'body',
      'leads',
      'nearer',
      'nearest-match',
      'one-piece',
      'taste',
      'honest',
    ] as const;
    const fields = { feelings: ['fear'], bodyStates: ['wired'], intention: 'grieve', stage: 'match' } as const;
    // "of" is Dutch too.
    for (const locale of ['de', 'fr', 'es', 'it', 'pt', 'nl', 'pl', 'tr'])
      for (const key of keys)
        expect(fact({ key, ...fields }, locale).replace(locale === 'nl' ? /\bof\b/g : '', '')).not.toMatch(
          /\b(the|and|of|with|your|that|music|step|this|begins)\b/i,
        );
  });
});

describe('the order', () => {
  it('is facts, at most two reasons, and last how sure anyone can be', () => {
    const path = (to: string) => ({
      path: { from: 'sadness', to, direction: 'low', confidence: 'fairly-sure' } as const,
    });
    const said = explainedIn(
      {
        facts: [{ key: 'begins-close', feelings: ['sadness'] }, { key: 'honest' }],
        reasons: [{}, path('tempo'), path('mode'), path('loudness')],
      },
      'en-GB',
    );
    expect(said).toEqual([
      'I heard sadness, so the music begins close to that.',
      'With sadness goes music that is slow; as far as research can say, this is fairly sure.',
      'With sadness goes music that is minor; as far as research can say, this is fairly sure.',
      'How much this helps differs from person to person; research is promising and mixed.',
    ]);
  });

  it('falls back to the language, and then to English', () => {
    expect(fact({ key: 'open-ended' }, 'de-AT')).toBe(fact({ key: 'open-ended' }, 'de'));
    expect(fact({ key: 'open-ended' }, 'xx-XX')).toBe(fact({ key: 'open-ended' }, 'en'));
  });
});
