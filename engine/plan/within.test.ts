/** House rules are obeyed by every plan, every choice and every change of mind: no second too loud, nothing banned, ever. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadKnowledge } from '../knowledge/graph.js';
import type { HouseRules } from '../listeners/house-rules.js';
import { narrowing, permits } from '../listeners/obeyed.js';
import type { Programme, SessionPlan, Track } from '../vocabulary.js';
import { chooseTracks } from './choose-tracks.js';
import { trackOf } from './made.js';
import { followedBy, type NightAsk } from './night-ask.js';
import { anyWish, RUNS } from './plan.fixture.js';
import { planSession } from './planner.js';
import { type ReplanAction, replan } from './replan.js';
import { madeUpTracks, searchFake } from './search.fake.js';
import { profileAt } from './way.js';
import { greetedBy, planWithin, programmeWithin, searchWithin } from './within.js';

const knowledge = loadKnowledge();
/** Sixty pieces and three sounds of nature. */
const shelf: Track[] = madeUpTracks(60).map((track, i) => {
  if (i === 0)
    return { ...track, id: 'rain-on-leaves', style: 'rain', origin: { kind: 'nature', sound: 'rain', seed: 1 } };
  if (i < 3) return { ...track, style: 'surf', origin: { kind: 'nature', sound: 'surf', seed: i } };
  return track;
});
const search = searchFake(shelf);
const NOW = Date.parse('2026-01-15T21:00Z');

const list = fc.record({
  trackIds: fc.subarray(shelf.map(({ id }) => id)),
  styles: fc.subarray(['rain', 'surf', ...Array.from({ length: 9 }, (_, i) => `Style-${i}`)]),
});
const anyRules: fc.Arbitrary<HouseRules> = fc.record(
  {
    loudnessCapLufs: fc.double({ min: -45, max: -14, noNaN: true }),
    banned: list,
    allowed: list,
    quietHours: fc.constantFrom(
      { from: '20:00', until: '06:00', zone: 'UTC' },
      { from: '23:00', until: '06:00', zone: 'UTC' },
    ),
    greeting: fc.record({ id: fc.constant('g1'), durationSec: fc.double({ min: 1, max: 60, noNaN: true }) }),
  },
  { requiredKeys: [] },
);
const anyNight = fc.record({
  until: fc.constant('06:30'),
  timeZone: fc.constant('UTC'),
  nature: fc.option(fc.constant(true as const), { nil: undefined }),
  wake: fc.constant({ minutes: 10 }),
});
const ACTIONS: readonly ReplanAction[] = ['stay', 'deeper', 'straight-to-calm', 'extend', 'end-in', 'restart', 'skip'];

/** As the session service does it. */
async function begun(wish: Parameters<typeof planSession>[1], rules: HouseRules, night?: NightAsk) {
  const within = narrowing(rules, NOW);
  const plan = planWithin(planSession(knowledge, wish), within);
  const music = await chooseTracks({ plan, search: searchWithin(search, rules), fill: true, taste: wish.taste });
  const deps = { search, knowledge: () => knowledge, nowHour: () => 21, rules, within };
  const whole = night ? await followedBy(music, night, NOW, deps) : music;
  return { plan, programme: greetedBy(programmeWithin(whole, plan, { rules, search }), rules) };
}

/** Everything that is too loud or not allowed, in words; empty where the rules are obeyed. */
function broken(plan: SessionPlan, programme: Programme, rules: HouseRules, cap: number): string[] {
  const found: string[] = [];
  // Kept to three decimals.
  const loud = (what: string, lufs: number) => lufs > cap + 1e-3 && found.push(`${what} at ${lufs} over ${cap}`);
  const whole = plan.minutes * 60;
  for (let sec = 0; sec <= whole; sec += Math.max(1, whole / 300))
    loud(`second ${sec}`, profileAt(plan, sec).loudnessLufs);
  for (const { stage, profile } of plan.stages) loud(`planned ${stage}`, profile.loudnessLufs);
  for (const { stage, loudnessLufs } of programme.stages) loud(stage, loudnessLufs);
  for (const { trackId, loudnessLufs } of programme.tracks) loud(trackId, loudnessLufs);
  for (const { id, analysis, origin } of programme.made ?? []) {
    loud(id, analysis.integratedLufs);
    if (origin.kind === 'morph')
      for (const { profile } of origin.points) loud(`${id} on its way`, profile.loudnessLufs);
  }
  const { nature, wake } = programme.night ?? {};
  const power = (lufs: number | undefined) => (lufs === undefined ? 0 : 10 ** (lufs / 10));
  loud('the night', 10 * Math.log10(power(nature?.loudnessLufs) + power(wake?.loudnessLufs) + 1e-12));
  if (programme.greeting) loud('the greeting', programme.greeting.loudnessLufs);
  const heard = [...programme.tracks, nature, wake].flatMap((each) => (each ? [each.trackId] : []));
  for (const id of heard) {
    const track = trackOf(programme, search, id);
    if (!track || !permits(rules, track)) found.push(`${id} may not be heard`);
  }
  return found;
}

const capOf = (rules: HouseRules, quiet: boolean) =>
  Math.min(rules.loudnessCapLufs ?? 0, quiet && rules.quietHours?.from === '20:00' ? -24 : 0);

