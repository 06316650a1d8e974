/** How a note of each instrument will sound: loudness and spectrum, read from the measured table (its tones: `tones.ts`). */
import { BAND_HZ } from './filters.js';
import { INSTRUMENT_TABLE } from './instrument-table.js';

/** Pitches at which the table was measured. */
export const PITCHES = [36, 48, 60, 72, 84] as const;

export interface InstrumentSound {
  /** Loudness of a note of 2 s at each of PITCHES. */
  lufs: readonly number[];
  /** Magnitudes of all bands together, dB. */
  sum: readonly number[];
  /** Thousandths of that sum a band of `BAND_HZ`. */
  bands: readonly (readonly number[])[];
}

/** One note of the table's length and touch. */
export interface NoteSound {
  /** Of its K-weighted loudness: 1 at 0 LUFS. */
  amplitude: number;
  magnitudes: readonly number[];
  /** Share of the K-weighted power a band. */
  powers: readonly number[];
}

/** Programmes whose sound stays as long as the key is held; all others die away by themselves. */
const HELD = new Set([
  40, 41, 42, 43, 44, 48, 49, 50, 51, 52, 53, 54, 56, 57, 58, 60, 61, 68, 69, 70, 71, 73, 75, 88, 89, 90, 91, 92, 94,
]);
export const isHeld = (program: number): boolean => HELD.has(program);

/** Programmes struck or plucked sharply enough that every note is heard as an event. */
export const isStruck = (program: number): boolean => !HELD.has(program);

/** K-weighting in power (ITU-R BS.1770): little below 60 Hz, four decibels more above 2 kHz. */
const K_WEIGHT = BAND_HZ.map((hz) => 10 ** ((4 / (1 + (1500 / hz) ** 4) - 10 * Math.log10(1 + (38 / hz) ** 4)) / 10));

const known = new Map<number, NoteSound>();

/** Between the measured pitches in straight lines; beyond them the nearest end. */
export function soundOf(program: number, pitch: number): NoteSound {
  const at = program * 128 + pitch;
  let sound = known.get(at);
  if (!sound) {
    sound = readTable(program, pitch);
    known.set(at, sound);
  }
  return sound;
}

function readTable(program: number, pitch: number): NoteSound {
  const table = INSTRUMENT_TABLE[program] ?? INSTRUMENT_TABLE[0]!;
  const place = Math.min(PITCHES.length - 1.001, Math.max(0, (pitch - PITCHES[0]) / 12));
  const low = Math.floor(place);
  const part = place - low;
  const mix = (a: number, b: number) => a + (b - a) * part;
  const between = (values: readonly number[]) => mix(values[low]!, values[low + 1]!);
  const sum = 10 ** (between(table.sum) / 20);
  const shares = BAND_HZ.map((_, b) => mix(table.bands[low]![b]!, table.bands[low + 1]![b]!) / 1000);
  const weighed = shares.map((share, b) => K_WEIGHT[b]! * share ** 2);
  const whole = weighed.reduce((a, b) => a + b, 1e-12);
  return {
    amplitude: 10 ** (between(table.lufs) / 20),
    magnitudes: shares.map((share) => share * sum),
    powers: weighed.map((power) => power / whole),
  };
}
