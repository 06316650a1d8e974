/** Each part of the evaluation, through the product's own classifier, so that the figures are those of the product. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Tokenizer } from '@huggingface/tokenizers';
import { readableText } from '../../engine/emotion/prepare.js';
import type { EmotionClassifier } from '../../engine/ports.js';
import { EMOTION_LABELS, type EmotionLabel, type EmotionReading } from '../../engine/vocabulary.js';
import { type Row, timeStep } from '../table.js';
import type { AffectTexts, BrighterSet, LabelledTexts, Six } from './data.js';
import {
  bootstrap,
  type Column,
  calibrationError,
  type Interval,
  macroF1,
  mean,
  microF1,
  type Prf,
  pearson,
  prfOf,
  spearman,
} from './metrics.js';
import { crossFitted, decideAt } from './thresholds.js';

/** Told how many of all texts have been read. */
export type Progress = (done: number, all: number) => void;

const AT_ONCE = 64;

export async function readAll(
  classifier: EmotionClassifier,
  texts: readonly string[],
  onProgress: Progress,
): Promise<EmotionReading[]> {
  const readings: EmotionReading[] = [];
  for (let start = 0; start < texts.length; start += AT_ONCE) {
    readings.push(...(await classifier.classify(texts.slice(start, start + AT_ONCE))));
    onProgress(readings.length, texts.length);
  }
  return readings;
}

/** Three ways to decide: thresholds cross-fitted on fifths of these rows, the model's own, and .3 for all. */
export interface ThreeWays {
  crossFitted: number;
  crossFittedInterval: Interval;
  own: number;
  flat: number;
}

export interface LabelFigures extends Prf {
  label: EmotionLabel;
  /** Rows that hold the label. */
  positives: number;
  precisionInterval: Interval;
  recallInterval: Interval;
  f1Interval: Interval;
  ownF1: number;
  flatF1: number;
  calibrationError: number;
}

export interface GoEmotionsFigures {
  rows: number;
  labels: LabelFigures[];
  macroF1: ThreeWays;
  microF1: ThreeWays;
  /** Over all label-row pairs, and the mean of the labels' own. */
  calibrationError: { pairs: number; meanOfLabels: number };
}

const FLAT = 0.3;

export function goEmotionsFigures(readings: readonly EmotionReading[], { truth }: LabelledTexts): GoEmotionsFigures {
  const p = EMOTION_LABELS.map((label) => readings.map((reading) => reading.probabilities[label] ?? 0));
  const fitted = p.map((column, c) => crossFitted(column, truth[c] as Column));
  const own = EMOTION_LABELS.map((label) => Uint8Array.from(readings, (r) => (r.labels.includes(label) ? 1 : 0)));
  const flat = p.map((column) => decideAt(column, FLAT));
  const intervals = bootstrap(fitted, truth);
  const labels = EMOTION_LABELS.map((label, c): LabelFigures => {
    const column = truth[c] as Column;
    const interval = intervals.labels[c]!;
    return {
      label,
      positives: column.reduce((sum, value) => sum + value, 0),
      ...prfOf(fitted[c] as Column, column),
      precisionInterval: interval.precision,
      recallInterval: interval.recall,
      f1Interval: interval.f1,
      ownF1: prfOf(own[c] as Column, column).f1,
      flatF1: prfOf(flat[c] as Column, column).f1,
      calibrationError: calibrationError(p[c] as number[], column),
    };
  });
  const threeWays = (score: typeof macroF1, crossFittedInterval: Interval): ThreeWays => ({
    crossFitted: score(fitted, truth),
    crossFittedInterval,
    own: score(own, truth),
    flat: score(flat, truth),
  });
  const pairs = calibrationError(p.flat(), Uint8Array.from(truth.flatMap((column) => [...column])));
  return {
    rows: readings.length,
    labels,
    macroF1: threeWays(macroF1, intervals.macroF1),
    microF1: threeWays(microF1, intervals.microF1),
    calibrationError: { pairs, meanOfLabels: mean(labels.map((each) => each.calibrationError)) },
  };
}

/** Which of the 28 stand for each of the six; the strongest of a group is the group's probability. */
export const SIX_OF_28: Record<Six, readonly EmotionLabel[]> = {
  anger: ['anger', 'annoyance', 'disapproval'],
  disgust: ['disgust'],
  fear: ['fear', 'nervousness'],
  joy: [
    'joy',
    'amusement',
    'approval',
    'excitement',
    'gratitude',
    'love',
    'optimism',
    'relief',
    'pride',
    'admiration',
    'desire',
    'caring',
  ],
  sadness: ['sadness', 'disappointment', 'embarrassment', 'grief', 'remorse'],
  surprise: ['surprise', 'realization', 'confusion', 'curiosity'],
};

