import { describe, expect, it } from 'vitest';
import { makeNap, makeRoutine } from '../../engine/routines/routine.js';
import { ROUTINES } from './kinds.js';
import { recordsIn } from './records-of-kind.js';

const made = { id: 'r1', listener: 'anna', nowMs: Date.UTC(2026, 0, 1, 12) };
const evening = makeRoutine({ when: 'weekdays 21:30', zone: 'Europe/Berlin' }, made);
const nap = makeNap(25, { zone: 'UTC' }, made);
const read = (schemaVersion: number, records: object) => recordsIn(ROUTINES, { schemaVersion, records }, 'routines');

describe('routines of an older version', () => {
  it('lose a name that only repeats their schedule in English, and keep one that somebody gave', () => {
    const kept = [
      { ...evening, name: 'weekdays 21:30' },
      { ...evening, name: 'Bedtime' },
      { ...evening, name: 'daily 21:30' },
      { ...nap, name: 'nap' },
    ];
    const names = read(2, { anna: kept }).anna?.map(({ name }) => name);
    expect(names).toEqual([undefined, 'Bedtime', 'daily 21:30', undefined]);
    expect(read(2, { anna: kept }).anna?.[0]).toEqual(evening);
  });

  it('that are damaged are told as damaged', () => {
    for (const records of [{ anna: 'text' }, { anna: [7] }, { anna: [{ ...evening, zone: 7 }] }])
      expect(() => read(2, records)).toThrow('is damaged');
  });
});
