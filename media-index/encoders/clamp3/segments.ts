/**
 * Long inputs, as CLaMP3 reads them: cut into pieces of a fixed size, where the last piece is the last `size` items (so that
 * it overlaps the one before) and the vectors of the pieces are averaged by how many items each one adds.
 *
 * Example: 300 items, size 128 -> 0..128 and 128..256 with weight 128 each, 172..300 with weight 44.
 * Source: code/extract_clamp3.py of sanderwood/clamp3 at 9016d2b.
 */

export interface Segment {
  /** First item. */
  from: number;
  /** One past the last item. */
  to: number;
  /** Items that no segment before it holds. */
  weight: number;
}

/** The segments of `length` items, at least one of them. */
export function segmentsOf(length: number, size: number): Segment[] {
  const segments: Segment[] = [];
  for (let start = 0; start < length; start += size) {
    const to = Math.min(length, start + size);
    segments.push({ from: Math.max(0, to - size), to, weight: to - start });
  }
  return segments;
}

/** Sum of weight times vector over the sum of weights. All vectors have one length; there is at least one. */
export function weightedMean(vectors: readonly Float32Array[], weights: readonly number[]): Float32Array {
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  return Float32Array.from(vectors[0]!, (_, i) => {
    let sum = 0;
    for (const [k, vector] of vectors.entries()) sum += vector[i]! * weights[k]!;
    return sum / whole;
  });
}

/** The same direction with length 1: cosines stay as they are, and the index compares by inner product. */
export function unit(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector);
  return length > 0 ? vector.map((value) => value / length) : vector.slice();
}
