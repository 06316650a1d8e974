/** Times of day in every language, and nothing else taken for one. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LANGUAGES } from './sentences.js';
import { timeFrom } from './times.js';

describe('times of day', () => {
  it.each([
    ['en', '7', '07:00'],
    ['en', '7:30', '07:30'],
    ['en', "seven o'clock", '07:00'],
    ['en', 'half past six', '06:30'],
    ['en', 'six forty five in the evening', '18:45'],
    ['en', '12 am', '00:00'],
    ['en', '9:05 p.m.', '21:05'],
    ['de', '7 Uhr', '07:00'],
    ['de', 'halb acht', '07:30'],
    ['de', 'sieben Uhr dreißig', '07:30'],
    ['de', 'sechs Uhr morgens', '06:00'],
    ['fr', '7 heures', '07:00'],
    ['fr', 'six heures et demie', '06:30'],
    ['es', 'las siete y media', '07:30'],
    ['es', 'las ocho de la tarde', '20:00'],
    ['it', 'le sette e mezza', '07:30'],
    ['it', 'le 6', '06:00'],
    ['pt', 'as seis e meia', '06:30'],
    ['pt', '7 horas', '07:00'],
    ['ja', '7時', '07:00'],
    ['ja', '朝の6時半', '06:30'],
    ['ja', '午後9時15分', '21:15'],
    ['hi', 'सात', '07:00'],
    ['hi', 'सुबह 6 बजे', '06:00'],
  ] as const)('%s: %s is %s', (language, said, time) => {
    expect(timeFrom(language, said)).toBe(time);
  });

  it.each(['25', '7:75', 'soon', 'half', '', 'seven eight nine', 'half past seven thirty'])('%s is none', (said) => {
    expect(timeFrom('en', said)).toBeNull();
  });

  it('is a time that a clock shows, or nothing, whatever is said', () => {
    fc.assert(
      fc.property(fc.constantFrom(...LANGUAGES), fc.string({ maxLength: 20 }), (language, said) => {
        expect(timeFrom(language, said) ?? '00:00').toMatch(/^([01]\d|2[0-3]):[0-5]\d$/);
      }),
      { numRuns: 500 },
    );
  });
});
