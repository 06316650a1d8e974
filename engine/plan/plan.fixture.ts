/** Readings, wishes and tastes for the proofs: single feelings by name, and any at all. */
import fc from 'fast-check';
import { readingFrom } from '../emotion/reading.js';
import { MOST_SHIFT, MOST_STYLE_SHIFT, noTaste, TASTE_DIALS, type Taste } from '../listeners/taste.js';
import {
  Approach,
  BodyState,
  EMOTION_LABELS,
  type EmotionLabel,
  type EmotionReading,
  Intention,
} from '../vocabulary.js';

export const RUNS = Number(process.env.PLAN_RUNS ?? 10_000);

export const feeling = (felt: Partial<Record<EmotionLabel, number>>): EmotionReading =>
  readingFrom(
    EMOTION_LABELS.map((label) => felt[label] ?? 0.01),
    EMOTION_LABELS.map(() => 0.3),
  );

const probability = fc.oneof(
  { weight: 6, arbitrary: fc.double({ min: 0, max: 1, noNaN: true }) },
  { weight: 6, arbitrary: fc.double({ min: 0, max: 0.05, noNaN: true }) },
  { weight: 1, arbitrary: fc.constantFrom(0, 1, Number.NaN) },
);

/** Many small probabilities and a few large, as models give them; now and then nonsense. */
export const anyReading: fc.Arbitrary<EmotionReading> = fc
  .record({
    vector: fc.array(probability, { minLength: 28, maxLength: 28 }),
    sharp: fc.boolean(),
    bodyState: fc.subarray([...BodyState.options]),
  })
  .map(({ vector, sharp, bodyState }) => ({
    ...readingFrom(
      vector.map((p) => (sharp ? p ** 5 : p)),
      EMOTION_LABELS.map(() => 0.3),
    ),
    bodyState,
  }));

const dial = fc.double({ min: -MOST_SHIFT, max: MOST_SHIFT, noNaN: true });
export const anyTaste: fc.Arbitrary<Taste> = fc
  .record({
    dials: fc.array(dial, { minLength: TASTE_DIALS.length, maxLength: TASTE_DIALS.length }),
    styles: fc.dictionary(
      fc.constantFrom('style-0', 'style-1', 'style-2', 'style-3'),
      fc.double({ min: -MOST_STYLE_SHIFT, max: MOST_STYLE_SHIFT, noNaN: true }),
    ),
  })
  .map(({ dials, styles }) => ({
    ...noTaste(),
    liked: 3,
    dials: Object.fromEntries(TASTE_DIALS.map((name, i) => [name, dials[i]])) as Taste['dials'],
    styles: { ...styles },
  }));

export const anyWish = fc.record({
  reading: anyReading,
  minutes: fc.oneof(fc.integer({ min: 2, max: 90 }), fc.integer({ min: 2, max: 180 })),
  approach: fc.constantFrom(...Approach.options),
  intention: fc.option(fc.constantFrom(...Intention.options), { nil: undefined }),
  nowHour: fc.option(fc.integer({ min: 0, max: 23 }), { nil: undefined }),
  seed: fc.nat(),
  taste: fc.option(anyTaste, { nil: undefined }),
});
