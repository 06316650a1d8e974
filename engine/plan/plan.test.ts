/** What a plan promises, for any reading and any wish. `PLAN_RUNS` sets how many are tried. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadKnowledge } from '../knowledge/graph.js';
import { infer } from '../knowledge/infer.js';
import { noTaste } from '../listeners/taste.js';
import { EMOTION_LABELS, type EmotionLabel, type MusicalProfile } from '../vocabulary.js';
import { likelyIntention } from './intentions.js';
import { anyReading, anyTaste, anyWish, feeling, RUNS } from './plan.fixture.js';
import { planSession } from './planner.js';
import { distance, profileAt, shareAt } from './way.js';

const knowledge = loadKnowledge();
const numRuns = RUNS;
const along = (plan: ReturnType<typeof planSession>, points = 24): MusicalProfile[] =>
  Array.from({ length: points + 1 }, (_, i) => profileAt(plan, (i / points) * plan.minutes * 60 * 0.9999));
/** From one value to the next; one look at the worst of many, where a word from chai on each takes longer than the plan. */
const greatestRise = (values: readonly number[]) => Math.max(...values.slice(1).map((now, i) => now - values[i]!));
const CALM = ['calm-down', 'fall-asleep', 'let-it-out', 'grieve'];

describe('a plan', () => {
  it('always has match, guide and target, without a gap, over exactly the minutes asked for', () => {
    fc.assert(
      fc.property(anyWish, (wish) => {
        const plan = planSession(knowledge, wish);
        expect(plan.stages.map((s) => s.stage)).toEqual(['match', 'guide', 'target']);
        expect(plan.stages[0]!.startSec).toBe(0);
        expect(plan.stages[1]!.startSec).toBe(plan.stages[0]!.endSec);
        expect(plan.stages[2]!.startSec).toBe(plan.stages[1]!.endSec);
        expect(plan.stages[2]!.endSec).toBe(wish.minutes * 60);
        for (const { startSec, endSec } of plan.stages) expect(endSec).toBeGreaterThan(startSec);
      }),
      { numRuns },
    );
  });

  it('comes ever nearer to its target in valence and arousal, smoothly, and arrives', () => {
    fc.assert(
      fc.property(anyWish, (wish) => {
        const plan = planSession(knowledge, wish);
        const away = along(plan).map((profile) => distance(profile, plan.to));
        expect(greatestRise(away)).toBeLessThanOrEqual(1e-9);
        expect(away.at(-1)!).toBeLessThan(0.01);
        // Smooth: the speed never jumps, so three points in a row lie nearly on a line.
        const total = wish.minutes * 60;
        const bends = Array.from({ length: 39 }, (_, i) => {
          const [a, b, c] = [-1, 0, 1].map((d) => shareAt(plan, ((i + 1 + d * 0.02) / 40) * total));
          return Math.abs(a! + c! - 2 * b!);
        });
        expect(Math.max(...bends)).toBeLessThan(0.002);
      }),
      { numRuns },
    );
  });

  it('towards calm only ever gets calmer, slower, darker, sparser and softer', () => {
    fc.assert(
      fc.property(anyWish, (wish) => {
        const plan = planSession(knowledge, wish);
        if (!CALM.includes(plan.intention)) return;
        const points = along(plan, 12);
        for (const dial of ['onsetRatePerSec', 'tempoBpm', 'brightness', 'density', 'loudnessLufs'] as const)
          expect(greatestRise(points.map((point) => point[dial])), dial).toBeLessThanOrEqual(1e-9);
        expect(greatestRise(points.map(({ affect }) => affect.arousal))).toBeLessThanOrEqual(1e-9);
        expect(points.at(-1)!.loudnessLufs).toBeLessThanOrEqual(points[0]!.loudnessLufs - 2 + 1e-9);
        if (wish.minutes < 8 || wish.approach === 'straight') return;
        expect(plan.to.onsetRatePerSec).toBeLessThanOrEqual(plan.from.onsetRatePerSec * 0.7 + 1e-9);
        if (plan.from.tempoBpm > 75) expect(plan.to.tempoBpm).toBeLessThanOrEqual(plan.from.tempoBpm * 0.7 + 1e-9);
      }),
      { numRuns },
    );
  });

  it('towards waking or lifting never grows louder by more than 1.5 LU from one stage to the next', () => {
    fc.assert(
      fc.property(anyWish, (wish) => {
        const levels = planSession(knowledge, wish).stages.map(({ profile }) => profile.loudnessLufs);
        expect(greatestRise(levels)).toBeLessThanOrEqual(1.5 + 1e-9);
      }),
      { numRuns },
    );
  });

  it('never meets fear, anger or unrest in full', () => {
    const distress = fc.constantFrom('anger', 'fear', 'nervousness' as EmotionLabel);
    fc.assert(
      fc.property(distress, fc.double({ min: 0.5, max: 1, noNaN: true }), anyWish, (label, p, wish) => {
        const reading = { ...feeling({ [label]: p }), valence: -0.8, arousal: 0.9 };
        const plan = planSession(knowledge, { ...wish, reading, taste: undefined });
        expect(plan.from.affect.arousal).toBeLessThanOrEqual(0.351);
        expect(plan.from.onsetRatePerSec).toBeLessThanOrEqual(infer(knowledge, reading).felt.onsetRatePerSec + 1e-9);
        if (plan.approach === 'iso') expect(plan.summaryFacts!.map(({ key }) => key)).toContain('gentler');
      }),
      { numRuns },
    );
  });

  it('does not hurry grief: it is met for longer than other sadness, and moves less in the first minutes', () => {
    const minutes = 20;
    const of = (label: EmotionLabel) =>
      planSession(knowledge, { reading: feeling({ [label]: 0.9 }), minutes, seed: 1, nowHour: 15 });
    const [grief, sadness] = [of('grief'), of('sadness')];
    expect(grief.intention).toBe('grieve');
    expect(grief.stages[0]!.endSec).toBeGreaterThan(sadness.stages[0]!.endSec);
    const moved = (plan: typeof grief) => distance(profileAt(plan, 200), plan.from);
    expect(moved(grief)).toBeLessThan(moved(sadness));
  });

  it('begins near the target where calm is asked for from the first second', () => {
    fc.assert(
      fc.property(anyWish, (wish) => {
        const straight = planSession(knowledge, { ...wish, approach: 'straight' });
        const iso = planSession(knowledge, { ...wish, approach: 'iso' });
        expect(distance(straight.from, straight.to)).toBeLessThanOrEqual(distance(iso.from, iso.to) + 1e-6);
      }),
      { numRuns },
    );
  });

  it('is the same for the same wish', () => {
    fc.assert(
      fc.property(anyWish, (wish) => {
        expect(planSession(knowledge, wish)).toEqual(planSession(knowledge, wish));
      }),
      { numRuns: Math.ceil(numRuns / 10) },
    );
  });

  it('reads sensibly', () => {
    const from = (label: EmotionLabel) =>
      planSession(knowledge, { reading: feeling({ [label]: 0.9 }), seed: 1, minutes: 30, nowHour: 15 }).from;
    expect(from('anger').mode).toBeLessThan(-0.3);
    expect(from('sadness').mode).toBeLessThan(-0.2);
    expect(from('joy').mode).toBeGreaterThan(0.4);
    expect(from('anger').onsetRatePerSec).toBeGreaterThan(from('sadness').onsetRatePerSec * 1.5);
    expect(from('love').articulation).toBeLessThan(0.35);
    expect(from('sadness').tempoBpm).toBeLessThan(82);
    expect(from('joy').tempoBpm).toBeGreaterThan(95);
  });

  it.each([0, -3, 10_000, Number.NaN, Number.POSITIVE_INFINITY])(
    'refuses %s minutes and names the range',
    (minutes) => {
      expect(() => planSession(knowledge, { reading: feeling({}), minutes, seed: 1 })).toThrow(/2 to 180 minutes/);
    },
  );

  it.each([Number.NaN, 0, 1])('is whole where every probability is %s', (p) => {
    const probabilities = Object.fromEntries(EMOTION_LABELS.map((label) => [label, p])) as Record<EmotionLabel, number>;
    const plan = planSession(knowledge, {
      reading: { ...feeling({}), probabilities, valence: p, arousal: p },
      seed: 1,
    });
    for (const profile of along(plan, 4))
      for (const value of [...Object.values(profile), ...Object.values(profile.affect)])
        if (typeof value === 'number') expect(Number.isFinite(value)).toBe(true);
  });
});

