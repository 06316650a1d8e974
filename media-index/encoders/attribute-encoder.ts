/**
 * The first joint encoder: hand-made, explainable, no download. Words, profiles and tracks meet as attributes
 * (`attributes.ts`); words get there through the lexicon and, where given, through the reading of feelings and the
 * knowledge graph. A trained encoder can take its place behind the same port.
 */
import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { EmohealError } from '../../engine/errors.js';
import type { AudioAnalyser } from '../../engine/ports.js';
import type { EmotionReading, MusicalProfile } from '../../engine/vocabulary.js';
import { pointOf, pointOfTrack, SCALES, SPACE_DIM } from './attributes.js';
import { CONCEPTS } from './concepts.js';
import type { EncoderModel, JointEncoder } from './encoder.js';
import { TEXTURES, WORDS } from './lexicon.js';
import { wishOfProfile, wishOfText } from './wish.js';

export interface AttributeEncoderOptions {
  /** Needed only for `embedAudio(file)`. */
  analyser?: AudioAnalyser;
  /** Classifier and knowledge graph in one: what music a text's feelings ask for; null where nothing can be read. */
  profileOf?: (text: string, reading?: EmotionReading) => Promise<MusicalProfile | null> | MusicalProfile | null;
  /** Texts kept; one vector is 160 bytes. */
  cacheSize?: number;
}

let tables: string | undefined;
/** Any change of the tables makes other vectors, so they are the model's weights. */
function tablesSha256(): string {
  tables ??= createHash('sha256')
    .update(JSON.stringify([SCALES, CONCEPTS, WORDS, TEXTURES]))
    .digest('hex');
  return tables;
}

export function createAttributeEncoder(options: AttributeEncoderOptions = {}): JointEncoder {
  const model: EncoderModel = { id: 'emoheal-attributes-1', dim: SPACE_DIM, sha256: tablesSha256() };
  const cache = new LRUCache<string, Float32Array>({ max: options.cacheSize ?? 1000 });

  return {
    model,
    async embedText(text, context = {}) {
      const key = JSON.stringify([text, context.profile ?? null, context.reading?.probabilities ?? null]);
      const known = cache.get(key);
      if (known) return known.slice();
      const profile = context.profile ?? (await options.profileOf?.(text, context.reading)) ?? undefined;
      const vector = pointOf(wishOfText(text, profile).aims);
      cache.set(key, vector);
      return vector.slice();
    },
    async embedAudio(source, signal) {
      if (typeof source !== 'string') return pointOfTrack(source);
      if (!options.analyser) {
        throw new EmohealError('internal', 'The encoder was given a file, but no analyser to listen to it with.');
      }
      return pointOfTrack(await options.analyser.analyseFile(source, signal));
    },
    async embedProfile(profile) {
      return pointOf(wishOfProfile(profile).aims);
    },
  } satisfies JointEncoder;
}
