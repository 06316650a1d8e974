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
import { type Attribute, attributesOf } from './encoders/attributes.js';
import { texturesOf, type Wish } from './encoders/wish.js';

export interface Candidate {
  track: Track;
  /** Cosine of the wish's and the track's vectors, -1..1. */
  similarity: number;
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

/** What follows from a track alone is worked out once per track object; a search over the whole shelf then takes about a millisecond. */
const known = new WeakMap<Track, { sounds: ReturnType<typeof attributesOf>; textures: ReadonlySet<string> }>();

function traitsOf(track: Track) {
  let traits = known.get(track);
  if (!traits) {
    traits = { sounds: attributesOf(track.analysis), textures: texturesOf(track) };
    known.set(track, traits);
  }
  return traits;
}

const HALF_CLOSENESS_AT = 0.4;
/** Aims below this arousal (common scale) count as calm. */
const CALM_BELOW = -0.1;
/** More stirring than asked by this much is still within an estimate's error. */
const STIRRING_TOLERANCE = 0.25;
/** Excess over the tolerance at which the whole penalty is due. */
const STIRRING_FULL = 0.5;

export function closeness(distance: number): number {
  return 1 / (1 + (distance / HALF_CLOSENESS_AT) ** 2);
}

/** How far a track over-stirs a calm wish, 0..1. */
function overStirs(aimed: number, arousal: number): number {
  if (aimed >= CALM_BELOW) return 0;
  return Math.min(1, Math.max(0, (arousal - aimed - STIRRING_TOLERANCE) / STIRRING_FULL));
}

/** A wish as it is weighed against each of hundreds of tracks: what it does not name is left out once. */
interface Aimed {
  wish: Wish;
  weights: RerankWeights;
  attributes: { attribute: Attribute; x: number; weight: number }[];
}

function aimedAt(wish: Wish, weights: RerankWeights): Aimed {
  const attributes = Object.entries(weights.attributes).flatMap(([key, weight]) => {
    const attribute = key as Attribute;
    const aim = wish.aims[attribute];
    return aim ? [{ attribute, x: aim.x, weight: weight * aim.confidence }] : [];
  });
  return { wish, weights, attributes };
}

/** Tells each part of a candidate's score, in an order that is always the same: a sum of them is, too. */
function eachPart(
  { track, similarity }: Candidate,
  { wish, weights, attributes }: Aimed,
  tell: (name: string, part: number) => void,
): void {
  const { sounds, textures } = traitsOf(track);
  tell('similarity', weights.similarity * similarity);
  for (const { attribute, x, weight } of attributes) {
    const heard = sounds[attribute];
    if (heard !== undefined) tell(attribute, weight * closeness(heard - x));
  }
  const { arousal } = wish.aims;
  if (arousal) {
    const over = arousal.confidence * overStirs(arousal.x, sounds.arousal as number);
    if (over > 0) tell('tooStirring', -weights.tooStirring * over);
  }
  if (wish.wanted.size > 0 || wish.unwanted.size > 0) {
    const style = styleMatch(wish.wanted, textures);
    if (style > 0) tell('style', weights.style * style);
    if ([...wish.unwanted].some((texture) => textures.has(texture))) tell('unwanted', -weights.unwanted);
  }
}

/** The best named sound decides half, the share of all that were named the other half. */
function styleMatch(wanted: ReadonlyMap<string, number>, textures: ReadonlySet<string>): number {
  let best = 0;
  let matched = 0;
  let total = 0;
  for (const [texture, strength] of wanted) {
    total += strength;
    if (!textures.has(texture)) continue;
    matched += strength;
    best = Math.max(best, strength);
  }
  return total === 0 ? 0 : 0.5 * best + 0.5 * (matched / total);
}

/**
 * The best `most` of them, best first; a pure function of its arguments. All are weighed, and only what is given back is
 * told in its parts.
 */
export function rerank(
  candidates: readonly Candidate[],
  wish: Wish,
  weights: RerankWeights = WEIGHTS,
  most = candidates.length,
): ScoredTrack[] {
  const aimed = aimedAt(wish, weights);
  let sum = 0;
  const add = (_name: string, part: number) => {
    sum += part;
  };
  const weighed = candidates.map((candidate) => {
    sum = 0;
    eachPart(candidate, aimed, add);
    return { candidate, score: sum };
  });
  weighed.sort(
    (a, b) =>
      b.score - a.score ||
      (a.candidate.track.id < b.candidate.track.id ? -1 : a.candidate.track.id > b.candidate.track.id ? 1 : 0),
  );
  return weighed.slice(0, most).map(({ candidate, score }) => {
    const parts: Record<string, number> = {};
    eachPart(candidate, aimed, (name, part) => {
      parts[name] = part;
    });
    return { track: candidate.track, score, parts };
  });
}

/** One candidate's score and its parts. */
export const scoreTrack = (candidate: Candidate, wish: Wish, weights: RerankWeights = WEIGHTS): ScoredTrack =>
  rerank([candidate], wish, weights)[0]!;
