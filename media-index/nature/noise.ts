/** Building stones of the nature sounds: seeded chance, coloured noise, slow walks, resonators. */

/** Seconds are turned into frames at the one sample rate of the house. */
export const RATE = 48_000;
/** Parameters move once in so many frames (5 ms). */
export const STEP = 240;

export type Chance = () => number;

/** Uniform 0..1 (mulberry32 by T. Ettinger, public domain): small, fast, the same everywhere. */
export function createChance(seed: number): Chance {
  let a = (seed ^ 0x9e3779b9) >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Waiting time to the next event of a Poisson process, in seconds. */
export const poissonWait = (chance: Chance, perSec: number) => -Math.log(1 - chance()) / Math.max(1e-6, perSec);

/** Roughly normal, mean 0, sd 1 (sum of uniforms). */
export const bell = (chance: Chance) => (chance() + chance() + chance() + chance() - 2) * 1.732;

/**
 * A value that wanders between `low` and `high`: smooth curves from one drawn target to the next, each lasting about
 * `legSec`, drawn anew every time, so nothing comes round again. Call once a step.
 */
export function createWalk(chance: Chance, low: number, high: number, legSec: number): () => number {
  const draw = () => low + (high - low) * chance();
  let from = draw();
  let to = draw();
  let length = 1;
  let at = 0;
  const leg = () => Math.max(1, Math.round((legSec * (0.4 + 1.2 * chance()) * RATE) / STEP));
  length = leg();
  at = Math.floor(chance() * length);
  return () => {
    if (at >= length) {
      from = to;
      to = draw();
      length = leg();
      at = 0;
    }
    const t = at++ / length;
    return from + (to - from) * t * t * (3 - 2 * t);
  };
}

export type Noise = () => number;

export const createWhite =
  (chance: Chance): Noise =>
  () =>
    chance() * 2 - 1;

/** -3 dB an octave (P. Kellet's economy filter), about ±1. */
export function createPink(chance: Chance): Noise {
  let b0 = 0;
  let b1 = 0;
  let b2 = 0;
  const white = createWhite(chance);
  return () => {
    const w = white();
    b0 = 0.99765 * b0 + w * 0.099046;
    b1 = 0.963 * b1 + w * 0.2965164;
    b2 = 0.57 * b2 + w * 1.0526913;
    return (b0 + b1 + b2 + w * 0.1848) * 0.25;
  };
}

/** -6 dB an octave down to about 20 Hz, below it flat, about ±1. */
export function createBrown(chance: Chance): Noise {
  let y = 0;
  const white = createWhite(chance);
  return () => {
    y = y * 0.9975 + white() * 0.05;
    return y * 1.6;
  };
}

/** State-variable filter after A. Simper (2013): stays sound while its corner moves. */
export interface Filter {
  tune(hz: number, q: number): void;
  low(x: number): number;
  band(x: number): number;
  high(x: number): number;
}

export function createFilter(hz = 1000, q = 0.7): Filter {
  let a1 = 0;
  let a2 = 0;
  let a3 = 0;
  let k = 1;
  let ic1 = 0;
  let ic2 = 0;
  const filter: Filter = {
    tune(cornerHz, quality) {
      const g = Math.tan((Math.PI * Math.min(Math.max(cornerHz, 10), RATE * 0.45)) / RATE);
      k = 1 / quality;
      a1 = 1 / (1 + g * (g + k));
      a2 = g * a1;
      a3 = g * a2;
    },
    low(x) {
      const v3 = x - ic2;
      const v1 = a1 * ic1 + a2 * v3;
      const v2 = ic2 + a2 * ic1 + a3 * v3;
      ic1 = 2 * v1 - ic1;
      ic2 = 2 * v2 - ic2;
      return v2;
    },
    /** Peak gain 1 at the corner, whatever q. */
    band(x) {
      const v3 = x - ic2;
      const v1 = a1 * ic1 + a2 * v3;
      const v2 = ic2 + a2 * ic1 + a3 * v3;
      ic1 = 2 * v1 - ic1;
      ic2 = 2 * v2 - ic2;
      return k * v1;
    },
    high(x) {
      const v3 = x - ic2;
      const v1 = a1 * ic1 + a2 * v3;
      const v2 = ic2 + a2 * ic1 + a3 * v3;
      ic1 = 2 * v1 - ic1;
      ic2 = 2 * v2 - ic2;
      return x - k * v1 - v2;
    },
  };
  filter.tune(hz, q);
  return filter;
}

/** One fading tone with a seat, for drops, bubbles and crackles. */
interface Grain {
  y1: number;
  y2: number;
  c: number;
  r2: number;
  left: number;
  right: number;
  frames: number;
  /** Pitch glide: added to the turning angle each step. */
  w: number;
  glide: number;
  r: number;
}

export interface Grains {
  /** `seat` 0 left … 1 right; `glide` octaves over the grain's life. */
  strike(hz: number, fadeSec: number, loudness: number, seat: number, glide?: number): void;
  add(left: Float32Array, right: Float32Array, at: number, frames: number): void;
}

/** At most `cap` grains sound at once; one more is let go, nobody hears it in the crowd. */
export function createGrains(cap: number): Grains {
  const sounding: Grain[] = [];
  return {
    strike(hz, fadeSec, loudness, seat, glide = 0) {
      if (sounding.length >= cap) return;
      const w = (2 * Math.PI * hz) / RATE;
      const r = Math.exp(-6.9 / (fadeSec * RATE));
      const frames = Math.ceil(fadeSec * RATE);
      sounding.push({
        y1: Math.sin(w) * loudness,
        y2: 0,
        c: 2 * r * Math.cos(w),
        r2: r * r,
        left: Math.cos((seat * Math.PI) / 2),
        right: Math.sin((seat * Math.PI) / 2),
        frames,
        w,
        glide: (2 ** glide - 1) * w * (STEP / frames),
        r,
      });
    },
    add(left, right, at, frames) {
      for (let g = sounding.length - 1; g >= 0; g--) {
        const grain = sounding[g]!;
        let { y1, y2 } = grain;
        const { c, r2 } = grain;
        for (let i = 0; i < frames; i++) {
          const y = c * y1 - r2 * y2;
          y2 = y1;
          y1 = y;
          left[at + i]! += y * grain.left;
          right[at + i]! += y * grain.right;
        }
        grain.y1 = y1;
        grain.y2 = y2;
        if (grain.glide !== 0) {
          grain.w += grain.glide;
          grain.c = 2 * grain.r * Math.cos(grain.w);
        }
        grain.frames -= frames;
        if (grain.frames <= 0) {
          sounding[g] = sounding[sounding.length - 1]!;
          sounding.pop();
        }
      }
    },
  };
}
