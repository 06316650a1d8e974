/**
 * What is wished for: attributes with confidences, and sounds by name, from free text and/or a profile.
 *
 * Rules for text: every known word adds its concept's aims, each concept once; "very" makes them surer, "a bit" less sure; a
 * negation turns the aims of the following words round at half confidence ("not sad" asks for less sadness, not for joy) and
 * turns a named sound into an unwanted one ("no drums").
 * Text and profile together: what the words name wins, the profile fills in the rest.
 */
import type { MusicalProfile, Track } from '../../engine/vocabulary.js';
import { type Aims, type Attribute, aimsOfProfile } from './attributes.js';
import { asks, type Concept } from './concepts.js';
import { CLAUSE_ENDS, NEGATIONS, STRONGER, TEXTURES, WEAKER, WORDS } from './lexicon.js';

export interface Wish {
  aims: Aims;
  /** Texture -> how much it is wanted, 0..1. */
  wanted: ReadonlyMap<string, number>;
  unwanted: ReadonlySet<string>;
}

/** Longer text adds nothing to a wish and costs time. */
const MAX_CHARACTERS = 2000;
/** The profile's say in an attribute that the words do not name. */
const PROFILE_CONFIDENCE = 0.6;
/** Words that a negation reaches: "not very sad". */
const NEGATION_REACH = 3;

/** Words, and the marks that end what a negation reaches. */
const TOKENS = /[\p{L}\p{N}]+|[,.;:!?]/gu;

interface Entry {
  concepts: Concept[];
  textures: string[];
}
interface Dictionary {
  exact: Map<string, Entry>;
  stems: Map<string, Entry>;
  anywhere: [string, Entry][];
}

const CJK = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/;

function buildDictionary(): Dictionary {
  const dictionary: Dictionary = { exact: new Map(), stems: new Map(), anywhere: [] };
  const scripts = new Map<string, Entry>();
  const entryOf = (word: string): Entry => {
    const map = CJK.test(word) ? scripts : word.endsWith('*') ? dictionary.stems : dictionary.exact;
    const key = plain(word.replace('*', ''));
    const entry = map.get(key) ?? { concepts: [], textures: [] };
    map.set(key, entry);
    return entry;
  };
  for (const [concept, words] of Object.entries(WORDS)) {
    for (const word of new Set(words.split(' '))) entryOf(word).concepts.push(concept as Concept);
  }
  for (const [texture, words] of Object.entries(TEXTURES)) {
    for (const word of new Set(words.split(' '))) entryOf(word).textures.push(texture);
  }
  // Longest first, so that a compound is read as itself and not as its parts.
  dictionary.anywhere = [...scripts].sort((a, b) => b[0].length - a[0].length);
  return dictionary;
}

