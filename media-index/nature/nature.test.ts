import { describe, expect, it } from 'vitest';
import { NATURE_SOUNDS, natureSound } from './nature.js';

describe.each(NATURE_SOUNDS.map((s) => s.name))('%s', (name) => {
  it('is the same for a seed however it is cut, and another for another seed', () => {
    const whole = natureSound(name, 3).next(9_600);
    const cut = natureSound(name, 3);
    const joined = Float32Array.from([...cut.next(1_001), ...cut.next(8_599)]);
    expect(joined).toEqual(whole);
    expect(natureSound(name, 4).next(9_600)).not.toEqual(whole);
  });

  it('stays below -1 dBFS, is not silent, and is not one channel twice', () => {
    const pcm = natureSound(name, 5).next(48_000 * 6);
    let [peak, ll, rr, lr] = [0, 0, 0, 0];
    for (let i = 0; i < pcm.length; i += 2) {
      const [l, r] = [pcm[i]!, pcm[i + 1]!];
      peak = Math.max(peak, Math.abs(l), Math.abs(r));
      ll += l * l;
      rr += r * r;
      lr += l * r;
    }
    expect(peak).toBeLessThan(0.891);
    expect(ll).toBeGreaterThan(1);
    expect(lr / Math.sqrt(ll * rr)).toBeLessThan(name === 'heartbeat-pulse' ? 0.9999 : 0.8);
  });
});

/** Loudness of each tenth of a second, its mean taken off. */
function loudnessCurve(name: string, seconds: number): number[] {
  const sound = natureSound(name, 11);
  const curve = Array.from({ length: seconds * 10 }, () =>
    Math.log(1e-6 + Math.sqrt(sound.next(4_800).reduce((sum, x) => sum + x * x, 0) / 9_600)),
  );
  const mean = curve.reduce((sum, x) => sum + x, 0) / curve.length;
  return curve.map((x) => x - mean);
}

function autocorrelation(curve: readonly number[], lag: number): number {
  const [a, b] = [curve.slice(0, -lag), curve.slice(lag)];
  const dot = (x: readonly number[], y: readonly number[]) => x.reduce((sum, v, i) => sum + v * y[i]!, 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b) + 1e-12);
}

it('offers at least twelve sounds', () => {
  expect(NATURE_SOUNDS.length).toBeGreaterThanOrEqual(12);
});

/** A loop of this many seconds would be heard to come round. */
const LOOP_SEC = { shortest: 15, longest: 45 };

it.each(NATURE_SOUNDS.map((s) => s.name))('%s does not come round', { timeout: 30_000 }, (name) => {
  const curve = loudnessCurve(name, 90);
  const looped = [...curve.slice(0, 300), ...curve.slice(0, 300), ...curve.slice(0, 300)];
  // The measure can find a loop: the same sound, looped every 30 s, is caught.
  expect(autocorrelation(looped, 300)).toBeGreaterThan(0.95);
  for (let lag = LOOP_SEC.shortest * 10; lag <= LOOP_SEC.longest * 10; lag += 1)
    expect(autocorrelation(curve, lag), `at ${lag / 10} s`).toBeLessThan(0.85);
});

it('an unknown name is told with the known ones', () => {
  expect(() => natureSound('dragon', 1)).toThrow(/no nature sound/);
});
