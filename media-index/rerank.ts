/**
 * From candidates to an order, in named parts that "why this music?" can show.
 *
 * Rules
 * 1. A part = weight * how sure the wish is of it (0..1) * closeness (0..1); what the wish does not name adds nothing.
 * 2. Closeness = 1 / (1 + (distance / .4)^2) on the common -1..1 scale: a good fit is rounded off, and far tracks still
 *    have an order among themselves, so a small library gives its least bad track.
 * 3. Felt speed is onset rate, then pulse; estimated BPM nearly nothing (|rho| <= .13 with every felt emotion).
 * 4. The sound must match the stage: where the aim is calm, a track that is more stirring than asked loses up to a
 *    whole point (`tooStirring`), more than any other part can win back. The opposite mistake costs only closeness.
 * 5. Sounds asked for by name count strongly (`style`): who asks for rain wants rain. A sound that was refused costs a point.
 * 6. Equal scores are ordered by id.
 *
 * Example: aim arousal -.6, onset rate 1/s, dark, minor. A slow dark nocturne (arousal -.5) gets .20 + .14 + .11 + .11 ...
 * = about .9; a bright fast reel (arousal +.7), however well its mode and key fit, about .3 - 1 = -.7.
 */
import type { ScoredTrack } from '../engine/ports.js';
import type { Track } from '../engine/vocabulary.js';
import { bestFew } from './best-few.js';
import { type Aim, FEATURES, type Feature } from './encoders/attributes.js';
import type { Wish } from './encoders/wish.js';
import { bitsOf, type Columns, UNTOLD } from './traits.js';

export interface RerankWeights {
  similarity: number;
  style: number;
  tooStirring: number;
  unwanted: number;
  attributes: Partial<Record<Feature, number>>;
}

/** Attribute weights and similarity sum to 1; each says why. */
export const WEIGHTS: RerankWeights = {
  /** Everything at once, GEMS factors included; the rest is there because a sum of all hides a single bad misfit. */
  similarity: 0.15,
  /** As much as the two strongest measured parts: a named sound steers, yet not against the mood. */
  style: 0.35,
  tooStirring: 1,
  unwanted: 1,
  attributes: {
    /** Matching the listener's activation is the whole idea of iso-matching, and calm its end. */
    arousal: 0.2,
    /** Strongest single correlate of felt activity; what "slow" means to ears. */
    onsetRate: 0.15,
    /** Second strongest for calmness and joy (brightness), strongest for sleep music (Kirk & Timmers 2024). */
    brightness: 0.11,
    /** Strongest cue of valence (Eerola, Friberg & Bresin 2013). */
    mode: 0.11,
    valence: 0.1,
    pulseClarity: 0.07,
    /** Sudden loudness startles; only rest asks for it. */
    loudnessRange: 0.05,
    register: 0.03,
    consonance: 0.02,
    /** Weak on purpose, rule 3. */
    tempo: 0.01,
  },
};

const HALF_CLOSENESS_AT = 0.4;
const HALF_SQUARED = HALF_CLOSENESS_AT ** 2;
/** Aims below this arousal (common scale) count as calm. */
const CALM_BELOW = -0.1;
/** More stirring than asked by this much is still within an estimate's error. */
const STIRRING_TOLERANCE = 0.25;
/** Excess over the tolerance at which the whole penalty is due. */
const STIRRING_FULL = 0.5;

export function closeness(distance: number): number {
  return HALF_SQUARED / (HALF_SQUARED + distance * distance);
}

/** How far a track over-stirs a calm wish, 0..1. */
function overStirs(aimed: number, arousal: number): number {
  if (aimed >= CALM_BELOW) return 0;
  return Math.min(1, Math.max(0, (arousal - aimed - STIRRING_TOLERANCE) / STIRRING_FULL));
}

/** A wish as it is weighed against each of hundreds of tracks: what it does not name is left out once. */
interface Aimed {
  attributes: { name: Feature; at: number; x: number; weight: number }[];
  /** Null where no arousal is asked for. */
  arousal: Aim | null;
  tooStirring: number;
  styles: { bit: number; strength: number }[];
  style: number;
  unwantedBits: number;
  unwanted: number;
}

const AROUSAL = FEATURES.indexOf('arousal');

function aimedAt(wish: Wish, weights: RerankWeights): Aimed {
  const attributes = (Object.entries(weights.attributes) as [Feature, number][]).flatMap(([name, weight]) => {
    const aim = wish.aims[name];
    return aim ? [{ name, at: FEATURES.indexOf(name), x: aim.x, weight: weight * aim.confidence }] : [];
  });
  return {
    attributes,
    arousal: wish.aims.arousal ?? null,
    tooStirring: weights.tooStirring,
    styles: [...wish.wanted].map(([name, strength]) => ({ bit: bitsOf([name]), strength })),
    style: weights.style,
    unwantedBits: bitsOf(wish.unwanted),
    unwanted: weights.unwanted,
  };
}