it('passes over labels that it does not know', () => {
  const reading = feeling({ sadness: 0.9 });
  const strange = { ...reading.probabilities, schadenfreude: 1, __proto__: null } as typeof reading.probabilities;
  const plan = planSession(knowledge, { reading: { ...reading, probabilities: strange }, seed: 1 });
  expect(plan.from).toEqual(planSession(knowledge, { reading, seed: 1 }).from);
});

describe('where it leads', () => {
  const at = (
    nowHour: number,
    wish: Parameters<typeof feeling>[0] = {},
    bodyState?: 'tired' | 'sleepless' | 'in-pain',
  ) => likelyIntention({ ...feeling(wish), ...(bodyState ? { bodyState: [bodyState] } : {}) }, nowHour);

  it('follows the clock where nobody says', () => {
    expect([22, 0, 3].map((hour) => at(hour))).toEqual(['fall-asleep', 'fall-asleep', 'fall-asleep']);
    expect([5, 7, 9].map((hour) => at(hour))).toEqual(['wake-gently', 'wake-gently', 'wake-gently']);
    expect([10, 15, 20].map((hour) => at(hour))).toEqual(['calm-down', 'calm-down', 'calm-down']);
  });

  it('follows the words first: no sleep means sleep, distress in the morning means calm, grief takes its time', () => {
    expect(at(14, {}, 'sleepless')).toBe('fall-asleep');
    expect(at(6, {}, 'sleepless')).toBe('fall-asleep');
    expect(at(7, {}, 'tired')).toBe('wake-gently');
    expect(at(15, {}, 'tired')).toBe('fall-asleep');
    expect(at(7, { fear: 0.9 })).toBe('calm-down');
    expect(at(23, { grief: 0.9 })).toBe('grieve');
    expect(likelyIntention(feeling({ joy: 0.8 }), undefined)).toBe('calm-down');
  });
});

