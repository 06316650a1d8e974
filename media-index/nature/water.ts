/** Rain, surf, stream: noise for the many, grains for the few that are heard one by one. */
import {
  bell,
  type Chance,
  createBrown,
  createFilter,
  createGrains,
  createPink,
  createWalk,
  createWhite,
  poissonWait,
  RATE,
} from './noise.js';

/** Adds one step of sound at `at`. */
export type Voice = (left: Float32Array, right: Float32Array, at: number, frames: number) => void;

export function rainOnLeaves(chance: Chance): Voice {
  const grains = createGrains(48);
  const density = createWalk(chance, 14, 60, 45);
  const wash = createWalk(chance, 0.25, 0.6, 60);
  const sides = [0, 1].map(() => ({
    pink: createPink(chance),
    bands: [
      { filter: createFilter(), hz: createWalk(chance, 500, 900, 30), level: createWalk(chance, 0.3, 0.8, 20) },
      { filter: createFilter(), hz: createWalk(chance, 1400, 2600, 25), level: createWalk(chance, 0.4, 1, 20) },
      { filter: createFilter(), hz: createWalk(chance, 4200, 7200, 35), level: createWalk(chance, 0.25, 0.7, 15) },
    ],
  }));
  let wait = 0;
  return (left, right, at, frames) => {
    const perSec = density();
    wait -= frames / RATE;
    while (wait < 0) {
      wait += poissonWait(chance, perSec);
      const hz = 400 * 2 ** (chance() * 3.3);
      grains.strike(hz, 0.012 + 0.05 * chance(), 0.09 * Math.exp(0.7 * bell(chance)), chance(), -0.1);
    }
    const level = wash();
    sides.forEach((side, s) => {
      const out = s === 0 ? left : right;
      const [a, b, c] = side.bands.map((band) => {
        band.filter.tune(band.hz(), 0.8);
        return band.level() * level;
      }) as [number, number, number];
      const [fa, fb, fc] = side.bands.map((band) => band.filter) as [
        ReturnType<typeof createFilter>,
        ReturnType<typeof createFilter>,
        ReturnType<typeof createFilter>,
      ];
      for (let i = 0; i < frames; i++) {
        const x = side.pink();
        out[at + i]! += a * fa.band(x) + b * fb.band(x) + 1.6 * c * fc.band(x);
      }
    });
    grains.add(left, right, at, frames);
  };
}

/** Rise and fall of one swell, 0..1 over its life: up in the first two fifths, slower down. */
function crest(t: number): number {
  return t < 0.4 ? Math.sin((t / 0.4) * (Math.PI / 2)) ** 2 : Math.cos(((t - 0.4) / 0.6) * (Math.PI / 2)) ** 2;
}

export function distantSurf(chance: Chance): Voice {
  const shores = [0.28, 0.72].map((seat, k) => ({
    seat,
    at: k * 0.5,
    sec: 10,
    height: 0.8,
    deep: [createBrown(chance), createBrown(chance)],
    foam: [createPink(chance), createPink(chance)],
    lows: [createFilter(), createFilter()],
  }));
  const rest = createWalk(chance, 0.1, 0.22, 40);
  return (left, right, at, frames) => {
    const calm = rest();
    for (const shore of shores) {
      shore.at += frames / RATE / shore.sec;
      if (shore.at >= 1) {
        shore.at = 0;
        shore.sec = 8 + 6 * chance();
        shore.height = 0.45 + 0.55 * chance();
      }
      const swell = calm + shore.height * crest(shore.at);
      for (let s = 0; s < 2; s++) {
        const out = s === 0 ? left : right;
        const seat = s === 0 ? 1 - shore.seat : shore.seat;
        const gain = swell * Math.sqrt(seat);
        const low = shore.lows[s]!;
        low.tune(220 + 2600 * swell * swell, 0.6);
        const deep = shore.deep[s]!;
        const foam = shore.foam[s]!;
        for (let i = 0; i < frames; i++) out[at + i]! += gain * low.low(0.5 * deep() + 0.8 * foam());
      }
    }
  };
}

export function stream(chance: Chance): Voice {
  const grains = createGrains(56);
  const flow = createWalk(chance, 45, 110, 30);
  const pool = createWalk(chance, 0.7, 1.35, 18);
  const sides = [0, 1].map(() => ({
    white: createWhite(chance),
    pink: createPink(chance),
    hiss: createFilter(),
    body: createFilter(),
    hissHz: createWalk(chance, 2200, 4600, 14),
    bodyHz: createWalk(chance, 350, 800, 20),
    level: createWalk(chance, 0.6, 1, 9),
  }));
  let wait = 0;
  return (left, right, at, frames) => {
    const perSec = flow();
    const size = pool();
    wait -= frames / RATE;
    while (wait < 0) {
      wait += poissonWait(chance, perSec);
      // A closing bubble rises in pitch; small ones are high and short (Minnaert 1933).
      const hz = 420 * size * 2 ** (chance() * 2.4);
      grains.strike(hz, Math.min(0.12, 40 / hz), 0.055 * Math.exp(0.5 * bell(chance)), chance(), 0.35 * chance());
    }
    sides.forEach((side, s) => {
      const out = s === 0 ? left : right;
      side.hiss.tune(side.hissHz(), 0.6);
      side.body.tune(side.bodyHz(), 0.7);
      const level = side.level();
      for (let i = 0; i < frames; i++)
        out[at + i]! += level * (0.035 * side.hiss.band(side.white()) + 0.3 * side.body.band(side.pink()));
    });
    grains.add(left, right, at, frames);
  };
}
