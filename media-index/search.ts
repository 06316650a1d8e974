/**
 * A stage's profile, or free words, to ranked tracks.
 *
 * Rules
 * 1. The query becomes one vector (profile, words, or both) and the index gives the nearest tracks as candidates.
 * 2. Filters drop what must not play: excluded ids, other kinds of origin, what house rules forbid, other licences, too long
 *    pieces. Where they leave too few, more candidates are fetched, to the end of the index.
 * 3. `rank` orders what is left, by parts that can be named. Ties by id.
 * 4. Queries along one way (`along`) share their candidates: these are fetched near its points, once, and each query orders them
 *    all anew. Where filters leave too few of them, rule 2 holds.
 * 5. Nothing fits = empty array. A wish with no known word and no profile is answered with the quietest middle of all.
 *
 * Example: { profile: target of "sad, cannot sleep" (arousal -.6, onset rate 0.8/s), text: "rain", k: 3 } → 256 nearest
 * → without the tracks already played → rain on leaves .97 (style .35), slow nocturne .86, ocean at night .84.
 */
import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { EmohealError } from '../engine/errors.js';
import type { MusicSearch, ScoredTrack, TrackQuery } from '../engine/ports.js';
import type { MusicalProfile, Track } from '../engine/vocabulary.js';
import type { JointEncoder } from './encoders/encoder.js';
import { type Wish, wishOfProfile, wishOfText } from './encoders/wish.js';
import type { HeldIndex, Scorer } from './index/vector-index.js';
import { type RerankWeights, rank, WEIGHTS } from './rerank.js';
import { type Columns, columnsOf, type TraitShelf, traitShelf } from './traits.js';

export interface MusicQuery extends TrackQuery {
  /** Licence ids that may play ("CC0-1.0"); all when left out. */
  licences?: readonly string[];
  maxDurationSec?: number;
  /** Only pieces in which nobody sings, as far as the model that listens can tell; what it has not heard may pass. */
  instrumental?: boolean;
}

/** From here on somebody sings. */
const SUNG = 0.5;

export interface MusicSearchDeps {
  /** The shelf as it is now: asked at every search; a new array means that something changed. */
  tracks: () => readonly Track[];
  encoder: JointEncoder;
  index: HeldIndex;
  /** Classifier and knowledge graph in one; consulted for queries of words alone. */
  profileOf?: (text: string, signal?: AbortSignal) => Promise<MusicalProfile | null> | MusicalProfile | null;
  /** After the index was changed: the caller keeps it in its own time. */
  keep?: () => void;
  weights?: RerankWeights;
}

export interface TrackSearch extends MusicSearch {
  search(query: MusicQuery, signal?: AbortSignal): Promise<ScoredTrack[]>;
  /** Brings the index up to the shelf; done by itself before a search. */
  refresh(signal?: AbortSignal): Promise<void>;
}

const MAX_K = 1000;
const MAX_TEXT_CHARACTERS = 2000;
/** Re-ranking this many takes about a millisecond and covers the shipped shelf whole. */
const LEAST_CANDIDATES = 256;
/** Candidates per wanted track, so that re-ranking has something to choose from. */
const CANDIDATES_PER_RESULT = 8;
/** Of what the filters leave, where fewer, more are fetched. */
const ENOUGH_PER_RESULT = 2;
/**
 * Fetched near each point of a way. Over 20,000 tracks three times 400 for a whole session lie nearly as near to the plan as a
 * search for each place in it; three times 320 lie a little farther (`npm run eval:plan -- --tracks 20000`).
 */
const NEAR_A_POINT = 400;
/** Points of which it is remembered what lies near them: many sessions end at the same rest. */
const POINTS_KEPT = 64;
const WEAK_CALM_TEXT = 'calm soft slow';

/** By analysis object: a shelf hands out the same ones until a track is analysed anew. */
const digests = new WeakMap<object, string>();

/**
 * A track's id in the index: its own, and a digest of what its vector is made from. A track that was analysed anew is another
 * one to the index, also for a kept index and for a server that several machines ask.
 */
function keyOf({ id, analysis }: Track): string {
  let digest = digests.get(analysis);
  if (!digest) {
    digest = createHash('sha256').update(JSON.stringify(analysis)).digest('hex').slice(0, 12);
    digests.set(analysis, digest);
  }
  return `${id}@${digest}`;
}

