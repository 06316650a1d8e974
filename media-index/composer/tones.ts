/**
 * The inner ear for pitch: every note of a page is spread over the tones that it was measured to hold, half second by half
 * second, and the sum is listened to as two judges do who know nothing of the page: our analysis, and a constant-Q chroma.
 */
import { modeOf } from '../analysis/tonality.js';
import { lowPassGain, presenceGain } from '../synth/finish.js';
import type { Colouring } from './filters.js';
import { isHeld, PITCHES } from './instruments.js';
import type { Part } from './score.js';
import { TONE_TABLE } from './tone-table.js';

/**
 * How fast a note of two seconds falls (dB a second), and its tones: semitones above it, magnitude in ten-thousandths, in turn.
 */
export interface ToneRow {
  fall: number;
  tones: readonly number[];
}

export interface Tones {
  /** One judge: our analysis, which takes the peaks of long spectra. */
  peaks: Hearing;
  /** The other: tones on a constant-Q scale, where low ones count more. */
  scale: Hearing;
}

export interface Hearing {
  /** -1 minor .. +1 major. */
  mode: number;
  /** Mean pitch, MIDI. */
  register: number;
}

const [LOWEST, HIGHEST] = [21, 108] as const;
export const KEYS = HIGHEST - LOWEST + 1;
const FRAME_SEC = 0.5;
/** What was struck goes on in the room and the wood after its key is let go. */
export const RINGS_SEC = 0.6;
const DIES_SEC = 4;
const TABLE_VELOCITY = 75;
const TABLE_SEC = 2;
const hzOf = (midi: number) => 440 * 2 ** ((midi - 69) / 12);
const HZ = Array.from({ length: KEYS }, (_, i) => hzOf(i + LOWEST));
export const keyHz = (key: number): number => HZ[key]!;

/** As the analysis has it (`analysis/tonality.ts`): bins of 5.9 Hz, peaks of a thousandth of the energy, between these. */
const BIN_HZ = 24_000 / 4096;
const LEAST_ENERGY = 1e-3;
const PEAKS_BETWEEN_HZ = [60, 2_500] as const;
/** Tones nearer than two bins melt into one peak: how many keys that is to each side. */
const MELTS = HZ.map((hz) => Math.floor((2 * BIN_HZ) / (hz * 0.0595)));
/** A constant-Q scale in orthonormal scaling: longer windows below, twice the weight two octaves down. */
const LONGER_BELOW = HZ.map((_, i) => 2 ** (-(i + LOWEST - 60) / 24));

/**
 * From what is foretold to what is found: least squares over 60 rendered pieces of drawn profiles (seeds from 1 of
 * bench/composer/profiles.ts; what is left is 1.8 and 2.4 semitones, r = .97 for both; rank correlation of the modes .92 and
 * .93).
 */
const FOUND = { peaks: (pitch: number) => 1.11 * pitch - 9.5, scale: (pitch: number) => 1.06 * pitch - 8 };

/** A page's tones: one row of `KEYS` magnitudes a frame. */
export function tonesOf(parts: readonly Part[], endSec: number): Float64Array[] {
  const frames = Array.from({ length: Math.max(1, Math.ceil(endSec / FRAME_SEC)) }, () => new Float64Array(KEYS));
  for (const { program, volume, notes } of parts) {
    const held = isHeld(program);
    for (const [start, length, pitch, velocity] of notes) {
      if (start >= endSec) continue;
      const { perSec, first, tones } = noteTones(program, pitch);
      const touch = touchOf(velocity, volume);
      const end = start + (held ? length : Math.min(DIES_SEC, length + RINGS_SEC));
      for (let f = Math.floor(start / FRAME_SEC); f * FRAME_SEC < end && f < frames.length; f += 1) {
        const from = Math.max(start, f * FRAME_SEC);
        const sounds = Math.min(end, (f + 1) * FRAME_SEC) - from;
        const fallen = held ? 1 : Math.exp(-perSec * (from - start + sounds / 2));
        const loud = (touch * (held ? 1 : first) * fallen * sounds) / FRAME_SEC;
        const frame = frames[f]!;
        for (let t = 0; t < tones.length; t += 2) frame[tones[t]!]! += loud * tones[t + 1]!;
      }
    }
  }
  return frames;
}

