/**
 * What is wished of the attributes, to a vector: the smallest of the three networks of the music model, two layers. It is asked
 * a dozen times for each session, and 13,000 multiplications take less here than ONNX Runtime needs to be called
 * (docs/decisions/2026-11-30-words-to-plan.md).
 */
import { readFileSync } from 'node:fs';
import jstat from 'jstat';
import { EmohealError } from '../../engine/errors.js';
import { ATTRIBUTES } from '../encoders/attributes.js';

const INPUTS = 2 * ATTRIBUTES.length;
const HIDDEN = 128;

/**
 * Reads the weights as they were exported: 32-bit floats, little-endian; rows of the first layer, its shifts, then of the second the
 * same. Throws `model-mismatch` where the file has another length.
 */
export function readWishNetwork(file: string, outputs: number): (wish: Float32Array) => Float32Array {
  const bytes = readFileSync(file);
  const wanted = 4 * (HIDDEN * INPUTS + HIDDEN + outputs * HIDDEN + outputs);
  if (bytes.length !== wanted)
    throw new EmohealError('model-mismatch', `${file} has ${bytes.length} bytes, not ${wanted}.`, {
      remedy: 'Fetch the repository again.',
    });
  const weights = Float64Array.from({ length: wanted / 4 }, (_, i) => bytes.readFloatLE(4 * i));
  const first = { rows: 0, shifts: HIDDEN * INPUTS };
  const second = { rows: first.shifts + HIDDEN, shifts: first.shifts + HIDDEN + outputs * HIDDEN };

  return (wish) => {
    const hidden = layer(weights, first, wish, HIDDEN).map(gelu);
    const vector = layer(weights, second, hidden, outputs);
    const length = Math.max(Math.hypot(...vector), 1e-12);
    return Float32Array.from(vector, (value) => value / length);
  };
}

function layer(
  weights: Float64Array,
  { rows, shifts }: { rows: number; shifts: number },
  from: Float32Array | Float64Array,
  outputs: number,
): Float64Array {
  const to = new Float64Array(outputs);
  for (let row = 0, cell = rows; row < outputs; row++) {
    let sum = weights[shifts + row]!;
    for (let i = 0; i < from.length; i++, cell++) sum += weights[cell]! * from[i]!;
    to[row] = sum;
  }
  return to;
}

/** Gaussian error linear unit (Hendrycks & Gimpel 2016), the exact one. */
const gelu = (x: number): number => 0.5 * x * (1 + jstat.erf(x / Math.SQRT2));
