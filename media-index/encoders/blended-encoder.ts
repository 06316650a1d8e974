/**
 * The encoder of the product where everything is at hand: the hand-made attributes and the trained model side by side. A
 * vector is [root of 1 - SHARE times the attributes, root of SHARE times the model's], so that the cosine of two is the
 * weighted mean of both cosines. A piece that only our measures have heard has nothing in its second half: it is found by
 * its attributes and never preferred for being unheard. Words that the lexicon does not know have nothing in the first: its
 * "middle of everything" would be noise beside what the model reads in them.
 */
import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { AudioAnalysis } from '../../engine/vocabulary.js';
import { MINI_DIM, type MiniWords } from '../mini/mini.js';
import { SPACE_DIM } from './attributes.js';
import type { EncoderModel, JointEncoder } from './encoder.js';
import { wishOfProfile, wishOfText } from './wish.js';

/** How much the trained model says where the lexicon knows the words as well. */
export const SHARE = 0.5;

export interface BlendedEncoderOptions {
  attributes: JointEncoder;
  mini: MiniWords;
  /** The emotion model's vector of a text; null where that model is not the one that `mini` was trained on. */
  trunkOf: (text: string) => Promise<Float32Array | null>;
  cacheSize?: number;
}

export function createBlendedEncoder(options: BlendedEncoderOptions): JointEncoder {
  const { attributes, mini, trunkOf } = options;
  const model: EncoderModel = {
    id: `${attributes.model.id}+${mini.id}`,
    dim: attributes.model.dim + MINI_DIM,
    sha256: createHash('sha256').update(`${attributes.model.sha256} ${mini.sha256} ${SHARE}`).digest('hex'),
  };
  const cache = new LRUCache<string, Float32Array>({ max: options.cacheSize ?? 1000 });

  async function spoken(text: string): Promise<Float32Array> {
    const known = cache.get(text);
    if (known) return known;
    const trunk = await trunkOf(text);
    const vector = await (trunk ? mini.ofText(trunk) : mini.ofWish(wishOfText(text).aims));
    cache.set(text, vector);
    return vector;
  }

  return {
    model,
    readsAnyWords: true,
    async embedText(text, context) {
      const known = Object.keys(wishOfText(text, context?.profile).aims).length > 0;
      return beside(known ? await attributes.embedText(text, context) : null, await spoken(text));
    },
    async embedAudio(source, signal) {
      const own = await attributes.embedAudio(source, signal);
      return beside(own, typeof source === 'string' ? null : heardBy(mini.id, source));
    },
    async embedProfile(profile) {
      return beside(await attributes.embedProfile(profile), await mini.ofWish(wishOfProfile(profile).aims));
    },
  } satisfies JointEncoder;
}

function heardBy(model: string, { heardVector }: AudioAnalysis): Float32Array | null {
  return heardVector?.model === model ? Float32Array.from(heardVector.values) : null;
}

/** Two unit vectors as one; where there is only one, that one whole. */
function beside(own: Float32Array | null, learned: Float32Array | null): Float32Array {
  const both = new Float32Array(SPACE_DIM + MINI_DIM);
  const [ownShare, learnedShare] = [learned ? Math.sqrt(1 - SHARE) : 1, own ? Math.sqrt(SHARE) : 1];
  for (let i = 0; own && i < SPACE_DIM; i++) both[i] = own[i]! * ownShare;
  for (let i = 0; learned && i < MINI_DIM; i++) both[SPACE_DIM + i] = learned[i]! * learnedShare;
  return both;
}
