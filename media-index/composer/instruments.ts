/** How a note of each instrument will sound: loudness, colour and heard pitch, read from the measured table. */
import { INSTRUMENT_TABLE } from './instrument-table.js';

/** Pitches at which the table was measured. */
export const PITCHES = [36, 48, 60, 72, 84] as const;

export interface InstrumentSound {
  /** Loudness of a note of 2 s at each of PITCHES. */
  lufs: number[];
  /** Spectral centroid. */
  hz: number[];
  /** Heard register (MIDI), overtones and all. */
  pitch: number[];
}

/** Programmes whose sound stays as long as the key is held; all others die away by themselves. */
const HELD = new Set([
  40, 41, 42, 43, 44, 48, 49, 50, 52, 53, 54, 56, 58, 60, 61, 68, 69, 70, 71, 73, 75, 88, 89, 90, 91, 94,
]);
export const isHeld = (program: number): boolean => HELD.has(program);

/** Programmes struck or plucked sharply enough that every note is heard as an event. */
export const isStruck = (program: number): boolean => !HELD.has(program);

/** Between the measured pitches in straight lines; beyond them the nearest end, its heard pitch moved along. */
export function soundOf(program: number, pitch: number): { lufs: number; hz: number; pitch: number } {
  const table = INSTRUMENT_TABLE[program];
  if (!table) return { lufs: -24, hz: 1000, pitch: pitch + 5 };
  const place = Math.min(PITCHES.length - 1.001, Math.max(0, (pitch - PITCHES[0]) / 12));
  const low = Math.floor(place);
  const part = place - low;
  const at = (values: readonly number[]) => values[low]! + (values[low + 1]! - values[low]!) * part;
  const beyond = pitch - (PITCHES[0] + place * 12);
  // A pitch that the instrument does not have measures as silence: nothing can be said of its colour.
  const heardPitch = at(table.pitch) + beyond;
  return { lufs: at(table.lufs), hz: Math.max(100, at(table.hz)), pitch: heardPitch };
}