describe('house rules', () => {
  it('hold for every session, its night and its greeting, whatever is felt and wished for', {
    timeout: 240_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(anyWish, anyRules, fc.option(anyNight, { nil: undefined }), async (wish, rules, night) => {
        const { plan, programme } = await begun(wish, rules, night);
        expect(broken(plan, programme, rules, capOf(rules, true))).toEqual([]);
        expect(programme.tracks.at(-1)!.endSec).toBeCloseTo(plan.minutes * 60, 2);
        expect(programme.night?.wake !== undefined).toBe(night !== undefined);
      }),
      { numRuns: Math.ceil(RUNS / 100) },
    );
  });

  it('hold after every change of mind, one after another', { timeout: 240_000 }, async () => {
    const steps = fc.array(fc.tuple(fc.constantFrom(...ACTIONS), fc.double({ min: 0, max: 0.9, noNaN: true })), {
      minLength: 1,
      maxLength: 4,
    });
    await fc.assert(
      fc.asyncProperty(
        anyWish,
        anyRules,
        fc.option(anyNight, { nil: undefined }),
        steps,
        async (wish, rules, night, changes) => {
          let now = await begun({ ...wish, minutes: Math.min(60, wish.minutes) }, rules, night);
          for (const [action, at] of changes) {
            const atSec = at * (now.programme.night?.musicEndSec ?? now.programme.durationSec);
            now = await replan({
              ...now,
              atSec,
              action,
              search,
              fill: true,
              rules,
              within: narrowing(rules, NOW),
              ...(action === 'end-in' ? { minutes: 5 } : {}),
            });
            expect(broken(now.plan, now.programme, rules, capOf(rules, true))).toEqual([]);
          }
        },
      ),
      { numRuns: Math.ceil(RUNS / 100) },
    );
  });

  it('settled while music plays hold from the next change on: softer, and a piece that is banned now is left', async () => {
    const wish = { reading: { ...fc.sample(anyWish, { numRuns: 1, seed: 3 })[0]!.reading }, minutes: 20, seed: 5 };
    const before = await begun(wish, {});
    const atSec = 200;
    const sounding = before.programme.tracks.findLast(({ startSec }) => startSec <= atSec + 12)!;
    const rules: HouseRules = { loudnessCapLufs: -35, banned: { trackIds: [sounding.trackId], styles: [] } };
    const after = await replan({
      ...before,
      atSec,
      action: 'stay',
      search,
      fill: true,
      rules,
      within: narrowing(rules, NOW),
    });
    const left = after.programme.tracks.find(({ startSec }) => startSec === sounding.startSec)!;
    expect(left.endSec).toBeLessThanOrEqual(Math.max(atSec + 12 + 8.1, sounding.startSec + 45));
    const later = after.programme.tracks.filter(({ startSec }) => startSec > sounding.startSec);
    expect(later.map(({ trackId }) => trackId)).not.toContain(sounding.trackId);
    expect(after.programme.loudestLufs).toBe(-35);
    expect(Math.max(...after.programme.stages.map(({ loudnessLufs }) => loudnessLufs))).toBeLessThanOrEqual(-35);
  });

  it('that allow nothing of the shelf leave music that is composed, and a wake that is', async () => {
    const rules: HouseRules = { allowed: { trackIds: [], styles: ['zither'] } };
    const wish = { reading: fc.sample(anyWish, { numRuns: 1, seed: 3 })[0]!.reading, minutes: 20, seed: 5 };
    const night = { until: '06:30', timeZone: 'UTC', nature: true as const, wake: { minutes: 10 } };
    const { programme } = await begun(wish, rules, night);
    expect(programme.tracks.every(({ trackId }) => trackId.startsWith('made-'))).toBe(true);
    expect(programme.night?.nature).toBeUndefined();
    expect(programme.night?.wake?.trackId).toMatch(/^made-/);
    expect(programme.made?.every(({ origin }) => origin.kind === 'morph' && origin.onlyStyles?.[0] === 'zither')).toBe(
      true,
    );
  });

  it('a banned sound of nature that is asked for by name is refused; the usual one gives way to another', async () => {
    const rules: HouseRules = { banned: { trackIds: ['rain-on-leaves'], styles: [] } };
    const wish = { reading: fc.sample(anyWish, { numRuns: 1, seed: 3 })[0]!.reading, minutes: 20, seed: 5 };
    const plan = planSession(knowledge, wish);
    const music = await chooseTracks({ plan, search, fill: true });
    const deps = { search, knowledge: () => knowledge, nowHour: () => 21, rules };
    const ask = { until: '06:30', timeZone: 'UTC' };
    await expect(followedBy(music, { ...ask, nature: 'rain-on-leaves' }, NOW, deps)).rejects.toThrow('leave out');
    const night = await followedBy(music, { ...ask, nature: true }, NOW, deps);
    expect(night.night?.nature?.trackId).toMatch(/^made-up-00[12]$/);
  });

  it('that settle nothing change nothing, to the byte', async () => {
    const wish = { reading: fc.sample(anyWish, { numRuns: 1, seed: 3 })[0]!.reading, minutes: 20, seed: 5 };
    const plan = planSession(knowledge, wish);
    const plain = await chooseTracks({ plan, search, fill: true });
    expect(await begun(wish, {})).toEqual({ plan, programme: plain });
  });
});
