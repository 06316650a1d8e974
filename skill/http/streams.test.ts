import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkQuery, signQuery } from './signed-address.js';
import { parseRange } from './streams.js';

describe('byte ranges', () => {
  it.each([
    ['bytes=0-99', [0, 100]],
    ['bytes=0-', [0, 1000]],
    ['bytes=-10', [990, 1000]],
    ['bytes=-5000', [0, 1000]],
    ['bytes=999-', [999, 1000]],
    ['bytes=900-5000', [900, 1000]],
    ['bytes=1000-', 'unsatisfiable'],
    ['bytes=-0', 'unsatisfiable'],
    ['bytes=5-2', null],
    ['bytes=0-1,5-6', null],
    ['bytes=a-b', null],
    ['items=0-1', null],
    ['bytes=-', null],
  ])('%s of 1000 bytes', (header, expected) => {
    expect(parseRange(header, 1000)).toEqual(expected);
  });

  it('never leave the stream', () => {
    fc.assert(
      fc.property(fc.nat(5000), fc.option(fc.nat(5000)), fc.integer({ min: 1, max: 2000 }), (from, to, length) => {
        const range = parseRange(`bytes=${from}-${to ?? ''}`, length);
        if (Array.isArray(range)) {
          expect(range[0]).toBeGreaterThanOrEqual(0);
          expect(range[1]).toBeLessThanOrEqual(length);
          expect(range[0]).toBeLessThan(range[1]);
        }
      }),
    );
  });
});

describe('signed addresses', () => {
  const key = randomBytes(32);
  const query = (text: string) => Object.fromEntries(new URLSearchParams(text));
  const good = query(signQuery(key, 'session-1', 2, 10_000));

  it('let their own session in until they expire', () => {
    expect(checkQuery(key, 'session-1', 'session', good, 9_000)).toBe(true);
    expect(checkQuery(key, 'session-1', 'session', good, 10_001)).toBe(false);
  });

  it.each([
    ['another session', 'session-2', good],
    ['another revision', 'session-1', { ...good, rev: '3' }],
    ['a later expiry', 'session-1', { ...good, exp: '99999999' }],
    [
      'an altered signature',
      'session-1',
      { ...good, sig: `${String(good.sig).startsWith('A') ? 'B' : 'A'}${String(good.sig).slice(1)}` },
    ],
    ['a short signature', 'session-1', { ...good, sig: 'abc' }],
    ['nothing', 'session-1', {}],
    ['arrays', 'session-1', { rev: ['2'], exp: ['10'], sig: ['x'] }],
    ['another key', 'session-1', query(signQuery(randomBytes(32), 'session-1', 2, 10_000))],
  ])('keep out %s', (_, id, given) => {
    expect(checkQuery(key, id, 'session', given, 1_000)).toBe(false);
  });

  it('of a stage open that stage, and nothing else of the session', () => {
    const stage = query(signQuery(key, 'session-1', 2, 10_000, 'match'));
    expect(checkQuery(key, 'session-1', 'match', stage, 1_000)).toBe(true);
    for (const other of ['guide', 'target', 'session'] as const)
      expect(checkQuery(key, 'session-1', other, stage, 1_000)).toBe(false);
    expect(checkQuery(key, 'session-1', 'session', { ...stage, for: undefined }, 1_000)).toBe(false);
    expect(checkQuery(key, 'session-1', 'guide', { ...stage, for: 'guide' }, 1_000)).toBe(false);
    expect(checkQuery(key, 'session-1', 'guide', good, 1_000)).toBe(true);
  });

  it('are open for two days at most, whatever they say', () => {
    const dayMs = 24 * 3600 * 1000;
    const far = query(signQuery(key, 'session-1', 2, 3 * dayMs));
    expect(checkQuery(key, 'session-1', 'session', far, 0)).toBe(false);
    expect(checkQuery(key, 'session-1', 'session', far, 2 * dayMs)).toBe(true);
  });

  it('of the key before go on opening while the next one signs', () => {
    const periodMs = 30 * 24 * 3600 * 1000;
    const nowMs = 700 * periodMs - 3600 * 1000;
    const before = query(signQuery(key, 's', 1, nowMs + 1800 * 1000));
    const after = query(signQuery(key, 's', 1, nowMs + 7200 * 1000));
    for (const each of [before, after]) expect(checkQuery(key, 's', 'session', each, nowMs)).toBe(true);
    // A signature of one period is worth nothing in another.
    expect(checkQuery(key, 's', 'session', { ...after, sig: before.sig }, nowMs)).toBe(false);
  });

  it('cannot be altered anywhere without being refused', () => {
    const text = signQuery(key, 'session-1', 2, 10_000, 'guide');
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.constantFrom(...'0Aaz9_-&=%'), (at, letter) => {
        const altered = text.slice(0, at) + letter + text.slice(at + 1);
        fc.pre(altered !== text);
        expect(checkQuery(key, 'session-1', 'guide', query(altered), 1_000)).toBe(false);
      }),
    );
  });
});
