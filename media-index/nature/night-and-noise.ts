/** Pink noise, a ship at night, far thunder, a cat's purr. */
import {
  bell,
  type Chance,
  createBrown,
  createFilter,
  createGrains,
  createPink,
  createWalk,
  poissonWait,
  RATE,
} from './noise.js';
import type { Voice } from './water.js';

export function pinkNoise(chance: Chance): Voice {
  const sides = [0, 1].map(() => ({
    pink: createPink(chance),
    level: createWalk(chance, 0.85, 1, 45),
    low: createFilter(),
    hz: createWalk(chance, 5200, 8000, 60),
  }));
  return (left, right, at, frames) => {
    sides.forEach((side, s) => {
      const out = s === 0 ? left : right;
      const level = side.level();
      side.low.tune(side.hz(), 0.5);
      for (let i = 0; i < frames; i++) out[at + i]! += level * side.low.low(side.pink());
    });
  };
}

/** The engine far below as a hum that wanders, water along the hull, a timber that gives now and then. */
export function shipAtNight(chance: Chance): Voice {
  const grains = createGrains(12);
  const roll = createWalk(chance, 0.3, 1, 7);
  const engine = createWalk(chance, 0.5, 1, 35);
  const turns = createWalk(chance, 41, 46, 50);
  const sides = [0, 1].map(() => ({
    deep: createBrown(chance),
    wash: createPink(chance),
    hull: createFilter(180, 0.7),
    water: createFilter(600, 0.5),
    own: createWalk(chance, 0.5, 1, 9),
  }));
  let phase = 0;
  let wait = 6;
  return (left, right, at, frames) => {
    wait -= frames / RATE;
    if (wait < 0) {
      wait += 4 + poissonWait(chance, 0.12);
      grains.strike(170 + 160 * chance(), 0.12 + 0.1 * chance(), 0.05 * Math.exp(0.4 * bell(chance)), chance(), 0.15);
    }
    const turn = turns() / RATE;
    const hum = 0.1 * engine();
    const level = roll();
    const start = phase;
    sides.forEach((side, s) => {
      const out = s === 0 ? left : right;
      const own = level * side.own();
      side.water.tune(350 + 500 * own, 0.6);
      let here = start;
      for (let i = 0; i < frames; i++) {
        here += turn;
        const tone = Math.sin(2 * Math.PI * here) + 0.4 * Math.sin(4 * Math.PI * here + s);
        out[at + i]! += hum * tone + 0.5 * side.hull.low(side.deep()) + 0.4 * own * side.water.band(side.wash());
      }
      phase = here % 1;
    });
    grains.add(left, right, at, frames);
  };
}

/** Rolls without a crack, every half minute or so, over a faint rain. */
export function farThunder(chance: Chance): Voice {
  const rain = createWalk(chance, 0.12, 0.3, 40);
  const sides = [0, 1].map(() => ({
    deep: createBrown(chance),
    low: createFilter(90, 0.6),
    pink: createPink(chance),
    leaves: createFilter(1500, 0.4),
    shake: createWalk(chance, 0.35, 1, 0.6),
  }));
  let wait = 5;
  let age = Number.POSITIVE_INFINITY;
  let lastsSec = 8;
  let force = 0;
  return (left, right, at, frames) => {
    wait -= frames / RATE;
    age += frames / RATE;
    if (wait < 0) {
      wait += 14 + poissonWait(chance, 0.06);
      age = 0;
      lastsSec = 6 + 7 * chance();
      force = 0.4 + 0.6 * chance();
    }
    const t = age / lastsSec;
    // Slow to come, slower to go: nothing that startles.
    const roll = t < 1 ? force * Math.sin(Math.PI * Math.min(1, t) ** 0.6) ** 2 : 0;
    const drizzle = rain();
    sides.forEach((side, s) => {
      const out = s === 0 ? left : right;
      const loud = roll * side.shake();
      side.low.tune(70 + 90 * roll, 0.6);
      for (let i = 0; i < frames; i++)
        out[at + i]! += 1.8 * loud * side.low.low(side.deep()) + drizzle * side.leaves.band(side.pink());
    });
  };
}

/** Breath in, breath out, at about 25 pulses a second, each breath of its own length. */
export function catsPurr(chance: Chance): Voice {
  const rate = createWalk(chance, 23, 28, 12);
  const warmth = createWalk(chance, 0.6, 1, 20);
  const sides = [0, 1].map(() => ({
    noise: createPink(chance),
    body: createFilter(190, 1.1),
    fur: createFilter(900, 0.5),
  }));
  let breath = 0;
  let breathSec = 1.4;
  let inward = true;
  let pulse = 0;
  return (left, right, at, frames) => {
    breath += frames / RATE / breathSec;
    if (breath >= 1) {
      breath = 0;
      inward = !inward;
      breathSec = (inward ? 1.1 : 1.4) + 0.6 * chance();
    }
    const level = warmth() * (0.25 + 0.75 * Math.sin(Math.PI * breath)) * (inward ? 0.75 : 1);
    const turn = (rate() * (inward ? 1.06 : 1)) / RATE;
    const start = pulse;
    sides.forEach((side, s) => {
      const out = s === 0 ? left : right;
      side.body.tune(inward ? 230 : 180, 1.1);
      let here = start;
      for (let i = 0; i < frames; i++) {
        here += turn;
        if (here >= 1) here -= 1;
        const beat = Math.exp(-5 * here);
        const x = side.noise();
        out[at + i]! += level * beat * (side.body.band(x) + 0.15 * side.fur.band(x));
      }
      pulse = here;
    });
  };
}
