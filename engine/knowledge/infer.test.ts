import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LABEL_AFFECT } from '../emotion/label-affect.js';
import { readingFrom } from '../emotion/reading.js';
import { BodyState, EMOTION_LABELS, type EmotionLabel, type EmotionReading, Intention } from '../vocabulary.js';
import { byEffect } from './dial-values.js';
import { profileFrom } from './dials.js';
import { loadKnowledge } from './graph.js';
import { dialsOf, infer, trace } from './infer.js';
import { targetOf } from './intention.js';
import { FEATURES } from './nodes.js';
import { resolveMixture, sharesOf } from './shares.js';

const knowledge = loadKnowledge();
const MANY = Number(process.env.INFER_RUNS ?? 10_000);

const probability = fc.oneof(
  { weight: 8, arbitrary: fc.double({ min: 0, max: 1, noNaN: true }) },
  { weight: 4, arbitrary: fc.double({ min: 0, max: 0.05, noNaN: true }) },
  { weight: 1, arbitrary: fc.constantFrom(0, 1, Number.NaN, Number.POSITIVE_INFINITY, -3) },
);
const readings: fc.Arbitrary<EmotionReading> = fc
  .record({
    vector: fc.array(probability, { minLength: 28, maxLength: 28 }),
    sharp: fc.boolean(),
    bodyState: fc.subarray([...BodyState.options]),
  })
  .map(({ vector, sharp, bodyState }) => {
    const p = sharp ? vector.map((x) => x ** 6) : vector;
    return {
      ...readingFrom(p, []),
      probabilities: Object.fromEntries(
        EMOTION_LABELS.map((label, i) => [label, p[i]]),
      ) as EmotionReading['probabilities'],
      bodyState,
    };
  });
const feeling = (felt: Partial<Record<EmotionLabel, number>>): EmotionReading =>
  readingFrom(
    EMOTION_LABELS.map((label) => felt[label] ?? 0.01),
    EMOTION_LABELS.map(() => 0.3),
  );
const alone = (label: EmotionLabel): EmotionReading => ({
  ...feeling({ [label]: 0.95, neutral: 0 }),
  ...LABEL_AFFECT[label],
});

describe('what follows from a reading', () => {
  it('is a whole profile within its ranges, and the same each time, for any probabilities at all', () => {
    fc.assert(
      fc.property(readings, (reading) => {
        const inference = infer(knowledge, reading);
        const { affect, instrumentation, onsetRatePerSec, tempoBpm, ...rest } = inference.profile;
        for (const value of [affect.valence, affect.arousal, onsetRatePerSec, tempoBpm, ...Object.values(rest)])
          expect(Number.isFinite(value)).toBe(true);
        expect(tempoBpm).toBeGreaterThanOrEqual(50);
        expect(tempoBpm).toBeLessThanOrEqual(130);
        expect(instrumentation.length).toBeGreaterThan(0);
        for (const unsure of Object.values(inference.uncertainty)) {
          expect(unsure).toBeGreaterThanOrEqual(0);
          expect(unsure).toBeLessThanOrEqual(1);
        }
        expect(infer(knowledge, reading)).toEqual(inference);
      }),
      { numRuns: MANY },
    );
  });

  it('names the path whose removal changes the profile more than the removal of any other', () => {
    fc.assert(
      fc.property(readings, (reading) => {
        const { paths } = trace(knowledge, reading);
        const whole = dialsOf(paths);
        const changeWithout = (i: number) => {
          const rest = dialsOf(paths.filter((_, j) => j !== i));
          return FEATURES.reduce((sum, feature) => sum + Math.abs(rest[feature] - whole[feature]), 0);
        };
        const named = infer(knowledge, reading).reasons[0]?.path;
        const changes = paths.map((_, i) => changeWithout(i));
        if (!named) {
          expect(Math.max(...changes, 0)).toBeLessThan(1e-9);
          return;
        }
        const place = paths.findIndex((p) => p.from === named.from && p.via === named.via && p.to === named.to);
        expect(changes[place]! + 1e-9).toBeGreaterThanOrEqual(Math.max(...changes));
      }),
      { numRuns: MANY },
    );
  });

  it('gives every feeling and every intention music of its own', () => {
    const dials = new Map<string, number[]>();
    for (const label of EMOTION_LABELS) {
      const { paths, affect } = trace(knowledge, alone(label));
      dials.set(label, [...FEATURES.map((f) => dialsOf(paths)[f]), affect.valence, affect.arousal]);
    }
    const apart = (a: number[], b: number[]) => Math.hypot(...a.map((x, i) => x - b[i]!)) / Math.sqrt(a.length);
    const names = [...dials.keys()];
    for (const [i, a] of names.entries())
      for (const b of names.slice(i + 1))
        expect(apart(dials.get(a)!, dials.get(b)!), `${a} and ${b}`).toBeGreaterThan(0.04);
    const targets = Intention.options.map((intention) => {
      const { affect, features } = targetOf(knowledge, intention);
      return { intention, at: [...FEATURES.map((f) => features[f]), affect.valence, affect.arousal] };
    });
    for (const [i, a] of targets.entries())
      for (const b of targets.slice(i + 1))
        expect(apart(a.at, b.at), `${a.intention} and ${b.intention}`).toBeGreaterThan(0.08);
  });

  it('reads sensibly: sad is slow and minor, joyful fast and major, tender flowing, angry busy and strong', () => {
    const of = (label: EmotionLabel) => infer(knowledge, alone(label)).felt;
    expect(of('sadness').mode).toBeLessThan(-0.2);
    expect(of('sadness').tempoBpm).toBeLessThan(82);
    expect(of('joy').mode).toBeGreaterThan(0.4);
    expect(of('joy').onsetRatePerSec).toBeGreaterThan(of('sadness').onsetRatePerSec * 2);
    expect(of('love').articulation).toBeLessThan(0.35);
    expect(of('anger').loudnessLufs).toBeGreaterThan(of('sadness').loudnessLufs + 2);
    expect(of('fear').consonance).toBeLessThan(of('relief').consonance);
    expect(of('relief').brightness).toBeLessThan(of('joy').brightness);
  });

  it('never asks to match distress in full, and says which caution held it back', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('anger' as const, 'fear' as const, 'nervousness' as const),
        fc.double({ min: 0.5, max: 1, noNaN: true }),
        (label, p) => {
          const reading = { ...feeling({ [label]: p }), arousal: 0.9, valence: -0.8 };
          const { profile, cautions } = infer(knowledge, reading);
          expect(profile.affect.arousal).toBeLessThanOrEqual(0.351);
          const caution = cautions.find(({ id }) => id === 'limit-matched-arousal');
          expect(caution?.changed).toBe(true);
          expect(caution?.because[0]).toBe(label);
        },
      ),
    );
  });

  it('changes a little where the reading changes a little', () => {
    fc.assert(
      fc.property(readings, fc.constantFrom(...EMOTION_LABELS), (reading, label) => {
        const clean = { ...reading.probabilities };
        for (const each of EMOTION_LABELS) if (!(clean[each] >= 0 && clean[each] <= 1)) clean[each] = 0;
        // Where hardly anything was read at all, a share is a matter of hundredths of nothing.
        if (EMOTION_LABELS.reduce((sum, each) => sum + clean[each] ** 2, 0) < 0.05) return;
        const near = { ...clean, [label]: Math.min(1, clean[label] + 0.0005) };
        const a = infer(knowledge, { ...reading, probabilities: clean }).profile;
        const b = infer(knowledge, { ...reading, probabilities: near }).profile;
        expect(Math.abs(a.tempoBpm - b.tempoBpm)).toBeLessThan(1.5);
        expect(Math.abs(a.mode - b.mode)).toBeLessThan(0.05);
        expect(Math.abs(a.affect.arousal - b.affect.arousal)).toBeLessThan(0.05);
      }),
      { numRuns: MANY },
    );
  });

  it('is less sure where feelings disagree than where they agree', () => {
    const sum = (reading: EmotionReading) =>
      Object.values(infer(knowledge, reading).uncertainty).reduce((total, each) => total + each, 0);
    expect(sum(feeling({ joy: 0.8, sadness: 0.8 }))).toBeGreaterThan(sum(feeling({ sadness: 0.8 })));
  });
});

