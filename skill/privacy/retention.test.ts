/** What has reached its age goes, nothing younger does, and a clock that was set back takes nothing. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noTaste } from '../../engine/listeners/taste.js';
import { createMemoryRecords, type Records, type RecordsKind } from '../../engine/records.js';
import { makeNap, makeRoutine } from '../../engine/routines/routine.js';
import { nextAfter } from '../../engine/routines/schedule.js';
import type { Store } from '../../engine/stores.js';
import { ALEXA, newListener } from '../alexa/alexa-state.js';
import { CHECK_INS, ROUTINES, STUDY, TASTES } from '../store/kinds.js';
import { DAY_MS, DAYS } from './ages.js';
import { removeTooOld } from './retention.js';

const NOW = Date.parse('2026-06-15T12:00Z');

function house() {
  const all = new Map<string, Records<never>>();
  const store = {
    records: async (kind: RecordsKind<never>) => {
      if (!all.has(kind.name)) all.set(kind.name, createMemoryRecords<never>());
      return all.get(kind.name)!;
    },
  } as unknown as Store;
  return store;
}

/** One of each kind, made or last used at a moment. */
async function live(store: Store, nowMs: number): Promise<void> {
  const made = { id: 'r1', listener: 'anna', nowMs };
  const nap = { ...makeNap(10, { zone: 'UTC' }, { ...made, id: 'r2' }), nextMs: null };
  const off = { ...makeRoutine({ when: 'daily 21:30', zone: 'UTC' }, made), enabled: false };
  await (await store.records(TASTES)).change((all) => {
    all.anna = { ...noTaste(), usedAtMs: nowMs };
  });
  await (await store.records(ROUTINES)).change((all) => {
    all.anna = [nap];
    all.ben = [off];
  });
  await (await store.records(CHECK_INS)).change((all) => {
    all.anna = {
      agreedAtMs: nowMs,
      checkIns: [{ id: 'c', atMs: nowMs, moment: 'before', mood: 0 }],
      helped: noTaste(),
    };
  });
  await (await store.records(STUDY)).change((all) => {
    all.study = { secret: 'ab'.repeat(32), begunAtMs: nowMs, participants: [] };
  });
  await (await store.records(ALEXA)).change((all) => {
    all['listener a'] = { listener: newListener('x', nowMs) };
  });
}

const AGES = [
  [TASTES, 'anna', DAYS.taste],
  [ROUTINES, 'anna', DAYS.onceRoutines],
  [ROUTINES, 'ben', DAYS.routinesSwitchedOff],
  [CHECK_INS, 'anna', DAYS.checkIns],
  [STUDY, 'study', DAYS.study],
  [ALEXA, 'listener a', DAYS.alexa],
] as unknown as [RecordsKind<unknown>, string, number][];

describe('what has reached its age', () => {
  it('goes, and nothing that is younger, whatever the age', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: -4000, max: 4000 }), async (days) => {
        const store = house();
        await live(store, NOW);
        await removeTooOld(store, NOW + days * DAY_MS);
        for (const [kind, key, most] of AGES)
          expect([kind.name, key, key in (await (await store.records(kind)).read())]).toEqual([
            kind.name,
            key,
            // A nap is ten minutes younger than the rest.
            days <= most,
          ]);
      }),
      { numRuns: 25 },
    );
  });

  it('a routine that is switched on stays, and so does one that is still to come', async () => {
    const store = house();
    const made = { id: 'r1', listener: 'anna', nowMs: NOW };
    const evening = makeRoutine({ when: 'daily 21:30', zone: 'UTC' }, made);
    const far = makeRoutine({ when: '2034-06-15 20:00', zone: 'UTC' }, { ...made, id: 'r2' });
    await (await store.records(ROUTINES)).change((all) => {
      all.anna = [{ ...evening, nextMs: nextAfter(evening.when, 'UTC', NOW) }, far];
    });
    expect(await removeTooOld(store, NOW + 2000 * DAY_MS)).toBe(0);
    expect((await (await store.records(ROUTINES)).read()).anna).toHaveLength(2);
  });

  it('of a book of answers only the old ones go; a taste from before ages were kept begins to age', async () => {
    const store = house();
    const answer = (atMs: number) => ({ id: String(atMs), atMs, moment: 'after' as const, mood: 1 });
    await (await store.records(CHECK_INS)).change((all) => {
      all.anna = { agreedAtMs: NOW, checkIns: [answer(NOW), answer(NOW + 900 * DAY_MS)], helped: noTaste() };
    });
    await (await store.records(TASTES)).change((all) => {
      all.anna = noTaste();
    });
    const later = NOW + 1100 * DAY_MS;
    expect(await removeTooOld(store, later)).toBe(2);
    expect(await removeTooOld(store, later)).toBe(0);
    expect((await (await store.records(CHECK_INS)).read()).anna?.checkIns).toEqual([answer(NOW + 900 * DAY_MS)]);
    expect((await (await store.records(TASTES)).read()).anna?.usedAtMs).toBe(later);
  });
});
