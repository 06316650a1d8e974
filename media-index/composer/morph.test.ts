import { describe, expect, it } from 'vitest';
import { createTimelineMeter } from '../analysis/timeline.js';
import { profileForAffect } from '../starter/affect-profile.js';
import { renderScore } from '../synth/render-score.js';
import { composeMorph, profileAt } from './morph.js';
import { Score } from './score.js';

const stirred = {
  ...profileForAffect(0.3, 0.7),
  onsetRatePerSec: 5,
  tempoBpm: 110,
  loudnessLufs: -18,
  brightness: 0.7,
};
const calm = { ...profileForAffect(0.3, -0.7), onsetRatePerSec: 1, tempoBpm: 60, loudnessLufs: -26, brightness: 0.25 };
const points = [
  { atSec: 0, profile: stirred },
  { atSec: 150, profile: calm },
];
const wish = { id: 'one', title: 'One', texture: 'guitar-fingerstyle', seed: 5, minutes: 2.5, points } as const;
const mean = (values: readonly (number | null)[]) => {
  const known = values.filter((value): value is number => value !== null);
  return known.reduce((sum, value) => sum + value, 0) / known.length;
};

describe('one long piece along a plan', () => {
  it('is one valid score in one key, the same every time', () => {
    const score = Score.parse(composeMorph(wish));
    expect(composeMorph(wish)).toEqual(score);
    expect(Math.abs(score.durationSec - 150)).toBeLessThan(30);
  });

  it('falls in pace, loudness and colour as the plan does, measured in its sound', async () => {
    const meter = createTimelineMeter();
    for await (const block of renderScore(composeMorph(wish))) meter.hear(block);
    const heard = meter.timeline();
    const thirds = (values: readonly (number | null)[]) => {
      const end = values.length - Math.ceil((6 * values.length) / heard.durationSec);
      return [0, 1, 2].map((k) => mean(values.slice(Math.floor((k * end) / 3), Math.floor(((k + 1) * end) / 3))));
    };
    for (const values of [heard.onsetRatePerSec, heard.loudnessLufs, heard.brightnessHz]) {
      const [first, second, third] = thirds(values) as [number, number, number];
      expect(second).toBeLessThan(first);
      expect(third).toBeLessThan(second);
    }
  });

  it('holds the nearest point before the first and after the last, and refuses points out of order', () => {
    expect(profileAt(points, -5).tempoBpm).toBe(110);
    expect(profileAt(points, 999).tempoBpm).toBe(60);
    expect(profileAt(points, 75).tempoBpm).toBeCloseTo(85);
    expect(() => composeMorph({ ...wish, points: [...points].reverse() })).toThrow(RangeError);
    expect(() => composeMorph({ ...wish, points: [] })).toThrow(RangeError);
  });
});
