/** What a page will sound like before anyone plays it: the composer's inner ear, from the measured table of instruments. */
import { BAND_HZ, bandGains, type Colouring } from './filters.js';
import { isHeld, isStruck, soundOf } from './instruments.js';
import type { Part } from './score.js';

/** A page as its players give it, before any filter. */
export interface Page {
  /** Events a second that would be counted as onsets. */
  onsetRatePerSec: number;
  /** 0..1: how much of the sound is bowed, blown or sung. */
  heldShare: number;
  /** Magnitude a band (`BAND_HZ`), in any unit: the colour is its centroid. */
  magnitudes: readonly number[];
  /** K-weighted power a band; their sum is the page's loudness. */
  powers: readonly number[];
}

/** A page as our analysis will find it. Mode and register: `tones.ts`. */
export interface Estimate {
  onsetRatePerSec: number;
  brightnessHz: number;
  lufs: number;
}

/** Where no low-pass is set, the sound ends about here. */
const ENDS_HZ = 9_000;

/**
 * The page through the piece's filters. Coefficients: least squares over 92 rendered pieces of drawn profiles (seeds from
 * 1001 of bench/composer/profiles.ts; residual: .17 octaves of colour, 1.6 LU, half of the pieces within
 * 24 % of the onset rate). Darkness hides attacks; ensembles tremble by themselves, which is found as onsets even where few
 * were written.
 */
export function heardThrough(page: Page, colouring: Colouring): Estimate {
  const gains = bandGains(colouring);
  const power = page.powers.reduce((sum, value, b) => sum + value * gains[b]! ** 2, 0);
  const closed = Math.max(0, Math.log(ENDS_HZ / (colouring.lowPassHz ?? ENDS_HZ)));
  const written = Math.log(page.onsetRatePerSec);
  const held = page.heldShare;
  return {
    onsetRatePerSec: Math.exp(0.19 + 0.81 * written - 0.17 * closed + held * (0.79 - 0.4 * written)),
    brightnessHz: 2 ** (-1.05 + 1.089 * Math.log2(centroidOf(page.magnitudes, gains)) - 0.085 * held + 0.096 * closed),
    lufs: 10 * Math.log10(power) + 4.9 - 4.5 * held - 0.2 * colouring.presenceDb,
  };
}

function centroidOf(magnitudes: readonly number[], gains: readonly number[]): number {
  let sum = 0;
  let weight = 1e-12;
  magnitudes.forEach((magnitude, b) => {
    sum += magnitude * gains[b]! * BAND_HZ[b]!;
    weight += magnitude * gains[b]!;
  });
  return sum / weight;
}

/** Velocity of the table; loudness goes with the square of velocity and of volume. */
const TABLE_VELOCITY = 75;
const TABLE_NOTE_SEC = 2;
/** Onsets closer than this are heard as one (the analysis counts no two within 60 ms). */
const ONE_EVENT_SEC = 0.06;
/** A bowed or blown note is found as an onset less surely than a struck one. */
const SOFT_ONSET = 0.6;
/** Silence is no number. */
const FAINTEST = 1e-9;

/** `parts` as far as `endSec`. */
export function estimate(parts: readonly Part[], endSec: number): Page {
  const seconds = Math.max(1, endSec);
  const magnitudes = BAND_HZ.map(() => 0);
  const powers = BAND_HZ.map(() => FAINTEST / BAND_HZ.length);
  let held = 0;
  let sounding = 0;
  const starts: Start[] = [];
  for (const part of parts) {
    const [holds, struck] = [isHeld(part.program), isStruck(part.program)];
    for (const [midi, { loud, energy }] of played(part, holds, struck, starts)) {
      const sound = soundOf(part.program, midi);
      const amplitude = sound.amplitude * loud;
      sounding += amplitude;
      if (holds) held += amplitude;
      const power = (sound.amplitude ** 2 * energy) / seconds;
      for (let b = 0; b < magnitudes.length; b += 1) {
        magnitudes[b]! += loud * sound.magnitudes[b]!;
        powers[b]! += power * sound.powers[b]!;
      }
    }
  }
  return {
    onsetRatePerSec: onsets(starts) / seconds,
    heldShare: sounding > 0 ? held / sounding : 0,
    magnitudes,
    powers,
  };
}

interface Start {
  at: number;
  loud: number;
  struck: boolean;
}

/** Each pitch of a part once, with how long and loud it is played in all; beginnings go to `starts`. */
function played(part: Part, holds: boolean, struck: boolean, starts: Start[]) {
  const pitches = new Map<number, { loud: number; energy: number }>();
  for (const [start, length, midi, velocity] of part.notes) {
    const touch = (velocity / TABLE_VELOCITY) ** 2 * part.volume ** 2;
    const seconds = holds ? Math.min(length, 12) : Math.min(TABLE_NOTE_SEC, Math.max(0.6, length));
    let sum = pitches.get(midi);
    if (!sum) {
      sum = { loud: 0, energy: 0 };
      pitches.set(midi, sum);
    }
    sum.loud += touch * seconds;
    sum.energy += touch ** 2 * seconds;
    starts.push({ at: start, loud: touch * soundOf(part.program, midi).amplitude, struck });
  }
  return pitches;
}

/** Notes far softer than the loud ones of the piece are covered by them. */
const COVERED = 0.06;

function onsets(starts: Start[]): number {
  starts.sort((a, b) => a.at - b.at);
  const loudest = starts.map((s) => s.loud).sort((a, b) => b - a)[Math.floor(starts.length / 10)] ?? 0;
  let count = 0;
  let last = -1;
  let weight = 0;
  for (const { at, loud, struck } of starts) {
    if (loud < loudest * COVERED) continue;
    const heard = struck ? 1 : SOFT_ONSET;
    if (at - last > ONE_EVENT_SEC) {
      last = at;
      weight = heard;
      count += heard;
    } else if (heard > weight) {
      count += heard - weight;
      weight = heard;
    }
  }
  return Math.max(0.01, count);
}
