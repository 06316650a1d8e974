import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MINI_DIM, type MiniWords } from '../mini/mini.js';
import { fakeAnalysis, fakeProfile } from '../tracks.fake.js';
import { createAttributeEncoder } from './attribute-encoder.js';
import { createBlendedEncoder, SHARE } from './blended-encoder.js';

const attributes = createAttributeEncoder();
const knownWords = fc
  .array(fc.constantFrom('calm', 'sad', 'piano', 'fast', 'not'), { maxLength: 8 })
  .map((words) => `dark ${words.join(' ')}`);
const axis = (i: number) => Float32Array.from({ length: MINI_DIM }, (_, at) => (at === i ? 1 : 0));
/** Reads a text as the axis of its length, a wish as axis 5. */
const mini: MiniWords = {
  id: 'mini-of-this-test',
  sha256: 'b'.repeat(64),
  trunk: 'b'.repeat(12),
  ofText: async (trunk) => axis(trunk[0]!),
  ofWish: async () => axis(5),
};
const trunkOf = async (text: string) => Float32Array.from({ length: 768 }, () => text.length % MINI_DIM);
const encoder = createBlendedEncoder({ attributes, mini, trunkOf });
const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
const heard = (i: number, model = mini.id) => ({
  ...fakeAnalysis({ arousal: -0.5 }),
  heardVector: { model, values: Array.from(axis(i)) },
});

describe('createBlendedEncoder', () => {
  it('gives unit vectors whose cosine is the weighted mean of what both halves say', async () => {
    await fc.assert(
      fc.asyncProperty(knownWords, fc.nat(MINI_DIM - 1), async (text, at) => {
        const [said, piece] = [await encoder.embedText(text), await encoder.embedAudio(heard(at))];
        expect(dot(said, said)).toBeCloseTo(1, 5);
        expect(dot(piece, piece)).toBeCloseTo(1, 5);
        const own = dot(await attributes.embedText(text), await attributes.embedAudio(heard(at)));
        const learned = text.length % MINI_DIM === at ? 1 : 0;
        expect(dot(said, piece)).toBeCloseTo((1 - SHARE) * own + SHARE * learned, 4);
      }),
    );
  });

  it('goes by the model alone where no word is in the lexicon', async () => {
    await fc.assert(
      fc.asyncProperty(fc.stringMatching(/^[\u0900-\u0939 ]{1,30}$/), fc.nat(MINI_DIM - 1), async (hindi, at) => {
        const [said, piece] = [await encoder.embedText(hindi), await encoder.embedAudio(heard(at))];
        expect(dot(said, said)).toBeCloseTo(1, 5);
        expect(dot(said, piece)).toBeCloseTo(hindi.length % MINI_DIM === at ? Math.sqrt(SHARE) : 0, 4);
      }),
    );
  });

  it('finds a piece that no model heard, or another one, by its attributes alone', async () => {
    const said = await encoder.embedText('calm');
    for (const piece of [fakeAnalysis({ arousal: -0.5 }), heard(4, 'an older model')]) {
      const vector = await encoder.embedAudio(piece);
      expect(dot(vector, vector)).toBeCloseTo(1, 5);
      expect([...vector.slice(attributes.model.dim)].every((value) => value === 0)).toBe(true);
      const own = dot(await attributes.embedText('calm'), await attributes.embedAudio(piece));
      expect(dot(said, vector)).toBeCloseTo(Math.sqrt(1 - SHARE) * own, 4);
    }
  });

  it('goes by the wish where the words cannot be read by the model, and for a profile', async () => {
    const deaf = createBlendedEncoder({ attributes, mini, trunkOf: async () => null });
    for (const vector of [await deaf.embedText('calm'), await encoder.embedProfile(fakeProfile({}))])
      expect(vector[attributes.model.dim + 5]).toBeCloseTo(Math.sqrt(SHARE), 5);
  });

  it('is another model than its parts, so that an old index is made anew', () => {
    expect(encoder.model.sha256).not.toBe(attributes.model.sha256);
    const other = createBlendedEncoder({ attributes, mini: { ...mini, sha256: 'c'.repeat(64) }, trunkOf });
    expect(other.model.sha256).not.toBe(encoder.model.sha256);
  });
});
