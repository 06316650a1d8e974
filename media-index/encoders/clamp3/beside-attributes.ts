/**
 * CLaMP3 in the product's search: beside the hand-made attributes, as our own trained model stands there. A vector is
 * [root of 1 - SHARE times the attributes, root of SHARE times CLaMP3's], so that the cosine of two is the weighted mean of
 * both cosines. A piece that CLaMP3 has not heard yet has nothing in its second half: it is found by its attributes.
 */
import { createHash } from 'node:crypto';
import type { EncoderModel, JointEncoder } from '../encoder.js';

/** Even, as with our own model: untested with the published weights, which could not be had. */
export const SHARE = 0.5;

export function besideAttributes(attributes: JointEncoder, clamp3: JointEncoder): JointEncoder {
  const model: EncoderModel = {
    id: `${attributes.model.id}+${clamp3.model.id}`,
    dim: attributes.model.dim + clamp3.model.dim,
    sha256: createHash('sha256').update(`${attributes.model.sha256} ${clamp3.model.sha256} ${SHARE}`).digest('hex'),
  };

  function joined(own: Float32Array, learned: Float32Array | null): Float32Array {
    const both = new Float32Array(model.dim);
    both.set(learned ? own.map((value) => value * Math.sqrt(1 - SHARE)) : own);
    if (learned)
      both.set(
        learned.map((value) => value * Math.sqrt(SHARE)),
        own.length,
      );
    return both;
  }

  return {
    model,
    readsAnyWords: true,
    async embedText(text, context) {
      return joined(await attributes.embedText(text, context), await clamp3.embedText(text, context));
    },
    async embedAudio(source, signal) {
      const own = await attributes.embedAudio(source, signal);
      const heard = typeof source === 'string' || source.heardVector?.model === clamp3.model.id;
      return joined(own, heard ? await clamp3.embedAudio(source, signal) : null);
    },
    async embedProfile(profile) {
      return joined(await attributes.embedProfile(profile), await clamp3.embedProfile(profile));
    },
  } satisfies JointEncoder;
}
