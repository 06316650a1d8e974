import { describe, expect, it } from 'vitest';
import { PROMPT_KEYS, PROMPTS, sayPrompt } from './prompts.js';

describe('what the speaker says', () => {
  it('misses no sentence in any language, with the same fields', () => {
    const fieldsOf = (sentence: string) => [...sentence.matchAll(/\{(\w+)\}/g)].map((m) => m[1]).sort();
    for (const [language, sentences] of Object.entries(PROMPTS)) {
      for (const key of PROMPT_KEYS) {
        expect(sentences[key]?.length, `${language} ${key}`).toBeGreaterThan(0);
        expect(fieldsOf(sentences[key][0]!), `${language} ${key}`).toEqual(fieldsOf(PROMPTS.en![key][0]!));
      }
    }
  });

  it('can be read within about eight seconds, but for the crisis sentence', () => {
    for (const sentences of Object.values(PROMPTS)) {
      for (const key of PROMPT_KEYS) {
        for (const sentence of sentences[key])
          if (key !== 'crisis') expect(sentence.split(' ').length, sentence).toBeLessThanOrEqual(22);
      }
    }
  });

  it('fills in its fields and falls back to English', () => {
    expect(sayPrompt('crisis', 'de-DE', { service: 'S', number: '1', emergency: '112' })).toMatch(
      /kann niemanden anrufen.*S, 1.*112/,
    );
    expect(sayPrompt('extended', 'xx', { minutes: '10' })).toBe('10 more minutes.');
    expect(sayPrompt('withYou', 'en-US', {}, 0)).not.toBe(sayPrompt('withYou', 'en-US', {}, 1));
  });
});
