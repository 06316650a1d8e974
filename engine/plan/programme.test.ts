/**
 * What the chosen tracks promise: every second filled, small steps, one sad piece at most, the nearest where nothing is close.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadKnowledge } from '../knowledge/graph.js';
import { noTaste } from '../listeners/taste.js';
import type { EmotionLabel, Programme, SessionPlan } from '../vocabulary.js';
import { chooseTracks, stagesOnlyNearest } from './choose-tracks.js';
import { anyWish, feeling, RUNS } from './plan.fixture.js';
import { planSession } from './planner.js';
import { madeUpTracks, searchFake } from './search.fake.js';
import { distance, profileAt } from './way.js';

const knowledge = loadKnowledge();
const search = searchFake(madeUpTracks(60));
const slots = (plan: SessionPlan, { tracks }: Programme) =>
  tracks.map(({ startSec, endSec }) => profileAt(plan, (startSec + endSec) / 2));

describe('a programme', () => {
  it('fills every second with overlapping tracks, stage by stage, and ends on time', { timeout: 240_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(anyWish, async (wish) => {
        const plan = planSession(knowledge, wish);
        const programme = await chooseTracks({ plan, search, taste: wish.taste });
        expect(programme.durationSec).toBe(wish.minutes * 60);
        expect(programme.tracks[0]!.startSec).toBe(0);
        expect(programme.tracks.at(-1)!.endSec).toBe(programme.durationSec);
        for (const [i, track] of programme.tracks.slice(1).entries()) {
          const before = programme.tracks[i]!;
          expect(before.endSec - track.startSec).toBeCloseTo(8, 2);
          expect(track.trackId).not.toBe(before.trackId);
        }
        for (const { stage, startSec, endSec } of programme.stages) {
          const inside = programme.tracks.filter((t) => t.stage === stage);
          expect(inside.length).toBeGreaterThan(0);
          expect(inside[0]!.startSec).toBeGreaterThanOrEqual(startSec - 4.01);
          expect(inside.at(-1)!.endSec).toBeLessThanOrEqual(endSec + 4.01);
        }
        expect(programme.endFadeSec).toBeLessThanOrEqual(programme.durationSec / 4);
      }),
      { numRuns: Math.ceil(RUNS / 5) },
    );
  });

  it('steps from track to track by at most .35 in valence and arousal, 15 % in tempo and 15 % in events', {
    timeout: 240_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(anyWish, async (wish) => {
        const plan = planSession(knowledge, wish);
        const wanted = slots(plan, await chooseTracks({ plan, search }));
        for (const [i, now] of wanted.slice(1).entries()) {
          const before = wanted[i]!;
          expect(distance(now, before)).toBeLessThanOrEqual(0.35);
          for (const dial of ['tempoBpm', 'onsetRatePerSec'] as const) {
            const change = Math.abs(now[dial] - before[dial]) / Math.max(now[dial], before[dial]);
            expect(change).toBeLessThanOrEqual(0.15);
          }
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('keeps at most one track in the sadness itself', async () => {
    const sad = fc.record({
      label: fc.constantFrom<EmotionLabel>('sadness', 'grief', 'remorse', 'disappointment'),
      p: fc.double({ min: 0.4, max: 1, noNaN: true }),
      minutes: fc.integer({ min: 8, max: 60 }),
      seed: fc.nat(),
    });
    await fc.assert(
      fc.asyncProperty(sad, async ({ label, p, minutes, seed }) => {
        const plan = planSession(knowledge, { reading: feeling({ [label]: p }), minutes, seed, nowHour: 22 });
        const programme = await chooseTracks({ plan, search });
        const stillThere = slots(plan, programme).filter((wanted) => distance(wanted, plan.from) < 0.1);
        expect(stillThere.length).toBeLessThanOrEqual(1);
      }),
      { numRuns: Math.ceil(RUNS / 5) },
    );
  });

  it('has the tracks that each form promises: a short one few, sleep ends in a long fade', async () => {
    const of = async (wish: Partial<Parameters<typeof planSession>[1]>) => {
      const plan = planSession(knowledge, { reading: feeling({ annoyance: 0.8 }), seed: 3, ...wish });
      return { plan, programme: await chooseTracks({ plan, search }) };
    };
    const short = await of({ form: 'short' });
    expect(short.plan.minutes).toBe(10);
    expect(short.programme.tracks.length).toBeLessThanOrEqual(6);
    expect(short.programme.tracks.filter(({ stage }) => stage === 'guide').length).toBeLessThanOrEqual(3);
    const sleep = await of({ form: 'sleep', intention: 'fall-asleep' });
    expect(sleep.plan.minutes).toBe(40);
    expect(sleep.programme.endFadeSec).toBeGreaterThanOrEqual(180);
    const long = sleep.plan.stages[2]!;
    expect(long.endSec - long.startSec).toBeGreaterThanOrEqual(15 * 60);
    const open = await of({ form: 'open' });
    expect(open.plan.minutes).toBe(120);
    expect(open.plan.stages[2]!.startSec).toBe(1200);
    expect(open.plan.summary.join(' ')).toMatch(/until you say stop/);
  });

  it('is the same for the same seed', async () => {
    const plan = planSession(knowledge, { reading: feeling({ sadness: 0.9 }), seed: 5 });
    expect(await chooseTracks({ plan, search })).toEqual(await chooseTracks({ plan, search }));
  });

  it('lets a liked style win where tracks are nearly equal, and shows it as a part of the score', async () => {
    const plan = planSession(knowledge, { reading: feeling({ sadness: 0.9 }), seed: 5 });
    const taste = { ...noTaste(), liked: 3, styles: { 'style-4': 0.06 } };
    const liking = (programme: Programme) =>
      programme.tracks.filter(({ trackId }) => search.track(trackId)?.style === 'style-4').length;
    const with_ = await chooseTracks({ plan, search, taste });
    expect(liking(with_)).toBeGreaterThanOrEqual(liking(await chooseTracks({ plan, search })));
    for (const { trackId, parts } of with_.tracks)
      expect(parts.taste).toBe(search.track(trackId)?.style === 'style-4' ? 0.06 : undefined);
  });

  it('says what is missing where there is no music at all', async () => {
    const plan = planSession(knowledge, { reading: feeling({ sadness: 0.9 }), seed: 5 });
    await expect(chooseTracks({ plan, search: searchFake([]) })).rejects.toThrow(/catalogue is empty/);
  });

  it('takes the nearest where the catalogue has nothing sad, and knows that it did', async () => {
    const merry = searchFake(madeUpTracks(60).filter(({ analysis }) => analysis.valence > 0.2));
    const plan = planSession(knowledge, { reading: feeling({ sadness: 0.95 }), seed: 5, nowHour: 15, minutes: 20 });
    const programme = await chooseTracks({ plan, search: merry });
    expect(stagesOnlyNearest(plan, programme, merry)).toContain('match');
    expect(stagesOnlyNearest(plan, await chooseTracks({ plan, search }), search)).toEqual([]);
  });
});
