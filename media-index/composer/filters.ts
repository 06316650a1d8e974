/** What the synthesiser's filters do to a spectrum, reckoned in bands: the composer knows it before anything is played. */
import { LOW_PASS_OPEN_HZ, lowPassGain, presenceGain } from '../synth/finish.js';

/** Two thirds of an octave wide; the analysis hears no more than 12 kHz. */
export const BAND_EDGES_HZ: readonly number[] = Array.from({ length: 13 }, (_, i) => Math.round(60 * 200 ** (i / 12)));
/** Middle of each band. */
export const BAND_HZ: readonly number[] = BAND_EDGES_HZ.slice(1).map((high, i) =>
  Math.round(Math.sqrt(high * BAND_EDGES_HZ[i]!)),
);

/** The touches on the sum of all parts. */
export interface Colouring {
  lowPassHz: number | null;
  /** Lift around 5 kHz. */
  presenceDb: number;
}

export const UNCOLOURED: Colouring = { lowPassHz: null, presenceDb: 0 };

const known = new Map<string, readonly number[]>();

/** Amplitude gain of each band; of few colourings, so each is reckoned once. */
export function bandGains({ lowPassHz, presenceDb }: Colouring): readonly number[] {
  const name = `${lowPassHz} ${presenceDb}`;
  let gains = known.get(name);
  if (!gains) {
    gains = BAND_HZ.map((hz) => lowPassGain(hz, lowPassHz ?? LOW_PASS_OPEN_HZ) * presenceGain(hz, presenceDb));
    if (known.size < MOST_KNOWN) known.set(name, gains);
  }
  return gains;
}

/** Scores from elsewhere may name any corner. */
const MOST_KNOWN = 1_000;
