/**
 * The shared attribute space: what can be measured in a sound and named in a wish, on one scale of about -1..1.
 *
 * Rules
 * 1. Each measured value becomes x = tanh((value - centre) / spread): the middle of ordinary music is 0, and an extreme
 *    track is not told apart from a more extreme one, as ears do not either.
 * 2. Each x becomes a point on an arc, (cos t, sin t) with t = 85 degrees * x, times the root of the attribute's weight.
 *    The inner product of two such points is weight * cos(t1 - t2): it falls with their distance, and every track has
 *    the same length. A plain coordinate would reward the loudest track of all whenever "rather loud" is asked for.
 * 3. A wish says nothing of most attributes: confidence 0 leaves them out of the inner product.
 *
 * Example: "slow" wishes onset rate -0.8. A track at -0.7 gets cos(8.5 deg) = .99 of that weight, one at +0.7 gets
 * cos(127.5 deg) = -.61.
 *
 * Weights follow Eerola, Friberg & Bresin 2013 (mode, tempo, register, dynamics, in that order, additive) with two
 * changes: felt speed is measured by onset rate, since estimated BPM hardly tells anything of felt emotion (|rho| <= .13
 * with every GEMS factor on the Emotify ratings); arousal leads, since at a bedside stirring music is the worst mistake.
 */
import { brightnessFromHz } from '../../engine/musical-profile.js';
import { type AudioAnalysis, GEMS_FACTORS, type GemsFactor, type MusicalProfile } from '../../engine/vocabulary.js';

export const FEATURES = [
  'onsetRate',
  'tempo',
  'pulseClarity',
  'mode',
  'consonance',
  'brightness',
  'register',
  'loudness',
  'loudnessRange',
  'valence',
  'arousal',
] as const;
export type Feature = (typeof FEATURES)[number];
export type Attribute = Feature | GemsFactor;
export const ATTRIBUTES: readonly Attribute[] = [...FEATURES, ...GEMS_FACTORS];
/** Two numbers (an arc) per attribute. */
export const SPACE_DIM = ATTRIBUTES.length * 2;

interface Scale {
  /** The value of ordinary music, in the unit of `measured`. */
  centre: number;
  /** Distance from the centre that is plainly heard as "more". */
  spread: number;
  weight: number;
}

/**
 * How a piece is felt counts most: the estimate is made from the ears and all measures together. A wide spread, so that
 * the arc does not level off among the pieces that are felt most so: of a feeling asked for, more is better.
 */
const gems: Scale = { centre: 0.5, spread: 0.4, weight: 3 };

export const SCALES: Readonly<Record<Attribute, Scale>> = {
  /** log2(1 + onsets/s): 3 onsets a second is the middle of everyday music; a doubling is plainly heard. */
  onsetRate: { centre: 2, spread: 0.8, weight: 1 },
  /** log2(BPM / 90): octave errors of estimators are one unit, hence the low weight. */
  tempo: { centre: 0, spread: 0.5, weight: 0.25 },
  pulseClarity: { centre: 0.4, spread: 0.25, weight: 0.8 },
  mode: { centre: 0, spread: 0.5, weight: 0.9 },
  /** Sounding: how well any key fits. Wished: consonance. */
  consonance: { centre: 0.75, spread: 0.14, weight: 0.4 },
  brightness: { centre: 0.5, spread: 0.25, weight: 0.8 },
  /** MIDI pitch; an octave either way is plainly higher or lower. */
  register: { centre: 60, spread: 9, weight: 0.4 },
  /** LUFS of the recording as it is; playback is levelled, so it only tells how the piece was meant. */
  loudness: { centre: -20, spread: 7, weight: 0.4 },
  /** LU (EBU R128): 7 is ordinary for acoustic music. */
  loudnessRange: { centre: 7, spread: 5, weight: 0.4 },
  valence: { centre: 0, spread: 0.6, weight: 0.9 },
  arousal: { centre: 0, spread: 0.6, weight: 1.2 },
  wonder: gems,
  transcendence: gems,
  tenderness: gems,
  nostalgia: gems,
  peacefulness: gems,
  power: gems,
  joyfulActivation: gems,
  tension: gems,
  sadness: gems,
};

