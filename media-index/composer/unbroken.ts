/**
 * What is struck or plucked dies away, and where the music grows slow it would fall silent between two notes: in the dark that
 * is a speaker that has stopped. Where nothing would be heard for longer than a breath, the accompaniment that rings longest
 * strikes its last chord once more, softer, on the beat.
 */
import { isHeld, soundOf } from './instruments.js';
import type { Note, Part } from './score.js';
import { noteTones, RINGS_SEC, touchOf } from './tones.js';

/** A breath. */
const LONGEST_SILENCE_SEC = 1.25;
/** This far below the mean power of the page nothing is heard. */
const SILENT_DB = 24;
const FRAME_SEC = 0.25;
/** What was struck sounds no longer than this. */
const DIES_SEC = 8;
const SOFTER = 0.85;
const SOFTEST = 22;
/** Notes of one chord begin within this. */
const TOGETHER_SEC = 0.3;
const LONGEST_SEC = 8;

export interface Accompanied {
  part: Part;
  /** Whether it may strike again: a melody never says a thing twice. */
  accompanies: boolean;
}

/** `beats`: the seconds of all beats in order. The parts in their order, with what was added in its place. */
export function unbroken(all: readonly Accompanied[], beats: readonly number[]): Part[] {
  const parts = all.map(({ part }) => ({ ...part, notes: [...part.notes] }));
  const notes = parts.flatMap((part) => part.notes);
  if (notes.length === 0) return parts;
  const firstSec = Math.min(...notes.map(([start]) => start));
  const lastSec = Math.max(...notes.map(([start]) => start));
  const power = new Float64Array(Math.ceil(lastSec / FRAME_SEC) + 1);
  for (const part of parts) for (const note of part.notes) sound(power, part, note);
  const silent = (power.reduce((sum, p) => sum + p, 0) / power.length) * 10 ** (-SILENT_DB / 10);
  for (let from = Math.ceil(firstSec / FRAME_SEC); from < power.length; from += 1) {
    if (power[from]! > silent) continue;
    let to = from;
    while (to < power.length && power[to]! <= silent) to += 1;
    const [startSec, endSec] = [from * FRAME_SEC, to * FRAME_SEC];
    if (endSec - startSec <= LONGEST_SILENCE_SEC) {
      from = to;
      continue;
    }
    const beat = beats.find((sec) => sec >= startSec && sec < endSec - FRAME_SEC);
    const again = strikesAgain(all, parts, beat ?? startSec);
    if (!again) return parts;
    for (const note of again.notes) {
      again.part.notes.push(note);
      sound(power, again.part, note);
    }
    // Where the beat comes late the silence before it is a breath.
    from = Math.floor((beat ?? startSec) / FRAME_SEC);
  }
  for (const part of parts) part.notes.sort((a, b) => a[0] - b[0] || a[2] - b[2]);
  return parts;
}

/** Adds what a note gives to the power of each frame. */
function sound(power: Float64Array, { program, volume }: Part, [start, length, pitch, velocity]: Note): void {
  const { perSec, first } = noteTones(program, pitch);
  const held = isHeld(program);
  const amplitude = soundOf(program, pitch).amplitude * touchOf(velocity, volume) * first;
  const end = start + (held ? length : Math.min(DIES_SEC, length + RINGS_SEC));
  for (let f = Math.ceil(start / FRAME_SEC); f * FRAME_SEC < end && f < power.length; f += 1)
    power[f]! += (amplitude * Math.exp(-perSec * (f * FRAME_SEC - start))) ** 2;
}

/** The last chord before a second of whoever rings longest; null where nobody accompanies. */
function strikesAgain(
  all: readonly Accompanied[],
  parts: readonly Part[],
  sec: number,
): { part: Part; notes: Note[] } | null {
  let best: { part: Part; chord: Note[]; perSec: number } | null = null;
  all.forEach(({ accompanies }, i) => {
    if (!accompanies) return;
    const part = parts[i]!;
    const before = part.notes.filter(([start]) => start < sec);
    const last = Math.max(...before.map(([start]) => start));
    const chord = before.filter(([start]) => start > last - TOGETHER_SEC);
    const perSec = Math.min(...chord.map(([, , pitch]) => noteTones(part.program, pitch).perSec));
    if (chord.length > 0 && (!best || perSec < best.perSec)) best = { part, chord, perSec };
  });
  if (!best) return null;
  const { part, chord } = best as { part: Part; chord: Note[] };
  const next = Math.min(...part.notes.map(([start]) => start).filter((start) => start > sec), sec + LONGEST_SEC);
  const pitches = new Map(chord.map((note) => [note[2], note]));
  const notes = [...pitches.values()].map(
    ([, , pitch, velocity]): Note => [
      Math.round(sec * 100) / 100,
      Math.round(Math.max(0.5, next - sec) * 100) / 100,
      pitch,
      Math.max(SOFTEST, Math.round(velocity * SOFTER)),
    ],
  );
  return { part, notes };
}
