import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextAfter, nextTimeOfDay, readWhen } from './schedule.js';

const NOW = Date.UTC(2026, 0, 15, 12);
const when = (said: string, zone = 'Europe/Berlin') => readWhen(said, zone, NOW);
const iso = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());
const next = (said: string, zone: string, after: string, times = 1): (string | null)[] => {
  const found: (string | null)[] = [];
  for (let at: number | null = Date.parse(after); found.length < times && at !== null; ) {
    at = nextAfter(when(said, zone), zone, at);
    found.push(iso(at));
  }
  return found;
};

describe('what people say', () => {
  it.each([
    ['weekdays 21:30', '30 21 * * 1-5'],
    ['Daily 7.05', '5 7 * * *'],
    ['every day 21:30', '30 21 * * *'],
    ['weekends 9:00', '0 9 * * 0,6'],
    ['weekday 21:30', '30 21 * * 1-5'],
    ['every weekend 9:00', '0 9 * * 0,6'],
    ['mon,wed 21:30', '30 21 * * 1,3'],
    ['Monday and Friday 9:30pm', '30 21 * * 1,5'],
    ['fri-mon 12:00am', '0 0 * * 0,1,5,6'],
    ['30 21 * * 1-5', '30 21 * * 1-5'],
  ])('%s is understood', (said, pattern) => {
    expect(when(said)).toEqual({ kind: 'repeats', pattern });
  });

  it('a date and a time come once, by the clocks of the zone', () => {
    expect(when('2026-12-24 20:00')).toEqual({ kind: 'once', atMs: Date.parse('2026-12-24T19:00:00Z') });
    expect(when('2026-12-24 20:00', 'Australia/Lord_Howe')).toEqual({
      kind: 'once',
      atMs: Date.parse('2026-12-24T09:00:00Z'),
    });
  });

  it.each([
    ['2027-03-28 02:30', 'Europe/Berlin', '2027-03-28T01:00:00Z'],
    ['2027-10-31 02:30', 'Europe/Berlin', '2027-10-31T00:30:00Z'],
    ['2027-01-01 00:00', 'Pacific/Kiritimati', '2026-12-31T10:00:00Z'],
    ['2027-01-01 23:59', 'Pacific/Pago_Pago', '2027-01-02T10:59:00Z'],
    ['2028-02-29 20:00', 'UTC', '2028-02-29T20:00:00Z'],
  ])('%s in %s comes by the same rules as what repeats', (said, zone, at) => {
    expect(when(said, zone)).toEqual({ kind: 'once', atMs: Date.parse(at) });
  });

  it.each([
    ['2026-02-31 20:00', 'There is no 2026-02-31.'],
    ['2026-13-01 20:00', 'There is no 2026-13-01.'],
    ['2026-01-01 20:00', 'That moment has passed.'],
    ['30 21 31 2 *', 'never comes'],
    ['30 21 31 4,6,9,11 *', 'never comes'],
    ['* * * * *', 'more than 6 times in 24 hours'],
    ['0 */3 24 12 *', 'more than 6 times in 24 hours'],
    ['61 21 * * *', 'cannot be read'],
    ['weekdays 25:00', 'no time of day'],
    ['weekdays 21:60', 'no time of day'],
    ['weekdays 13:00pm', 'no time of day'],
    ['someday 21:30', 'no day of the week'],
    ['21:30', 'days and a time'],
    ['', 'days and a time'],
    ['<script>alert(1)</script> 21:30', 'no day of the week'],
  ])('%s is refused and the reason named', (said, reason) => {
    expect(() => when(said)).toThrow(reason);
  });

  it('an unknown zone is refused', () => {
    expect(() => when('daily 21:30', 'Nowhere/Else')).toThrow('no such time zone');
  });

  it('29 February comes, in leap years', () => {
    expect(next('30 21 29 2 *', 'UTC', '2026-03-01T00:00:00Z', 2)).toEqual([
      '2028-02-29T21:30:00.000Z',
      '2032-02-29T21:30:00.000Z',
    ]);
  });

  it('whatever is typed is understood or refused in words, never worse', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ maxLength: 60 }), fc.stringMatching(/^[0-9*/, -]{1,20} [0-9*/,: -]{1,20}$/)),
        (said) => {
          try {
            when(said);
          } catch (error) {
            expect((error as { code?: string }).code).toBe('bad-input');
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});

