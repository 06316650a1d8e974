/**
 * The contract of all surfaces: twelve journeys, and on every surface the same session for the same words: the same plan from
 * the same seed, the same pieces at the same seconds, or the same help. Held against the session core, asked by itself.
 */
import { existsSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wordsOf } from '../../audio-prompts/prompts.js';
import { helpLineFor } from '../../engine/crisis/help-lines.js';
import { CHROMIUM, openBrowser } from '../browser.fixture.js';
import { type House, openJourneyHouse } from './house.fixture.js';
import { bedsidePage } from './page.fixture.js';
import { type Arrived, core, SURFACES } from './surfaces.fixture.js';
import { type Journey, TWELVE } from './twelve.fixture.js';

const browserHere = existsSync(CHROMIUM);
if (!browserHere) console.warn('skipped: the bedside page makes no journeys, chromium is not installed');

const START_MS = Date.parse('2026-11-29T21:40:00Z');
let house: House;
let browser: Browser | undefined;
const surfaces = [...SURFACES, ...(browserHere ? [bedsidePage(() => browser!)] : [])];

beforeAll(async () => {
  house = await openJourneyHouse(START_MS);
  if (browserHere) browser = await openBrowser();
  await core(house, TWELVE[0]!, TWELVE[0]!.feeling.said);
});
afterAll(async () => {
  await browser?.close();
  await house?.close();
});

const afresh = async (travel: () => Promise<Arrived>): Promise<Arrived> => {
  house.clock.nowMs = START_MS;
  return travel();
};
/** The core is asked once for each journey and each wording; it answers the same every time. */
const known = new Map<string, Promise<Arrived>>();
function wanted(journey: Journey, slotOnly = false): Promise<Arrived> {
  const text = slotOnly ? journey.feeling.slot : journey.feeling.said;
  const key = `${journey.name} ${text}`;
  const answer = known.get(key) ?? afresh(() => core(house, journey, text));
  known.set(key, answer);
  return answer;
}

describe('the journeys', () => {
  it('are twelve, and lead where they say', async () => {
    expect(TWELVE).toHaveLength(12);
    for (const journey of TWELVE) {
      const { session, told } = await wanted(journey);
      expect(session !== null, journey.name).toBe(journey.ends.startsWith('music'));
      if (journey.ends !== 'music') expect(told.length, journey.name).toBeGreaterThan(10);
    }
    // Each change is one: otherwise a surface that ignores what was said would pass.
    const plain = await wanted(TWELVE[0]!);
    for (const journey of TWELVE.filter(({ after, wish }) => wish || after.some(({ action }) => action)))
      expect((await wanted(journey)).session, journey.name).not.toEqual(plain.session);
  });
});

describe.each(surfaces)('on $name', (surface) => {
  it.each(TWELVE.filter((journey) => !surface.lacks(journey)))('$name ends in $ends', async (journey) => {
    const expected = await wanted(journey, surface.slotOnly);
    const before = (await house.sessions()).length;
    const arrived = await afresh(() => surface.travel(house, journey));
    expect(arrived.session).toEqual(expected.session);
    if (journey.ends === 'help') {
      const { number, emergency } = helpLineFor(journey.locale);
      expect(arrived.told).toContain(number);
      expect(arrived.told).toContain(emergency.split(' ')[0]);
      expect((await house.sessions()).length).toBe(before);
    }
    if (journey.ends === 'music and a word of care' && surface.name !== 'the command line')
      expect(arrived.told).toContain(helpLineFor(journey.locale).number);
    if (journey.ends === 'the question again') expect(arrived.told).toMatch(/words/);
    // Why: the feeling that was read is named.
    if (journey.after.some(({ action }) => action === undefined))
      expect(arrived.told.toLowerCase()).toMatch(new RegExp(Object.values(wordsOf('en-US').feelings).join('|')));
    expect(house.faults).toEqual([]);
  });
});
