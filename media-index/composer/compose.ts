/**
 * A piece of music from a profile, a texture and a seed: the same three always give the same score.
 *
 * Order of work: form → harmony → voices → melody → layers → performance. Onset rate, register, brightness and loudness are
 * solved for: the page is heard inwardly (`estimate.ts`) and changed until it is what was asked.
 */
import { brightnessToHz } from '../../engine/musical-profile.js';
import { seededRandom } from '../../engine/plan/random.js';
import type { MusicalProfile } from '../../engine/vocabulary.js';
import { colouringFor } from './colour.js';
import { estimate, heardThrough } from './estimate.js';
import { chooseKey } from './harmony.js';
import { layOut, type Settings, TAIL_SEC } from './layout.js';
import type { Part, Score } from './score.js';
import { type Frame, heardInwardly } from './sketch.js';
import { LEAST_PLAIN, plainness, seedHeardAs, solve } from './solve.js';
import { GLITTER, TEXTURES, type Texture, type TextureName } from './textures.js';
import { type Written, write } from './write.js';

export interface ComposeWish {
  id: string;
  title: string;
  profile: MusicalProfile;
  texture: TextureName;
  seed: number;
  minutes: number;
}

/** Seconds that the room needs after the last release. */
const ROOM_SEC = 2;

export function compose(wish: ComposeWish): Score {
  const { profile } = wish;
  const texture: Texture = TEXTURES[wish.texture];
  const key = chooseKey(profile.mode, seededRandom(wish.seed));
  const layout = layOut(() => profile, wish.minutes, texture);
  const frame = { profile, texture, key, layout };
  let { seed, plain } = seedHeardAs(frame, wish.seed);
  let settings = solve(frame, seed, plain);
  if (plainness(profile, settings.heard.tones) < LEAST_PLAIN) {
    // As busy as it has become, it is heard otherwise than its sketch.
    ({ seed, plain } = seedHeardAs(frame, wish.seed, settings));
    settings = { ...settings, plain };
  }
  const { parts, endSec } = plainThroughout(frame, seed, settings);
  return finish(wish, texture, { parts, endSec, profile, bpm: layout.bpms[0]!, key });
}

/** Steps in which a whole is bent toward its mode. */
const BENT_BY = 0.25;

/**
 * The whole piece; where its mode is plain in the beginning but not in all, bent toward it step by step, or else the plainest.
 */
function plainThroughout(frame: Frame, seed: number, settings: Settings): Written {
  const { profile, layout, key, texture } = frame;
  let best: { page: Written; heard: number } | null = null;
  for (let { plain } = settings; ; plain = Math.min(1, plain + BENT_BY)) {
    const turns = layout.profiles.map((each, i) => ({ ...settings, plain, profile: each, bpm: layout.bpms[i]! }));
    const page = write({ seed, key, texture, layout, turns });
    const heard = plainness(profile, heardInwardly(page.parts, page.endSec, profile).tones);
    if (!best || heard > best.heard) best = { page, heard };
    if (heard >= LEAST_PLAIN || plain >= 1) return best.page;
  }
}

export interface Raw {
  parts: Part[];
  endSec: number;
  /** What the whole is asked to be: colour and loudness are set by it. */
  profile: MusicalProfile;
  bpm: number;
  key: { tonic: number; modeName: string };
}

/** Colour, loudness and the release tail. */
export function finish(wish: Omit<ComposeWish, 'profile'>, texture: Texture, raw: Raw): Score {
  const { profile, endSec } = raw;
  const parts = glittering(raw.parts, endSec, profile);
  const page = estimate(parts, endSec);
  const colouring = colouringFor(profile, page);
  return {
    version: 1,
    id: wish.id,
    title: wish.title,
    texture: wish.texture,
    seed: wish.seed,
    tempoBpm: texture.free ? null : Math.round(raw.bpm * 10) / 10,
    keyTonic: raw.key.tonic,
    modeName: raw.key.modeName,
    durationSec: Math.round(Math.max(endSec + TAIL_SEC, lastRelease(parts) + ROOM_SEC) * 10) / 10,
    lowPassHz: colouring.lowPassHz,
    ...(colouring.presenceDb > 0 ? { presenceDb: colouring.presenceDb } : {}),
    gainDb: gainFor(profile.loudnessLufs, heardThrough(page, colouring).lufs),
    parts,
  };
}

/** Quieter than this the reverb's tail is lost, louder the ceiling would press. */
const GAIN_DB = { least: -14, most: 20 };

function gainFor(wantedLufs: number, heardLufs: number): number {
  return Math.round(Math.min(GAIN_DB.most, Math.max(GAIN_DB.least, wantedLufs - heardLufs)) * 10) / 10;
}

/** Above this the glitter would be the music. */
const MOST_GLITTER = 0.4;
/** What sits lower than this would be lifted out of its register by it. */
const LOWEST_GLITTERING = 60;
/**
 * Where a lift does not suffice: sets the glitter's volume so that the colour comes nearest to what is asked; leaves the part
 * out where none is needed.
 */
function glittering(parts: readonly Part[], endSec: number, profile: MusicalProfile): Part[] {
  const { brightness, register } = profile;
  const without = parts.filter((part) => part.name !== GLITTER.name);
  const glitter = parts.find((part) => part.name === GLITTER.name);
  const shines = (tried: readonly Part[]) => {
    const page = estimate(tried, endSec);
    const heard = heardThrough(page, colouringFor(profile, page));
    return heard.brightnessHz >= brightnessToHz(brightness) * 0.98;
  };
  if (!glitter || brightness < 0.45 || register < LOWEST_GLITTERING || shines(without)) return without;
  let best = without;
  for (let volume = 0.1; volume <= MOST_GLITTER; volume += 0.1) {
    best = [...without, { ...glitter, volume: Math.round(volume * 100) / 100 }];
    if (shines(best)) break;
  }
  return best;
}

/** Second at which the last note is let go: a bell or a drone may ring on beyond the last bar. */
function lastRelease(parts: readonly Part[]): number {
  return Math.max(...parts.flatMap((part) => part.notes.map(([start, length]) => start + length)));
}

/** Distinct onsets a second as written: notes within 30 ms are one event. */
export function onsetRateOf(parts: readonly Part[], endSec: number): number {
  const starts = parts.flatMap((part) => part.notes.map(([start]) => start)).sort((a, b) => a - b);
  let events = 0;
  let last = -1;
  for (const start of starts) {
    if (start - last > 0.03) {
      events += 1;
      last = start;
    }
  }
  return Math.max(0.01, events / Math.max(1, endSec));
}
