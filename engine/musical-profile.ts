/** Scales of a MusicalProfile: how a measured quantity maps to the 0..1 dials, in one place for graph, composer and search. */

const DARKEST_HZ = 300;
const BRIGHTEST_HZ = 4000;

/** Spectral centroid in Hz to the brightness dial: 300 Hz = 0, 4 kHz = 1, logarithmic (hearing is). */
export function brightnessFromHz(hz: number): number {
  const position = Math.log2(Math.max(hz, 1) / DARKEST_HZ) / Math.log2(BRIGHTEST_HZ / DARKEST_HZ);
  return Math.min(1, Math.max(0, position));
}

/** The inverse of `brightnessFromHz`. */
export function brightnessToHz(brightness: number): number {
  return DARKEST_HZ * (BRIGHTEST_HZ / DARKEST_HZ) ** brightness;
}
