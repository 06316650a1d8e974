/**
 * Vectors to measure an index with, in the length of the shipped encoder. Deterministic.
 *
 * `grouped`: points around centres, as a shelf of many albums is. `spread`: every attribute of the encoder drawn by
 * itself, so that there are no groups at all: harder than any real shelf, where loud goes with fast and fast with bright.
 */

import { seededRandom } from '../../engine/plan/random.js';
import { ATTRIBUTES, pointOf, SPACE_DIM } from '../../media-index/encoders/attributes.js';
import { MINI_DIM } from '../../media-index/mini/mini.js';

export type Shape = 'grouped' | 'spread';
export const DIM = SPACE_DIM + MINI_DIM;

/** Standard deviation around a centre; the centres have one. */
const WITHIN = 0.5;

const half = (value: number) => value * Math.SQRT1_2;

/** A source of unit vectors: rows of the index and queries are drawn from the same one. */
export function vectorSource(shape: Shape, count: number, seed = 7): () => Float32Array {
  const random = seededRandom(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  if (shape === 'spread') {
    return () => {
      const aims = ATTRIBUTES.map((attribute) => [attribute, { x: normal() / 2, confidence: 1 }]);
      const learned = Float32Array.from({ length: MINI_DIM }, normal);
      const length = Math.hypot(...learned);
      return Float32Array.from([...pointOf(Object.fromEntries(aims)), ...learned.map((value) => value / length)], half);
    };
  }
  const centres = Array.from({ length: Math.max(10, Math.round(Math.sqrt(count) / 4)) }, () =>
    Array.from({ length: DIM }, normal),
  );
  return () => {
    const centre = centres[Math.floor(random() * centres.length)] as number[];
    const vector = Float32Array.from(centre, (value) => value + WITHIN * normal());
    const length = Math.hypot(...vector);
    return vector.map((value) => value / length);
  };
}
