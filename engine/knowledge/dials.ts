/** From the graph's signed features (-1..1, 0 = middle) to the units of a MusicalProfile, and nowhere else. */
import type { Affect, MusicalProfile } from '../vocabulary.js';
import type { Feature } from './nodes.js';

export type FeatureValues = Record<Feature, number>;

const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));
const between = (value: number, low: number, high: number) => low + ((clamp(value, -1, 1) + 1) / 2) * (high - low);

/**
 * Ranges: tempo 50–130 BPM and onset rate .5–6 a second span what bedside music does; stage loudness is set by the
 * planner, here -27 to -17 LUFS; register MIDI 48–74.
 */
export function profileFrom(values: FeatureValues, affect: Affect, instrumentation: string[]): MusicalProfile {
  return {
    affect: { valence: clamp(affect.valence, -1, 1), arousal: clamp(affect.arousal, -1, 1) },
    onsetRatePerSec: 0.5 * 12 ** ((clamp(values.onsetRate, -1, 1) + 1) / 2),
    tempoBpm: between(values.tempo, 50, 130),
    mode: clamp(values.mode, -1, 1),
    loudnessLufs: between(values.loudness, -27, -17),
    brightness: between(values.brightness, 0.1, 0.8),
    articulation: between(values.articulation, 0, 1),
    density: between(values.density, 0.05, 0.95),
    register: between(values.register, 48, 74),
    consonance: between(values.consonance, 0.1, 1),
    pulseClarity: between(values.pulseClarity, 0, 0.9),
    instrumentation,
  };
}
