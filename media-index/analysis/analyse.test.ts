import { describe, expect, it } from 'vitest';
import { analysePcm } from './analyse.js';

const RATE = 48_000;

function sound(seconds: number, at: (t: number, i: number) => number): Float32Array {
  const frames = Math.round(seconds * RATE);
  const out = new Float32Array(frames * 2);
  for (let i = 0; i < frames; i += 1) out[2 * i] = out[2 * i + 1] = at(i / RATE, i);
  return out;
}

const hz = (midi: number) => 440 * 2 ** ((midi - 69) / 12);
/** A plucked tone with a few partials that dies away. */
const pluck = (midi: number, t: number) =>
  t < 0
    ? 0
    : [1, 2, 3].reduce((s, n) => s + (Math.sin(2 * Math.PI * hz(midi) * n * t) / n) * Math.exp(-3 * t), 0) * 0.15;

describe('analysis', () => {
  it('reads the loudness of a sine after BS.1770', () => {
    // A stereo sine of 997 Hz at -23 dBFS peak on both channels reads -23 LUFS.
    const result = analysePcm(sound(10, (t) => 10 ** (-23 / 20) * Math.sin(2 * Math.PI * 997 * t)));
    expect(result.integratedLufs).toBeCloseTo(-23, 1);
    expect(result.truePeakDbtp).toBeCloseTo(-23, 1);
    expect(result.loudnessRangeLu).toBeLessThan(0.1);
  });

  it('finds a peak between the samples', () => {
    // At a quarter of the sample rate, 45 degrees off, every sample is 3 dB below the peak.
    const result = analysePcm(sound(2, (_, i) => 0.5 * Math.SQRT2 * Math.sin((Math.PI / 2) * i + Math.PI / 4)));
    expect(result.truePeakDbtp).toBeGreaterThan(20 * Math.log10(0.5 * Math.SQRT2) - 0.5);
  });

  it.each([60, 90, 120])('counts onsets and finds a tempo of %i, octave-safe', (bpm) => {
    const beat = 60 / bpm;
    const result = analysePcm(sound(30, (t) => pluck(60 + (Math.floor(t / beat) % 4), t % beat)));
    expect(result.onsetRatePerSec).toBeGreaterThan((bpm / 60) * 0.9);
    expect(result.onsetRatePerSec).toBeLessThan((bpm / 60) * 1.1);
    const octaves = Math.log2((result.tempoBpm ?? 1) / bpm);
    expect(Math.abs(octaves - Math.round(octaves))).toBeLessThan(0.04);
    expect(result.pulseClarity).toBeGreaterThan(0.5);
  });

  it.each([
    ['C major', [0, 4, 7, 12, 5, 9, 12, 0, 7, 11, 14, 7, 0, 4, 7, 0], 0, 'major'],
    ['A minor', [9, 12, 16, 21, 14, 17, 21, 9, 16, 20, 23, 16, 9, 12, 16, 9], 9, 'minor'],
  ] as const)('hears %s', (_, steps, tonic, mode) => {
    const result = analysePcm(sound(16, (t) => pluck(60 + steps[Math.floor(t) % steps.length]!, t % 1)));
    expect([result.keyTonic, result.mode]).toEqual([tonic, mode]);
  });

  it('hears a minor second as rough, a fifth as smooth, whatever the level', () => {
    const rich = (midi: number, t: number) =>
      [1, 2, 3, 4, 5].reduce((sum, n) => sum + Math.sin(2 * Math.PI * hz(midi) * n * t) / n, 0) * 0.08;
    const chord = (steps: number[], gain = 1) =>
      analysePcm(sound(4, (t) => gain * steps.reduce((sum, step) => sum + rich(60 + step, t), 0))).roughness!;
    expect(chord([0, 1])).toBeGreaterThan(3 * chord([0, 7]));
    expect(chord([0, 1, 6])).toBeGreaterThan(1.5 * chord([0, 4, 7]));
    expect(chord([0, 1], 0.02) / chord([0, 1])).toBeCloseTo(1, 1);
    expect(analysePcm(sound(4, (t) => 0.3 * Math.sin(2 * Math.PI * 440 * t))).roughness).toBeLessThan(0.05);
  });

  it('measures brightness as the centre of the spectrum, whatever the level', () => {
    const loud = analysePcm(sound(5, (t) => 0.5 * Math.sin(2 * Math.PI * 1500 * t)));
    const soft = analysePcm(sound(5, (t) => 0.01 * Math.sin(2 * Math.PI * 1500 * t)));
    expect(loud.brightnessHz).toBeGreaterThan(1400);
    expect(loud.brightnessHz).toBeLessThan(1600);
    expect(Math.abs(soft.brightnessHz - loud.brightnessHz)).toBeLessThan(20);
    expect(loud.register).toBeCloseTo(69 + 12 * Math.log2(1500 / 440), 0);
  });

  it('tells silence at the ends, and survives nothing but silence', () => {
    const result = analysePcm(sound(6, (t) => (t > 1 && t < 4 ? 0.3 * Math.sin(2 * Math.PI * 300 * t) : 0)));
    expect(result.leadingSilenceSec).toBeCloseTo(1, 1);
    expect(result.trailingSilenceSec).toBeCloseTo(2, 1);
    const nothing = analysePcm(new Float32Array(RATE * 4));
    expect(nothing.integratedLufs).toBe(-70);
    expect(nothing.tempoBpm).toBeNull();
    expect(Object.values(nothing).every((value) => typeof value !== 'number' || Number.isFinite(value))).toBe(true);
  });

  it('calls busy, bright, major music lively, and slow, dark, minor music low', () => {
    const lively = analysePcm(sound(20, (t) => pluck(72 + [0, 4, 7, 12][Math.floor(t * 6) % 4]!, t % (1 / 6)) * 1.5));
    const low = analysePcm(
      sound(20, (t) => 0.2 * Math.sin(2 * Math.PI * hz(45 + [0, 3, 7, 3][Math.floor(t / 4) % 4]!) * t)),
    );
    expect(lively.arousal).toBeGreaterThan(low.arousal + 0.5);
    expect(lively.valence).toBeGreaterThan(low.valence);
    expect(low.gems.peacefulness).toBeGreaterThan(lively.gems.peacefulness);
    expect(lively.gems.joyfulActivation).toBeGreaterThan(low.gems.joyfulActivation);
  });
});
