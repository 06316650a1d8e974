/**
 * Settings found for a profile: the page is written with several subdivisions and melodic rhythms, the one whose onsets come
 * nearest is kept and thinned to the mark, and the whole is moved until its heard register is the one asked for.
 */
import type { MusicalProfile } from '../../engine/vocabulary.js';
import { colouringFor } from './colour.js';
import { type Estimate, estimate, heardThrough } from './estimate.js';
import type { Key } from './harmony.js';
import type { Settings } from './layout.js';
import { layOut } from './layout.js';
import { modeHeard } from './mode-ear.js';
import type { Part } from './score.js';
import type { Texture } from './textures.js';
import { write } from './write.js';

const SUBDIVISIONS = [0.25, 0.5, 1, 1.5, 2, 3, 4, 6, 8];
/** No player is asked for more moving notes a second than this. */
const FASTEST_PER_SEC = 9;
/** Share of the onset rate that nobody would hear as too few. */
const NEAR_ENOUGH = 0.03;
const BUSY = [0.05, 0.35, 0.6, 0.9];
/** Overtones lift what is heard above what is written: the middle of all textures. */
export const HEARD_ABOVE = 5;
/** A page of this length says enough about the whole. */
const SAMPLE_MINUTES = 0.6;
const LOWEST = 30;
const HIGHEST = 84;
/** Harmonies and melodies that are tried until the mode is plain to hear. */
const MODE_TRIES = 12;
/** A mode nearer the middle than this may be heard either way. */
const CLEAR_MODE = 0.15;
/** How plainly it should be heard on paper, and how plainly it must. */
const PLAIN = 1;
export const LEAST_PLAIN = 0.6;
/** Overtones hold a major third: a page in minor sounds less so than it looks. */
const WANTED = { major: 0.5, minor: 0.8 };

/** How plainly the asked side is heard: 1 = plain, below 0 = the other side is; 1 where either will do. */
export function plainness({ mode }: MusicalProfile, parts: readonly Part[]): number {
  if (Math.abs(mode) < CLEAR_MODE) return PLAIN;
  return (Math.sign(mode) * modeHeard(parts)) / (mode > 0 ? WANTED.major : WANTED.minor);
}

/**
 * The seed, or one derived from it, whose harmony and melody are heard in the mode that the dial asks for; of none that is
 * plain, the plainest. `settings`: how it will be played, where that is known already.
 */
export function seedHeardAs(
  profile: MusicalProfile,
  texture: Texture,
  key: Key,
  seed: number,
  settings: Settings = { notesABeat: 1, busy: 0.35, thin: 0, register: Math.round(profile.register) },
): number {
  const layout = layOut(() => profile, SAMPLE_MINUTES, texture);
  const turns = layout.profiles.map((each, i) => ({ ...settings, profile: each, bpm: layout.bpms[i]! }));
  let best = { seed, plain: Number.NEGATIVE_INFINITY };
  for (let tried = 0; tried < MODE_TRIES && best.plain < PLAIN; tried += 1) {
    const drawn = seed + tried * 1_000_003;
    const plain = plainness(profile, write({ seed: drawn, key, texture, layout, turns }).parts);
    if (plain > best.plain) best = { seed: drawn, plain };
  }
  return best.seed;
}

export function solve(
  profile: MusicalProfile,
  texture: Texture,
  key: Key,
  seed: number,
): Settings & { heard: Estimate } {
  const layout = layOut(() => profile, SAMPLE_MINUTES, texture);
  const hear = (settings: Settings) => {
    const turns = layout.profiles.map((each, i) => ({ ...settings, profile: each, bpm: layout.bpms[i]! }));
    const { parts, endSec } = write({ seed, key, texture, layout, turns });
    const page = estimate(parts, endSec);
    return heardThrough(page, colouringFor(profile, page));
  };
  let best: Settings = { notesABeat: 1, busy: 0.35, thin: 0, register: profile.register };
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

function solveRegister(
  settings: Settings,
  profile: MusicalProfile,
  hear: (settings: Settings) => { register: number },
): number {
  let register = settings.register;
  for (let i = 0; i < 3; i += 1) {
    const off = hear({ ...settings, register }).register - (profile.register + HEARD_ABOVE);
    register = Math.round(Math.min(HIGHEST, Math.max(LOWEST, register - off)));
  }
  return register;
}
