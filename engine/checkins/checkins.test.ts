import fc from 'fast-check';
import fhir from 'fhir';
import { describe, expect, it } from 'vitest';
import { MOST_SHIFT, noTaste, TASTE_DIALS } from '../listeners/taste.js';
import { createMemoryRecords } from '../records.js';
import { type CheckInBook, changesOf } from './checkin.js';
import { createCheckIns } from './checkins.js';
import { toCsv, toFhirBundle } from './export.js';
import { MOST_HELPED_SHIFT, withHelped } from './helped.js';
import { correlation, mannWhitney, summaryOf, welch } from './statistics.js';
import { blindedCsv, createStudies, places, type Study, studyRows, wayOf } from './study.js';
import { trendPicture } from './trend-picture.js';

const made = () => {
  let ids = 0;
  const records = createMemoryRecords<CheckInBook>();
  const checkIns = createCheckIns({
    records,
    nowMs: () => 1_000_000 + ids * 1000,
    newId: () => `c${ids++}`,
    valenceOf: async (words) => (words === 'lost keys' ? -0.6 : null),
    heardIn: async () => null,
  });
  return { records, checkIns };
};
const saidBefore = (points: number, sessionId = 's1') => ({ moment: 'before' as const, points, sessionId });
const saidAfter = (points: number, sessionId = 's1') => ({ moment: 'after' as const, points, sessionId });

describe('check-ins', () => {
  it('keep nothing of who has not agreed, and everything is gone when consent is taken back', async () => {
    const { checkIns, records } = made();
    await expect(checkIns.add('anna', saidBefore(2))).rejects.toThrow('has not agreed');
    await checkIns.agree('anna');
    await checkIns.add('anna', saidBefore(2));
    await checkIns.forget('anna');
    expect(await records.read()).toEqual({});
  });

  it('read two words and keep only the number', async () => {
    const { checkIns, records } = made();
    await checkIns.agree('anna');
    expect(await checkIns.add('anna', { moment: 'before', words: 'lost keys' })).toMatchObject({ mood: -0.6 });
    expect(JSON.stringify(await records.read())).not.toContain('keys');
    const unread = checkIns.add('anna', { moment: 'before', words: 'secret thing' });
    await expect(unread).rejects.toThrow('No feeling was found');
    await expect(unread).rejects.not.toThrow('secret');
  });

  it('a change is after less before; sleep is asked of in the morning only', async () => {
    const { checkIns } = made();
    await checkIns.agree('anna');
    await checkIns.add('anna', saidBefore(2));
    await checkIns.add('anna', saidAfter(4));
    await checkIns.add('anna', { moment: 'morning', sleepQuality: 4 });
    await expect(checkIns.add('anna', { ...saidAfter(4), sleepQuality: 4 })).rejects.toThrow('in the morning');
    const { checkIns: kept } = (await checkIns.book('anna'))!;
    expect(changesOf(kept)).toMatchObject([{ before: -0.5, after: 0.5, change: 1 }]);
    expect(trendPicture(kept)).toContain('1 session: mood rose in 1');
  });

  it('export as CSV and as a FHIR R4 bundle that the validator takes', async () => {
    const { checkIns } = made();
    await checkIns.agree('anna');
    await checkIns.add('anna', { ...saidAfter(4), understood: 5 });
    await checkIns.add('anna', { moment: 'morning', sleepQuality: 4 });
    const { checkIns: kept } = (await checkIns.book('anna'))!;
    expect(toCsv(kept).split('\r\n')).toHaveLength(4);
    const bundle = toFhirBundle(kept, { subject: 'p1', nowMs: 0 });
    const judge = new fhir.Fhir();
    const observations = bundle.entry!.map((each) => each.resource);
    expect(observations).toHaveLength(3);
    for (const resource of [bundle, ...observations]) {
      const { messages } = judge.validate(resource as never, { errorOnUnexpected: true });
      expect(messages.filter(({ severity }) => severity === 'error' || severity === 'fatal')).toEqual([]);
    }
    expect(judge.validate({ ...observations[0]!, status: undefined } as never).valid).toBe(false);
    // Nothing answered yet: a bundle without a list, since FHIR knows no empty ones.
    expect(JSON.stringify(toFhirBundle([], { subject: 'p1', nowMs: 0 }))).not.toMatch(/\[\]|\{\}|""/);
    expect(JSON.stringify(bundle)).not.toContain('anna');
  });

  it('what helped and taste together move no dial further than taste may', () => {
    const dial = fc.double({ min: -MOST_SHIFT, max: MOST_SHIFT, noNaN: true });
    fc.assert(
      fc.property(dial, dial, (own, helped) => {
        const of = (value: number) => ({
          ...noTaste(),
          dials: Object.fromEntries(TASTE_DIALS.map((name) => [name, value])) as never,
        });
        const got = withHelped(of(own), of(helped))!;
        for (const name of TASTE_DIALS) {
          expect(Math.abs(got.dials[name])).toBeLessThanOrEqual(MOST_SHIFT);
          expect(Math.abs(got.dials[name] - own)).toBeLessThanOrEqual(MOST_HELPED_SHIFT + 1e-9);
        }
      }),
    );
  });
});

