/** Nature, synthesised: sounds of any length that never come round, each from its name and a seed. */
import { EmohealError } from '../../engine/errors.js';
import { softLimit } from '../synth/finish.js';
import { BLOCK_FRAMES } from '../synth/render-score.js';
import { brownNoise, heartbeatPulse, hearth, nightInsects, snowHush, windInPines } from './air-and-fire.js';
import { catsPurr, farThunder, pinkNoise, shipAtNight } from './night-and-noise.js';
import { type Chance, createChance, STEP } from './noise.js';
import { distantSurf, rainOnLeaves, stream, type Voice } from './water.js';

interface Recipe {
  name: string;
  title: string;
  description: string;
  make: (chance: Chance) => Voice;
  /** Brings the sound to about -23 LUFS (EBU R 128, integrated over one minute of seed 7). */
  gain: number;
}

const RECIPES: readonly Recipe[] = [
  {
    name: 'rain-on-leaves',
    title: 'Rain on leaves',
    description: 'Steady rain in a garden, single drops near and far.',
    make: rainOnLeaves,
    gain: 0.47,
  },
  {
    name: 'distant-surf',
    title: 'Distant surf',
    description: 'Long waves on two shores, a breath of eight to fourteen seconds.',
    make: distantSurf,
    gain: 0.34,
  },
  { name: 'stream', title: 'Stream', description: 'A small stream over stones, bubbling.', make: stream, gain: 1.06 },
  {
    name: 'wind-in-pines',
    title: 'Wind in pines',
    description: 'Slow gusts through tall trees.',
    make: windInPines,
    gain: 1.05,
  },
  { name: 'hearth', title: 'Hearth', description: 'A low fire with a crackle now and then.', make: hearth, gain: 0.7 },
  {
    name: 'night-insects',
    title: 'Night insects',
    description: 'A meadow at night, crickets far off.',
    make: nightInsects,
    gain: 0.72,
  },
  {
    name: 'brown-noise',
    title: 'Brown noise',
    description: 'A deep, even hush that covers the street.',
    make: brownNoise,
    gain: 0.22,
  },
  { name: 'snow-hush', title: 'Snow hush', description: 'The soft quiet of falling snow.', make: snowHush, gain: 1.12 },
  {
    name: 'heartbeat-pulse',
    title: 'Heartbeat',
    description: 'A resting heart that slows with the minutes.',
    make: heartbeatPulse,
    gain: 0.88,
  },
  { name: 'pink-noise', title: 'Pink noise', description: 'An even, soft rush.', make: pinkNoise, gain: 0.17 },
  {
    name: 'ship-at-night',
    title: 'Ship at night',
    description: 'A cabin low in the ship: engine, water, a timber now and then.',
    make: shipAtNight,
    gain: 0.4,
  },
  {
    name: 'far-thunder',
    title: 'Far thunder',
    description: 'A storm behind the hills, rolling without a crack.',
    make: farThunder,
    gain: 0.7,
  },
  { name: 'cats-purr', title: "Cat's purr", description: 'A cat asleep beside you.', make: catsPurr, gain: 1.97 },
];

/** All nature sounds, for catalogues and menus. */
export const NATURE_SOUNDS: readonly { name: string; title: string; description: string }[] = RECIPES.map(
  ({ name, title, description }) => ({ name, title, description }),
);

export interface NatureSound {
  /** The next `frames` frames, interleaved stereo float at 48 kHz; the cuts between calls do not change the sound. */
  next(frames: number): Float32Array;
}

/** Throws EmohealError `not-found` for a name that is not in NATURE_SOUNDS. */
export function natureSound(name: string, seed: number): NatureSound {
  const recipe = RECIPES.find((r) => r.name === name);
  if (!recipe) {
    throw new EmohealError('not-found', 'There is no nature sound of that name.', {
      remedy: `Choose one of: ${RECIPES.map((r) => r.name).join(', ')}.`,
    });
  }
  const voice = recipe.make(createChance(seed));
  const left = new Float32Array(STEP);
  const right = new Float32Array(STEP);
  let used = STEP;
  return {
    next(frames) {
      const out = new Float32Array(frames * 2);
      for (let at = 0; at < frames; ) {
        if (used === STEP) {
          left.fill(0);
          right.fill(0);
          voice(left, right, 0, STEP);
          used = 0;
        }
        const count = Math.min(STEP - used, frames - at);
        for (let i = 0; i < count; i++) {
          out[(at + i) * 2] = left[used + i]! * recipe.gain;
          out[(at + i) * 2 + 1] = right[used + i]! * recipe.gain;
        }
        used += count;
        at += count;
      }
      softLimit(out, out.length);
      return out;
    },
  };
}

/** A nature sound of fixed length in blocks of half a second. Throws like natureSound, `too-large` above six hours. */
export function natureBlocks(name: string, seed: number, durationSec: number): Generator<Float32Array> {
  if (!(durationSec > 0 && durationSec <= 21_600))
    throw new EmohealError('too-large', `A nature sound of ${durationSec} s was asked for; six hours is the most.`);
  const sound = natureSound(name, seed);
  const total = Math.round(durationSec * 48_000);
  return (function* () {
    for (let done = 0; done < total; done += BLOCK_FRAMES) yield sound.next(Math.min(BLOCK_FRAMES, total - done));
  })();
}
