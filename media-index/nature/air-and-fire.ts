/** Wind, hearth, insects, steady noise, snow, heartbeat. */
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
  STEP,
} from './noise.js';
import type { Voice } from './water.js';

export function windInPines(chance: Chance): Voice {
  const gust = createWalk(chance, 0.15, 1, 11);
  const weather = createWalk(chance, 0.5, 1, 90);
  const sides = [0, 1].map(() => ({
    pink: createPink(chance),
    own: createWalk(chance, 0.7, 1, 6),
    trees: [200, 330, 520, 850].map((hz) => ({
      filter: createFilter(),
      hz: createWalk(chance, hz * 0.8, hz * 1.25, 16),
      level: createWalk(chance, 0.2, 1, 9),
      gain: 0,
    })),
    needles: createFilter(2600, 0.5),
  }));
  return (left, right, at, frames) => {
    const force = gust() * weather();
    sides.forEach((side, s) => {
      const out = s === 0 ? left : right;
      const push = force * side.own();
      for (const tree of side.trees) {
        tree.filter.tune(tree.hz() * (0.85 + 0.3 * force), 2.2);
        tree.gain = tree.level() * push;
      }
      side.needles.tune(1800 + 2400 * force, 0.5);
      const hush = 0.35 * push * push;
      const [a, b, c, d] = side.trees as [
        (typeof side.trees)[0],
        (typeof side.trees)[0],
        (typeof side.trees)[0],
        (typeof side.trees)[0],
      ];
      for (let i = 0; i < frames; i++) {
        const x = side.pink();
        out[at + i]! +=
          a.gain * a.filter.band(x) +
          b.gain * b.filter.band(x) +
          c.gain * c.filter.band(x) +
          d.gain * d.filter.band(x) +
          hush * side.needles.band(x);
      }
    });
  };
}

export function hearth(chance: Chance): Voice {
  const grains = createGrains(32);
  const glow = createWalk(chance, 0.5, 1, 8);
  const lively = createWalk(chance, 1.5, 9, 25);
  const sides = [0, 1].map(() => ({
    brown: createBrown(chance),
    pink: createPink(chance),
    low: createFilter(160, 0.6),
    breath: createFilter(500, 0.6),
    flicker: createWalk(chance, 0.6, 1, 0.7),
  }));
  let wait = 0;
  return (left, right, at, frames) => {
    const perSec = lively();
    wait -= frames / RATE;
    while (wait < 0) {
      wait += poissonWait(chance, perSec);
      const seat = 0.25 + 0.5 * chance();
      const loud = 0.1 * Math.exp(0.6 * bell(chance));
      // One crackle is a few splinters at once.
      for (let k = 1 + Math.floor(chance() * 4); k > 0; k--) {
        grains.strike(900 * 2 ** (chance() * 2.6), 0.004 + 0.014 * chance(), Math.min(0.3, loud), seat);
      }
    }
    const level = glow();
    sides.forEach((side, s) => {
      const out = s === 0 ? left : right;
      const own = level * side.flicker();
      side.breath.tune(380 + 300 * own, 0.6);
      for (let i = 0; i < frames; i++)
        out[at + i]! += 0.5 * own * side.low.low(side.brown()) + 0.16 * own * side.breath.band(side.pink());
    });
    grains.add(left, right, at, frames);
  };
}

