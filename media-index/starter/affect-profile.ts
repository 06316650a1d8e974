/** A profile for a place on the plane of valence and arousal: what the starter pieces are asked to be. */
import { type FeatureValues, profileFrom } from '../../engine/knowledge/dials.js';
import type { MusicalProfile } from '../../engine/vocabulary.js';

/**
 * Arousal moves pace, touch, fullness and brightness; valence moves mode and consonance. Unpleasant and stirred-up is
 * dissonant and low; unpleasant and quiet is minor and plain, because sad music is not ugly.
 */
export function profileForAffect(valence: number, arousal: number): MusicalProfile {
  const unease = Math.max(0, -valence) * Math.max(0, arousal);
  const values: FeatureValues = {
    onsetRate: arousal,
    tempo: 0.85 * arousal,
    mode: Math.max(-1, Math.min(1, 1.25 * valence)),
    loudness: 0.6 * arousal,
    articulation: 0.9 * arousal - 0.1,
    brightness: 0.75 * arousal + 0.15 * valence,
    density: 0.7 * arousal,
    register: 0.25 * valence + 0.2 * arousal - 0.5 * unease,
    consonance: 0.5 + 0.35 * valence - 1.1 * unease,
    pulseClarity: 0.9 * arousal,
  };
  return profileFrom(values, { valence, arousal }, []);
}
