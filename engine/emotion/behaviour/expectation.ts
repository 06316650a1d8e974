/** What a sensible listener would sign about one sentence, as data, and whether a reading keeps to it. Pure. */
import { type BodyState, EMOTION_LABELS, type EmotionLabel, type EmotionReading } from '../../vocabulary.js';

export const KINDS = [
  'negation',
  'contrast',
  'graded',
  'third-person',
  'idiom',
  'feeling',
  'body',
  'robustness',
  'language',
  'request',
] as const;
export type Kind = (typeof KINDS)[number];

export interface AmongTop {
  labels: readonly EmotionLabel[];
  within: number;
}

/** Every part that is given must hold. */
export interface Expectation {
  /** One of the labels is among the first `within` that the reading names (neutral takes a place). A list: each holds. */
  labelAmongTop?: AmongTop | readonly AmongTop[];
  /** The reading names none of these. */
  noLabel?: readonly EmotionLabel[];
  valence?: 'negative' | 'not-positive' | 'near-zero' | 'not-negative' | 'positive';
  arousal?: 'high' | 'low';
  /** All of these are named; others may be. */
  bodyState?: readonly BodyState[];
  noBodyState?: readonly BodyState[];
  /** The strongest feeling is that of the other text, or a near synonym of it. */
  sameTopAs?: string;
  /** At least one of these measures is clearly higher than in the other text. */
  moreThan?: { text: string; by: readonly (EmotionLabel | 'intensity')[] };
  /** No strong feeling is read: a request or a plain fact. */
  calm?: true;
}

export interface BehaviourCase {
  kind: Kind;
  text: string;
  /** ISO 639-1 of the text. */
  language: string;
  expect: Expectation;
}

/** Valence and arousal count as one side from here on; between, a reading is undecided. */
const SIDE = 0.2;
/** "More" is more than the noise of quantised weights. */
const MARGIN = 0.02;
/** From here on a stirring label is a strong feeling. */
const STRONG = 0.4;

/** Labels that would change what is played. Curiosity, approval or a polite "please" would not, so they may be read. */
const STIRRING: readonly EmotionLabel[] = [
  'anger',
  'annoyance',
  'disappointment',
  'disgust',
  'embarrassment',
  'excitement',
  'fear',
  'grief',
  'joy',
  'love',
  'nervousness',
  'remorse',
  'sadness',
  'surprise',
];

/** Near synonyms: raters of the same sentence often differ between these, so a change within a row is no change. */
export const NEAR: readonly (readonly EmotionLabel[])[] = [
  ['sadness', 'grief', 'disappointment'],
  ['fear', 'nervousness'],
  ['anger', 'annoyance', 'disapproval', 'disgust'],
  ['joy', 'excitement', 'amusement'],
  ['joy', 'relief'],
  ['love', 'caring'],
  ['admiration', 'approval', 'pride'],
  ['optimism', 'desire'],
  ['confusion', 'curiosity'],
  ['surprise', 'realization'],
  ['remorse', 'embarrassment'],
];

/** The strongest of the 27 feelings, whether or not it is over its threshold. */
export function topFeeling(reading: EmotionReading): EmotionLabel {
  let top: EmotionLabel = EMOTION_LABELS[0];
  for (const label of EMOTION_LABELS)
    if (label !== 'neutral' && (reading.probabilities[label] ?? 0) > (reading.probabilities[top] ?? 0)) top = label;
  return top;
}

/** The texts that a case needs read beside its own. */
export function textsOf(each: BehaviourCase): string[] {
  const { sameTopAs, moreThan } = each.expect;
  return [each.text, ...(sameTopAs === undefined ? [] : [sameTopAs]), ...(moreThan ? [moreThan.text] : [])];
}

/** What the reading gets wrong, in words; empty where it keeps to the expectation. */
export function judge(expect: Expectation, reading: EmotionReading, readingOf: (text: string) => EmotionReading) {
  const wrong: string[] = [];
  const named = reading.labels;
  for (const { labels, within } of [expect.labelAmongTop ?? []].flat() as AmongTop[]) {
    if (!named.slice(0, within).some((label) => labels.includes(label)))
      wrong.push(`expected ${labels.join(' or ')} within the first ${within}, read ${named.join(', ') || 'nothing'}`);
  }
  const unwanted = named.filter((label) => expect.noLabel?.includes(label));
  if (unwanted.length > 0) wrong.push(`read ${unwanted.join(', ')}`);
  if (expect.valence && !onSide(expect.valence, reading.valence))
    wrong.push(`valence ${reading.valence.toFixed(2)} is not ${expect.valence}`);
  if (expect.arousal && (expect.arousal === 'high' ? reading.arousal < SIDE : reading.arousal > SIDE / 2))
    wrong.push(`arousal ${reading.arousal.toFixed(2)} is not ${expect.arousal}`);
  const states = reading.bodyState ?? [];
  const missing = expect.bodyState?.filter((state) => !states.includes(state)) ?? [];
  if (missing.length > 0) wrong.push(`body state ${missing.join(', ')} not read`);
  const invented = expect.noBodyState?.filter((state) => states.includes(state)) ?? [];
  if (invented.length > 0) wrong.push(`body state ${invented.join(', ')} read`);
  if (expect.sameTopAs !== undefined) {
    const [here, there] = [topFeeling(reading), topFeeling(readingOf(expect.sameTopAs))];
    if (here !== there && !NEAR.some((row) => row.includes(here) && row.includes(there)))
      wrong.push(`strongest is ${here}, was ${there}`);
  }
  if (expect.moreThan) {
    const other = readingOf(expect.moreThan.text);
    if (!expect.moreThan.by.some((by) => measure(reading, by) > measure(other, by) + MARGIN))
      wrong.push(`no more ${expect.moreThan.by.join(' or ')} than "${expect.moreThan.text}"`);
  }
  if (expect.calm) {
    const strong = STIRRING.filter((label) => measure(reading, label) >= STRONG);
    if (strong.length > 0) wrong.push(`read a strong ${strong.join(', ')}`);
  }
  return wrong;
}

function measure(reading: EmotionReading, by: EmotionLabel | 'intensity'): number {
  return by === 'intensity' ? reading.intensity : (reading.probabilities[by] ?? 0);
}

function onSide(side: NonNullable<Expectation['valence']>, valence: number): boolean {
  switch (side) {
    case 'negative':
      return valence <= -SIDE;
    case 'not-positive':
      return valence < SIDE;
    case 'near-zero':
      return Math.abs(valence) < 2 * SIDE;
    case 'not-negative':
      return valence > -SIDE;
    case 'positive':
      return valence >= SIDE;
  }
}
