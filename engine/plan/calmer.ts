/** A target that is never livelier than where it starts from, and clearly calmer where calm is the aim. */
import type { MusicalProfile } from '../vocabulary.js';

/**
 * Falls of 30 % and more slowed the heart in one study, 15 % did not (Van Dyck et al. 2017); in another the heart did not
 * follow the tempo (Juslin et al. 2024). The graph's "tempo-falls" names both.
 */
const TEMPO_FALL = 0.3;
const ONSET_FALL = 0.35;
/** A start that is slower than this is slow already: it falls only a little, to no less than `SLOWEST_BPM`. */
const SLOW_BPM = 75;
const SLOWEST_BPM = 45;

export function calmerThan(from: MusicalProfile, target: MusicalProfile): MusicalProfile {
  const tempo = from.tempoBpm * (from.tempoBpm > SLOW_BPM ? 1 - TEMPO_FALL : 0.95);
  return {
    ...target,
    affect: {
      // Joy is not taken away on the way to rest.
      valence: Math.max(target.affect.valence, Math.min(from.affect.valence, 0.7)),
      arousal: Math.min(target.affect.arousal, from.affect.arousal - 0.05),
    },
    onsetRatePerSec: Math.min(target.onsetRatePerSec, from.onsetRatePerSec * (1 - ONSET_FALL)),
    tempoBpm: Math.max(SLOWEST_BPM, Math.min(target.tempoBpm, tempo)),
    brightness: Math.min(target.brightness, from.brightness * 0.85),
    density: Math.min(target.density, from.density),
    pulseClarity: Math.min(target.pulseClarity, from.pulseClarity),
    articulation: Math.min(target.articulation, from.articulation),
  };
}
