/** However slow it grows, a piece never seems to have stopped: measured in its sound. */
import { describe, expect, it } from 'vitest';
import { profileForAffect } from '../starter/affect-profile.js';
import { renderScore } from '../synth/render-score.js';
import { compose } from './compose.js';
import type { Part } from './score.js';
import { unbroken } from './unbroken.js';

/** Blocks of half a second, dBFS: a room at night is not quieter. */
const SILENT_DB = -55;

describe.each(['hang-drum', 'jazz-trio', 'cello-elegy', 'gamelan'] as const)('%s, as slow as it gets', (texture) => {
  it.each([1, 2])('is silent for no longer than a breath (seed %i)', async (seed) => {
    const profile = profileForAffect(-0.1, -0.65);
    const score = compose({ id: 'x', title: 'x', texture, seed, minutes: 1.5, profile });
    const levels: number[] = [];
    for await (const block of renderScore(score))
      levels.push(10 * Math.log10(block.reduce((sum, x) => sum + x * x, 0) / block.length + 1e-12));
    const sounding = levels.slice(
      0,
      levels.findLastIndex((db) => db > SILENT_DB),
    );
    let [silentFor, longest] = [0, 0];
    for (const db of sounding) {
      silentFor = db < SILENT_DB ? silentFor + 1 : 0;
      longest = Math.max(longest, silentFor);
    }
    expect(longest / 2).toBeLessThan(2);
  });
});

describe('a page with a hole', () => {
  const bass = (notes: Part['notes']): Part => ({
    name: 'bass',
    program: 32,
    pan: 0,
    volume: 0.7,
    reverb: 0.2,
    notes,
    controls: [],
  });
  const beats = Array.from({ length: 40 }, (_, i) => i * 0.8);

  it('has its last chord struck once more, softer, on the beat; a melody says nothing twice', () => {
    const part = bass([
      [0, 1, 40, 70],
      [0, 1, 47, 70],
      [12, 1, 45, 70],
    ]);
    const [filled] = unbroken([{ part, accompanies: true }], beats);
    const added = filled!.notes.filter(([start]) => start > 0.5 && start < 12);
    expect(added.length).toBeGreaterThan(0);
    for (const [start, , pitch, velocity] of added) {
      expect(beats.some((beat) => Math.abs(beat - start) < 0.011)).toBe(true);
      expect([40, 47]).toContain(pitch);
      expect(velocity).toBeLessThan(70);
    }
    expect(unbroken([{ part, accompanies: false }], beats)).toEqual([part]);
  });

  it('is left as it is where nothing falls silent', () => {
    const part = bass(Array.from({ length: 20 }, (_, i): Part['notes'][number] => [i * 0.8, 0.8, 40, 70]));
    expect(unbroken([{ part, accompanies: true }], beats)).toEqual([part]);
    expect(unbroken([], beats)).toEqual([]);
  });
});
