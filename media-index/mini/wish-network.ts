/**
 * What is wished of the attributes, to a vector: the smallest of the three networks of the music model, two layers. It is asked
 * a dozen times for each session, and 13,000 multiplications take less here than ONNX Runtime needs to be called
 * (docs/decisions/2026-11-30-words-to-plan.md).
 */
import { readFileSync } from 'node:fs';
import { EmohealError } from '../../engine/errors.js';
import { ATTRIBUTES } from '../encoders/attributes.js';

const INPUTS = 2 * ATTRIBUTES.length;
const HIDDEN = 128;

/**
 * Reads the weights as they were exported: 32-bit floats, little-endian; rows of the first layer, its shifts, then of the
 * second the same. Throws `model-mismatch` where the file has another length.
 */
export function readWishNetwork(file: string, outputs: number): (wish: Float32Array) => Float32Array {
  const bytes = readFileSync(file);
  const wanted = 4 * (HIDDEN * INPUTS + HIDDEN + outputs * HIDDEN + outputs);
  if (bytes.length !== wanted)
    throw new EmohealError('model-mismatch', `${file} has ${bytes.length} bytes, not ${wanted}.`, {
      remedy: 'Fetch the repository again.',
    });
  const floats = Float64Array.from({ length: wanted / 4 }, (_, i) => bytes.readFloatLE(4 * i));
  const first = layerOf(floats, 0, INPUTS, HIDDEN);
  const second = layerOf(floats, HIDDEN * INPUTS + HIDDEN, HIDDEN, outputs);

  return (wish) => {
    const hidden = first(wish);
    for (let i = 0; i < hidden.length; i++) hidden[i] = gelu(hidden[i]!);
    const vector = second(hidden);
    let squares = 0;
    for (let i = 0; i < outputs; i++) squares += vector[i]! * vector[i]!;
    const scale = 1 / Math.max(Math.sqrt(squares), 1e-12);
    const unit = new Float32Array(outputs);
    for (let i = 0; i < outputs; i++) unit[i] = vector[i]! * scale;
    return unit;
  };
}

type Layer = (from: Float32Array | Float64Array) => Float64Array;

/** Rows of weights from a place on, then as many shifts. */
function layerOf(floats: Float64Array, at: number, inputs: number, outputs: number): Layer {
  const shifts = floats.subarray(at + inputs * outputs, at + inputs * outputs + outputs);
  // By input, so that what is not wished for is passed over, and the sums do not wait for one another.
  const columns = new Float64Array(inputs * outputs);
  for (let row = 0; row < outputs; row++)
    for (let i = 0; i < inputs; i++) columns[i * outputs + row] = floats[at + row * inputs + i]!;
  return (from) => {
    const to = shifts.slice();
    for (let i = 0; i < inputs; i++) {
      const by = from[i]!;
      if (by === 0) continue;
      for (let row = 0, cell = i * outputs; row < outputs; row++, cell++) to[row]! += columns[cell]! * by;
    }
    return to;
  };
}

/** Gaussian error linear unit (Hendrycks & Gimpel 2016), by the error function and not by tanh. */
const gelu = (x: number): number => 0.5 * x * (1 + erf(x / Math.SQRT2));

/** Abramowitz & Stegun 1964, 7.1.26: off by 1.5e-7 at most, as 32-bit floats are. */
function erf(x: number): number {
  const t = 1 / (1 + 0.3275911 * Math.abs(x));
  const sum = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  return Math.sign(x) * (1 - sum * Math.exp(-x * x));
}
