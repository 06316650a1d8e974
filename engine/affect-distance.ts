import type { Affect } from './vocabulary.js';

/**
 * How far apart two are in valence and arousal, 0 to 2.8. Asked hundreds of times a session, where `Math.hypot` takes its time.
 */
export function affectDistance(a: Affect, b: Affect): number {
  const valence = a.valence - b.valence;
  const arousal = a.arousal - b.arousal;
  return Math.sqrt(valence * valence + arousal * arousal);
}