/** One wished attribute: where on the -1..1 scale, and how sure (0..1). */
export interface Aim {
  x: number;
  confidence: number;
}
export type Aims = Partial<Record<Attribute, Aim>>;

const scaled = (attribute: Attribute, value: number): number =>
  Math.tanh((value - SCALES[attribute].centre) / SCALES[attribute].spread);

/** The attributes of a measured track, each -1..1; tempo is left out where no beat is felt. */
export function attributesOf(analysis: AudioAnalysis): Partial<Record<Attribute, number>> {
  const felt = Object.fromEntries(GEMS_FACTORS.map((f) => [f, scaled(f, analysis.gems[f] ?? SCALES[f].centre)]));
  return {
    onsetRate: scaled('onsetRate', Math.log2(1 + analysis.onsetRatePerSec)),
    ...(analysis.tempoBpm === null ? {} : { tempo: scaled('tempo', Math.log2(analysis.tempoBpm / 90)) }),
    pulseClarity: scaled('pulseClarity', analysis.pulseClarity),
    mode: scaled('mode', analysis.modeScore),
    consonance: scaled('consonance', analysis.keyClarity),
    brightness: scaled('brightness', brightnessFromHz(analysis.brightnessHz)),
    register: scaled('register', analysis.register),
    loudness: scaled('loudness', analysis.integratedLufs),
    loudnessRange: scaled('loudnessRange', analysis.loudnessRangeLu),
    valence: scaled('valence', analysis.valence),
    arousal: scaled('arousal', analysis.arousal),
    ...felt,
  };
}

/** Our own measures alone, -1..1, in the order of FEATURES; 0 where one cannot be told. */
export function measuresOf(analysis: AudioAnalysis): number[] {
  const attributes = attributesOf(analysis);
  return FEATURES.map((feature) => attributes[feature] ?? 0);
}

/** What a profile asks of each attribute. Its loudness is a playback level, so it asks nothing of the recording's. */
export function aimsOfProfile(profile: MusicalProfile): Aims {
  const aim = (attribute: Attribute, value: number, confidence = 1): Aim => ({
    x: scaled(attribute, value),
    confidence,
  });
  return {
    onsetRate: aim('onsetRate', Math.log2(1 + profile.onsetRatePerSec)),
    tempo: aim('tempo', Math.log2(profile.tempoBpm / 90)),
    pulseClarity: aim('pulseClarity', profile.pulseClarity),
    // A measured mode score of .5 is a plain major; a profile of 1 means just that.
    mode: aim('mode', profile.mode * 0.6),
    consonance: aim('consonance', 0.6 + 0.25 * profile.consonance, 0.6),
    brightness: aim('brightness', profile.brightness),
    register: aim('register', profile.register),
    // Wide swings of loudness frighten (Gabrielsson & Lindström): the calmer the aim, the steadier the sound.
    loudnessRange: aim('loudnessRange', 7 + 5 * profile.affect.arousal, 0.6),
    valence: aim('valence', profile.affect.valence),
    arousal: aim('arousal', profile.affect.arousal),
  };
}

const ARC_RADIANS = (85 / 180) * Math.PI;

/** Aims (or a track's attributes as aims of confidence 1) to a unit vector. No aim at all gives the middle of everything. */
export function pointOf(aims: Aims): Float32Array {
  const vector = new Float32Array(SPACE_DIM);
  let squares = 0;
  ATTRIBUTES.forEach((attribute, i) => {
    const aim = aims[attribute];
    if (!aim) return;
    const length = Math.sqrt(SCALES[attribute].weight) * aim.confidence;
    const angle = Math.min(1, Math.max(-1, aim.x)) * ARC_RADIANS;
    vector[2 * i] = length * Math.cos(angle);
    vector[2 * i + 1] = length * Math.sin(angle);
    squares += length * length;
  });
  if (squares === 0) return pointOf(Object.fromEntries(ATTRIBUTES.map((a) => [a, { x: 0, confidence: 1 }])));
  const scale = 1 / Math.sqrt(squares);
  return vector.map((v) => v * scale);
}

export function pointOfTrack(analysis: AudioAnalysis): Float32Array {
  const aims: Aims = {};
  for (const [attribute, x] of Object.entries(attributesOf(analysis)))
    aims[attribute as Attribute] = { x, confidence: 1 };
  return pointOf(aims);
}