/** The nights of 2026 in which clocks change, and an evening time on both sides of each. */
describe('summer time', () => {
  it.each([
    ['Europe/Berlin', '2026-03-28T12:00:00Z', ['2026-03-28T20:30', '2026-03-29T19:30', '2026-03-30T19:30']],
    ['Europe/Berlin', '2026-10-24T12:00:00Z', ['2026-10-24T19:30', '2026-10-25T20:30', '2026-10-26T20:30']],
    ['America/New_York', '2026-03-07T12:00:00Z', ['2026-03-08T02:30', '2026-03-09T01:30', '2026-03-10T01:30']],
    ['America/New_York', '2026-10-31T12:00:00Z', ['2026-11-01T01:30', '2026-11-02T02:30', '2026-11-03T02:30']],
    // Lord Howe Island moves its clocks by half an hour.
    ['Australia/Lord_Howe', '2026-04-04T00:00:00Z', ['2026-04-04T10:30', '2026-04-05T11:00', '2026-04-06T11:00']],
    ['Australia/Lord_Howe', '2026-10-03T00:00:00Z', ['2026-10-03T11:00', '2026-10-04T10:30', '2026-10-05T10:30']],
    // No summer time, and a quarter of an hour off.
    ['Asia/Kathmandu', '2026-03-28T12:00:00Z', ['2026-03-28T15:45', '2026-03-29T15:45', '2026-03-30T15:45']],
  ])('21:30 stays 21:30 in %s after %s', (zone, after, times) => {
    expect(next('daily 21:30', zone, after, 3)).toEqual(times.map((time) => `${time}:00.000Z`));
  });

  it.each([
    ['Europe/Berlin', '2:30', '2026-03-28T12:00:00Z', '2026-03-29T01:00'],
    ['America/New_York', '2:30', '2026-03-08T06:00:00Z', '2026-03-08T07:00'],
    ['Australia/Lord_Howe', '2:15', '2026-10-03T02:00:00Z', '2026-10-03T15:30'],
  ])('%s: %s in the night that leaves it out is met at the first minute after', (zone, time, after, first) => {
    expect(next(`daily ${time}`, zone, after)[0]).toBe(`${first}:00.000Z`);
  });

  it.each([
    ['Europe/Berlin', '2:30', '2026-10-24T12:00:00Z', ['2026-10-25T00:30', '2026-10-26T01:30']],
    ['America/New_York', '1:30', '2026-10-31T12:00:00Z', ['2026-11-01T05:30', '2026-11-02T06:30']],
    ['Australia/Lord_Howe', '1:45', '2026-04-04T00:00:00Z', ['2026-04-04T14:45', '2026-04-05T15:15']],
  ])('%s: %s in the night that has it twice is met once', (zone, time, after, times) => {
    expect(next(`daily ${time}`, zone, after, 2)).toEqual(times.map((at) => `${at}:00.000Z`));
  });

  it('every day of a year has exactly one 21:30, in any zone', () => {
    const zones = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'America/St_Johns'];
    for (const zone of zones) {
      const shown = new Set<string>();
      const clock = new Intl.DateTimeFormat('sv', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
      let at: number | null = Date.parse('2026-01-01T12:00:00Z');
      for (let i = 0; i < 365; i += 1) {
        at = nextAfter({ kind: 'repeats', pattern: '30 21 * * *' }, zone, at!);
        expect(clock.format(at!)).toMatch(/21:30$/);
        shown.add(clock.format(at!));
      }
      expect(shown.size).toBe(365);
    }
  });

  it('a wake at 07:00 after the night of the change is at 07:00', () => {
    expect(iso(nextTimeOfDay('07:00', 'Europe/Berlin', Date.parse('2026-03-28T21:00:00Z')))).toBe(
      '2026-03-29T05:00:00.000Z',
    );
    expect(iso(nextTimeOfDay('07:00', 'Europe/Berlin', Date.parse('2026-10-24T21:00:00Z')))).toBe(
      '2026-10-25T06:00:00.000Z',
    );
  });
});
