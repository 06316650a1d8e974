/** The filters do in the sound what the composer reckons with on paper, but for what a digital filter bends near its top. */
import { describe, expect, it } from 'vitest';
import { createLowPass, createPresence, type Filter, lowPassGain, presenceGain } from './finish.js';

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
