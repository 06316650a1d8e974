import { describe, expect, it } from 'vitest';
import { secondsUntil } from './clock-time.js';

const at = (iso: string) => Date.parse(iso);
const hours = (sec: number) => sec / 3600;

describe('secondsUntil', () => {
  it('is the next time that the clock shows it, today or tomorrow', () => {
    expect(hours(secondsUntil('06:30', at('2026-11-23T22:00:00Z'), 'Europe/Berlin'))).toBe(7.5);
    expect(hours(secondsUntil('23:30', at('2026-11-23T22:00:00Z'), 'Europe/Berlin'))).toBe(0.5);
    expect(hours(secondsUntil('06:30', at('2026-11-23T22:00:00Z'), 'America/New_York'))).toBe(13.5);
  });

  it('is an hour less in the night that summer time begins, and an hour more in the night that it ends', () => {
    expect(hours(secondsUntil('06:30', at('2026-03-28T22:00:00Z'), 'Europe/Berlin'))).toBe(6.5);
    expect(hours(secondsUntil('06:30', at('2026-10-24T21:00:00Z'), 'Europe/Berlin'))).toBe(8.5);
    expect(hours(secondsUntil('06:30', at('2026-11-01T03:00:00Z'), 'America/New_York'))).toBe(8.5);
  });

  it('names a zone that is none', () => {
    expect(() => secondsUntil('06:30', 0, 'Europe/Nowhere')).toThrow(/no time zone "Europe\/Nowhere"/);
  });
});