/** Lower case without accents or apostrophes, so that "Très" meets "tres". Cyrillic short i and Korean stay whole. */
function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .replace(/ł/g, 'l')
    .replace(/['’]/g, '')
    .normalize('NFD')
    .replace(/(?<=[a-z])[\u0300-\u036f]+/g, '')
    .normalize('NFC');
}

const SHORTEST_STEM = 3;
let dictionary: Dictionary | undefined;

function entriesFor(token: string): Entry[] {
  dictionary ??= buildDictionary();
  const exact = dictionary.exact.get(token);
  if (exact) return [exact];
  for (let length = token.length; length >= SHORTEST_STEM; length--) {
    const stem = dictionary.stems.get(token.slice(0, length));
    if (stem) return [stem];
  }
  return [];
}

interface Found {
  entry: Entry;
  factor: number;
  negated: boolean;
}

function findWords(text: string): Found[] {
  dictionary ??= buildDictionary();
  let rest = plain(text.slice(0, MAX_CHARACTERS));
  const found: Found[] = [];
  if (CJK.test(rest)) {
    for (const [word, entry] of dictionary.anywhere) {
      const at = rest.indexOf(word);
      if (at < 0) continue;
      const before = rest.slice(Math.max(0, at - 2), at);
      const after = rest.slice(at + word.length, at + word.length + 3);
      const negated = /[不没無无非]$/.test(before) || /안 ?$/.test(before) || /^(く?ない|じゃな|なし)/.test(after);
      found.push({ entry, factor: 1, negated });
      rest = rest.split(word).join(' ');
    }
  }
  let negatedFor = 0;
  let factor = 1;
  for (const token of rest.match(TOKENS) ?? []) {
    if (CLAUSE_ENDS.has(token)) {
      negatedFor = 0;
      continue;
    }
    if (NEGATIONS.has(token)) {
      negatedFor = NEGATION_REACH;
      continue;
    }
    if (STRONGER.has(token)) factor = 1.4;
    else if (WEAKER.has(token)) factor = 0.6;
    else {
      for (const entry of entriesFor(token)) found.push({ entry, factor, negated: negatedFor > 0 });
      factor = 1;
    }
    negatedFor -= 1;
  }
  return found;
}

/** The wish in a text; with a profile, the profile fills in what the words leave open. */
export function wishOfText(text: string, profile?: MusicalProfile): Wish {
  const wanted = new Map<string, number>();
  const unwanted = new Set<string>();
  /** Each concept once, as surely as its surest word: "calm, relaxed, soothing" is one wish, not three. */
  const named = new Map<string, { concept: Concept; factor: number; negated: boolean }>();
  for (const { entry, factor, negated } of findWords(text)) {
    for (const texture of entry.textures) {
      if (negated) unwanted.add(texture);
      else wanted.set(texture, 1);
    }
    for (const concept of entry.concepts) {
      const key = `${concept} ${negated}`;
      named.set(key, { concept, negated, factor: Math.max(factor, named.get(key)?.factor ?? 0) });
    }
  }
  for (const texture of unwanted) wanted.delete(texture);
  const own = aimsOf([...named.values()]);
  if (!profile) return { aims: own, wanted, unwanted };
  const filled = wishOfProfile(profile);
  return {
    aims: fillIn(own, filled.aims, PROFILE_CONFIDENCE),
    wanted: wanted.size > 0 ? wanted : new Map([...filled.wanted].filter(([texture]) => !unwanted.has(texture))),
    unwanted,
  };
}

/** Aims at one attribute meet at their mean by confidence; two words that agree are surer than one. */
function aimsOf(named: readonly { concept: Concept; factor: number; negated: boolean }[]): Aims {
  const sums = new Map<Attribute, { x: number; sure: number; doubt: number }>();
  for (const { concept, factor, negated } of named) {
    for (const [attribute, [x, confidence]] of asks(concept)) {
      const sum = sums.get(attribute) ?? { x: 0, sure: 0, doubt: 1 };
      const sure = Math.min(1, confidence * factor * (negated ? 0.5 : 1));
      sums.set(attribute, {
        x: sum.x + sure * (negated ? -x : x),
        sure: sum.sure + sure,
        doubt: sum.doubt * (1 - sure),
      });
    }
  }
  const aims: Aims = {};
  for (const [attribute, { x, sure, doubt }] of sums) aims[attribute] = { x: x / sure, confidence: 1 - doubt };
  return aims;
}

export function wishOfProfile(profile: MusicalProfile): Wish {
  const wanted = new Map<string, number>();
  // Best first: the first family counts fully, each later one a little less.
  profile.instrumentation.slice(0, 8).forEach((family, rank) => {
    const texture = family.toLowerCase();
    if (!wanted.has(texture)) wanted.set(texture, 0.85 ** rank);
  });
  return { aims: aimsOfProfile(profile), wanted, unwanted: new Set() };
}

function fillIn(named: Aims, others: Aims, trust: number): Aims {
  const aims: Aims = { ...named };
  for (const [key, other] of Object.entries(others)) {
    const attribute = key as Attribute;
    const own = named[attribute];
    const ours = own?.confidence ?? 0;
    const theirs = trust * other.confidence * (1 - ours);
    if (ours + theirs > 0) {
      aims[attribute] = {
        x: ((own?.x ?? 0) * ours + other.x * theirs) / (ours + theirs),
        confidence: Math.min(1, ours + theirs),
      };
    }
  }
  return aims;
}

const NATURE = new Set(['rain', 'ocean', 'stream', 'wind', 'forest', 'night', 'fire', 'thunder', 'noise']);

/** Textures that a track's own words name: its style, title and, for nature sounds, which one it is. */
export function texturesOf(track: Pick<Track, 'style' | 'title' | 'origin'>): ReadonlySet<string> {
  const nature = track.origin.kind === 'nature' ? ` ${track.origin.sound} nature` : '';
  const textures = new Set(findWords(`${track.style} ${track.title}${nature}`).flatMap(({ entry }) => entry.textures));
  // "Night" in the title of a piece says nothing of crickets: places count as sounds only where the track is nature.
  if (track.origin.kind === 'score') for (const place of NATURE) textures.delete(place);
  return textures;
}
