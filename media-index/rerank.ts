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
import { type Aim, ATTRIBUTES, type Attribute, attributesOf } from './encoders/attributes.js';
import { TEXTURE_NAMES } from './encoders/lexicon.js';
import { texturesOf, type Wish } from './encoders/wish.js';

export interface Candidate {
  track: Track;
  /** Cosine of the wish's and the track's vectors, -1..1. */
  similarity: number;
  /** What `traitsOf` gives, where the same candidate is weighed again and again. */
  traits?: Traits;
}

export interface RerankWeights {
  similarity: number;
  style: number;
  tooStirring: number;
  unwanted: number;
  attributes: Partial<Record<Attribute, number>>;
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

/** What of a track is weighed. In blocks of memory and bits: it is read for thousands of candidates in each session. */
export interface Traits {
  /** In the order of ATTRIBUTES, NaN where one cannot be told. */
  sounds: Float64Array;
  /** One bit for each of TEXTURE_NAMES. */
  textures: number;
}

const bitOf = new Map(TEXTURE_NAMES.map((name, i) => [name, 1 << i]));
const bitsOf = (names: Iterable<string>): number => {
  let bits = 0;
  for (const name of names) bits |= bitOf.get(name) ?? 0;
  return bits;
};

const known = new WeakMap<Track, Traits>();

/** Worked out once per track object. */
export function traitsOf(track: Track): Traits {
  let traits = known.get(track);
  if (!traits) {
    const sounds = attributesOf(track.analysis);
    traits = {
      sounds: Float64Array.from(ATTRIBUTES, (attribute) => sounds[attribute] ?? Number.NaN),
      textures: bitsOf(texturesOf(track)),
    };
    known.set(track, traits);
  }
  return traits;
}

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
  attributes: { name: Attribute; at: number; x: number; weight: number }[];
  /** Null where no arousal is asked for. */
  arousal: Aim | null;
  tooStirring: number;
  styles: { bit: number; strength: number }[];
  style: number;
  unwantedBits: number;
  unwanted: number;
}

const AROUSAL = ATTRIBUTES.indexOf('arousal');

function aimedAt(wish: Wish, weights: RerankWeights): Aimed {
  const attributes = (Object.entries(weights.attributes) as [Attribute, number][]).flatMap(([name, weight]) => {
    const aim = wish.aims[name];
    return aim ? [{ name, at: ATTRIBUTES.indexOf(name), x: aim.x, weight: weight * aim.confidence }] : [];
  });
  return {
    attributes,
    arousal: wish.aims.arousal ?? null,
    tooStirring: weights.tooStirring,
    styles: [...wish.wanted].map(([name, strength]) => ({ bit: bitOf.get(name) ?? 0, strength })),
    style: weights.style,
    unwantedBits: bitsOf(wish.unwanted),
    unwanted: weights.unwanted,
  };
}

/** All but the similarity. Whoever wants the parts gets each by its name; one that says nothing is left out. */
function weigh(candidate: Candidate, aimed: Aimed, parts?: Record<string, number>): number {
  const { sounds, textures } = candidate.traits ?? traitsOf(candidate.track);
  let sum = 0;
  for (let i = 0; i < aimed.attributes.length; i++) {
    const { name, at, x, weight } = aimed.attributes[i]!;
    const sound = sounds[at]!;
    if (Number.isNaN(sound)) continue;
    const part = weight * closeness(sound - x);
    if (parts) parts[name] = part;
    sum += part;
  }
  const over = aimed.arousal ? aimed.arousal.confidence * overStirs(aimed.arousal.x, sounds[AROUSAL]!) : 0;
  if (over > 0) {
    const part = -aimed.tooStirring * over;
    if (parts) parts.tooStirring = part;
    sum += part;
  }
  const style = styleMatch(aimed.styles, textures);
  if (style > 0) {
    const part = aimed.style * style;
    if (parts) parts.style = part;
    sum += part;
  }
  if ((textures & aimed.unwantedBits) !== 0) {
    if (parts) parts.unwanted = -aimed.unwanted;
    sum -= aimed.unwanted;
  }
  return sum;
}

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

export interface RerankOptions<T extends Candidate = Candidate> {
  /** Asked only of what is good enough. */
  fits?: (track: Track) => boolean;
  /** Where it is worked out only for what could be good enough; else the candidate's own. */
  similarityOf?: (candidate: T) => number;
}

/**
 * The best `most` of them, best first; a pure function of its arguments. All are weighed, and only what is given back is
 * told in its parts.
 */
export function rerank<T extends Candidate>(
  candidates: readonly T[],
  wish: Wish,
  weights: RerankWeights = WEIGHTS,
  most = candidates.length,
  { fits, similarityOf = ({ similarity }) => similarity }: RerankOptions<T> = {},
): ScoredTrack[] {
  const aimed = aimedAt(wish, weights);
  const best = bestFew<T>(most, ({ track }) => track.id, fits && (({ track }) => fits(track)));
  for (const candidate of candidates) {
    const rest = weigh(candidate, aimed);
    // However similar, it would not be taken: most need not be looked at closer.
    if (rest + weights.similarity < best.bar()) continue;
    best.offer(candidate, rest + weights.similarity * similarityOf(candidate));
  }
  return best.list().map(({ item, score }) => ({
    track: item.track,
    score,
    // Of forty that are found the parts of one are told.
    get parts() {
      const parts: Record<string, number> = { similarity: weights.similarity * similarityOf(item) };
      weigh(item, aimed, parts);
      return parts;
    },
  }));
}

/** One candidate's score and its parts. */
export const scoreTrack = (candidate: Candidate, wish: Wish, weights: RerankWeights = WEIGHTS): ScoredTrack =>
  rerank([candidate], wish, weights)[0]!;
