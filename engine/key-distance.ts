/** How far two keys are from one another on the circle of fifths. */
import type { AudioAnalysis } from './vocabulary.js';

/** How well a key must fit to be counted on. */
const CLEAR_KEY = 0.4;

/** 0 (the same or relative key) to 6 (a tritone apart on the circle of fifths); null where either key is unclear. */
export function keyDistance(a: AudioAnalysis, b: AudioAnalysis): number | null {
  if (a.keyClarity < CLEAR_KEY || b.keyClarity < CLEAR_KEY) return null;
  // A minor key counts as its relative major: they share their notes.
  const place = ({ keyTonic, mode }: AudioAnalysis) => ((mode === 'minor' ? keyTonic + 3 : keyTonic) * 7) % 12;
  const apart = Math.abs(place(a) - place(b)) % 12;
  return Math.min(apart, 12 - apart);
}