/** All parts but the similarity, summed for each row. */
function weighed({ sounds, textures }: Columns, aimed: Aimed): Float64Array {
  const count = textures.length;
  const sums = new Float64Array(count);
  for (const { at, x, weight } of aimed.attributes) {
    for (let row = 0, cell = at * count; row < count; row++, cell++)
      sums[row]! += weight * closeness(sounds[cell]! - x);
  }
  const named = new Map<number, number>();
  for (let row = 0, cell = AROUSAL * count; row < count; row++, cell++) {
    const bits = textures[row]!;
    let byName = named.get(bits);
    // A shelf names far fewer mixtures of sounds than it has pieces.
    if (byName === undefined) {
      byName = style(bits, aimed) + unwanted(bits, aimed);
      named.set(bits, byName);
    }
    sums[row]! += stirs(sounds[cell]!, aimed) + byName;
  }
  return sums;
}

/** The same of one row, each part by its name; one that says nothing is left out. */
function partsOf({ sounds, textures }: Columns, row: number, aimed: Aimed): Record<string, number> {
  const count = textures.length;
  const parts: Record<string, number> = {};
  for (const { name, at, x, weight } of aimed.attributes) {
    const sound = sounds[at * count + row]!;
    if (sound !== UNTOLD) parts[name] = weight * closeness(sound - x);
  }
  const others = {
    tooStirring: stirs(sounds[AROUSAL * count + row]!, aimed),
    style: style(textures[row]!, aimed),
    unwanted: unwanted(textures[row]!, aimed),
  };
  for (const [name, part] of Object.entries(others)) if (part !== 0) parts[name] = part;
  return parts;
}

/** Rule 4. */
const stirs = (arousal: number, { arousal: aim, tooStirring }: Aimed): number =>
  aim === null ? 0 : -tooStirring * aim.confidence * overStirs(aim.x, arousal);

/** Rule 5. */
const style = (textures: number, aimed: Aimed): number => aimed.style * styleMatch(aimed.styles, textures);
const unwanted = (textures: number, { unwantedBits, unwanted: costs }: Aimed): number =>
  (textures & unwantedBits) === 0 ? 0 : -costs;

/** The best named sound decides half, the share of all that were named the other half. */
function styleMatch(wanted: Aimed['styles'], textures: number): number {
  let best = 0;
  let matched = 0;
  let total = 0;
  for (let i = 0; i < wanted.length; i++) {
    const { bit, strength } = wanted[i]!;
    total += strength;
    if ((textures & bit) === 0) continue;
    matched += strength;
    if (strength > best) best = strength;
  }
  return total === 0 ? 0 : 0.5 * best + 0.5 * (matched / total);
}

/** So finely are rows told apart before the best are looked at closer. */
const LEVELS = 512;

/** Rows by their sums, highest first; those of one level, `step` wide, in any order. */
function byDescendingLevel(sums: Float64Array): { rows: Int32Array; step: number } {
  const count = sums.length;
  let lowest = Infinity;
  let highest = -Infinity;
  for (let row = 0; row < count; row++) {
    const sum = sums[row]!;
    if (sum < lowest) lowest = sum;
    if (sum > highest) highest = sum;
  }
  const step = (highest - lowest) / (LEVELS - 1) || 1;
  const levels = new Uint16Array(count);
  const nextOf = new Int32Array(LEVELS + 1);
  for (let row = 0; row < count; row++) {
    const level = ((highest - sums[row]!) / step) | 0;
    levels[row] = level;
    nextOf[level + 1]! += 1;
  }
  for (let level = 0; level < LEVELS; level++) nextOf[level + 1]! += nextOf[level]!;
  const rows = new Int32Array(count);
  for (let row = 0; row < count; row++) {
    const level = levels[row]!;
    rows[nextOf[level]!] = row;
    nextOf[level]! += 1;
  }
  return { rows, step };
}

export interface RankOptions {
  weights?: RerankWeights;
  /** At most so many; all where left out. */
  most?: number;
  /** Asked only of what is good enough. */
  fits?: (track: Track) => boolean;
}

/**
 * The best `most` of them, best first; a pure function of its arguments. `similarityOf` a row is asked only where it could
 * still matter, and only what is given back is told in its parts.
 */
export function rank(
  columns: Columns,
  similarityOf: (row: number) => number,
  wish: Wish,
  { weights = WEIGHTS, most = columns.tracks.length, fits }: RankOptions = {},
): ScoredTrack[] {
  const { tracks } = columns;
  const aimed = aimedAt(wish, weights);
  const sums = weighed(columns, aimed);
  const best = bestFew<number>(most, (row) => tracks[row]!.id, fits && ((row) => fits(tracks[row]!)));
  const { rows, step } = byDescendingLevel(sums);
  for (const row of rows) {
    // However similar this one and those after it are, they would not be taken.
    if (sums[row]! + step + weights.similarity < best.bar()) break;
    best.offer(row, sums[row]! + weights.similarity * similarityOf(row));
  }
  const partsFor = (row: number) => ({
    similarity: weights.similarity * similarityOf(row),
    ...partsOf(columns, row, aimed),
  });
  return best.list().map(({ item: row, score }) => new Ranked(tracks[row]!, score, row, partsFor));
}

/** Of forty that are found the parts of one are told: they are worked out when they are asked for. */
class Ranked implements ScoredTrack {
  readonly #row: number;
  readonly #partsFor: (row: number) => Record<string, number>;
  constructor(
    readonly track: Track,
    readonly score: number,
    row: number,
    partsFor: (row: number) => Record<string, number>,
  ) {
    this.#row = row;
    this.#partsFor = partsFor;
  }
  get parts(): Record<string, number> {
    return this.#partsFor(this.#row);
  }
}
