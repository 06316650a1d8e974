import { describe, expect, it } from 'vitest';
import { createSharedClock } from './shared-clock.js';

const NOON_MS = Date.parse('2026-11-23T12:00:00Z');

/** A clock over a monotonic time that is moved by hand. */
function atHand() {
  const hand = { ms: 5000 };
  return { hand, clock: createSharedClock(() => hand.ms) };
}

describe('the clock that servers share', () => {
  it('tells what the database said, counted on from the middle of the question', () => {
    const { hand, clock } = atHand();
    clock.heard(NOON_MS, 1000, 1200);
    hand.ms = 1100 + 60_000;
    expect(clock.nowMs()).toBe(NOON_MS + 60_000);
  });

  it('keeps a quick answer, and believes a late one only when it has grown as doubtful', () => {
    const { hand, clock } = atHand();
    clock.heard(NOON_MS, 0, 2);
    // Asked 10 s later, answered at once, underway for a second and a half: taken at its middle it would be 750 ms too early.
    clock.heard(NOON_MS + 9_999, 10_000, 11_500);
    hand.ms = 20_001;
    expect(clock.nowMs()).toBe(NOON_MS + 20_000);
    // Two hours on, the quartzes may have drifted apart by more than that.
    hand.ms = 7_200_750;
    clock.heard(NOON_MS + 7_200_500, 7_200_000, 7_201_500);
    expect(clock.nowMs()).toBe(NOON_MS + 7_200_500);
  });

  it('goes to another time at once where the database is ahead', () => {
    const { hand, clock } = atHand();
    clock.heard(NOON_MS, 0, 2);
    clock.heard(NOON_MS + 120_000, 1000, 3000);
    hand.ms = 2000;
    expect(clock.nowMs()).toBe(NOON_MS + 120_000);
  });

  it('never goes back and never stands still where it is behind, and is right in the end', () => {
    const { hand, clock } = atHand();
    clock.heard(NOON_MS, 0, 2);
    hand.ms = 10_001;
    const before = clock.nowMs();
    clock.heard(NOON_MS - 50_000, 10_000, 10_002);
    let last = before;
    for (let sec = 1; sec <= 119; sec += 1) {
      hand.ms += 1000;
      const now = clock.nowMs();
      expect(now - last).toBeGreaterThanOrEqual(499);
      expect(now - last).toBeLessThanOrEqual(1000);
      last = now;
    }
    hand.ms += 2000;
    expect(clock.nowMs()).toBe(NOON_MS - 50_000 + 121_000);
  });
});
