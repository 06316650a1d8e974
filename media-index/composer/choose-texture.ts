/** Which texture suits a profile, where nobody has named one: those that can do what is asked, and among them by chance. */
import { brightnessToHz } from '../../engine/musical-profile.js';
import { seededRandom } from '../../engine/plan/random.js';
import type { MusicalProfile } from '../../engine/vocabulary.js';
import { TEXTURE_NAMES, TEXTURES, type TextureName } from './textures.js';

/** The best few are drawn from, so that equal wishes do not all sound alike. */
const DRAWN_FROM = 3;

interface Reach {
  /** Heard register, as in a profile. */
  register: readonly [number, number];
  /** Onsets a second, slowest and fastest. */
  onsets: readonly [number, number];
  /** Colour without a filter, at a middling dial. */
  hz: number;
}

/** What each can be made to do at a middling tempo and colour: found by asking for the extremes of every dial. */
const REACH: Record<TextureName, Reach> = {
  'piano-nocturne': { register: [61, 75], onsets: [0.95, 5.8], hz: 1368 },
  'felt-piano-strings': { register: [57, 76], onsets: [1.67, 5.1], hz: 911 },
  'harp-flute': { register: [62, 76], onsets: [1.75, 5.9], hz: 910 },
  'string-adagio': { register: [56, 76], onsets: [1.98, 2.5], hz: 1122 },
  'cello-elegy': { register: [60, 74], onsets: [1.5, 4], hz: 1142 },
  'choir-pads': { register: [64, 76], onsets: [1.5, 2.1], hz: 1211 },
  'ambient-drones-bells': { register: [46, 73], onsets: [0.8, 2], hz: 969 },
  lullaby: { register: [56, 76], onsets: [1.25, 6], hz: 1253 },
  'guitar-fingerstyle': { register: [53, 75], onsets: [1.14, 6], hz: 686 },
  'marimba-ostinato': { register: [56, 76], onsets: [1.2, 5.5], hz: 1010 },
  'bright-dance': { register: [55, 75], onsets: [1.38, 5.7], hz: 936 },
  'dark-pulsing-strings': { register: [52, 73], onsets: [1.66, 4.4], hz: 1122 },
  'agitated-scherzo': { register: [61, 76], onsets: [1.97, 5.7], hz: 923 },
  'heroic-brass': { register: [63, 69], onsets: [2.08, 3.9], hz: 978 },
  'hang-drum': { register: [49, 75], onsets: [1.5, 5.3], hz: 832 },
  gamelan: { register: [53, 76], onsets: [1.02, 6], hz: 676 },
  'jazz-trio': { register: [51, 66], onsets: [0.93, 6], hz: 1097 },
  'winds-serenade': { register: [66, 76], onsets: [2.2, 3.2], hz: 911 },
};

/** Deterministic for a profile and a seed; among all textures or those given. */
export function textureFor(
  profile: MusicalProfile,
  seed: number,
  among: readonly TextureName[] = TEXTURE_NAMES,
): TextureName {
  const random = seededRandom(seed + 101);
  const ranked = among.map((name) => ({ name, misfit: misfit(name, profile) + 0.8 * random() }));
  ranked.sort((a, b) => a.misfit - b.misfit);
  return ranked[Math.floor(random() * Math.min(DRAWN_FROM, ranked.length))]!.name;
}

/** 0 = made for it; every point is one clear reason against: an octave out of reach in pitch or half an octave in pace. */
function misfit(name: TextureName, profile: MusicalProfile): number {
  const { family, free } = TEXTURES[name];
  const { register, onsets, hz } = REACH[name];
  const outside = (value: number, [low, high]: readonly [number, number]) => Math.max(0, low - value, value - high);
  let points = outside(profile.register, register) / 4;
  points += 2 * outside(Math.log2(profile.onsetRatePerSec), [Math.log2(onsets[0]), Math.log2(onsets[1])]);
  // Darker is a matter of the filter; much brighter is not to be had.
  points += 2 * outside(Math.log2(brightnessToHz(profile.brightness)), [0, Math.log2(hz * 1.4)]);
  if (free && profile.pulseClarity > 0.4) points += 1;
  if (profile.instrumentation.length > 0 && !profile.instrumentation.includes(family)) points += 1;
  return points;
}
