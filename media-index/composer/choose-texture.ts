/** Which texture suits a profile, where nobody has named one: those that can do what is asked, and among them by chance. */
import { brightnessToHz } from '../../engine/musical-profile.js';
import { seededRandom } from '../../engine/plan/random.js';
import type { MusicalProfile } from '../../engine/vocabulary.js';
import { isHeld } from './instruments.js';
import { REACH } from './reach-table.js';
import { TEXTURE_NAMES, TEXTURES, type TextureName } from './textures.js';

/** The best few are drawn from, so that equal wishes do not all sound alike; none that is this much worse than the best. */
const DRAWN_FROM = 3;
const NO_WORSE = 0.7;

/** What is found where a low or a high register is asked for, in a dark, a middling and a bright colour (`ASKED`). */
interface Corner {
  register: readonly number[];
  hz: readonly number[];
}
export interface Reach {
  low: Corner;
  high: Corner;
  /** Onsets a second, slowest and fastest. */
  onsets: readonly number[];
}

/** What the corners were asked for. */
export const ASKED = { low: 48, high: 74, colours: [0.1, 0.45, 0.8] } as const;

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

/** What is held trembles by itself: judges find at least so many onsets in it, however few are written. */
const TREMBLES_A_SEC = 2;

/** 0 = made for it; every point is one clear reason against: an octave out of reach in pitch or half an octave in pace. */
function misfit(name: TextureName, profile: MusicalProfile): number {
  const { family, free } = TEXTURES[name];
  const { low, high, onsets } = REACH[name];
  const outside = (value: number, least: number, most: number) => Math.max(0, least - value, value - most);
  const inColour = (values: readonly number[]) => along(ASKED.colours, values, profile.brightness);
  let points = outside(profile.register, inColour(low.register), inColour(high.register)) / 3;
  const slowest = carries(name) ? Math.max(TREMBLES_A_SEC, onsets[0]!) : onsets[0]!;
  points += 2.5 * outside(Math.log2(profile.onsetRatePerSec), Math.log2(slowest), Math.log2(onsets[1]!));
  const height = Math.min(1, Math.max(0, (profile.register - ASKED.low) / (ASKED.high - ASKED.low)));
  const here = (colour: number) => Math.log2(low.hz[colour]!) + height * Math.log2(high.hz[colour]! / low.hz[colour]!);
  points += 2 * outside(Math.log2(brightnessToHz(profile.brightness)), here(0), here(2));
  if (free && profile.pulseClarity > 0.4) points += 1;
  if (profile.instrumentation.length > 0 && !profile.instrumentation.includes(family)) points += 1;
  return points;
}

/** In straight lines between known points; beyond them the nearest. */
function along(at: readonly number[], values: readonly number[], x: number): number {
  const next = at.findIndex((each) => each > x);
  if (next === 0) return values[0]!;
  if (next < 0) return values.at(-1)!;
  const share = (x - at[next - 1]!) / (at[next]! - at[next - 1]!);
  return values[next - 1]! + share * (values[next]! - values[next - 1]!);
}
