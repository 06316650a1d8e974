/** Which texture suits a profile, where nobody has named one. */
import { seededRandom } from '../../engine/plan/random.js';
import type { MusicalProfile } from '../../engine/vocabulary.js';
import { TEXTURE_NAMES, TEXTURES, type Texture, type TextureName } from './textures.js';

/** The best few are drawn from, so that equal wishes do not all sound alike. */
const DRAWN_FROM = 4;

/** Deterministic for a profile and a seed. */
export function textureFor(profile: MusicalProfile, seed: number): TextureName {
  const random = seededRandom(seed + 101);
  const ranked = TEXTURE_NAMES.map((name) => ({ name, misfit: misfit(TEXTURES[name], profile) + 0.3 * random() }));
  ranked.sort((a, b) => a.misfit - b.misfit);
  return ranked[Math.floor(random() * DRAWN_FROM)]!.name;
}

/** 0 = made for it; every point is one clear reason against. */
function misfit(texture: Texture, profile: MusicalProfile): number {
  const moves = texture.layers.some(({ role }) => role === 'arpeggio' || role === 'ostinato' || role === 'pulse' || role === 'interlock');
  let points = 0;
  if (texture.free) points += profile.onsetRatePerSec > 1.2 ? 3 : 0;
  else if (!moves) points += profile.onsetRatePerSec > 2 ? 2 : 0;
  if (texture.free && profile.pulseClarity > 0.4) points += 1;
  if (profile.instrumentation.length > 0 && !profile.instrumentation.includes(texture.family)) points += 1;
  return points;
}