/** The ways to get the six from a reading. */
export const WAYS_TO_SIX: Record<string, (reading: EmotionReading, emotion: Six) => number> = {
  'label mapping': (reading, emotion) =>
    Math.max(...SIX_OF_28[emotion].map((label) => reading.probabilities[label] ?? 0)),
  "the model's own output": (reading, emotion) => reading.basic?.[emotion] ?? 0,
};

export interface BrighterFigures {
  language: string;
  rows: number;
  /** Emotions with at least one row; the others have no F1 and are left out of the mean. */
  emotions: Six[];
  /** By way: the mean, and each emotion's F1. */
  macroF1: Record<string, number>;
  f1: Record<string, Partial<Record<Six, number>>>;
}

export function brighterFigures(readings: readonly EmotionReading[], set: BrighterSet): BrighterFigures {
  const emotions = (Object.keys(set.truth) as Six[]).filter((emotion) => set.truth[emotion]?.includes(1));
  const f1 = Object.fromEntries(
    Object.entries(WAYS_TO_SIX).map(([way, score]) => [
      way,
      Object.fromEntries(
        emotions.map((emotion) => {
          const column = set.truth[emotion] as Column;
          const p = readings.map((reading) => score(reading, emotion));
          return [emotion, prfOf(crossFitted(p, column), column).f1];
        }),
      ),
    ]),
  );
  return {
    language: set.language,
    rows: readings.length,
    emotions,
    macroF1: Object.fromEntries(Object.entries(f1).map(([way, each]) => [way, mean(Object.values(each) as number[])])),
    f1,
  };
}

export interface AffectFigures {
  rows: number;
  valence: { pearson: number; spearman: number };
  arousal: { pearson: number; spearman: number };
}

export function affectFigures(readings: readonly EmotionReading[], rated: AffectTexts): AffectFigures {
  const both = (axis: 'valence' | 'arousal') => {
    const ours = readings.map((reading) => reading[axis]);
    return { pearson: pearson(ours, rated[axis]), spearman: spearman(ours, rated[axis]) };
  };
  return { rows: readings.length, valence: both('valence'), arousal: both('arousal') };
}

export interface UnknownTokens {
  texts: number;
  tokens: number;
  /** Share of tokens that the tokeniser does not know. */
  unknown: number;
  /** Share of texts that hold at least one: a run of unknown letters may be a single token. */
  textsTouched: number;
}

/** Counts what the model's tokeniser does not know, in the texts as the classifier would hand them over. */
export function unknownTokenCounter(modelFolder: string): (texts: readonly string[]) => UnknownTokens {
  const settings = JSON.parse(readFileSync(path.join(modelFolder, 'tokenizer.json'), 'utf8'));
  const tokenizer = new Tokenizer(settings, {});
  const unknownId: unknown = settings.model?.unk_id ?? settings.model?.vocab?.[settings.model?.unk_token];
  return (texts) => {
    const ids = texts.map((text) => tokenizer.encode(readableText(text) ?? '', { add_special_tokens: false }).ids);
    const counts = ids.map((each) => each.filter((id: number) => id === unknownId).length);
    const tokens = ids.reduce((sum, each) => sum + each.length, 0);
    return {
      texts: texts.length,
      tokens,
      unknown: tokens === 0 ? 0 : counts.reduce((sum, count) => sum + count, 0) / tokens,
      textsTouched: texts.length === 0 ? 0 : counts.filter((count) => count > 0).length / texts.length,
    };
  };
}

const TWENTY_WORDS = 'I am so tense after today and my thoughts keep racing so that I cannot get to sleep at all';
const BATCH = 256;

export async function speedRows(classifier: EmotionClassifier): Promise<Row[]> {
  const one = await timeStep('one utterance of 20 words', 200, () => classifier.classify([TWENTY_WORDS]));
  const lines = Array.from({ length: BATCH }, (_, i) => `${TWENTY_WORDS.slice(i % 20)} ${i}`);
  const batch = await timeStep(`batch of ${BATCH}`, 3, () => classifier.classify(lines));
  return [one, { ...batch, note: `${Math.round((BATCH / batch.p50Ms) * 1000)} utterances/s` }];
}