describe('what the listener likes', () => {
  it('bends the dials within bounds and never breaks the way to calm', () => {
    fc.assert(
      fc.property(anyWish, anyTaste, (wish, taste) => {
        const plan = planSession(knowledge, { ...wish, taste });
        const plain = planSession(knowledge, { ...wish, taste: undefined });
        expect(Math.abs(plan.from.brightness - plain.from.brightness)).toBeLessThanOrEqual(0.2 + 1e-9);
        expect(Math.abs(plan.to.register - plain.to.register)).toBeLessThanOrEqual(0.2 * 26 + 1e-9);
        expect(plan.from.affect.arousal).toBeLessThanOrEqual(Math.max(plain.from.affect.arousal, 0.351) + 0.15);
        if (!CALM.includes(plan.intention)) return;
        const points = along(plan, 6);
        for (const [i, now] of points.slice(1).entries())
          expect(now.onsetRatePerSec).toBeLessThanOrEqual(points[i]!.onsetRatePerSec + 1e-9);
      }),
      { numRuns },
    );
  });

  it('is said where it took part, and only there', () => {
    const wish = { reading: feeling({ sadness: 0.8 }), seed: 1 };
    const keys = (taste?: ReturnType<typeof noTaste>) =>
      planSession(knowledge, { ...wish, taste }).summaryFacts!.map(({ key }) => key);
    expect(keys()).not.toContain('taste');
    expect(keys(noTaste())).not.toContain('taste');
    const brighter = noTaste();
    brighter.dials.brightness = 0.1;
    expect(keys(brighter)).toContain('taste');
  });
});

describe('the explanation', () => {
  it('always says where it leads and how sure anyone can be, and names no source that is not in the graph', () => {
    fc.assert(
      fc.property(anyReading, fc.integer({ min: 0, max: 23 }), (reading, nowHour) => {
        const plan = planSession(knowledge, { reading, seed: 1, nowHour });
        const keys = plan.summaryFacts!.map(({ key }) => key);
        expect(keys).toContain('leads');
        expect(keys.at(-1)).toBe('honest');
        expect(plan.summary).toHaveLength(keys.length);
        for (const sentence of plan.summary) expect(sentence).toMatch(/^[A-Z].{5,220}\.$/);
        for (const stage of plan.stages)
          for (const reason of stage.because)
            for (const { id } of reason.sources) expect(knowledge.sources.has(id)).toBe(true);
      }),
      { numRuns },
    );
  });

  it('names both feelings of a mixed one', () => {
    const plan = planSession(knowledge, { reading: feeling({ joy: 0.8, sadness: 0.75 }), seed: 1, nowHour: 15 });
    const fact = plan.summaryFacts!.find(({ key }) => key === 'compromise');
    expect(fact?.feelings).toEqual(['joy', 'sadness']);
  });
});
