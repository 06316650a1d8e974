import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EmohealError } from '../errors.js';
import { readWav, writeWav } from './wav.js';

const sine = (hz: number, rate: number, seconds: number) =>
  Float32Array.from({ length: Math.round(rate * seconds) }, (_, i) => 0.5 * Math.sin((2 * Math.PI * hz * i) / rate));

describe('readWav', () => {
  it('keeps a 16 kHz sound', () => {
    const sound = sine(440, 16_000, 0.5);
    const read = readWav(writeWav(sound, 16_000));
    expect(Math.max(...read.map((value, i) => Math.abs(value - sound[i]!)))).toBeLessThan(1e-4);
  });

  it.each([8000, 11_025, 22_050, 44_100, 48_000, 87_999, 88_200, 96_000, 192_000, 384_000])(
    'resamples %d Hz to the same tone',
    (rate) => {
      const read = readWav(writeWav(sine(440, rate, 0.5), rate));
      const wanted = sine(440, 16_000, 0.5);
      expect(Math.abs(read.length - wanted.length)).toBeLessThanOrEqual(1);
      const errors = read.slice(200, -200).map((value, i) => Math.abs(value - wanted[i + 200]!));
      expect(Math.max(...errors)).toBeLessThan(0.01);
    },
  );

  it('removes what 16 kHz cannot hold instead of folding it down', () => {
    const read = readWav(writeWav(sine(12_000, 48_000, 0.5), 48_000)).slice(200, -200);
    expect(Math.max(...read.map(Math.abs))).toBeLessThan(0.01);
    // Before anything is weighed, high rates lose every second sample; what would come down with it is 30 dB lower.
    for (const [hz, rate] of [
      [45_000, 96_000],
      [40_000, 96_000],
      [37_000, 88_200],
      [90_000, 192_000],
      [88_000, 384_000],
    ] as const) {
      const folded = readWav(writeWav(sine(hz, rate, 0.2), rate)).slice(200, -200);
      expect([hz, rate, Math.max(...folded.map(Math.abs)) < 0.5 / 30]).toEqual([hz, rate, true]);
    }
  });

  it('refuses too long a sound and things that are no WAV, each by its code', () => {
    expect(() => readWav(writeWav(new Float32Array(61 * 8000), 8000))).toThrow(
      expect.objectContaining({ code: 'too-large' }),
    );
    for (const bytes of [
      new Uint8Array(0),
      new TextEncoder().encode('hello'),
      writeWav(new Float32Array(9), 16_000).slice(0, 30),
    ]) {
      expect(() => readWav(bytes)).toThrow(expect.objectContaining({ code: 'bad-input' }));
    }
  });

  it('answers any damaged bytes with sound or a clear error', () => {
    const whole = writeWav(sine(300, 16_000, 0.02), 16_000);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(60), fc.nat(255)), { maxLength: 8 }),
        fc.nat(whole.length),
        (changes, length) => {
          const bytes = whole.slice(0, length);
          for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
          try {
            expect(readWav(bytes).every((value) => Math.abs(value) <= 1.5)).toBe(true);
          } catch (error) {
            expect(error).toBeInstanceOf(EmohealError);
          }
        },
      ),
    );
  });
});