describe('a mixed feeling', () => {
  const mixed = (felt: Partial<Record<EmotionLabel, number>>) => resolveMixture(sharesOf(feeling(felt).probabilities));

  it('is a compromise between two that are about equal, and says which two', () => {
    const { mixture } = mixed({ joy: 0.8, sadness: 0.7 });
    expect(mixture.kind).toBe('compromise');
    expect(mixture.parts.map(({ label }) => label)).toEqual(['joy', 'sadness']);
    const between = infer(knowledge, feeling({ joy: 0.8, sadness: 0.75 })).felt;
    const [joy, sad] = [infer(knowledge, feeling({ joy: 0.8 })).felt, infer(knowledge, feeling({ sadness: 0.8 })).felt];
    expect(between.mode).toBeLessThan(joy.mode);
    expect(between.mode).toBeGreaterThan(sad.mode);
  });

  it('gives the room to the clearly stronger', () => {
    const { mixture, shares } = mixed({ joy: 0.9, sadness: 0.4 });
    expect(mixture.kind).toBe('stronger');
    expect(shares.joy).toBeGreaterThan(0.9);
  });

  it('is one mood where the feelings lie near each other, and none where nothing was felt', () => {
    expect(mixed({ sadness: 0.7, grief: 0.6 }).mixture.kind).toBe('one');
    expect(mixed({ neutral: 0.9 }).mixture.kind).toBe('none');
    expect(resolveMixture(sharesOf({})).mixture.kind).toBe('none');
  });
});

describe('evidence', () => {
  it('counts: the same claim moves the music less where it is only practice', () => {
    const { paths } = trace(knowledge, alone('sadness'));
    const path = byEffect(paths, 1)[0]!;
    const others = paths.filter((p) => !(p.from === path.from && p.via === path.via && p.to === path.to));
    const withConfidence = (confidence: number) =>
      dialsOf([...others, { ...path, confidence, count: (path.count / path.confidence) * confidence }])[path.to];
    expect(Math.abs(withConfidence(0.25) - dialsOf(others)[path.to])).toBeLessThan(
      Math.abs(withConfidence(0.9) - dialsOf(others)[path.to]),
    );
  });

  it('is never cited from thin air: every source of every reason is in the graph', () => {
    for (const label of EMOTION_LABELS)
      for (const reason of infer(knowledge, alone(label)).reasons)
        for (const { id } of reason.sources) expect(knowledge.sources.has(id)).toBe(true);
  });
});

it('turns every intention into a target within the ranges of the dials', () => {
  for (const intention of Intention.options) {
    const { affect, features, instrumentation } = targetOf(knowledge, intention);
    const profile = profileFrom(features, affect, instrumentation);
    expect(instrumentation.length).toBeGreaterThan(0);
    expect(profile.tempoBpm).toBeGreaterThan(0);
  }
});
