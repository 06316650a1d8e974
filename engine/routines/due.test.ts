import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextBeginsMs, nextDueMs, settle, skipNext, snooze, withOutcome } from './due.js';
import { changed, makeNap, makeRoutine, type Routine, type RoutineWish } from './routine.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const at = (text: string) => Date.parse(`${text}Z`);
const NOON = at('2026-01-15T12:00');
const DUE = at('2026-01-15T21:30');
const evening = (wish: Partial<RoutineWish> = {}): Routine =>
  makeRoutine({ when: 'daily 21:30', zone: 'UTC', ...wish }, { id: 'r1', listener: 'anna', nowMs: NOON });
const none = () => false;
const settled = (routine: Routine, nowMs: number) => settle(routine, nowMs, none);
/** As the runner does: whatever is begun comes out as started. */
function live(routine: Routine, nowMs: number): { routine: Routine; started: number[] } {
  const found = settled(routine, nowMs);
  if (!found) return { routine, started: [] };
  if (!found.start) return { routine: found.routine, started: [] };
  return {
    routine: withOutcome(found.routine, found.start.plannedMs, 'started', nowMs),
    started: [found.start.plannedMs],
  };
}
const outcomes = (routine: Routine) => routine.history.map(({ plannedMs, outcome }) => [plannedMs, outcome]);

describe('a routine', () => {
  it('asks nothing before its time, and begins at it', () => {
    expect(settled(evening(), DUE - 1)).toBeNull();
    const found = settled(evening(), DUE)!;
    expect(found.start).toMatchObject({ plannedMs: DUE, outcome: 'starting', sessionId: `routine-r1-${DUE}` });
    expect(found.routine.nextMs).toBe(DUE + DAY);
  });

  it('begins up to its minutes late, and is told as missed after that', () => {
    expect(settled(evening(), DUE + 15 * MINUTE)!.start?.plannedMs).toBe(DUE);
    const missed = settled(evening(), DUE + 15 * MINUTE + 1)!;
    expect(missed.start).toBeNull();
    expect(outcomes(missed.routine)).toEqual([[DUE, 'missed']]);
    expect(settled(evening({ lateMinutes: 60 }), DUE + HOUR)!.start?.plannedMs).toBe(DUE);
  });

  it('takes no wake that could never come, and says why', () => {
    const never = [
      { wake: { at: '21:30' } },
      { minutes: 40, wake: { at: '22:15' } },
      { when: 'daily 08:00', wake: { at: '07:00' } },
    ];
    for (const wish of never) expect(() => evening(wish)).toThrow('No wake at');
    expect(() => changed(evening(), { wake: { at: '21:40' } }, NOON)).toThrow('No wake at 21:40');
    expect(() => changed(evening({ wake: { at: '07:00' } }), { when: 'daily 8:00' }, NOON)).toThrow('No wake at 07:00');
    expect(() =>
      makeNap(60, { zone: 'UTC', wake: { at: '13:10' } }, { id: 'n', listener: 'a', nowMs: NOON }),
    ).toThrow();
    expect(evening({ when: '0 8,22 * * *', wake: { at: '07:00' } }).wake).toMatchObject({ at: '07:00' });
    expect(evening({ when: 'daily 19:00', wake: { at: '07:00' } }).wake).toMatchObject({ at: '07:00' });
  });

  it('after a day without power tells the evening that was lost and begins the one that is now', () => {
    const found = settled(evening(), DUE + DAY + 5 * MINUTE)!;
    expect(found.start?.plannedMs).toBe(DUE + DAY);
    expect(outcomes(found.routine)).toEqual([
      [DUE, 'missed'],
      [DUE + DAY, 'starting'],
    ]);
  });

  it('after a month without power does not tell a month', () => {
    expect(settled(evening(), DUE + 30 * DAY + HOUR)!.routine.history.length).toBeLessThanOrEqual(2);
  });

  it('killed between claim and begin, begins under the same session id; too late, it is missed', () => {
    const claimed = settled(evening(), DUE)!.routine;
    const again = settled(claimed, DUE + MINUTE)!;
    expect(again.start?.sessionId).toBe(`routine-r1-${DUE}`);
    expect(settle(claimed, DUE + MINUTE, (id) => id === `routine-r1-${DUE}`)).toBeNull();
    expect(outcomes(settled(claimed, DUE + HOUR)!.routine)).toEqual([[DUE, 'missed']]);
  });

  it('skips tonight, and only tonight', () => {
    let { routine, started } = live(skipNext(evening()), DUE);
    expect(started).toEqual([]);
    expect(outcomes(routine)).toEqual([[DUE, 'skipped']]);
    ({ routine, started } = live(routine, DUE + DAY));
    expect(started).toEqual([DUE + DAY]);
  });

  it('put off, comes once, later; put off twice, later still; skipped after that, not at all', () => {
    const later = snooze(evening(), 20, DUE - 5 * MINUTE);
    expect(nextDueMs(later)).toBe(DUE);
    expect(nextBeginsMs(later)).toBe(DUE + 20 * MINUTE);
    let { routine, started } = live(later, DUE);
    expect(started).toEqual([]);
    expect(nextDueMs(routine)).toBe(DUE + 20 * MINUTE);
    const twice = snooze(routine, 10, DUE + MINUTE);
    expect(nextDueMs(twice)).toBe(DUE + 30 * MINUTE);
    ({ routine, started } = live(routine, DUE + 20 * MINUTE));
    expect(started).toEqual([DUE]);
    expect(live(routine, DUE + HOUR).started).toEqual([]);
    expect(live(skipNext(twice), DUE + HOUR).started).toEqual([]);
    expect(nextBeginsMs(skipNext(later))).toBe(DUE + DAY);
  });

  it('skipped and then put off, comes later, and nobody is told that it does not', () => {
    const later = snooze(skipNext(evening()), 20, NOON);
    expect(later).not.toHaveProperty('skipMs');
    expect(nextBeginsMs(later)).toBe(DUE + 20 * MINUTE);
    expect(live(later, DUE + 20 * MINUTE).started).toEqual([DUE]);
    // Only that evening: what is skipped beside it stays skipped.
    expect(snooze({ ...evening(), skipMs: DUE + DAY }, 20, NOON).skipMs).toBe(DUE + DAY);
  });

  it('switched off asks nothing, and switched on again does not make up for what was', () => {
    const off = changed(evening(), { enabled: false }, NOON);
    expect(settled(off, DUE)).toBeNull();
    expect(() => skipNext(off)).toThrow('nothing to come');
    const on = changed(off, { enabled: true }, DUE + 3 * DAY + HOUR);
    expect(settled(on, DUE + 3 * DAY + 2 * HOUR)).toBeNull();
    expect(nextDueMs(on)).toBe(DUE + 4 * DAY);
  });

  it('a wish that makes no routine is told as that, with the part that is none', () => {
    const locale = `en-${'x'.repeat(100)}`;
    expect(() => changed(evening(), { locale }, NOON)).toThrow(expect.objectContaining({ code: 'bad-input' }));
    expect(() => changed(evening(), { locale }, NOON)).toThrow(/locale/);
  });

  it('given another time keeps its name and forgets what was skipped at the old one', () => {
    const moved = changed(skipNext(evening()), { when: 'daily 22:00', minutes: 50 }, NOON);
    expect(moved).toMatchObject({ id: 'r1', minutes: 50, nextMs: DUE + 30 * MINUTE });
    expect(live(moved, DUE + 30 * MINUTE).started).toHaveLength(1);
  });

  it('a nap comes once, in so many minutes', () => {
    const nap = makeNap(25, { zone: 'UTC', minutes: 20 }, { id: 'n1', listener: 'anna', nowMs: NOON });
    const first = live(nap, NOON + 25 * MINUTE);
    expect(first.started).toEqual([NOON + 25 * MINUTE]);
    expect(live(first.routine, NOON + DAY).started).toEqual([]);
    for (const minutes of [0, -1, Number.NaN, 10_000])
      expect(() => makeNap(minutes, { zone: 'UTC' }, { id: 'n', listener: 'a', nowMs: NOON })).toThrow('A nap begins');
  });
});

