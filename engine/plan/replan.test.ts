/** The listener changes their mind: nothing jumps, nothing heard is changed, and it always comes to an end. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadKnowledge } from '../knowledge/graph.js';
import type { MusicalProfile } from '../vocabulary.js';
import { chooseTracks } from './choose-tracks.js';
import { anyWish, feeling, RUNS } from './plan.fixture.js';
import { planSession } from './planner.js';
import { type ReplanAction, replan } from './replan.js';
import { madeUpTracks, searchFake } from './search.fake.js';
import { profileAt } from './way.js';

const knowledge = loadKnowledge();
const search = searchFake(madeUpTracks(60));
const LEAD_SEC = 12;
const SMOOTH = ['onsetRatePerSec', 'tempoBpm', 'mode', 'brightness', 'articulation', 'density', 'register'] as const;

function near(a: MusicalProfile, b: MusicalProfile, tolerance: number): void {
  expect(Math.abs(a.affect.valence - b.affect.valence)).toBeLessThanOrEqual(tolerance);
  expect(Math.abs(a.affect.arousal - b.affect.arousal)).toBeLessThanOrEqual(tolerance);
  for (const dial of SMOOTH)
    expect(Math.abs(a[dial] - b[dial]) / (1 + Math.abs(a[dial]))).toBeLessThanOrEqual(tolerance);
}

/** Room for what is added: a session may not grow beyond three hours. */
const wishes = anyWish.map((wish) => ({ ...wish, minutes: Math.min(wish.minutes, 120) }));
const share = fc.double({ min: 0, max: 0.9, noNaN: true });

describe('changing course', () => {
  it.each(['stay', 'deeper', 'straight-to-calm', 'extend', 'end-in', 'skip'] as const)(
    '"%s" goes on from where the music is, without a jump, and leaves what was heard',
    { timeout: 240_000 },
    async (action: ReplanAction) => {
      await fc.assert(
        fc.asyncProperty(wishes, share, async (wish, at) => {
          const plan = planSession(knowledge, wish);
          const programme = await chooseTracks({ plan, search });
          const atSec = at * programme.durationSec;
          const minutes = action === 'end-in' ? 3 : undefined;
          const next = await replan({ plan, programme, atSec, action, search, minutes });
          const cutSec = Math.min(programme.durationSec, Math.ceil((atSec + LEAD_SEC) / 0.024) * 0.024);
          near(profileAt(next.plan, cutSec - 1e-6), profileAt(plan, cutSec - 1e-6), 1e-6);
          near(profileAt(next.plan, cutSec + 0.02), profileAt(plan, cutSec), 2e-3);
          near(profileAt(next.plan, atSec / 2), profileAt(plan, atSec / 2), 0.03);
          const heard = (p: typeof programme) =>
            p.tracks.filter((t) => t.endSec < atSec).map((t) => [t.trackId, t.startSec, t.endSec]);
          expect(heard(next.programme).slice(0, heard(programme).length)).toEqual(heard(programme));
          expect(next.programme.tracks.at(-1)!.endSec).toBeCloseTo(next.programme.durationSec, 2);
          expect(next.plan.stages.every((s) => s.endSec >= s.startSec)).toBe(true);
          for (const [i, track] of next.programme.tracks.slice(1).entries())
            expect(next.programme.tracks[i]!.endSec).toBeGreaterThanOrEqual(track.startSec - 0.001);
          if (action === 'extend') expect(next.programme.durationSec).toBeGreaterThan(programme.durationSec);
        }),
        { numRuns: Math.ceil(RUNS / 10) },
      );
    },
  );

  it('skips: the piece is left within seconds, another follows, and it does not come back', {
    timeout: 120_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(wishes, share, async (wish, at) => {
        const plan = planSession(knowledge, { ...wish, minutes: Math.min(40, Math.max(5, wish.minutes)) });
        const programme = await chooseTracks({ plan, search });
        const atSec = at * programme.durationSec;
        if (programme.durationSec - atSec < 60) return;
        const next = await replan({ plan, programme, atSec, action: 'skip', search });
        const sounding = programme.tracks.findLast((track) => track.startSec <= atSec + LEAD_SEC)!;
        const after = next.programme.tracks.filter(({ startSec }) => startSec > sounding.startSec);
        expect(next.plan).toBe(plan);
        expect(next.programme.durationSec).toBe(programme.durationSec);
        const left = next.programme.tracks.find(({ startSec }) => startSec === sounding.startSec)!;
        expect(left.endSec).toBeLessThanOrEqual(atSec + LEAD_SEC + 8.1);
        expect(after.length).toBeGreaterThan(0);
        expect(after.map(({ trackId }) => trackId)).not.toContain(sounding.trackId);
      }),
      { numRuns: Math.ceil(RUNS / 10) },
    );
  });

  it('begins again from the first second', async () => {
    const plan = planSession(knowledge, { reading: feeling({ fear: 0.8 }), seed: 4 });
    const programme = await chooseTracks({ plan, search });
    const next = await replan({ plan, programme, atSec: 600, action: 'restart', search });
    expect(next).toEqual({ plan, programme });
  });

  it('comes to an end whatever is asked for, however often and however early', async () => {
    const change = fc.record({
      action: fc.constantFrom('stay', 'deeper', 'straight-to-calm', 'extend', 'end-in', 'skip' as const),
      afterSec: fc.double({ min: 0, max: 400, noNaN: true }),
      minutes: fc.integer({ min: 1, max: 15 }),
    });
    // A search that gives up on programmes that never end: without it a fault here would hang the whole test run.
    const patient = () => {
      let asked = 0;
      return {
        ...search,
        search: async (...wish: Parameters<typeof search.search>) => {
          asked += 1;
          if (asked > 2000) throw new Error('the programme does not end');
          return search.search(...wish);
        },
      };
    };
    await fc.assert(
      fc.asyncProperty(wishes, fc.array(change, { minLength: 1, maxLength: 5 }), async (wish, changes) => {
        const patientSearch = patient();
        let plan = planSession(knowledge, wish);
        let programme = await chooseTracks({ plan, search: patientSearch });
        let atSec = 0;
        for (const { action, afterSec, minutes } of changes) {
          atSec = Math.min(programme.durationSec, atSec + afterSec);
          if (programme.durationSec / 60 + minutes > 170) break;
          ({ plan, programme } = await replan({ plan, programme, atSec, action, minutes, search: patientSearch }));
          expect(programme.tracks.length).toBeLessThan(400);
          expect(programme.tracks.at(-1)!.endSec).toBeCloseTo(programme.durationSec, 2);
          for (const track of programme.tracks) expect(track.endSec).toBeGreaterThan(track.startSec);
        }
      }),
      { numRuns: Math.ceil(RUNS / 6) },
    );
  });

  it('goes deeper in the first seconds', async () => {
    const plan = planSession(knowledge, {
      reading: feeling({ anger: 0.5, joy: 0.5 }),
      minutes: 24,
      seed: 7,
      intention: 'calm-down',
    });
    const programme = await chooseTracks({ plan, search });
    for (let atSec = 0; atSec < 20; atSec += 0.1) {
      const next = await replan({ plan, programme, atSec, action: 'deeper', search });
      expect(next.programme.tracks.length).toBeLessThan(40);
    }
  });
});
