/** The filters do in the sound what the composer reckons with on paper, but for what a digital filter bends near its top. */
import { describe, expect, it } from 'vitest';
import {
  createGlidingLowPass,
  createLowPass,
  createPresence,
  createRumbleFilter,
  type Filter,
  lowPassGain,
  presenceGain,
} from './finish.js';

const RATE = 32_000;

/** Amplitude gain of a steady tone. */
function measured(filter: Filter, hz: number): number {
  const tone = Float32Array.from({ length: RATE }, (_, i) => Math.sin((2 * Math.PI * hz * i) / RATE));
  filter(tone, tone.length);
  const late = tone.subarray(RATE / 2);
  return Math.sqrt((2 * late.reduce((sum, x) => sum + x * x, 0)) / late.length);
}
const db = (gain: number) => 20 * Math.log10(gain);

describe.each([150, 600, 1500, 3000, 5000, 7000])('at %i Hz', (hz) => {
  it.each([400, 1200, 4000])('a low-pass of %i Hz is as reckoned', (corner) => {
    expect(Math.abs(db(measured(createLowPass(corner, RATE), hz)) - db(lowPassGain(hz, corner)))).toBeLessThan(3.2);
  });

  it.each([3, 9, 14])('a lift of %i dB is as reckoned', (lift) => {
    expect(Math.abs(db(measured(createPresence(lift, RATE), hz)) - db(presenceGain(hz, lift)))).toBeLessThan(1.3);
  });
});

it('lifts nothing where nothing is asked for', () => {
  expect(presenceGain(3000, 0)).toBeCloseTo(1);
  expect(measured(createPresence(0, RATE), 3000)).toBeCloseTo(1);
});

describe('a low-pass that glides', () => {
  const noise = () => {
    let state = 1;
    return Float32Array.from({ length: 4 * RATE }, () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state / 2 ** 31 - 1;
    });
  };

  it('is at each end what a still one is, without a knock on the way, in blocks of any size', () => {
    const points = [
      [0, 8000],
      [1, 8000],
      [3, 500],
    ] as const;
    const whole = noise();
    createGlidingLowPass(points, RATE)(whole, whole.length);
    const inParts = noise();
    const filter = createGlidingLowPass(points, RATE);
    for (let at = 0; at < inParts.length; at += 777) {
      const part = inParts.subarray(at, at + 777);
      filter(part, part.length);
    }
    expect(Buffer.from(inParts.buffer).equals(Buffer.from(whole.buffer))).toBe(true);
    const rms = (pcm: Float32Array, from: number, to: number) =>
      Math.sqrt(pcm.subarray(from * RATE, to * RATE).reduce((sum, x) => sum + x * x, 0) / ((to - from) * RATE));
    for (const [hz, from, to] of [
      [8000, 0.2, 1],
      [500, 3.2, 4],
    ] as const) {
      const still = noise();
      createLowPass(hz, RATE)(still, still.length);
      expect(Math.abs(db(rms(whole, from, to)) - db(rms(still, from, to)))).toBeLessThan(0.2);
    }
    const middle = whole.subarray(RATE, 3 * RATE);
    expect(middle.reduce((most, x) => Math.max(most, Math.abs(x)), 0)).toBeLessThan(1.2);
  });
});

describe('what is below hearing', () => {
  it('goes: an offset wholly, the lowest string of a double bass hardly', () => {
    expect(db(measured(createRumbleFilter(RATE), 5))).toBeLessThan(-20);
    expect(db(measured(createRumbleFilter(RATE), 41))).toBeGreaterThan(-0.5);
    expect(db(measured(createRumbleFilter(RATE), 110))).toBeGreaterThan(-0.05);
    const offset = new Float32Array(2 * RATE).fill(0.3);
    createRumbleFilter(RATE)(offset, offset.length);
    expect(Math.abs(offset.at(-1)!)).toBeLessThan(1e-6);
  });
});