describe('the study', () => {
  it('fills both arms alike and cannot be read ahead from the letters', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9a-f]{64}$/), fc.integer({ min: 1, max: 200 }), (secret, count) => {
        const list = places(secret, count);
        const a = list.filter((arm) => arm === 'A').length;
        expect(Math.abs(2 * a - count)).toBeLessThanOrEqual(3);
        expect(places(secret, count + 7).slice(0, count)).toEqual(list);
        expect(wayOf(secret, 'A')).not.toBe(wayOf(secret, 'B'));
      }),
      { numRuns: 100 },
    );
  });

  it('gives a way to who agreed, nobody else; the file for analysis holds no name and no way', async () => {
    const records = createMemoryRecords<Study>();
    const studies = createStudies({ records, nowMs: () => 1000, newSecret: () => 'ab'.repeat(32) });
    expect(await studies.allocated('anna')).toBeNull();
    await studies.begin();
    expect(await studies.join('anna')).toBe(1);
    const way = await studies.allocated('anna');
    expect(['iso', 'straight']).toContain(way);
    await studies.leave('anna');
    expect(await studies.allocated('anna')).toBeNull();
    expect(await studies.join('anna')).toBe(1);
    expect(await studies.allocated('anna')).toBe(way);
    const { checkIns, records: books } = made();
    await checkIns.agree('anna');
    await checkIns.add('anna', saidBefore(2));
    await checkIns.add('anna', saidAfter(4));
    const csv = blindedCsv(studyRows((await studies.running())!, await books.read()));
    expect(csv).toMatch(/^participant,arm,.*\r\n1,[AB],1,-0.5,0.5,1,\r\n$/);
    expect(csv).not.toMatch(/anna|iso|straight/);
    await studies.unblind();
    expect(await studies.allocated('anna')).toBeNull();
    await expect(studies.join('ben')).rejects.toThrow('unblinded');
  });

  it('counts only sessions that it gave a way, also of who left and came back', async () => {
    let blinded = true;
    const books = createMemoryRecords<CheckInBook>();
    let ids = 0;
    const checkIns = createCheckIns({
      records: books,
      nowMs: () => 2000 + ids,
      newId: () => `c${ids++}`,
      valenceOf: async () => null,
      heardIn: async () => null,
      outsideStudy: async () => !blinded,
    });
    const studies = createStudies({
      records: createMemoryRecords<Study>(),
      nowMs: () => 1000,
      newSecret: () => 'ab'.repeat(32),
    });
    await studies.begin();
    await studies.join('anna');
    await checkIns.agree('anna');
    for (const [sessionId, isIn] of [
      ['in', true],
      ['out', false],
      ['in-again', true],
    ] as const) {
      blinded = isIn;
      await checkIns.add('anna', saidBefore(1, sessionId));
      await checkIns.add('anna', saidAfter(isIn ? 2 : 5, sessionId));
    }
    const [row] = studyRows((await studies.running())!, await books.read());
    expect(row).toMatchObject({ sessions: 2, change: 0.5 });
    expect(changesOf((await checkIns.book('anna'))!.checkIns)).toHaveLength(3);
  });

  it('its statistics give known answers', () => {
    // By hand: means 3 and 6, variances 2.5 and 10, five each; t = -3 / sqrt(2.5), Welch–Satterthwaite df = 100 / 17.
    const found = welch([1, 2, 3, 4, 5], [2, 4, 6, 8, 10])!;
    expect(found.t).toBeCloseTo(-1.8974, 4);
    expect(found.df).toBeCloseTo(5.8824, 4);
    expect(found.p).toBeGreaterThan(0.1);
    expect(found.p).toBeLessThan(0.12);
    expect(mannWhitney([1, 2, 3], [4, 5, 6])!.u).toBe(0);
    // Table of t: 2.776 for four degrees of freedom; sd of 1..5 over sqrt(5) is 0.7071.
    const { interval } = summaryOf([1, 2, 3, 4, 5]);
    expect(interval![0]).toBeCloseTo(3 - 2.7764 * Math.SQRT1_2, 3);
    expect(
      correlation([
        [1, 1],
        [2, 2],
        [3, 3],
        [4, 5],
      ])!.r,
    ).toBeCloseTo(0.9827, 4);
    expect(welch([1], [2, 3])).toBeNull();
    expect(
      correlation([
        [1, 1],
        [1, 2],
        [1, 3],
        [1, 4],
      ]),
    ).toBeNull();
  });
});