describe('clocks that jump', () => {
  it('set back by an hour, a clock repeats nothing', () => {
    const { routine } = live(evening(), DUE + MINUTE);
    expect(live(routine, DUE - 30 * MINUTE).started).toEqual([]);
    expect(live(routine, DUE).started).toEqual([]);
    expect(live(routine, DUE + 2 * MINUTE).started).toEqual([]);
  });

  it('a clock that ran a year ahead and was put right costs no evening', () => {
    let { routine } = live(evening(), DUE + 365 * DAY + HOUR);
    ({ routine } = live(routine, NOON + MINUTE));
    expect(live(routine, DUE).started).toEqual([DUE]);
  });

  it('a machine that wakes up in 1970 waits until it knows the time', () => {
    expect(settled(evening(), 60_000)).toBeNull();
    expect(live(evening(), DUE).started).toEqual([DUE]);
  });

  it('whatever the clock does and whenever the machine is killed, no occurrence begins twice', () => {
    const step = fc.record({
      minutes: fc.integer({ min: -3 * 24 * 60, max: 3 * 24 * 60 }),
      killed: fc.boolean(),
      act: fc.constantFrom('none', 'skip', 'snooze'),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let routine = evening({ when: 'daily 21:30', lateMinutes: 120 });
        let now = NOON;
        const sessions = new Set<string>();
        let begun = 0;
        for (const { minutes, killed, act } of steps) {
          now = Math.max(NOON, now + minutes * MINUTE);
          try {
            if (act === 'skip') routine = skipNext(routine);
            if (act === 'snooze') routine = snooze(routine, 30, now);
          } catch {}
          const found = settled(routine, now);
          if (!found) continue;
          routine = found.routine;
          if (!found.start) continue;
          // The service finds the session of an id that is there; only a new id is a new session.
          if (!sessions.has(found.start.sessionId!)) begun += 1;
          sessions.add(found.start.sessionId!);
          if (!killed) routine = withOutcome(routine, found.start.plannedMs, 'started', now);
        }
        const names = [...sessions];
        expect(new Set(names).size).toBe(begun);
        const planned = routine.history.map(({ plannedMs }) => plannedMs);
        expect(new Set(planned).size).toBe(planned.length);
        for (const { plannedMs } of routine.history) expect(new Date(plannedMs).toISOString()).toMatch(/T21:30/);
      }),
      { numRuns: 500 },
    );
  });
});
