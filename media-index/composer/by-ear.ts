/**
 * Composing by ear: a piece is written, its first half minute is played and measured, what came out otherwise than asked is
 * asked for anew by as much, and the best of a few such pages is kept. What players add (room, ringing strings, the tremble
 * of an ensemble) is nothing that the page alone could tell.
 */
import { brightnessFromHz } from '../../engine/musical-profile.js';
import type { AudioAnalysis, MusicalProfile } from '../../engine/vocabulary.js';
import { type ComposeWish, compose } from './compose.js';
import type { Score } from './score.js';
import { HEARD_ABOVE } from './solve.js';

/** Plays and measures a score. */
export type Hear = (score: Score) => Promise<AudioAnalysis>;

const ROUNDS = 4;
/** Seconds of a page that are listened to. */
const HEARD_SEC = 40;
/** Share of a difference that the next page makes good: all of it would swing to and fro. */
const STEP = 0.8;
/** A plain major of our pieces measures about this (`encoders/attributes.ts` asks a profile's mode in the same way). */
const MODE_SCORE = 0.6;
/** A mode further from the middle than this is clearly asked for. */
const CLEAR_MODE = 0.3;
/** What one of each counts as when pages are compared: ln of onset rate, brightness 0..1, semitones, mode score. */
const PLAIN = { onset: 0.25, brightness: 0.1, register: 4, mode: 3 };
const WRONG_MODE = 4;
/** A page this near is kept at once: the next would be no better to any ear. */
const NEAR_ENOUGH = 1;

interface Off {
  onset: number;
  brightness: number;
  register: number;
  mode: number;
  lufs: number;
}

/** What was thought of a page: how far it is from what was wished, what to ask for next, and how much louder it should be. */
export interface Verdict<Ask> {
  far: number;
  next: Ask;
  louderLu?: number;
}

/** The best of a few pages, each asked for in the light of the one before. Deterministic where `hear` is. */
export async function byEar<Ask>(
  first: Ask,
  write: (ask: Ask, round: number) => Score,
  hear: Hear,
  judge: (heard: AudioAnalysis, ask: Ask) => Verdict<Ask>,
  { rounds = ROUNDS, heardSec = HEARD_SEC, nearEnough = 0 } = {},
): Promise<Score> {
  let ask = first;
  let best: { score: Score; far: number } | null = null;
  for (let round = 0; round < rounds; round += 1) {
    const score = write(ask, round);
    const { far, next, louderLu } = judge(await hear(excerpt(score, heardSec)), ask);
    if (!best || far < best.far)
      best = { far, score: louderLu ? { ...score, gainDb: louder(score, louderLu) } : score };
    if (far < nearEnough) break;
    ask = next;
  }
  return best!.score;
}

/** Another seed: a page that turned out wrong need not be written again. */
export const seedOf = (seed: number, round: number): number => seed + round * 100_003;

/** The page whose dials come out nearest to the profile's. What is near enough at first hearing is kept. */
export async function composeByEar(wish: ComposeWish, hear: Hear): Promise<Score> {
  const { profile } = wish;
  return byEar(
    { profile, turn: 0 },
    (asked) => compose({ ...wish, profile: asked.profile, seed: seedOf(wish.seed, asked.turn) }),
    hear,
    (heard, asked) => {
      const off = offBy(profile, heard);
      const wrong = isWrongMode(profile, off);
      return {
        far: farOff(off) + (wrong ? WRONG_MODE : 0),
        // The same piece, played otherwise; only one that is heard in the wrong mode is written anew.
        next: { profile: corrected(asked.profile, off), turn: asked.turn + (wrong ? 1 : 0) },
        louderLu: off.lufs,
      };
    },
    { nearEnough: NEAR_ENOUGH },
  );
}

/** Asked less measured. */
function offBy(profile: MusicalProfile, heard: AudioAnalysis): Off {
  return {
    onset: Math.log(profile.onsetRatePerSec / Math.max(0.05, heard.onsetRatePerSec)),
    brightness: profile.brightness - brightnessFromHz(heard.brightnessHz),
    register: profile.register + HEARD_ABOVE - heard.register,
    mode: MODE_SCORE * profile.mode - heard.modeScore,
    lufs: profile.loudnessLufs - heard.integratedLufs,
  };
}

function isWrongMode({ mode }: MusicalProfile, off: Off): boolean {
  return Math.abs(mode) >= CLEAR_MODE && (MODE_SCORE * mode - off.mode) * mode < 0;
}

function farOff(off: Off): number {
  return (
    Math.abs(off.onset) / PLAIN.onset +
    Math.abs(off.brightness) / PLAIN.brightness +
    Math.abs(off.register) / PLAIN.register +
    Math.abs(off.mode) / PLAIN.mode
  );
}

function corrected(asked: MusicalProfile, off: Off): MusicalProfile {
  const within = (value: number, least: number, most: number) => Math.min(most, Math.max(least, value));
  return {
    ...asked,
    onsetRatePerSec: within(asked.onsetRatePerSec * Math.exp(STEP * off.onset), 0.15, 12),
    brightness: within(asked.brightness + STEP * off.brightness, 0, 1),
    register: within(asked.register + STEP * off.register, 36, 88),
  };
}

/** The whole made louder by what was missing. */
function louder(score: Score, lu: number): number {
  return Math.round(Math.min(20, Math.max(-20, (score.gainDb ?? 0) + lu)) * 10) / 10;
}

/** The first seconds of a piece: what is begun later is left out. */
export function excerpt(score: Score, seconds: number): Score {
  const parts = score.parts
    .map((part) => ({
      ...part,
      notes: part.notes.filter(([start]) => start < seconds),
      controls: part.controls.filter(([at]) => at < seconds),
    }))
    .filter((part) => part.notes.length > 0);
  return { ...score, parts, durationSec: Math.min(seconds, score.durationSec) };
}
