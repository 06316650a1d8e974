/**
 * The inner ear for onsets, as our analysis counts them (`analysis/rhythm.ts`): a note is an event where it lifts the loudness of
 * enough bands far enough above what sounds there already. A marimba in the dark lifts two of 24 and is lost; a piano lifts ten.
 */
import type { Colouring } from './filters.js';
import { isHeld } from './instruments.js';
import type { Part } from './score.js';
import { gainsOf, KEYS, keyHz, type NoteTones, noteTones, touchOf } from './tones.js';

const BANDS = 24;
/** As the analysis has them: edges, floor (at a loudness of -20 LUFS), least rise, and how far above the second around. */
const bandOf = Array.from({ length: KEYS }, (_, key) =>
  Math.floor((BANDS * Math.log(keyHz(key) / 60)) / Math.log(9000 / 60)),
);
const FLOOR = 3e-5;
const AT_LUFS = -20;
const LEAST_RISE = 0.14;
const ABOVE_SURROUNDINGS = 1.8;
const AROUND_SEC = 0.5;
/** A rise lasts three frames of a hundred a second. */
const RISE_SEC = 0.03;
/** Power of a sine of amplitude 1, spread over the window's main lobe. */
const SINE = 1.5;
/** Beginnings within this are one event. */
const TOGETHER_SEC = 0.045;
/** Onsets are no nearer than this. */
const APART_SEC = 0.06;
/** What is blown, bowed or sung comes in over longer than a rise is looked for. */
const SOFT = 1;
/**
 * Struck sounds begin far stronger and fuller than their tones are on the whole: the hammer, the nail (set by trial on 60
 * pieces).
 */
const HARD = 15;
const RINGS_SEC = 0.25;
const FORGOTTEN_SEC = 6;

interface Sounding {
  start: number;
  end: number;
  perSec: number;
  /** Power a band at its beginning. */
  power: Float64Array;
  share: number;
}

/** Onsets a second that would be counted in `parts` as far as `endSec`, played at `lufs` through the piece's filters. */
export function onsetsFound(parts: readonly Part[], endSec: number, colouring: Colouring, lufs: number): number {
  const gains = gainsOf(colouring);
  const level = 10 ** ((AT_LUFS - lufs) / 10) * SINE;
  const notes: Sounding[] = [];
  for (const part of parts) {
    const held = isHeld(part.program);
    const shapes = new Map<number, Float64Array>();
    for (const [start, length, pitch, velocity] of part.notes) {
      if (start >= endSec) continue;
      const note = noteTones(part.program, pitch);
      let shape = shapes.get(pitch);
      if (!shape) {
        shape = shapeOf(note, gains, level);
        shapes.set(pitch, shape);
      }
      const touch = touchOf(velocity, part.volume);
      const loud = (touch * (held ? 1 : note.first)) ** 2;
      notes.push({
        start,
        end: start + length + RINGS_SEC,
        perSec: held ? 0 : 2 * note.perSec,
        power: shape.map((p) => p * loud),
        share: held ? SOFT : HARD,
      });
    }
  }
  notes.sort((a, b) => a.start - b.start);
  const events = risesOf(notes);
  return Math.max(0.01, counted(events)) / Math.max(1, endSec);
}

function shapeOf({ tones }: NoteTones, gains: readonly number[], level: number): Float64Array {
  const shape = new Float64Array(BANDS);
  for (let t = 0; t < tones.length; t += 2) {
    const band = bandOf[tones[t]!]!;
    if (band >= 0 && band < BANDS) shape[band]! += level * (tones[t + 1]! * gains[tones[t]!]!) ** 2;
  }
  return shape;
}

interface Rise {
  at: number;
  rise: number;
}

function risesOf(notes: readonly Sounding[]): Rise[] {
  const rises: Rise[] = [];
  const now = new Float64Array(BANDS);
  const more = new Float64Array(BANDS);
  let oldest = 0;
  for (let i = 0; i < notes.length; ) {
    const at = notes[i]!.start;
    let next = i;
    while (next < notes.length && notes[next]!.start - at < TOGETHER_SEC) next += 1;
    now.fill(FLOOR);
    while (oldest < i && notes[oldest]!.start < at - FORGOTTEN_SEC) oldest += 1;
    for (let j = oldest; j < i; j += 1) {
      const note = notes[j]!;
      if (note.end < at) continue;
      const left = Math.exp(-note.perSec * (at - note.start));
      for (let b = 0; b < BANDS; b += 1) now[b]! += left * note.power[b]!;
    }
    more.fill(0);
    for (let j = i; j < next; j += 1)
      for (let b = 0; b < BANDS; b += 1) more[b]! += notes[j]!.share * notes[j]!.power[b]!;
    let rise = 0;
    for (let b = 0; b < BANDS; b += 1) rise += Math.log10(1 + more[b]! / now[b]!);
    rises.push({ at, rise: rise / BANDS });
    i = next;
  }
  return rises;
}

function counted(rises: readonly Rise[]): number {
  let count = 0;
  let last = Number.NEGATIVE_INFINITY;
  let from = 0;
  let to = 0;
  let sum = 0;
  for (const { at, rise } of rises) {
    while (to < rises.length && rises[to]!.at <= at + AROUND_SEC) sum += rises[to++]!.rise;
    while (rises[from]!.at < at - AROUND_SEC) sum -= rises[from++]!.rise;
    if (rise < LEAST_RISE || rise < (ABOVE_SURROUNDINGS * sum * RISE_SEC) / (2 * AROUND_SEC) || at - last < APART_SEC)
      continue;
    count += 1;
    last = at;
  }
  return count;
}