/** What both judges find, through the piece's filters. */
export function heardTones(frames: readonly Float64Array[], colouring: Colouring): Tones {
  const gains = gainsOf(colouring);
  const [chroma, theirs] = [new Array<number>(12).fill(0), new Array<number>(12).fill(0)];
  const [peaks, scale] = [createMean(), createMean()];
  const row = new Float64Array(KEYS);
  const local = new Float64Array(12);
  for (const frame of frames) {
    let energy = 0;
    for (let i = 0; i < KEYS; i += 1) {
      row[i] = frame[i]! * gains[i]!;
      energy += row[i]! ** 2;
    }
    if (energy < 1e-9) continue;
    local.fill(0);
    for (let i = 0; i < KEYS; i += 1) {
      const m = row[i]!;
      if (m === 0) continue;
      const low = m * LONGER_BELOW[i]!;
      local[(i + LOWEST) % 12]! += low;
      scale.add(i + LOWEST, low);
      if (HZ[i]! < PEAKS_BETWEEN_HZ[0] || HZ[i]! > PEAKS_BETWEEN_HZ[1] || m * m < energy * LEAST_ENERGY) continue;
      let tops = true;
      for (let j = Math.max(0, i - MELTS[i]!); j <= Math.min(KEYS - 1, i + MELTS[i]!) && tops; j += 1)
        tops = row[j]! <= m;
      if (!tops) continue;
      chroma[(i + LOWEST) % 12]! += Math.sqrt(m);
      peaks.add(i + LOWEST, m);
    }
    const most = Math.max(...local);
    for (let c = 0; c < 12; c += 1) theirs[c]! += local[c]! / most;
  }
  return {
    peaks: { mode: modeOf(chroma).modeScore, register: FOUND.peaks(peaks.mean()) },
    scale: { mode: modeOf(theirs).modeScore, register: FOUND.scale(scale.mean()) },
  };
}

function createMean() {
  let sum = 0;
  let weight = 0;
  return {
    add(value: number, by: number) {
      sum += value * by;
      weight += by;
    },
    mean: () => (weight > 0 ? sum / weight : 60),
  };
}

/** Amplitude against the table's: loudness goes with the square of velocity and of volume. */
export const touchOf = (velocity: number, volume: number): number => (velocity / TABLE_VELOCITY) ** 2 * volume ** 2;

/** Amplitude gain of each key. */
export function gainsOf({ lowPassHz, presenceDb }: Colouring): number[] {
  return HZ.map((hz) => (lowPassHz === null ? 1 : lowPassGain(hz, lowPassHz)) * presenceGain(hz, presenceDb));
}

export interface NoteTones {
  /** Natural logarithms a second that it falls. */
  perSec: number;
  /** How much louder it begins than it is in the table, which is a mean over two seconds. */
  first: number;
  /** Key (from `LOWEST`) and magnitude, in turn. */
  tones: number[];
}

const known = new Map<number, NoteTones>();

/** Between the measured pitches both neighbours' tones, by nearness; beyond them the nearest end's. */
export function noteTones(program: number, pitch: number): NoteTones {
  const at = program * 128 + pitch;
  let note = known.get(at);
  if (!note) {
    note = readTones(program, pitch);
    known.set(at, note);
  }
  return note;
}

function readTones(program: number, pitch: number): NoteTones {
  const rows = TONE_TABLE[program] ?? TONE_TABLE[0]!;
  const place = Math.min(PITCHES.length - 1.001, Math.max(0, (pitch - PITCHES[0]) / 12));
  const low = Math.floor(place);
  const keys = new Map<number, number>();
  let fall = 0;
  for (const [row, share] of [
    [rows[low]!, 1 - (place - low)],
    [rows[low + 1]!, place - low],
  ] as const) {
    fall += row.fall * share;
    for (let t = 0; t < row.tones.length; t += 2) {
      const key = pitch + row.tones[t]! - LOWEST;
      if (key >= 0 && key < KEYS) keys.set(key, (keys.get(key) ?? 0) + share * row.tones[t + 1]! * 1e-4);
    }
  }
  const perSec = (fall * Math.LN10) / 20;
  const first = perSec < 0.05 ? 1 : (TABLE_SEC * perSec) / (1 - Math.exp(-TABLE_SEC * perSec));
  return { perSec, first, tones: [...keys].flat() };
}
