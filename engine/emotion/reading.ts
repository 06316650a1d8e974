/** From 28 probabilities to a reading: labels over their thresholds, affect, intensity. Pure. */
import { EMOTION_LABELS, type EmotionLabel, type EmotionReading } from '../vocabulary.js';
import { LABEL_AFFECT } from './label-affect.js';

/**
 * `probabilities` and `thresholds` are in the order of EMOTION_LABELS.
 *
 * Affect is the mean of the labels' own affect, weighted by the square of the probability: what is surely there counts,
 * a tail of small probabilities does not pull everything to the middle. Neutral takes part, so a faint feeling is a
 * faint affect. Example: sadness .9 and grief .1 → valence -0.96, arousal -0.40.
 */
export function readingFrom(probabilities: readonly number[], thresholds: readonly number[]): EmotionReading {
  const p = EMOTION_LABELS.map((_, i) => clean(probabilities[i]));
  let weight = 0;
  let valence = 0;
  let arousal = 0;
  EMOTION_LABELS.forEach((label, i) => {
    const w = p[i]! ** 2;
    weight += w;
    valence += w * LABEL_AFFECT[label].valence;
    arousal += w * LABEL_AFFECT[label].arousal;
  });
  const labels = EMOTION_LABELS.map((label, i) => ({ label, p: p[i]!, over: p[i]! >= (thresholds[i] ?? 0.5) }))
    .filter((each) => each.over)
    .sort((a, b) => b.p - a.p)
    .map((each) => each.label);
  return {
    labels,
    probabilities: Object.fromEntries(EMOTION_LABELS.map((label, i) => [label, p[i]!])) as Record<EmotionLabel, number>,
    valence: weight > 0 ? valence / weight : 0,
    arousal: weight > 0 ? arousal / weight : 0,
    intensity: Math.max(...p.slice(0, EMOTION_LABELS.indexOf('neutral'))),
  };
}

/** What is said of a text in which there is nothing to read: neutral, and no label. */
export function nothingToRead(): EmotionReading {
  const reading = readingFrom(
    EMOTION_LABELS.map((label) => (label === 'neutral' ? 1 : 0)),
    [],
  );
  return { ...reading, labels: [] };
}

function clean(value: number | undefined): number {
  return value === undefined || !Number.isFinite(value) ? 0 : Math.min(1, Math.max(0, value));
}
