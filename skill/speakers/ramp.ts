/**
 * A volume that moves without anyone starting: steps so small and so far apart that no single one is heard as a jolt. Pure.
 *
 * Rules
 * 1. One step is one hundredth of the speaker's range.
 * 2. Louder never faster than four steps a second, softer never faster than ten; a longer ramp spreads them evenly.
 * 3. In quiet hours no ramp goes above `NIGHT_PERCENT`, and what is louder when a session begins there is brought down first.
 * Example: 20 → 26 within 1 s asked for → 21, 22 … 26, a quarter of a second apart: 1.5 s.
 */
import type { HouseRules } from '../../engine/listeners/house-rules.js';
import { inQuietHours } from '../../engine/listeners/obeyed.js';

const FASTEST_UP_MS = 250;
const FASTEST_DOWN_MS = 100;
/** Speakers differ; two fifths of the range is speech level on most, and the music itself is at its softest then. */
export const NIGHT_PERCENT = 40;

export interface RampStep {
  /** After the beginning of the ramp. */
  atMs: number;
  percent: number;
}

export function rampSteps(from: number, to: number, overMs: number): RampStep[] {
  const [start, end] = [Math.round(from), Math.round(to)];
  const way = Math.sign(end - start);
  const count = Math.abs(end - start);
  const apartMs = Math.max(way > 0 ? FASTEST_UP_MS : FASTEST_DOWN_MS, count > 0 ? overMs / count : 0);
  return Array.from({ length: count }, (_, i) => ({ atMs: (i + 1) * apartMs, percent: start + way * (i + 1) }));
}

/** The loudest that a speaker may be set to now, percent. */
export const loudestPercent = (rules: HouseRules | null, atMs: number): number =>
  inQuietHours(rules, atMs) ? NIGHT_PERCENT : 100;
