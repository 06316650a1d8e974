import { describe, expect, it } from 'vitest';
import { SAMPLE_RATE } from '../track-source.js';
import { createTimelineMeter } from './timeline.js';

/** Clicks of a tone: `rate` a second, at a level. */
function clicks(seconds: number, rate: number, hz: number, level: number): Float32Array {
  const pcm = new Float32Array(seconds * SAMPLE_RATE * 2);
  for (let i = 0; i < seconds * SAMPLE_RATE; i += 1) {
    const since = (i / SAMPLE_RATE) % (1 / rate);
    const value = level * Math.exp(-since * 14) * Math.sin((2 * Math.PI * hz * i) / SAMPLE_RATE);
    pcm[2 * i] = value;
    pcm[2 * i + 1] = value;
  }
  return pcm;
}
function measured(...parts: Float32Array[]) {
  const meter = createTimelineMeter();
  // In odd blocks, as a decoder gives them.
  for (const part of parts) for (let at = 0; at < part.length; at += 7002) meter.hear(part.subarray(at, at + 7002));
  return meter.timeline();
}

describe('the course of a sound', () => {
  it('has one figure for each second and each ten seconds', () => {
    const found = measured(clicks(25, 2, 440, 0.3));
    expect(found.durationSec).toBeCloseTo(25, 6);
    expect(found.peak).toHaveLength(25);
    expect(found.loudnessLufs).toHaveLength(25);
    expect(found.onsetRatePerSec).toHaveLength(3);
  });

  it('shows where it grows quieter, calmer and darker', () => {
    const found = measured(clicks(20, 4, 1800, 0.5), clicks(20, 1, 300, 0.05));
    expect(found.loudnessLufs[35]!).toBeLessThan(found.loudnessLufs[5]! - 12);
    expect(found.peak[35]!).toBeLessThan(found.peak[5]! / 5);
    expect(found.onsetRatePerSec[0]!).toBeCloseTo(4, 0);
    expect(found.onsetRatePerSec[3]!).toBeCloseTo(1, 0);
    expect(found.brightnessHz[3]!).toBeLessThan(found.brightnessHz[0]! / 2);
  });

  it('says nothing of the rhythm of silence', () => {
    const found = measured(clicks(10, 2, 440, 0.3), new Float32Array(10 * SAMPLE_RATE * 2));
    expect(found.onsetRatePerSec[1]).toBeNull();
    expect(found.loudnessLufs[15]).toBe(-70);
  });
});
