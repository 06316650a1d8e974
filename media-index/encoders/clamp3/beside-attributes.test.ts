import { describe, expect, it } from 'vitest';
import { MOOD_TRACKS } from '../../tracks.fake.js';
import { createAttributeEncoder } from '../attribute-encoder.js';
import type { JointEncoder } from '../encoder.js';
import { besideAttributes } from './beside-attributes.js';

const attributes = createAttributeEncoder();
const AXES = { piano: [1, 0, 0], drums: [0, 1, 0] };
/** A stand-in that knows two words and what it once heard. */
const clamp3: JointEncoder = {
  model: { id: 'clamp3-test', dim: 3, sha256: '1'.repeat(64) },
  embedText: async (text) => Float32Array.from(AXES[text as keyof typeof AXES] ?? [0, 0, 1]),
  embedAudio: async (source) => Float32Array.from((source as { heardVector: { values: number[] } }).heardVector.values),
  embedProfile: async () => Float32Array.of(0, 0, 1),
};
const encoder = besideAttributes(attributes, clamp3);
const dot = (a: Float32Array, b: Float32Array): number => a.reduce((sum, x, i) => sum + x * b[i]!, 0);
const sound = MOOD_TRACKS[0]!.analysis;
const heardAs = (values: number[], model = 'clamp3-test') => ({ ...sound, heardVector: { model, values } });

describe('CLaMP3 beside the attributes', () => {
  it('names both models, and changes its checksum with either', () => {
    expect(encoder.model.id).toBe(`${attributes.model.id}+clamp3-test`);
    expect(encoder.model.dim).toBe(attributes.model.dim + 3);
    const other = besideAttributes(attributes, { ...clamp3, model: { ...clamp3.model, sha256: '2'.repeat(64) } });
    expect(other.model.sha256).not.toBe(encoder.model.sha256);
  });

  it('gives vectors of length 1, whose cosine is the mean of both', async () => {
    const wish = await encoder.embedText('piano');
    const piece = await encoder.embedAudio(heardAs([0.6, 0.8, 0]));
    expect(Math.hypot(...wish)).toBeCloseTo(1, 5);
    expect(Math.hypot(...piece)).toBeCloseTo(1, 5);
    const own = dot(await attributes.embedText('piano'), await attributes.embedAudio(sound));
    expect(dot(wish, piece)).toBeCloseTo((own + 0.6) / 2, 5);
  });

  it('finds what sounds as wished before what does not', async () => {
    const wish = await encoder.embedText('piano');
    const [piano, drums] = await Promise.all([AXES.piano, AXES.drums].map((v) => encoder.embedAudio(heardAs(v))));
    expect(dot(wish, piano!)).toBeGreaterThan(dot(wish, drums!) + 0.4);
  });

  it('takes a piece that it has not heard by its attributes alone, as it does one that another model heard', async () => {
    for (const analysis of [sound, heardAs([1, 0, 0], 'emoheal-mini-1')]) {
      const piece = await encoder.embedAudio(analysis);
      expect(Math.hypot(...piece)).toBeCloseTo(1, 5);
      expect([...piece.slice(-3)]).toEqual([0, 0, 0]);
    }
  });
});
