/** What our own measures say of a piece and what the ears say, as one estimate. */
import { type AudioAnalysis, GEMS_FACTORS, type GemsFactor } from '../../engine/vocabulary.js';
import { EARS, type Heard } from './ears.js';
import { vocalsByTags } from './vocals.js';

/** The ears know much more of how music is felt than six features do. */
const HEARD_SHARE = 0.75;

export function blendHeard(analysis: AudioAnalysis, heard: Heard | null): AudioAnalysis {
  if (!heard) return analysis;
  const gems = Object.fromEntries(
    GEMS_FACTORS.map((factor) => [
      factor,
      HEARD_SHARE * heard.gems[factor] + (1 - HEARD_SHARE) * analysis.gems[factor],
    ]),
  ) as Record<GemsFactor, number>;
  return { ...analysis, gems, vocals: vocalsByTags(heard.msd, heard.mtt), heardBy: EARS };
}
