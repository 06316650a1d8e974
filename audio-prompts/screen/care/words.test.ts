import { describe, expect, it } from 'vitest';
import { CARE_LANGUAGES, careWords } from './words.js';

const fieldsOf = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([field]) => field).sort();

describe.each(Object.entries(CARE_LANGUAGES))('the console in %s', (language, words) => {
  const english = CARE_LANGUAGES.en;
  const all = (['page', 'script'] as const).flatMap((part) =>
    Object.entries(words[part]).map(
      ([key, text]) => [key, text, (english[part] as Record<string, string>)[key]!] as const,
    ),
  );

  it('says the same things, with every name, time and number that a sentence needs', () => {
    for (const part of ['page', 'script'] as const)
      expect(Object.keys(words[part])).toEqual(Object.keys(english[part]));
    for (const [key, text, original] of all) {
      expect([key, text.trim()]).toEqual([key, text]);
      expect(text).not.toBe('');
      expect([key, [...new Set(fieldsOf(text))]]).toEqual([key, [...new Set(fieldsOf(original))]]);
    }
  });

  it('is that language, and not English left over', () => {
    if (language === 'en') return;
    // A word or two may be the same in two languages; a sentence is not.
    const same = all.filter(
      ([, text, original]) => text === original && /[a-z]+ [a-z]+ [a-z]+/i.test(text.replace(/\{\w+\}/g, '')),
    );
    expect(same).toEqual([]);
  });
});

it('falls back to English for a language that is not spoken here', () => {
  expect(careWords('sw-KE').page.comeIn).toBe('come in');
  expect(careWords('pt_BR').page.comeIn).toBe('entrar');
});
