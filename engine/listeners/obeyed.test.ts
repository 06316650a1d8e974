/** What house rules mean at a moment: quiet hours by the clock of the rules, lists that only ever narrow. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { madeUpTracks } from '../plan/search.fake.js';
import { HouseRules } from './house-rules.js';
import { both, inQuietHours, narrowing, permits } from './obeyed.js';
import { createMemoryRules } from './rules-book.js';

const rules = (wish: unknown) => HouseRules.parse(wish);
const night = rules({ quietHours: { from: '22:30', until: '06:00', zone: 'Europe/Berlin' } });
const [track] = madeUpTracks(1) as [ReturnType<typeof madeUpTracks>[number]];

describe('quiet hours', () => {
  it.each([
    ['2026-01-15T21:29:59Z', false],
    ['2026-01-15T21:30:00Z', true],
    ['2026-01-16T04:59:59Z', true],
    ['2026-01-16T05:00:00Z', false],
    // In summer the clocks of Berlin are an hour further.
    ['2026-07-15T20:30:00Z', true],
    ['2026-07-15T21:30:00Z', true],
    ['2026-07-16T04:00:00Z', false],
  ])('from 22:30 to 06:00 in Berlin hold at %s: %s', (at, quiet) => {
    expect(inQuietHours(night, Date.parse(at))).toBe(quiet);
  });

  it('within one day end on that day, from a time to the same time are the whole day, and none are none', () => {
    const noon = rules({ quietHours: { from: '13:00', until: '15:00', zone: 'UTC' } });
    expect(inQuietHours(noon, Date.parse('2026-01-15T14:00Z'))).toBe(true);
    expect(inQuietHours(noon, Date.parse('2026-01-15T15:00Z'))).toBe(false);
    const always = rules({ quietHours: { from: '09:00', until: '09:00', zone: 'UTC' } });
    expect(inQuietHours(always, Date.parse('2026-01-15T03:12Z'))).toBe(true);
    expect(inQuietHours(null, 0)).toBe(false);
    expect(inQuietHours({}, 0)).toBe(false);
  });

  it('of a zone that this machine does not know are read by its own clock, and break nothing', () => {
    const odd = rules({ quietHours: { from: '00:00', until: '00:00', zone: 'Nowhere/Else' } });
    expect(inQuietHours(odd, 0)).toBe(true);
  });

  it('bring the level of rest, or the cap of the house where that is softer', () => {
    const at = Date.parse('2026-01-15T23:00Z');
    expect(narrowing(night, at)).toEqual({ loudestLufs: -24 });
    expect(narrowing({ ...night, loudnessCapLufs: -30 }, at)).toEqual({ loudestLufs: -30 });
    expect(narrowing({ ...night, loudnessCapLufs: -18 }, at)).toEqual({ loudestLufs: -24 });
    expect(narrowing({ ...night, loudnessCapLufs: -18 }, Date.parse('2026-01-15T12:00Z'))).toEqual({
      loudestLufs: -18,
    });
    expect(narrowing(night, Date.parse('2026-01-15T12:00Z'))).toBeUndefined();
  });
});

describe('lists', () => {
  const anyRules = fc.record(
    {
      banned: fc.record({
        trackIds: fc.subarray(['made-up-000', 'other']),
        styles: fc.subarray(['style-0', 'STYLE-0', 'style-1']),
      }),
      allowed: fc.record({
        trackIds: fc.subarray(['made-up-000', 'other']),
        styles: fc.subarray(['Style-0', 'style-1']),
      }),
    },
    { requiredKeys: [] },
  );

  it('a track is heard where no list bans it, and one allows it or none is given', () => {
    fc.assert(
      fc.property(anyRules, (lists) => {
        const named = (list?: { trackIds: string[]; styles: string[] }) =>
          Boolean(
            list?.trackIds.includes(track.id) || list?.styles.some((style) => style.toLowerCase() === track.style),
          );
        expect(permits(lists, track)).toBe(!named(lists.banned) && (!lists.allowed || named(lists.allowed)));
      }),
    );
  });

  it('name no piece that is composed for the moment: that is what rule 2 falls back on', () => {
    const made = { ...track, origin: { kind: 'morph', seed: 1, minutes: 1, points: [] } } as unknown as typeof track;
    expect(permits(rules({ allowed: {} }), made)).toBe(true);
    expect(permits(rules({ allowed: {} }), track)).toBe(false);
  });
});

describe('two narrowings', () => {
  it('are never louder than either', () => {
    const cap = fc.record({ loudestLufs: fc.double({ min: -45, max: -14, noNaN: true }) }, { requiredKeys: [] });
    fc.assert(
      fc.property(fc.option(cap, { nil: undefined }), fc.option(cap, { nil: undefined }), (a, b) => {
        const loudest = both(a, b)?.loudestLufs ?? 0;
        expect(loudest).toBe(Math.min(a?.loudestLufs ?? 0, b?.loudestLufs ?? 0));
      }),
    );
  });
});

describe('the book of rules', () => {
  it("keeps each listener's own, replaces them whole, and takes no name for another thing", async () => {
    const book = createMemoryRules();
    await book.save('anna', { loudnessCapLufs: -30 });
    await book.save('__proto__', { loudnessCapLufs: -40 });
    expect(await book.load('anna')).toEqual({ loudnessCapLufs: -30 });
    expect(await book.load('ben')).toBeNull();
    expect(await book.load('constructor')).toBeNull();
    await book.save('anna', night);
    expect(await book.load('anna')).toEqual(night);
    await book.remove('anna');
    await book.remove('anna');
    expect(await book.load('anna')).toBeNull();
  });

  it('refuses a zone that nobody knows, and rules that are none', async () => {
    const book = createMemoryRules();
    const quietHours = { from: '22:00', until: '06:00', zone: 'Nowhere/Else' };
    await expect(book.save('anna', { quietHours })).rejects.toThrow('no such time zone');
    await expect(book.save('anna', { loudnessCapLufs: 3 })).rejects.toMatchObject({ code: 'bad-input' });
    expect(await book.load('anna')).toBeNull();
  });
});
