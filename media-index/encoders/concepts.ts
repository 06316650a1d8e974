/**
 * What a word asks of the music. Each concept: attribute -> [where on -1..1, confidence 0..1].
 * Directions follow Gabrielsson & Lindström's review, Juslin & Laukka 2003/04, Eerola, Friberg & Bresin 2013 and the
 * factor descriptions of Zentner, Grandjean & Scherer 2008; none is fitted to listeners' ratings of recordings.
 * Musical words are sure of what they name (confidence about 1); feelings are sure of the feeling and less of the means.
 */
import { GEMS_FACTORS } from '../../engine/vocabulary.js';
import type { Attribute } from './attributes.js';

type Asks = Partial<Record<Attribute, readonly [x: number, confidence: number]>>;

export const CONCEPTS = {
  slow: { onsetRate: [-0.8, 1], tempo: [-0.8, 1], arousal: [-0.5, 0.5] },
  fast: { onsetRate: [0.8, 1], tempo: [0.8, 1], arousal: [0.5, 0.5] },
  dark: { brightness: [-0.9, 1], register: [-0.5, 0.5] },
  bright: { brightness: [0.8, 1] },
  minor: { mode: [-0.9, 1] },
  major: { mode: [0.9, 1] },
  low: { register: [-0.9, 1] },
  high: { register: [0.9, 1] },
  soft: { loudness: [-0.9, 1], arousal: [-0.6, 0.5], brightness: [-0.4, 0.4], loudnessRange: [-0.4, 0.3] },
  loud: { loudness: [0.9, 1], arousal: [0.6, 0.5] },
  rhythmic: { pulseClarity: [0.9, 1], onsetRate: [0.3, 0.3] },
  floating: { pulseClarity: [-0.9, 1], onsetRate: [-0.7, 0.7], loudnessRange: [-0.4, 0.3] },
  sparse: { onsetRate: [-0.9, 1] },
  dense: { onsetRate: [0.8, 1] },
  steady: { loudnessRange: [-0.9, 1] },
  dramatic: { loudnessRange: [0.9, 1], power: [0.6, 0.6], arousal: [0.5, 0.5] },
  dissonant: { consonance: [-0.9, 1], tension: [0.6, 0.6] },
  harmonious: { consonance: [0.9, 1], tension: [-0.5, 0.4] },
  warm: { brightness: [-0.4, 0.7], consonance: [0.6, 0.6], tenderness: [0.6, 0.6], valence: [0.4, 0.5] },

  calm: {
    peacefulness: [0.95, 1],
    arousal: [-0.9, 1],
    valence: [0.4, 0.4],
    tension: [-0.9, 0.6],
    onsetRate: [-0.6, 0.6],
    brightness: [-0.5, 0.5],
    loudness: [-0.7, 0.5],
    pulseClarity: [-0.3, 0.3],
    loudnessRange: [-0.4, 0.3],
    power: [-0.7, 0.4],
  },
  sleep: {
    arousal: [-1, 1],
    peacefulness: [0.8, 0.8],
    onsetRate: [-0.8, 0.9],
    brightness: [-0.8, 0.9],
    loudness: [-0.8, 0.7],
    loudnessRange: [-0.8, 0.7],
    pulseClarity: [-0.4, 0.4],
    tension: [-0.9, 0.6],
  },
  sad: {
    sadness: [0.95, 1],
    valence: [-0.8, 0.9],
    arousal: [-0.6, 0.6],
    mode: [-0.8, 0.7],
    onsetRate: [-0.7, 0.6],
    brightness: [-0.5, 0.4],
    loudness: [-0.5, 0.3],
    joyfulActivation: [-0.9, 0.6],
    power: [-0.4, 0.3],
  },
  joyful: {
    joyfulActivation: [0.95, 1],
    valence: [0.9, 0.9],
    arousal: [0.6, 0.6],
    mode: [0.8, 0.6],
    onsetRate: [0.7, 0.6],
    pulseClarity: [0.6, 0.4],
    brightness: [0.5, 0.4],
    sadness: [-0.9, 0.6],
    tension: [-0.3, 0.3],
  },
  tense: {
    tension: [0.95, 1],
    arousal: [0.7, 0.8],
    valence: [-0.8, 0.8],
    mode: [-0.6, 0.5],
    consonance: [-0.9, 0.6],
    loudness: [0.4, 0.3],
    loudnessRange: [0.4, 0.3],
    peacefulness: [-0.9, 0.8],
    tenderness: [-0.8, 0.5],
  },
  angry: {
    tension: [0.9, 0.9],
    power: [0.8, 0.7],
    arousal: [0.9, 1],
    valence: [-0.7, 0.7],
    loudness: [0.9, 0.6],
    mode: [-0.6, 0.4],
    brightness: [0.6, 0.4],
    onsetRate: [0.6, 0.5],
    peacefulness: [-0.9, 0.6],
  },
  afraid: {
    tension: [0.9, 0.9],
    arousal: [0.6, 0.7],
    valence: [-0.8, 0.8],
    mode: [-0.6, 0.5],
    loudnessRange: [0.7, 0.5],
    consonance: [-0.7, 0.5],
  },
  nostalgic: {
    nostalgia: [0.95, 1],
    arousal: [-0.5, 0.5],
    onsetRate: [-0.5, 0.5],
    tempo: [-0.5, 0.4],
    brightness: [-0.4, 0.4],
    pulseClarity: [-0.4, 0.4],
    loudness: [-0.4, 0.3],
    consonance: [0.5, 0.4],
    tension: [-0.5, 0.4],
    power: [-0.4, 0.3],
  },
  tender: {
    tenderness: [0.95, 1],
    arousal: [-0.5, 0.6],
    valence: [0.5, 0.5],
    onsetRate: [-0.5, 0.5],
    loudness: [-0.6, 0.4],
    brightness: [-0.5, 0.4],
    pulseClarity: [-0.4, 0.4],
    mode: [0.4, 0.4],
    consonance: [0.7, 0.5],
    power: [-0.7, 0.5],
    tension: [-0.8, 0.6],
  },
  powerful: {
    power: [0.95, 1],
    arousal: [0.8, 0.8],
    loudness: [0.9, 0.7],
    pulseClarity: [0.6, 0.5],
    brightness: [0.5, 0.4],
    peacefulness: [-0.7, 0.4],
    tenderness: [-0.7, 0.4],
  },
  wondrous: {
    wonder: [0.95, 1],
    valence: [0.6, 0.6],
    arousal: [0.3, 0.4],
    onsetRate: [0.3, 0.4],
    brightness: [0.4, 0.3],
    mode: [0.4, 0.3],
  },
  solemn: {
    transcendence: [0.95, 1],
    arousal: [-0.5, 0.5],
    onsetRate: [-0.7, 0.6],
    pulseClarity: [-0.5, 0.5],
    loudness: [-0.4, 0.3],
    joyfulActivation: [-0.8, 0.5],
    brightness: [-0.4, 0.4],
    mode: [-0.2, 0.2],
  },
  lively: {
    arousal: [0.9, 1],
    onsetRate: [0.8, 0.8],
    pulseClarity: [0.7, 0.6],
    joyfulActivation: [0.6, 0.6],
    loudness: [0.5, 0.4],
  },
  dancing: { pulseClarity: [0.95, 1], joyfulActivation: [0.9, 0.9], onsetRate: [0.7, 0.7], arousal: [0.7, 0.7] },
  hopeful: { valence: [0.7, 0.9], mode: [0.8, 0.8], brightness: [0.3, 0.4], arousal: [0.1, 0.3], wonder: [0.5, 0.5] },
  lonely: {
    sadness: [0.8, 0.8],
    nostalgia: [0.6, 0.5],
    valence: [-0.6, 0.7],
    arousal: [-0.5, 0.6],
    onsetRate: [-0.8, 0.6],
  },
  melancholic: {
    sadness: [0.7, 0.8],
    nostalgia: [0.8, 0.8],
    valence: [-0.4, 0.5],
    arousal: [-0.6, 0.6],
    mode: [-0.8, 0.7],
    onsetRate: [-0.6, 0.6],
    brightness: [-0.5, 0.4],
  },
  dreamy: {
    nostalgia: [0.6, 0.6],
    peacefulness: [0.6, 0.6],
    wonder: [0.5, 0.4],
    arousal: [-0.6, 0.7],
    pulseClarity: [-0.6, 0.6],
    onsetRate: [-0.4, 0.4],
  },
  meditative: {
    peacefulness: [0.9, 0.9],
    transcendence: [0.6, 0.6],
    arousal: [-0.9, 0.9],
    pulseClarity: [-0.7, 0.6],
    onsetRate: [-0.8, 0.7],
    loudnessRange: [-0.6, 0.5],
  },
  mysterious: {
    wonder: [0.6, 0.6],
    tension: [0.3, 0.4],
    mode: [-0.6, 0.6],
    brightness: [-0.4, 0.5],
    valence: [-0.1, 0.3],
  },
  focused: { loudnessRange: [-0.8, 0.8], arousal: [-0.2, 0.7], tension: [-0.7, 0.5], power: [-0.5, 0.4] },
} as const satisfies Record<string, Asks>;

export type Concept = keyof typeof CONCEPTS;
/**
 * A word for a feeling names what is felt, and for that there is an estimate of its own (`gems`), made from the ears and
 * from the very measures that are its means. Counted beside it in full, the means would be counted twice.
 */
const MEANS_OF_A_FEELING = 0.5;

/** What a concept asks of each attribute. */
export const asks = (concept: Concept): [Attribute, readonly [x: number, confidence: number]][] => {
  const asked = Object.entries(CONCEPTS[concept]) as [Attribute, readonly [number, number]][];
  const feeling = asked.some(([attribute, [, confidence]]) => isFelt(attribute) && confidence >= 0.8);
  return asked.map(([attribute, [x, confidence]]) => [
    attribute,
    [x, feeling && !isFelt(attribute) ? MEANS_OF_A_FEELING * confidence : confidence],
  ]);
};

const isFelt = (attribute: Attribute): boolean => (GEMS_FACTORS as readonly string[]).includes(attribute);
