/** From 28 probabilities to a reading: labels over their thresholds, affect, intensity. Pure. */
import { affectDistance } from '../affect-distance.js';
import {
  type Affect,
  BASIC_EMOTIONS,
  type BasicEmotion,
  EMOTION_LABELS,
  type EmotionLabel,
  type EmotionReading,
} from '../vocabulary.js';
import { LABEL_AFFECT } from './label-affect.js';

/**
 * `probabilities` and `thresholds` are in the order of EMOTION_LABELS. Affect is that of the labels (see `mixedAffect`);
 * a model that has learned affect itself replaces it, see `affectAfter`.
 */
export function readingFrom(probabilities: readonly number[], thresholds: readonly number[]): EmotionReading {
  const p = EMOTION_LABELS.map((_, i) => clean(probabilities[i]));
  const labels = EMOTION_LABELS.map((label, i) => ({ label, p: p[i]!, over: p[i]! >= (thresholds[i] ?? 0.5) }))
    .filter((each) => each.over)
    .sort((a, b) => b.p - a.p)
    .map((each) => each.label);
  return {
    labels,
    probabilities: Object.fromEntries(EMOTION_LABELS.map((label, i) => [label, p[i]!])) as Record<EmotionLabel, number>,
    ...mixedAffect(p),
    intensity: Math.max(...p.slice(0, EMOTION_LABELS.indexOf('neutral'))),
  };
}

/**
 * The mean of the labels' own affect, weighted by the square of the probability: what is surely there counts, a tail of
 * small probabilities does not pull everything to the middle. Neutral takes part, so a faint feeling is a faint affect.
 * Example: sadness .9 and grief .1 → valence -0.96, arousal -0.40.
 */
function mixedAffect(probabilities: readonly number[]): Affect {
  let weight = 0;
  let valence = 0;
  let arousal = 0;
  EMOTION_LABELS.forEach((label, i) => {
    const w = clean(probabilities[i]) ** 2;
    weight += w;
    valence += w * LABEL_AFFECT[label].valence;
    arousal += w * LABEL_AFFECT[label].arousal;
  });
  return weight > 0 ? { valence: valence / weight, arousal: arousal / weight } : { valence: 0, arousal: 0 };
}

/**
 * Valence and arousal as the model learned them for the words, moved as far as the rules of wording ("not sad any more")
 * moved the labels: the model reads the words, the rules what their order does to them.
 *
 * @param before probabilities as the model gave them; `after` is the reading made of them after the rules.
 */
export function affectAfter(learned: readonly [number, number], before: readonly number[], after: Affect): Affect {
  const mixed = mixedAffect(before);
  const within = (value: number) => (Number.isFinite(value) ? Math.min(1, Math.max(-1, value)) : 0);
  return {
    valence: within(learned[0] + after.valence - mixed.valence),
    arousal: within(learned[1] + after.arousal - mixed.arousal),
  };
}

export const basicFrom = (row: readonly number[]): Record<BasicEmotion, number> =>
  Object.fromEntries(BASIC_EMOTIONS.map((emotion, i) => [emotion, clean(row[i])])) as Record<BasicEmotion, number>;

/** What is said of a text in which there is nothing to read: neutral, and no label. */
export function nothingToRead(): EmotionReading {
  const reading = readingFrom(
    EMOTION_LABELS.map((label) => (label === 'neutral' ? 1 : 0)),
    [],
  );
  return { ...reading, labels: [] };
}

/**
 * What somebody tells who points to where they are (unpleasant to pleasant, quiet to stirred up) and uses no words. The
 * labels near that point take part in the music by their nearness; none is named, because none was said.
 */
export function readingOfPoint(point: Affect): EmotionReading {
  const near = EMOTION_LABELS.map((label) => {
    const far = affectDistance(LABEL_AFFECT[label], point);
    return Math.exp(-((far / POINT_REACH) ** 2));
  });
  const nearest = Math.max(...near);
  const reading = readingFrom(
    near.map((share) => share / nearest),
    [],
  );
  return { ...reading, labels: [], ...point, intensity: Math.min(1, Math.hypot(point.valence, point.arousal)) };
}

/** On the plane of affect (2 x 2): a finger is about this exact, and farther labels count for next to nothing. */
const POINT_REACH = 0.4;

function clean(value: number | undefined): number {
  return value === undefined || !Number.isFinite(value) ? 0 : Math.min(1, Math.max(0, value));
}