export function nightInsects(chance: Chance): Voice {
  const choir = Array.from({ length: 7 }, () => {
    const hz = 2100 + 1900 * chance();
    const seat = chance();
    return {
      hz: createWalk(chance, hz * 0.985, hz * 1.015, 20),
      rate: createWalk(chance, 9 + 12 * chance(), 14 + 12 * chance(), 30),
      level: createWalk(chance, 0.1, 1, 14),
      breathSec: 0.8 + 1.6 * chance(),
      breathAt: chance(),
      singing: 1,
      left: Math.cos((seat * Math.PI) / 2),
      right: Math.sin((seat * Math.PI) / 2),
      phase: 0,
      pulse: chance(),
      far: 0.3 + 0.7 * chance() ** 2,
    };
  });
  const night = [createPink(chance), createPink(chance)];
  const floor = [createFilter(420, 0.5), createFilter(420, 0.5)];
  const air = createWalk(chance, 0.25, 0.55, 30);
  return (left, right, at, frames) => {
    const hush = air();
    for (let s = 0; s < 2; s++) {
      const out = s === 0 ? left : right;
      const noise = night[s]!;
      const low = floor[s]!;
      for (let i = 0; i < frames; i++) out[at + i]! += hush * low.low(noise());
    }
    for (const one of choir) {
      const turn = one.hz() / RATE;
      const beat = one.rate() / RATE;
      one.breathAt += frames / RATE / one.breathSec;
      if (one.breathAt >= 1) {
        one.breathAt = 0;
        one.breathSec = 0.6 + 2.4 * chance();
        one.singing = chance() < 0.68 ? 1 : 0;
      }
      const loud = one.singing * one.level() * one.far * 0.06 * Math.sin(Math.PI * one.breathAt);
      for (let i = 0; i < frames; i++) {
        one.phase += turn;
        one.pulse += beat;
        if (one.phase >= 1) one.phase -= 1;
        if (one.pulse >= 1) one.pulse -= 1;
        const shape = one.pulse < 0.5 ? 16 * one.pulse * one.pulse * (0.5 - one.pulse) * 4 : 0;
        const y = loud * shape * Math.sin(2 * Math.PI * one.phase);
        left[at + i]! += y * one.left;
        right[at + i]! += y * one.right;
      }
    }
  };
}

export function brownNoise(chance: Chance): Voice {
  const sides = [0, 1].map(() => ({
    brown: createBrown(chance),
    level: createWalk(chance, 0.85, 1, 50),
    low: createFilter(),
    hz: createWalk(chance, 420, 900, 70),
  }));
  return (left, right, at, frames) => {
    sides.forEach((side, s) => {
      const out = s === 0 ? left : right;
      const level = side.level();
      side.low.tune(side.hz(), 0.55);
      for (let i = 0; i < frames; i++) out[at + i]! += level * side.low.low(side.brown());
    });
  };
}

export function snowHush(chance: Chance): Voice {
  const grains = createGrains(12);
  const fall = createWalk(chance, 0.5, 1, 35);
  const sides = [0, 1].map(() => ({
    white: createWhite(chance),
    band: createFilter(),
    hz: createWalk(chance, 1100, 2300, 40),
    pink: createPink(chance),
    low: createFilter(260, 0.6),
    own: createWalk(chance, 0.75, 1, 12),
  }));
  let wait = 0;
  return (left, right, at, frames) => {
    wait -= frames / RATE;
    while (wait < 0) {
      wait += poissonWait(chance, 5);
      grains.strike(5200 + 3600 * chance(), 0.006 + 0.01 * chance(), 0.012 * Math.exp(0.5 * bell(chance)), chance());
    }
    const level = fall();
    sides.forEach((side, s) => {
      const out = s === 0 ? left : right;
      const own = level * side.own();
      side.band.tune(side.hz(), 0.45);
      for (let i = 0; i < frames; i++)
        out[at + i]! += own * (0.1 * side.band.band(side.white()) + 0.35 * side.low.low(side.pink()));
    });
    grains.add(left, right, at, frames);
  };
}

/** Two soft thumps, 60 a minute slowing to about 52 within a quarter of an hour, with the small sway of a resting heart. */
export function heartbeatPulse(chance: Chance): Voice {
  const grains = createGrains(8);
  const sway = createWalk(chance, -2.5, 2.5, 6);
  const force = createWalk(chance, 0.75, 1, 12);
  const womb = [createBrown(chance), createBrown(chance)];
  const lows = [createFilter(140, 0.6), createFilter(140, 0.6)];
  const flow = createWalk(chance, 0.5, 1, 10);
  let sec = 0;
  let next = 0.2;
  let second = Number.POSITIVE_INFINITY;
  return (left, right, at, frames) => {
    const perMin = 60 - 8 * Math.min(1, sec / 900) + sway();
    const loud = force();
    if (sec >= next) {
      grains.strike(52, 0.26, 0.8 * loud, 0.47, -0.3);
      second = sec + 0.27 + 0.01 * bell(chance);
      next += 60 / perMin;
    }
    if (sec >= second) {
      grains.strike(66, 0.18, 0.5 * loud, 0.53, -0.3);
      second = Number.POSITIVE_INFINITY;
    }
    sec += STEP / RATE;
    const level = 0.3 * flow();
    for (let s = 0; s < 2; s++) {
      const out = s === 0 ? left : right;
      for (let i = 0; i < frames; i++) out[at + i]! += level * lows[s]!.low(womb[s]!());
    }
    grains.add(left, right, at, frames);
  };
}
