import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../prompts.js';
import { readPattern, scheduleName } from './schedule-name.js';

const named = (when: string, language = 'en-GB') => scheduleName({ when, zone: 'Europe/Berlin' }, language);

describe('a routine without a name', () => {
  it.each([
    ['30 21 * * 1-5', 'Mon–Fri 21:30'],
    ['30 21 * * 1,2,3,4,5', 'Mon–Fri 21:30'],
    ['0 9 * * 0,6', 'Sat, Sun 09:00'],
    ['5 7 * * *', 'Mon–Sun 07:05'],
    ['0 22 * * 1,3,4,5,0', 'Mon, Wed–Fri, Sun 22:00'],
    ['0 22 * * 1,7', 'Mon, Sun 22:00'],
    ['2026-12-24T19:00:00.000Z', 'Thu, 24 Dec, 20:00'],
  ])('%s is called %s', (when, name) => {
    // Between numbers and words some versions of the language data have another comma or space.
    expect(named(when).replaceAll(',', '')).toBe(name.replaceAll(',', ''));
  });

  it.each(['0 20 24 12 *', '*/5 * * * *', '0 20 * * 1#2', '1 2 3 4 5'])(
    '%s, which says more, is its own name',
    (when) => {
      expect(named(when)).toBe(when);
      expect(readPattern(when)).toBe(null);
    },
  );

  it('is called in every language of ours by that language’s own days, and nothing English', () => {
    for (const language of Object.keys(LANGUAGES).filter((each) => each !== 'en')) {
      const name = named('30 21 * * 1-5', language);
      expect([language, /Mon–|Fri\b|weekday/.test(name)]).toEqual([language, false]);
    }
    expect(named('30 21 * * 1-5', 'de')).toBe('Mo–Fr 21:30');
  });

  it('tells every day of its pattern, and no other', () => {
    const days = fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 1 });
    fc.assert(
      fc.property(days, (numbers) => {
        const order = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
        const told = named(`0 8 * * ${numbers.join(',')}`)
          .replace(/ \d.*$/, '')
          .split(', ')
          .flatMap((part) => {
            const [first, last = first] = part.split('–').map((name) => order.indexOf(name));
            return order.slice(first, last! + 1);
          });
        expect(new Set(told)).toEqual(new Set(numbers.map((number) => order[(number + 6) % 7])));
      }),
    );
  });
});
