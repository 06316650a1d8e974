import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { missingIn, SHARE, type TurnKind, turnIn, withTurn } from './contrast.js';

describe('where a sentence turns', () => {
  it.each<[string, string | null, TurnKind | null]>([
    ['it was fun but I am exhausted', 'I am exhausted', 'word'],
    ['it was fun but now I am sad', 'now I am sad', 'time'],
    ['usually I sleep well, tonight I lie awake', 'tonight I lie awake', 'time'],
    ['It began well and ended in tears', 'ended in tears', 'time'],
    ['ich war erst froh, jetzt bin ich traurig', 'jetzt bin ich traurig', 'time'],
    ["although she was kind, I'm afraid", "I'm afraid", 'word'],
    ['obwohl alle nett waren, fühle ich mich allein', 'fühle ich mich allein', 'word'],
    ['I feel proud of myself even though we lost', 'I feel proud of myself', 'word'],
    ['glad the move is done, still shaking', 'still shaking', 'both'],
    ['part of me is glad, part of me is terrified', 'part of me is glad', 'both'],
    ['I feel fine', null, null],
    ['still raining', null, null],
    ['not only sad but also tired', null, null],
  ])('%s', (text, to, kind) => {
    expect(turnIn(text)?.to ?? null).toBe(to);
    expect(turnIn(text)?.kind ?? null).toBe(kind);
  });

  it('turns to something that is said, of four characters or more, in any text', () => {
    const words = fc.constantFrom(
      'but',
      'now',
      'I',
      'am',
      'sad',
      ',',
      '.',
      'usually',
      'tonight',
      'although',
      'still',
      'aber',
      '但是',
      'half of me',
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 14 }), (parts) => {
        const text = parts.join(' ');
        const turn = turnIn(text);
        if (!turn) return;
        expect(text).toContain(turn.to);
        expect(turn.to.length).toBeGreaterThanOrEqual(4);
        expect(turn.at).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe('what ought to be felt', () => {
  it.each<[string, 'good' | 'bad' | null]>([
    ['I should be happy about it', 'good'],
    ["I'm supposed to be excited", 'good'],
    ['ich sollte mich freuen', 'good'],
    ['je devrais être fière', 'good'],
    ['I should be angry with him', 'bad'],
    ['I guess I should be proud, too!', null],
    ['I should be home by now', null],
    ['you should be happy', null],
  ])('%s', (text, missing) => expect(missingIn(text)).toBe(missing));
});

describe('what a turn does', () => {
  const whole = [0.8, 0.1, 0.2];
  const after = [0, 0.9, 0.1];

  it('mixes in what follows, more of it where time has passed', () => {
    expect(withTurn(whole, after, 'word')[1]).toBeCloseTo(0.1 * (1 - SHARE.word) + 0.9 * SHARE.word);
    expect(withTurn(whole, after, 'time')[1]).toBeGreaterThan(withTurn(whole, after, 'word')[1]!);
  });

  it('takes nothing from the one where both are felt', () => {
    const both = withTurn(whole, after, 'both');
    expect(both[0]).toBe(0.8);
    expect(both[1]).toBeGreaterThan(0.5);
  });

  it('leaves the whole alone where nothing is felt after a word', () => {
    expect(withTurn(whole, [0.1, 0.1, 0.8], 'word')).toEqual(whole);
  });

  it('never leaves 0 to 1', () => {
    const p = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 28, maxLength: 28 });
    fc.assert(
      fc.property(p, p, fc.constantFrom<TurnKind>('word', 'time', 'both'), (a, b, kind) => {
        for (const value of withTurn(a, b, kind)) expect(value >= 0 && value <= 1 + 1e-12).toBe(true);
      }),
    );
  });
});
