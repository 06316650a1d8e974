/** Answers that an older EmoHeal kept apart are not lost: they come to the house's check-ins, once. */
import { expect, it } from 'vitest';
import { type CheckInBook, changesOf } from '../../engine/checkins/checkin.js';
import { createCheckIns } from '../../engine/checkins/checkins.js';
import { createMemoryRecords } from '../../engine/records.js';
import { type AlexaRecord, newListener, openAlexaState } from './alexa-state.js';
import { bringEarlierCheckIns } from './earlier-check-ins.js';

it('answers of before come with their sessions and times, also where a start was broken off', async () => {
  const records = createMemoryRecords<AlexaRecord>();
  await records.change((all) => {
    const checkIns = [
      { atMs: 1000, sessionId: 's1', before: 2, after: 4 },
      { atMs: 9000, sessionId: 's2', before: 3, after: null },
    ];
    all['listener anna'] = { listener: { ...newListener('a', 1), checkInsOn: true, checkIns } };
    all['listener ben'] = { listener: { ...newListener('b', 1), checkIns: [] } };
  });
  const kept = createMemoryRecords<CheckInBook>();
  const checkIns = createCheckIns({
    records: kept,
    nowMs: () => 20_000,
    newId: () => 'new',
    valenceOf: async () => null,
    heardIn: async () => null,
  });
  const state = await openAlexaState({ records, key: Buffer.alloc(32) });
  const anna = state.listener('anna')!;
  await bringEarlierCheckIns(state, checkIns);
  await checkIns.add('anna', { moment: 'after', sessionId: 's2', points: 5 });
  // As if the power had gone before the old place was cleared.
  await state.putListener('anna', anna);
  await bringEarlierCheckIns(state, checkIns);
  const book = (await checkIns.book('anna'))!;
  expect(book.agreedAtMs).toBe(1000);
  expect(book.checkIns).toHaveLength(4);
  expect(changesOf(book.checkIns)).toMatchObject([
    { sessionId: 's1', before: -0.5, after: 0.5 },
    { sessionId: 's2', before: 0, after: 1 },
  ]);
  expect(await checkIns.book('ben')).toBeNull();
  expect(JSON.stringify(await records.read())).not.toContain('s1');
  expect(state.listener('anna')).toMatchObject({ checkInsOn: true });
});
