import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../models/paths.js';
import type { OurIntent } from './intents.js';
import { lintSentences } from './lint.js';
import { type LocaleSentences, mergeLocale, parseSentences, sentencesFor } from './sentences.js';

describe('the linter finds', () => {
  const broken = (change: (sentences: LocaleSentences) => void) => {
    const sentences = structuredClone(sentencesFor('en-US'));
    change(sentences);
    return lintSentences(sentences).map(({ rule }) => rule);
  };
  const withSample = (intent: OurIntent, sample: string) => broken(({ intents }) => void intents[intent].push(sample));

  it.each([
    ['a sentence in two intents, whatever its punctuation', 'WhyIntent', 'go-deeper', 'collision'],
    ['equal sentences with different slots that take the same words', 'EmotionIntent', 'i feel {emotion}', 'collision'],
    ['the same slot alone twice', 'EmotionIntent', '{emotion}', 'collision'],
    ['a sentence that a built-in intent takes', 'StayIntent', 'stop', 'collision'],
    ['an unknown slot', 'WhyIntent', 'why this {song}', 'slots'],
    ['the slot of another intent', 'WhyIntent', 'why this {emotion}', 'slots'],
    ['two slots in one sentence', 'FeelingIntent', 'my {feeling} and {feeling}', 'slots'],
    ['free words without carrier words', 'FeelingIntent', '{feeling}', 'carrier'],
    ['a carrier that takes the no away from the slot', 'FeelingIntent', "i don't want {feeling}", 'negation'],
    ['a digit', 'WhyIntent', 'why this music 2', 'characters'],
    ['a question mark', 'WhyIntent', 'but why?', 'characters'],
    ['letters of another script', 'WhyIntent', 'warum なぜ', 'characters'],
  ] as const)('%s', (_, intent, sample, rule) => {
    expect(withSample(intent, sample)).toContain(rule);
  });

  it('too few sentences for the feeling', () => {
    expect(broken(({ intents }) => void intents.FeelingIntent.splice(29))).toEqual(['count']);
  });

  it('a word with two meanings, and one that is too long', () => {
    expect(broken(({ types }) => void types.FEELING[0]!.synonyms.push('Sad'))).toEqual(['values']);
    expect(broken(({ types }) => void types.FEELING[0]!.synonyms.push('a'.repeat(141)))).toEqual(['values']);
  });

  it('an intention that the skill does not know', () => {
    expect(broken(({ types }) => void types.INTENTION.push({ value: 'fly', id: 'fly', synonyms: ['soar'] }))).toEqual([
      'ids',
    ]);
  });

  it.each([
    'bedside',
    'Quiet Bedside',
    'the bedside',
    'open bedside',
    'alexa bedside',
    'mood music',
    'bedside 2',
    'quiet-bed side',
  ])('the invocation name "%s"', (name) => {
    expect(broken((sentences) => Object.assign(sentences, { invocationName: name }))).toContain('invocation-name');
  });
});

describe('a sentences file that cannot be used', () => {
  const file = 'voice-intents/sentences/en.json';
  const content = () => JSON.parse(readFileSync(path.join(packageRoot(), file), 'utf8'));

  it('is refused with the file, the place, the fault and a remedy', () => {
    expect(() => parseSentences(file, '{')).toThrow(/en\.json, at the whole file: it is not JSON\. Look for/);
    const { WhyIntent, ...others } = content().intents;
    expect(WhyIntent).toBeDefined();
    const lacking = JSON.stringify({ ...content(), intents: others });
    expect(() => parseSentences(file, lacking)).toThrow(/en\.json, at intents > WhyIntent: .*sentences\.ts/);
  });

  it('is refused for a locale without an invocation name', () => {
    const parsed = parseSentences(file, JSON.stringify({ ...content(), invocationName: {} }));
    expect(() => mergeLocale(file, parsed, 'en-GB')).toThrow(/at invocationName: en-GB has no invocation name/);
  });
});
