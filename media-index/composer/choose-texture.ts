/** Which texture suits a profile, where nobody has named one: those that can do what is asked, and among them by chance. */
import { brightnessToHz } from '../../engine/musical-profile.js';
import { seededRandom } from '../../engine/plan/random.js';
import type { MusicalProfile } from '../../engine/vocabulary.js';
import { isHeld } from './instruments.js';
import { TEXTURE_NAMES, TEXTURES, type TextureName } from './textures.js';

/** The best few are drawn from, so that equal wishes do not all sound alike; none that is this much worse than the best. */
const DRAWN_FROM = 3;
const NO_WORSE = 0.7;

interface Reach {
  /** Register that it can be heard in, as in a profile. */
  register: readonly [number, number];
  /** Onsets a second, slowest and fastest. */
  onsets: readonly [number, number];
  /** Darkest and brightest centroid, Hz, each low (`LOW_AND_HIGH`) and high. */
  dark: readonly [number, number];
  bright: readonly [number, number];
}

const LOW_AND_HIGH = [50, 72] as const;

/** What the inner ear finds where the extremes of a dial are asked for and every other dial stands in its middle. */
const REACH: Record<TextureName, Reach> = {
  'piano-nocturne': { register: [60, 74], onsets: [0.6, 5.9], dark: [327, 415], bright: [2040, 2212] },
  'felt-piano-strings': { register: [59, 73], onsets: [1.27, 6.15], dark: [319, 842], bright: [1576, 1817] },
  'harp-flute': { register: [63, 74], onsets: [1.75, 6.68], dark: [298, 626], bright: [1887, 1977] },
  'string-adagio': { register: [58, 76], onsets: [1.81, 3.13], dark: [346, 844], bright: [1360, 1773] },
  'cello-elegy': { register: [60, 71], onsets: [1.25, 5.41], dark: [336, 915], bright: [1729, 1886] },
  'choir-pads': { register: [65, 74], onsets: [1.23, 2.31], dark: [431, 824], bright: [2159, 3141] },
  'ambient-drones-bells': { register: [51, 71], onsets: [1.38, 2.41], dark: [298, 497], bright: [1234, 2319] },
  lullaby: { register: [56, 76], onsets: [0.91, 7.09], dark: [311, 523], bright: [2570, 2980] },
  'guitar-fingerstyle': { register: [58, 74], onsets: [0.9, 7.13], dark: [298, 400], bright: [1886, 2785] },
  'marimba-ostinato': { register: [55, 76], onsets: [1.03, 6.01], dark: [335, 722], bright: [1000, 1400] },
  'bright-dance': { register: [59, 74], onsets: [0.9, 6.59], dark: [297, 385], bright: [1526, 1936] },
  'dark-pulsing-strings': { register: [55, 70], onsets: [1.45, 4.59], dark: [363, 454], bright: [1315, 1923] },
  'agitated-scherzo': { register: [65, 75], onsets: [1.8, 6.69], dark: [339, 481], bright: [1431, 1470] },
  'heroic-brass': { register: [64, 69], onsets: [1.74, 5.06], dark: [364, 399], bright: [1612, 1611] },
  'hang-drum': { register: [56, 73], onsets: [1.56, 5.93], dark: [295, 713], bright: [1684, 2383] },
  gamelan: { register: [59, 76], onsets: [0.57, 7.13], dark: [296, 783], bright: [3198, 3859] },
  'jazz-trio': { register: [49, 63], onsets: [0.47, 6.36], dark: [298, 299], bright: [1725, 1971] },
  'winds-serenade': { register: [69, 74], onsets: [2.05, 4.36], dark: [344, 618], bright: [1287, 1311] },
};

/** Deterministic for a profile and a seed; among all textures or those given. */
export function textureFor(
  profile: MusicalProfile,
  seed: number,
  among: readonly TextureName[] = TEXTURE_NAMES,
): TextureName {
  const random = seededRandom(seed + 101);
  const ranked = among.map((name) => ({ name, misfit: misfit(name, profile) + 0.5 * random() }));
  ranked.sort((a, b) => a.misfit - b.misfit);
  const fitting = ranked.slice(0, DRAWN_FROM).filter((each) => each.misfit <= ranked[0]!.misfit + NO_WORSE);
  return fitting[Math.floor(random() * fitting.length)]!.name;
}

/** The same among textures that carry a piece which grows slow. */
export const steadyTextureFor = (profile: MusicalProfile, seed: number): TextureName =>
  textureFor(profile, seed, TEXTURE_NAMES.filter(carries));

/** Whether something bowed, blown or sung lies under it all the way: what is plucked falls silent where it grows slow. */
export function carries(name: TextureName): boolean {
  return TEXTURES[name].layers.some(({ role, program }) => (role === 'pad' || role === 'drone') && isHeld(program));
}

/** 0 = made for it; every point is one clear reason against: an octave out of reach in pitch or half an octave in pace. */
function misfit(name: TextureName, profile: MusicalProfile): number {
  const { family, free } = TEXTURES[name];
  const { register, onsets, dark, bright } = REACH[name];
  const outside = (value: number, [low, high]: readonly [number, number]) => Math.max(0, low - value, value - high);
  let points = outside(profile.register, register) / 3;
  points += 2 * outside(Math.log2(profile.onsetRatePerSec), [Math.log2(onsets[0]), Math.log2(onsets[1])]);
  const height = Math.min(1, Math.max(0, (profile.register - LOW_AND_HIGH[0]) / (LOW_AND_HIGH[1] - LOW_AND_HIGH[0])));
  const here = ([low, high]: readonly [number, number]) => Math.log2(low) + height * Math.log2(high / low);
  points += 2 * outside(Math.log2(brightnessToHz(profile.brightness)), [here(dark), here(bright)]);
  if (free && profile.pulseClarity > 0.4) points += 1;
  if (profile.instrumentation.length > 0 && !profile.instrumentation.includes(family)) points += 1;
  return points;
}
