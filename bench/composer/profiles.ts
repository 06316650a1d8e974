/** Profiles drawn by chance, every dial on its own: no dial can be right only because another is. */
import { seededRandom } from '../../engine/plan/random.js';
import type { MusicalProfile } from '../../engine/vocabulary.js';

/** Ranges are those of `profileFrom` (engine/knowledge/dials.ts): all that the product ever asks for. */
export function drawProfile(seed: number): MusicalProfile {
  const random = seededRandom(seed * 7919 + 17);
  const between = (low: number, high: number) => low + (high - low) * random();
  return {
    affect: { valence: between(-1, 1), arousal: between(-1, 1) },
    onsetRatePerSec: 0.5 * 12 ** random(),
    tempoBpm: between(50, 130),
    mode: between(-1, 1),
    loudnessLufs: between(-27, -17),
    brightness: between(0.1, 0.8),
    articulation: random(),
    density: between(0.05, 0.95),
    register: between(48, 74),
    consonance: between(0.1, 1),
    pulseClarity: between(0, 0.9),
    instrumentation: [],
  };
}