/** Throws `index-mismatch` where index and encoder are of different models. */
export async function createMusicSearch(deps: MusicSearchDeps): Promise<TrackSearch> {
  const { encoder, index, weights = WEIGHTS } = deps;
  if (index.model.sha256 !== encoder.model.sha256 || index.model.dim !== encoder.model.dim) {
    throw new EmohealError(
      'index-mismatch',
      `The index was made with "${index.model.id}" (${index.model.dim} numbers), the encoder is "${encoder.model.id}" (${encoder.model.dim}).`,
      { remedy: 'Open the index with openKeptIndex, which begins a new one where the model is another.' },
    );
  }
  let shelf = lookedAt([], index);
  let running: Promise<void> | null = null;

  async function bringUpToDate(signal?: AbortSignal): Promise<void> {
    const tracks = deps.tracks();
    const next = lookedAt(tracks, index);
    const held = new Set(await index.ids());
    const missing = next.keys.flatMap((key, row) => (held.has(key) || next.rowOf.get(key) !== row ? [] : [row]));
    const stale = [...held].filter((key) => !next.rowOf.has(key));
    const vectors: Float32Array[] = [];
    for (const row of missing) vectors.push(await encoder.embedAudio(tracks[row]!.analysis, signal));
    if (stale.length > 0) await index.remove(stale);
    if (missing.length > 0)
      await index.add(
        missing.map((row) => next.keys[row]!),
        vectors,
      );
    shelf = next;
    if (stale.length > 0 || missing.length > 0) deps.keep?.();
  }
  async function refresh(signal?: AbortSignal): Promise<void> {
    // One at a time: two searches after an import share the work.
    while (running) await running.catch(() => {});
    // Fewer than ours: the index followed a server that had lost some of them.
    if (shelf.tracks === deps.tracks() && (await index.count()) >= shelf.rowOf.size) return;
    running = bringUpToDate(signal).finally(() => {
      running = null;
    });
    await running;
  }
  await refresh();

  /** Rule 2. The shelf as it was when asked: it may change while the index answers. */
  async function candidates(vector: Float32Array, query: MusicQuery): Promise<Pool> {
    const fits = fitting(query);
    const { tracks, rowOf, traits } = shelf;
    const all = rowOf.size;
    const enough = Math.min(all, Math.max(LEAST_CANDIDATES, CANDIDATES_PER_RESULT * query.k));
    for (let ask = enough; ask > 0; ask = Math.min(all, ask * 4)) {
      const found: number[] = [];
      const similarities: number[] = [];
      for (const { id, score } of await index.search(vector, ask)) {
        const row = rowOf.get(id);
        if (row === undefined || !fits(tracks[row]!)) continue;
        found.push(row);
        similarities.push(score);
      }
      if (found.length >= Math.min(enough, ENOUGH_PER_RESULT * query.k) || ask >= all)
        return { columns: traits.columns(found), similarityOf: (row) => similarities[row]! };
    }
    return NOTHING;
  }

  async function nearPoint(point: MusicalProfile, { rowOf, nearPoints }: Shelf): Promise<readonly number[]> {
    const key = JSON.stringify(point);
    const known = nearPoints.get(key);
    if (known) return known;
    const ids = await index.near(await encoder.embedProfile(point), Math.min(rowOf.size, NEAR_A_POINT));
    const rows: number[] = [];
    for (const id of ids) {
      const row = rowOf.get(id);
      if (row !== undefined) rows.push(row);
    }
    nearPoints.set(key, rows);
    return rows;
  }

  /** What lies near any of these points, each piece once. */
  async function near(points: readonly MusicalProfile[]): Promise<Near> {
    const known = shelf;
    const found = new Set<number>();
    for (const point of points) {
      if (found.size >= known.rowOf.size) break;
      for (const row of await nearPoint(point, known)) found.add(row);
    }
    const rows = [...found];
    return { rows, columns: known.traits.columns(rows), scorer: known.scorer, isAll: rows.length >= known.rowOf.size };
  }

  async function understand(query: MusicQuery, signal?: AbortSignal): Promise<{ wish: Wish; vector: Float32Array }> {
    const text = query.text?.trim();
    if (!text) {
      const profile = query.profile as MusicalProfile;
      return { wish: wishOfProfile(profile), vector: await encoder.embedProfile(profile) };
    }
    const profile = query.profile ?? (await deps.profileOf?.(text, signal)) ?? undefined;
    const wish = wishOfText(text, profile);
    const understood = Object.keys(wish.aims).length > 0 || (encoder.readsAnyWords === true && wish.wanted.size === 0);
    if (understood) return { wish, vector: await encoder.embedText(text, { profile }) };
    // Only a sound is named ("rain"), or no word is known: lean towards rest, lightly, and let the names decide.
    return { wish, vector: await encoder.embedText(WEAK_CALM_TEXT) };
  }

  const search: TrackSearch = {
    refresh,
    async search(query, signal) {
      checkQuery(query);
      signal?.throwIfAborted();
      await refresh(signal);
      if (shelf.rowOf.size === 0) return [];
      const { wish, vector } = await understand(query, signal);
      const { columns, similarityOf } = await candidates(vector, query);
      return rank(columns, similarityOf, wish, { weights, most: query.k });
    },
    track(id) {
      return shelf.byId.get(id) ?? deps.tracks().find((track) => track.id === id) ?? null;
    },
    async along(points, signal) {
      await refresh(signal);
      const { rows, columns, scorer, isAll } = await near(points);
      return {
        track: search.track,
        async search(query, more) {
          checkQuery(query);
          more?.throwIfAborted();
          const { wish, vector } = await understand(query, more);
          const scoreOf = scorer(vector);
          const similarityOf = (i: number) => scoreOf(rows[i]!) ?? 0;
          const found = rank(columns, similarityOf, wish, { weights, most: query.k, fits: fitting(query) });
          return found.length < query.k && !isAll ? search.search(query, more) : found;
        },
      };
    },
  };
  return search;
}

