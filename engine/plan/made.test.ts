/** Music made to measure, and the night after it: from what a listener asked for to what sounds when. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadKnowledge } from '../knowledge/graph.js';
import { type Programme, type SessionPlan, Track } from '../vocabulary.js';
import { chooseTracks } from './choose-tracks.js';
import { madeFor } from './made.js';
import { keepNight, musicEndSec, withNight } from './night.js';
import { followedBy, leavesTime, NightAsk } from './night-ask.js';
import { anyWish } from './plan.fixture.js';
import { planSession } from './planner.js';
import { replan } from './replan.js';
import { madeUpTracks, searchFake } from './search.fake.js';
import { profileAt } from './way.js';

const knowledge = loadKnowledge();
const search = searchFake(madeUpTracks(60));
const empty = searchFake([]);
const wishes = anyWish.map((wish) => ({ ...wish, minutes: Math.min(wish.minutes, 120) }));
const onePiece = (wish: Parameters<typeof planSession>[1]): SessionPlan => ({
  ...planSession(knowledge, wish),
  style: 'one long piece',
});

/** Every second of the music has a track, and each comes in before the one before it is gone. */
function unbroken({ tracks, made = [], ...programme }: Programme): void {
  expect(tracks[0]!.startSec).toBe(0);
  expect(tracks.at(-1)!.endSec).toBeCloseTo(musicEndSec({ tracks, ...programme }), 2);
  for (const [i, track] of tracks.entries()) {
    if (i > 0) expect(track.startSec).toBeLessThan(tracks[i - 1]!.endSec);
    const own = made.find(({ id }) => id === track.trackId);
    if (own) expect(own.durationSec).toBeGreaterThanOrEqual(track.endSec - track.startSec);
  }
}

describe('one long piece', () => {
  it('is one track from the first second to the last, led through the plan, the same for the same plan', async () => {
    await fc.assert(
      fc.asyncProperty(wishes, async (wish) => {
        const plan = onePiece(wish);
        const programme = await chooseTracks({ plan, search });
        unbroken(programme);
        expect(programme.tracks).toHaveLength(1);
        const [piece] = programme.made!;
        expect(Track.parse(piece)).toEqual(piece);
        if (piece!.origin.kind !== 'morph') throw new Error('not composed');
        for (const { atSec, profile } of piece!.origin.points)
          expect(profile.affect.arousal).toBeCloseTo(profileAt(plan, atSec).affect.arousal, 2);
        expect(await chooseTracks({ plan, search: empty })).toEqual(programme);
      }),
      { numRuns: 40 },
    );
  });

  it('goes on as another piece when the listener changes their mind, and nothing heard is changed', async () => {
    const actions = fc.constantFrom('stay', 'deeper', 'straight-to-calm', 'extend', 'end-in', 'skip');
    await fc.assert(
      fc.asyncProperty(wishes, fc.double({ min: 0, max: 0.9, noNaN: true }), actions, async (wish, at, action) => {
        const plan = onePiece(wish);
        const programme = await chooseTracks({ plan, search });
        const atSec = at * programme.durationSec;
        const next = await replan({
          plan,
          programme,
          atSec,
          action,
          search,
          minutes: action === 'end-in' ? 3 : undefined,
        });
        unbroken(next.programme);
        const { offsetSec, loudnessLufs, trackId, startSec } = programme.tracks[0]!;
        expect(next.programme.tracks[0]).toMatchObject({ offsetSec, loudnessLufs, trackId, startSec });
        for (const { trackId: id } of next.programme.tracks)
          expect(next.programme.made!.some((made) => made.id === id)).toBe(true);
      }),
      { numRuns: 40 },
    );
  });
});

describe('where the shelf has nothing near the plan', () => {
  it('a piece made to measure takes the place, also where there is no shelf at all', async () => {
    await fc.assert(
      fc.asyncProperty(wishes, async (wish) => {
        const plan = planSession(knowledge, wish);
        await expect(chooseTracks({ plan, search: empty })).rejects.toMatchObject({ code: 'catalogue-empty' });
        const programme = await chooseTracks({ plan, search: empty, fill: true });
        unbroken(programme);
        expect(programme.made!.length).toBeGreaterThan(0);
      }),
      { numRuns: 40 },
    );
  });

  it('what is near is preferred to what would have to be made', async () => {
    const plan = planSession(knowledge, { ...fc.sample(wishes, 1)[0]! });
    const near = madeUpTracks(2000);
    expect((await chooseTracks({ plan, search: searchFake(near), fill: true })).made).toBeUndefined();
  });

  it('holds no more of a plan than a stored session should', () => {
    fc.assert(
      fc.property(wishes, (wish) => {
        const plan = planSession(knowledge, wish);
        expect(JSON.stringify(madeFor(plan, 0, plan.stages[2]!.endSec)).length).toBeLessThan(8000);
      }),
      { numRuns: 40 },
    );
  });
});

describe('the night after the music', () => {
  const rain = {
    ...madeUpTracks(1)[0]!,
    id: 'rain-on-leaves',
    origin: { kind: 'nature', sound: 'rain-on-leaves', seed: 1 },
  } as const;
  const shelf = searchFake([...madeUpTracks(60), rain]);
  const deps = { search: shelf, knowledge: () => knowledge, nowHour: () => 23 };
  /** Eight hours before the night ends. */
  const evening = Date.parse('2026-01-15T22:30Z');
  const until = { until: '06:30', timeZone: 'UTC' };
  const plan = planSession(knowledge, { ...fc.sample(wishes, 1)[0]!, minutes: 20 });

  it('keeps its hour through every change of course that leaves time for it', async () => {
    const music = await chooseTracks({ plan, search: shelf });
    const night = await followedBy(music, NightAsk.parse({ ...until, nature: true, wake: {} }), evening, deps);
    expect(night).toMatchObject({ durationSec: expect.closeTo(8 * 3600 + 300, 0), night: { wake: { riseSec: 600 } } });
    const { programme } = await replan({ plan, programme: night, atSec: 600, action: 'extend', search: shelf });
    unbroken(programme);
    expect(musicEndSec(programme)).toBe(30 * 60);
    expect(programme.night).toEqual({ ...night.night, musicEndSec: 30 * 60 });
    expect(keepNight(night, { ...music, durationSec: 9 * 3600 }).night).toBeUndefined();
  });

  it('says what is wrong with it', async () => {
    const music = await chooseTracks({ plan, search: shelf });
    const ask = (wish: object, beginsMs = evening) =>
      followedBy(music, NightAsk.parse({ ...until, ...wish }), beginsMs, deps);
    await expect(ask({ nature: 'made-up-003' })).rejects.toThrow(/no nature sound "made-up-003"/);
    const late = evening + (8 * 60 - 15) * 60_000;
    await expect(ask({ wake: {} }, late)).rejects.toThrow(/after the music/);
    const wish = (minutes: number) => NightAsk.parse({ ...until, wake: { minutes } });
    expect(leavesTime(music, wish(10), late)).toBe(false);
    expect(leavesTime(music, wish(10), evening)).toBe(true);
    await expect(ask({ timeZone: 'Europe/Nowhere', nature: true })).rejects.toThrow(/time zone/);
    expect(NightAsk.safeParse({ until: '06:30' }).success).toBe(false);
    expect(NightAsk.safeParse({ until: '26:30', nature: true }).success).toBe(false);
    expect(NightAsk.safeParse({ until: '6:30', wake: { minutes: 90 } }).success).toBe(false);
    expect(() => withNight(music, { dawnSec: 13 * 3600, nature: rain })).toThrow(/twelve hours/);
  });
});
