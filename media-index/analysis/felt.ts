/**
 * What listeners would probably feel: valence, arousal and the nine GEMS factors, as weighted sums of standardised
 * features squashed into range. A linear additive rule is enough: Eerola, Friberg & Bresin 2013 (doi
 * 10.3389/fpsyg.2013.00487) found 77–89 % of variance explained by additive cues, interactions negligible.
 *
 * Weights: for GEMS, the rank correlations of each feature with the ratings of the Emotify listeners (n = 400 pieces;
 * reading of the published ratings, not a fit). Loudness is left out on purpose: every track is brought to its stage's
 * loudness before anyone hears it. Factors with no reading of their own (transcendence) borrow from their neighbours.
 */
import { brightnessFromHz } from '../../engine/musical-profile.js';
import type { GemsFactor } from '../../engine/vocabulary.js';

export interface FeltFeatures {
  onsetRatePerSec: number;
  pulseClarity: number;
  brightnessHz: number;
  modeScore: number;
  keyClarity: number;
  register: number;
}

/** Middle and spread of each feature over everyday music: rough constants, only to put features on one scale. */
const TYPICAL = {
  onset: { middle: 3, spread: 1.6 },
  pulse: { middle: 0.4, spread: 0.22 },
  brightness: { middle: 0.5, spread: 0.2 },
  mode: { middle: 0, spread: 0.45 },
  key: { middle: 0.75, spread: 0.14 },
  register: { middle: 60, spread: 7 },
};

type Feature = keyof typeof TYPICAL;

const GEMS_WEIGHTS: Record<GemsFactor, Partial<Record<Feature, number>>> = {
  wonder: { onset: 0.26, brightness: 0.2 },
  transcendence: { pulse: -0.25, brightness: -0.1, key: 0.15 },
  tenderness: { pulse: -0.34, key: 0.31, mode: 0.18, brightness: -0.15 },
  nostalgia: { key: 0.32, pulse: -0.3, mode: -0.05 },
  peacefulness: { brightness: -0.35, pulse: -0.28, onset: -0.24, key: 0.15 },
  power: { pulse: 0.4, brightness: 0.31, register: -0.2 },
  joyfulActivation: { onset: 0.42, pulse: 0.4, brightness: 0.35, mode: 0.15 },
  tension: { key: -0.41, mode: -0.25, pulse: 0.23, register: -0.15, onset: 0.1 },
  sadness: { pulse: -0.34, onset: -0.34, mode: -0.25 },
};

/** Arousal rises with events, brightness and pulse; valence with major mode, clear key and, less, with pace. */
const AROUSAL: Partial<Record<Feature, number>> = { onset: 0.5, brightness: 0.35, pulse: 0.25, key: -0.1 };
const VALENCE: Partial<Record<Feature, number>> = {
  mode: 0.6,
  key: 0.25,
  onset: 0.15,
  register: 0.1,
  brightness: 0.05,
};

export function feltFrom(features: FeltFeatures): {
  valence: number;
  arousal: number;
  gems: Record<GemsFactor, number>;
} {
  const raw: Record<Feature, number> = {
    onset: features.onsetRatePerSec,
    pulse: features.pulseClarity,
    brightness: brightnessFromHz(features.brightnessHz),
    mode: features.modeScore,
    key: features.keyClarity,
    register: features.register,
  };
  const z = (feature: Feature) =>
    Math.max(-2.5, Math.min(2.5, (raw[feature] - TYPICAL[feature].middle) / TYPICAL[feature].spread));
  const sum = (weights: Partial<Record<Feature, number>>) =>
    Object.entries(weights).reduce((total, [feature, weight]) => total + weight * z(feature as Feature), 0);
  const gems = Object.fromEntries(
    Object.entries(GEMS_WEIGHTS).map(([factor, weights]) => [factor, 1 / (1 + Math.exp(-1.6 * sum(weights)))]),
  ) as Record<GemsFactor, number>;
  return { valence: Math.tanh(sum(VALENCE)), arousal: Math.tanh(sum(AROUSAL)), gems };
}