/** The shelf as it was when it was last looked at. */
interface Shelf {
  tracks: readonly Track[];
  byId: ReadonlyMap<string, Track>;
  /** What the index calls each track, row by row, and the row by that. */
  keys: readonly string[];
  rowOf: ReadonlyMap<string, number>;
  traits: TraitShelf;
  /** Of any row: one for all sessions, so that a piece is looked up by its name once. */
  scorer: Scorer;
  /** Rows near a point, by its profile. */
  nearPoints: LRUCache<string, readonly number[]>;
}

function lookedAt(tracks: readonly Track[], index: HeldIndex): Shelf {
  const keys = tracks.map(keyOf);
  return {
    tracks,
    byId: new Map(tracks.map((track) => [track.id, track])),
    keys,
    rowOf: new Map(keys.map((key, row) => [key, row])),
    traits: traitShelf(tracks),
    scorer: index.scorer(keys),
    nearPoints: new LRUCache({ max: POINTS_KEPT }),
  };
}

interface Pool {
  columns: Columns;
  similarityOf: (row: number) => number;
}

const NOTHING: Pool = { columns: columnsOf([]), similarityOf: () => 0 };

/** Candidates that many queries of one way share. */
interface Near {
  /** Of the shelf. */
  rows: readonly number[];
  /** In the same order. */
  columns: Columns;
  scorer: Scorer;
  /** The whole shelf. */
  isAll: boolean;
}

/** Rule 2. */
function fitting(query: MusicQuery): (track: Track) => boolean {
  const excluded = new Set(query.excludeTrackIds ?? []);
  return (track) =>
    !excluded.has(track.id) &&
    (!query.kinds || query.kinds.includes(track.origin.kind)) &&
    (!query.permits || query.permits(track)) &&
    (!query.licences || query.licences.includes(track.licence.id)) &&
    (query.maxDurationSec === undefined || track.durationSec <= query.maxDurationSec) &&
    (query.instrumental !== true || (track.analysis.vocals ?? 0) < SUNG);
}

function checkQuery(query: MusicQuery): void {
  if (!query.text?.trim() && !query.profile) {
    throw new EmohealError('bad-input', 'A search needs words, a profile, or both.', {
      remedy: 'Say what the music should be like, for instance "slow strings".',
    });
  }
  if (!Number.isInteger(query.k) || query.k < 1 || query.k > MAX_K) {
    throw new EmohealError('bad-input', `k must be a whole number from 1 to ${MAX_K}, not ${query.k}.`);
  }
  if (query.text && query.text.length > MAX_TEXT_CHARACTERS) {
    throw new EmohealError(
      'too-large',
      `Search words may have ${MAX_TEXT_CHARACTERS} characters, these have ${query.text.length}.`,
    );
  }
}
