/** Any track as sound: composed pieces and nature through the synthesiser and its cache, own files through the decoder. */
import { LRUCache } from 'lru-cache';
import { EmohealError } from '../../engine/errors.js';
import type { Track, TrackOrigin } from '../../engine/vocabulary.js';
import { carries, textureFor } from '../composer/choose-texture.js';
import { composeMorph } from '../composer/morph.js';
import type { Score } from '../composer/score.js';
import { TEXTURE_NAMES, type TextureName } from '../composer/textures.js';
import { remoteFile } from '../library/remote/remote-files.js';
import { SAMPLE_RATE, type TrackSource } from '../track-source.js';
import type { SoundJob } from './messages.js';
import type { SynthPool } from './pool.js';
import { createRenderCache, type RenderCache } from './render-cache.js';
import { scoreFrames } from './render-score.js';

export interface TrackSourceDeps {
  dataDir: string;
  /** As of `LibraryOptions`. */
  secretKey?: string | undefined;
  pool: SynthPool;
  /** Interleaved stereo float at 48 kHz from `startSec` on (media-index/audio). */
  decodeFile(file: string, options: { startSec?: number; signal?: AbortSignal }): AsyncIterable<Float32Array>;
  /** Reads and checks the score at a path relative to the package root. */
  loadScore(path: string): Promise<Score>;
  /** Bound of the render cache, bytes; 2 GiB unless told. */
  maxCacheBytes?: number;
  onWarning?: (message: string) => void;
  /** Shares a cache made elsewhere. */
  cache?: RenderCache;
}

/** More than the catalogue holds: all of its 153 take 32 MB, and a household plays a few of them. */
const MOST_WRITTEN = 256;

interface Made {
  job: SoundJob;
  frames: number;
}

const madeFrom = (score: Score): Made => ({ job: { kind: 'score', score }, frames: scoreFrames(score) });

/** A piece that is led through the points of a plan, in a texture that suits its end: rest is where it stays longest. */
function composedScore(id: string, origin: Extract<TrackOrigin, { kind: 'morph' }>): Score {
  const { seed, minutes, points } = origin;
  const texture = textureFor(points.at(-1)!.profile, seed, texturesFor(origin));
  return composeMorph({ id, title: 'Composed for now', texture, seed, minutes, points });
}

/** Those that house rules leave; where they leave none that carries, one that is at least not banned. */
export function texturesFor({
  withoutStyles = [],
  onlyStyles = [],
}: Pick<Extract<TrackOrigin, { kind: 'morph' }>, 'withoutStyles' | 'onlyStyles'>): TextureName[] {
  const named = (styles: readonly string[], name: string) => styles.some((style) => style.toLowerCase() === name);
  const free = TEXTURE_NAMES.filter((name) => !named(withoutStyles, name));
  const wanted = free.filter((name) => named(onlyStyles, name));
  const choices = [wanted.filter(carries), wanted, free.filter(carries), free].find((names) => names.length > 0);
  return choices ?? TEXTURE_NAMES.filter(carries);
}

export function createTrackSource(deps: TrackSourceDeps) {
  const cache =
    deps.cache ??
    createRenderCache({
      dataDir: deps.dataDir,
      pool: deps.pool,
      maxBytes: deps.maxCacheBytes,
      onWarning: deps.onWarning,
    });

  const fetched = (track: Track, signal?: AbortSignal) => remoteFile(deps, track, signal);

  /** Pieces of the catalogue, read and checked once: a session asks for each of its own several times, and so do others. */
  const written = new LRUCache<string, Made>({
    max: MOST_WRITTEN,
    fetchMethod: async (path) => madeFrom(await deps.loadScore(path)),
  });
  const composed = new WeakMap<Track, Made>();

  async function madeOf(track: Track): Promise<Made | null> {
    const { origin } = track;
    switch (origin.kind) {
      case 'file':
      case 'remote':
        return null;
      case 'nature': {
        const { sound, seed } = origin;
        return {
          job: { kind: 'nature', sound, seed, durationSec: track.durationSec },
          frames: Math.round(track.durationSec * SAMPLE_RATE),
        };
      }
      case 'morph': {
        let made = composed.get(track);
        if (!made) {
          made = madeFrom(composedScore(track.id, origin));
          composed.set(track, made);
        }
        return made;
      }
      case 'score':
        return written.forceFetch(origin.path);
    }
  }

  return {
    async *open(track, offsetSec, signal, untilSec = track.durationSec) {
      try {
        const made = await madeOf(track);
        const untilFrames = untilSec * SAMPLE_RATE;
        if (made)
          yield* cache.open(made.job, made.frames, Math.round(offsetSec * SAMPLE_RATE), { untilFrames, signal });
        else if (track.origin.kind === 'file')
          yield* deps.decodeFile(track.origin.path, { startSec: offsetSec, signal });
        else yield* deps.decodeFile(await fetched(track, signal), { startSec: offsetSec, signal });
      } catch (cause) {
        if (signal?.aborted)
          throw new EmohealError('cancelled', `Reading the track ${track.id} was cancelled.`, { cause });
        if (cause instanceof EmohealError && (cause.code === 'track-unreadable' || cause.code === 'busy')) throw cause;
        throw new EmohealError('track-unreadable', `The track ${track.id} cannot be played.`, {
          remedy:
            track.origin.kind === 'file'
              ? 'Check that the file is still there and is sound.'
              : 'Run `npm install` again.',
          cause,
        });
      }
    },
    async warm(track, untilSec = track.durationSec) {
      const made = await madeOf(track).catch(() => null);
      // Not waited for here: of many sessions that wait for one piece none keeps its programme in memory for it.
      if (made) return cache.warm(made.job, made.frames, untilSec * SAMPLE_RATE);
      if (track.origin.kind === 'remote') await fetched(track).catch(() => {});
    },
  } satisfies TrackSource;
}
