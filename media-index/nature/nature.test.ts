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

it('an unknown name is told with the known ones', () => {
  expect(() => natureSound('dragon', 1)).toThrow(/no nature sound/);
});
