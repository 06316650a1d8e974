/**
 * Settings found for a profile: the page is written with several subdivisions and melodic rhythms, the one whose onsets come
 * nearest is kept and thinned to the mark, and the whole is moved until its heard register is the one asked for.
 */
import type { MusicalProfile } from '../../engine/vocabulary.js';
import type { Settings } from './layout.js';
import { type Frame, type Heard, sketch } from './sketch.js';
import type { Tones } from './tones.js';

const SUBDIVISIONS = [0.25, 0.5, 1, 1.5, 2, 3, 4, 6, 8];
/** No player is asked for more moving notes a second than this. */
const FASTEST_PER_SEC = 9;
/** Share of the onset rate that nobody would hear as too few. */
const NEAR_ENOUGH = 0.03;
const BUSY = [0.05, 0.35, 0.6, 0.9];
/** Overtones lift what is heard above what is written: the middle of all textures, as each judge hears it. */
export const HEARD_ABOVE = 5;
const HEARD_ABOVE_ON_A_SCALE = -3;
const LOWEST = 30;
const HIGHEST = 84;
const REGISTER_TRIES = 6;
/** Harmonies and melodies that are tried until the mode is plain to hear. */
const MODE_TRIES = 24;
/** After so many of them the next are bent a step more, and after so many steps as far as music goes. */
const TRIES_A_STEP = 3;
const STEPS_TO_PLAIN = 4;
/** A mode nearer the middle than this may be heard either way. */
const CLEAR_MODE = 0.15;
/** How plainly it should be heard on paper, and how plainly it must. */
const PLAIN = 1;
export const LEAST_PLAIN = 0.6;
/** A lead in either judge's ear that is hardly ever lost in the playing. */
const LEAD = 0.6;

/**
 * How plainly the asked side is heard by the judge who doubts it more: 1 = plain, below 0 = the other side is; 1 where either
 * will do.
 */
export function plainness({ mode }: MusicalProfile, { peaks, scale }: Tones): number {
  if (Math.abs(mode) < CLEAR_MODE) return PLAIN;
  return Math.min(...[peaks, scale].map((hearing) => (Math.sign(mode) * hearing.mode) / LEAD));
}

/** Settings before any are solved. */
const plainSettings = ({ register }: MusicalProfile): Settings => ({
  notesABeat: 1,
  busy: 0.35,
  thin: 0,
  register: Math.round(register),
  plain: 0,
});

/**
 * The seed, or one derived from it, whose harmony and melody are heard in the mode that the dial asks for, bent toward it no
 * more than need be; of none that is plain, the plainest. `settings`: how it will be played, where that is known already.
 */
export function seedHeardAs(
  frame: Frame,
  seed: number,
  settings: Settings = plainSettings(frame.profile),
): { seed: number; plain: number } {
  let best = { seed, plain: 0, heard: Number.NEGATIVE_INFINITY };
  for (let tried = 0; tried < MODE_TRIES && best.heard < PLAIN; tried += 1) {
    const drawn = seed + tried * 1_000_003;
    const plain = Math.min(1, Math.floor(tried / TRIES_A_STEP) / STEPS_TO_PLAIN);
    const heard = plainness(frame.profile, sketch(frame, drawn, { ...settings, plain }).tones);
    if (heard > best.heard) best = { seed: drawn, plain, heard };
  }
  return best;
}

export function solve(frame: Frame, seed: number, plain = 0): Settings & { heard: Heard } {
  const { profile, layout } = frame;
  const hear = (settings: Settings) => sketch(frame, seed, settings);
  let best: Settings = { ...plainSettings(profile), plain };
  best = { ...best, register: solveRegister(best, profile, hear) };
  let least = Number.POSITIVE_INFINITY;
  let rate = 0;
  for (const notesABeat of SUBDIVISIONS) {
    if (least < NEAR_ENOUGH) break;
    if (notesABeat > 1 && (notesABeat * layout.bpms[0]!) / 60 > FASTEST_PER_SEC) break;
    for (const busy of BUSY) {
      const tried = { ...best, notesABeat, busy };
      const got = hear(tried).onsetRatePerSec;
      const off = Math.log(got / profile.onsetRatePerSec);
      // A little too many can be thinned; too few cannot be helped.
      const error = off >= 0 ? 0.35 * off : -off;
      if (error < least - 1e-9) {
        least = error;
        rate = got;
        best = tried;
      }
    }
  }
  if (rate > profile.onsetRatePerSec * 1.03) {
    let [low, high] = [0, 0.95];
    for (let i = 0; i < 6; i += 1) {
      const middle = (low + high) / 2;
      if (hear({ ...best, thin: middle }).onsetRatePerSec > profile.onsetRatePerSec) low = middle;
      else high = middle;
    }
    best = { ...best, thin: (low + high) / 2 };
  }
  best = { ...best, register: solveRegister(best, profile, hear) };
  return { ...best, heard: hear(best) };
}

/** The middle of what both judges hear, in the profile's own measure. */
export function registerAsAsked({ peaks, scale }: Tones): number {
  return (peaks.register - HEARD_ABOVE + scale.register - HEARD_ABOVE_ON_A_SCALE) / 2;
}

/** A register this near is met: its unit is the semitone. */
const MET = 0.6;

function solveRegister(settings: Settings, profile: MusicalProfile, hear: (settings: Settings) => Heard): number {
  let register = settings.register;
  let best = { register, off: Number.POSITIVE_INFINITY };
  let before: typeof best | null = null;
  // What is heard moves less than what is written where a low-pass holds it, and by octaves where an instrument ends.
  for (let i = 0; i < REGISTER_TRIES; i += 1) {
    const off = registerAsAsked(hear({ ...settings, register }).tones) - profile.register;
    if (Math.abs(off) < Math.abs(best.off)) best = { register, off };
    if (Math.abs(off) < MET) break;
    const slope: number =
      before && before.register !== register ? (off - before.off) / (register - before.register) : 1;
    const next = register - off / Math.min(1.5, Math.max(0.35, slope));
    before = { register, off };
    register = Math.round(Math.min(HIGHEST, Math.max(LOWEST, next)));
    if (register === before.register) break;
  }
  return best.register;
}
