/**
 * CLaMP3 (Wu et al. 2025, arXiv 2502.10362) behind the port of the joint space: the published model, exported from its own
 * weights by `models/train/export_clamp3.py`, run to the letter of the publication.
 *
 * Sound: windows of 5 s -> MERT -> a zero vector before and after -> segments of 128 -> audio tower -> weighted mean.
 * Words: distinct lines joined -> segments of 128 tokens -> text tower -> weighted mean.
 * The publication compares by cosine; the vectors here have length 1, so that an inner product is that cosine.
 */
import { availableParallelism } from 'node:os';
import { LRUCache } from 'lru-cache';
import { EmohealError } from '../../../engine/errors.js';
import type { AudioAnalysis } from '../../../engine/vocabulary.js';
import { decode } from '../../audio/decode.js';
import type { JointEncoder } from '../encoder.js';
import { type Clamp3Folder, checkFolder, requireAcceptance } from './folder.js';
import { openGraphs } from './graphs.js';
import { segmentsOf, unit, weightedMean } from './segments.js';
import { sentenceOf } from './sentence.js';
import { levelOf, type Sound, toMono24k, windowsOf } from './sound.js';
import { idsOf } from './words.js';

export interface Clamp3Options {
  /** Cores that one run may use; all but one where left out, which is for who listens meanwhile. */
  threads?: number;
  /** Texts kept; one vector is 3 kB. */
  cacheSize?: number;
  /** What of a track is heard at most, seconds; two hours where left out. */
  longestSec?: number;
}

export interface Clamp3Encoder extends JointEncoder {
  /** Any sound that can be read twice, mono at 24 kHz. Throws `track-unreadable` under one second. Unit length. */
  embedSound(sound: Sound, signal?: AbortSignal): Promise<Float32Array>;
  /** Frees the graphs (some 2 GB with the published weights); whatever comes later loads them again. */
  release(): Promise<void>;
}

/** Ten-hour recordings are loops or talk: what comes after two hours would take hours and change the mean little. */
const LONGEST_SEC = 2 * 60 * 60;

/** Throws `model-missing`, `model-mismatch` (all differences) or `forbidden` (licence), each with the command to run. */
export async function openClamp3(folder: string, options: Clamp3Options = {}): Promise<Clamp3Encoder> {
  const checked = await checkFolder(folder);
  requireAcceptance(checked);
  return createClamp3(checked, options);
}

function createClamp3(checked: Clamp3Folder, options: Clamp3Options): Clamp3Encoder {
  const { model } = checked;
  const { sampleRate, windowSamples, shortestSamples, audioSegment, textSegment, width } = checked.manifest.clamp3;
  const graphs = openGraphs(checked, options.threads ?? Math.max(1, availableParallelism() - 1));
  const cache = new LRUCache<string, Float32Array>({ max: options.cacheSize ?? 1000 });
  const mostSamples = (options.longestSec ?? LONGEST_SEC) * sampleRate;

  /** Items cut into segments, each segment to its vector, and those to one. */
  async function pooled<Item>(
    items: readonly Item[],
    size: number,
    vectorOf: (some: readonly Item[]) => Promise<Float32Array>,
  ): Promise<Float32Array> {
    const segments = segmentsOf(items.length, size);
    const vectors: Float32Array[] = [];
    for (const { from, to } of segments) vectors.push(await vectorOf(items.slice(from, to)));
    const weights = segments.map(({ weight }) => weight);
    return unit(weightedMean(vectors, weights));
  }

  async function embedWords(text: string): Promise<Float32Array> {
    const known = cache.get(text);
    if (known) return known.slice();
    const vector = await pooled(idsOf(graphs.tokenizer(), text), textSegment, graphs.text);
    cache.set(text, vector);
    return vector.slice();
  }

  async function embedSound(sound: Sound, signal?: AbortSignal, name = 'The sound'): Promise<Float32Array> {
    const level = await levelOf(sound, mostSamples, signal);
    const heard: Float32Array[] = [];
    for await (const window of windowsOf(sound, level, { size: windowSamples, shortest: shortestSamples })) {
      signal?.throwIfAborted();
      heard.push(await graphs.ears(window));
    }
    if (heard.length === 0)
      throw new EmohealError('track-unreadable', `${name} is shorter than ${shortestSamples / sampleRate} s.`, {
        remedy: 'CLaMP3 hears nothing in so short a sound; leave it out.',
      });
    const silence = new Float32Array(width);
    return pooled([silence, ...heard, silence], audioSegment, graphs.audio);
  }

  return {
    model,
    readsAnyWords: true,
    embedText: (text) => embedWords(text),
    embedProfile: (profile) => embedWords(sentenceOf(profile)),
    embedSound: (sound, signal) => embedSound(sound, signal),
    async embedAudio(source, signal) {
      if (typeof source !== 'string') return heardBefore(model.id, source);
      return embedSound(() => toMono24k(decode({ input: source, as: 'music' })), signal, source);
    },
    release: () => graphs.release(),
  } satisfies Clamp3Encoder;
}

/** What CLaMP3 made of a track when it was analysed. Throws `index-mismatch` where another model or none listened. */
function heardBefore(id: string, { heardVector }: AudioAnalysis): Float32Array {
  if (heardVector?.model !== id)
    throw new EmohealError('index-mismatch', `A track has not been heard by ${id} yet.`, {
      remedy: 'Give embedAudio its file instead, and keep the vector in its analysis as heardVector.',
    });
  return unit(Float32Array.from(heardVector.values));
}
