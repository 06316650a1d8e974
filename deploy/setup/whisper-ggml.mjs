/**
 * Rewrites Whisper weights from the CTranslate2 layout to the ggml file that whisper.cpp reads, quantised to q8_0.
 *
 * Plain arithmetic in Node, so that the result is the same bytes on every machine and can be pinned by its sha256;
 * the weights equal those of whisper.cpp's own `quantize … q8_0` byte for byte.
 * q8_0: each 32 neighbours of a row share one scale d = max|x| / 127, stored as float16 and followed by 32 int8.
 */
const BASE = { vocabulary: 51865, audioContext: 1500, width: 512, heads: 8, layers: 6, textContext: 448, mels: 80 };
/** ggml's file type: quantisation format version 2 (x 1000) + 7 for "mostly q8_0". */
const FILE_TYPE = 2007;
const KIND = { f32: 0, f16: 1, q8: 8 };
const TEXT_TOKENS = 50257;

/** float16 bits to number, for all 65,536 of them: a look-up is far quicker than arithmetic for 72 million weights. */
const HALF = Float32Array.from({ length: 65536 }, (_, bits) => {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
});

const bitsView = new DataView(new ArrayBuffer(4));
/** Nearest float16 (ties to even) of a finite float32. */
export function toHalf(value) {
  bitsView.setFloat32(0, value);
  const bits = bitsView.getUint32(0);
  const sign = (bits >>> 16) & 0x8000;
  const magnitude = Math.abs(value);
  if (magnitude >= 65520) return sign | 0x7c00;
  const exponent = Math.max(((bits >>> 23) & 255) - 127, -14);
  const scaled = magnitude * 2 ** (10 - exponent);
  const floor = Math.floor(scaled);
  const rest = scaled - floor;
  const rounded = rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor;
  // A subnormal has no implied leading 1024; a carry out of the fraction raises the exponent by itself.
  return sign | (rounded < 1024 ? rounded : rounded - 1024 + ((exponent + 15) << 10));
}

/** Named float16 tensors of a CTranslate2 model.bin (binary version 6): name to { shape, halves: Uint16Array }. */
export function readTensors(bytes) {
  let at = 4;
  const need = (count) => {
    if (at + count > bytes.length) throw new Error('the model file ends in the middle of a tensor');
  };
  const text = () => {
    need(2);
    const length = bytes.readUInt16LE(at);
    need(2 + length);
    const value = bytes.toString('utf8', at + 2, at + 1 + length);
    at += 2 + length;
    return value;
  };
  text();
  at += 4;
  need(4);
  const count = bytes.readUInt32LE(at);
  at += 4;
  const tensors = new Map();
  for (let i = 0; i < count; i += 1) {
    const name = text();
    need(1);
    const rank = bytes[at];
    need(1 + 4 * rank + 5);
    const shape = Array.from({ length: rank }, (_, axis) => bytes.readUInt32LE(at + 1 + 4 * axis));
    at += 1 + 4 * rank;
    const isHalf = bytes[at] === 4;
    const size = bytes.readUInt32LE(at + 1);
    at += 5;
    need(size);
    if (isHalf) {
      const copy = Uint8Array.prototype.slice.call(bytes, at, at + size);
      tensors.set(name, { shape, halves: new Uint16Array(copy.buffer, copy.byteOffset, size / 2) });
    }
    at += size;
  }
  return tensors;
}

/** Triangular mel filters in Slaney's scale, unit area (as librosa's default): mels x 201 float32. */
function melFilters(mels) {
  const bins = 201;
  const hzOfBin = (bin) => (bin * 8000) / (bins - 1);
  const toHz = (mel) => (mel >= 15 ? 1000 * Math.exp((Math.log(6.4) / 27) * (mel - 15)) : (mel * 200) / 3);
  const top = 15 + (Math.log(8) / Math.log(6.4)) * 27;
  const edges = Array.from({ length: mels + 2 }, (_, i) => toHz((top * i) / (mels + 1)));
  const filters = new Float32Array(mels * bins);
  for (let m = 0; m < mels; m += 1) {
    const [low, mid, high] = [edges[m], edges[m + 1], edges[m + 2]];
    for (let bin = 0; bin < bins; bin += 1) {
      const hz = hzOfBin(bin);
      const weight = Math.max(0, Math.min((hz - low) / (mid - low), (high - hz) / (high - mid)));
      filters[m * bins + bin] = (weight * 2) / (high - low);
    }
  }
  return filters;
}

/** GPT-2's printable stand-ins for bytes, undone. */
function byteOfCharacter() {
  const plain = [];
  for (const [from, to] of [
    [33, 126],
    [161, 172],
    [174, 255],
  ])
    for (let b = from; b <= to; b += 1) plain.push(b);
  const table = new Map(plain.map((b) => [String.fromCodePoint(b), b]));
  let next = 256;
  for (let b = 0; b < 256; b += 1) if (!plain.includes(b)) table.set(String.fromCodePoint(next++), b);
  return table;
}

function quantise(halves, columns) {
  if (columns % 32 !== 0) throw new Error(`a row of ${columns} weights cannot be cut into blocks of 32`);
  const blocks = halves.length / 32;
  const out = Buffer.allocUnsafe(blocks * 34);
  for (let block = 0; block < blocks; block += 1) {
    const from = block * 32;
    let largest = 0;
    for (let i = 0; i < 32; i += 1) largest = Math.max(largest, Math.abs(HALF[halves[from + i]]));
    const scale = Math.fround(largest / 127);
    const inverse = scale ? Math.fround(1 / scale) : 0;
    out.writeUInt16LE(toHalf(scale), block * 34);
    for (let i = 0; i < 32; i += 1) {
      const x = Math.fround(HALF[halves[from + i]] * inverse);
      // C's roundf: halves away from zero.
      out[block * 34 + 2 + i] = x < 0 ? -Math.floor(0.5 - x) : Math.floor(x + 0.5);
    }
  }
  return out;
}

/**
 * The pieces of the ggml file in order.
 * @param {Buffer} model CTranslate2 model.bin
 * @param {string} vocabulary one token a line
 * @yields {Buffer}
 */
export function* whisperGgml(model, vocabulary) {
  const tensors = readTensors(model);
  const { vocabulary: words, audioContext, width, heads, layers, textContext, mels } = BASE;
  const head = Buffer.alloc(48);
  const numbers = [
    0x67676d6c,
    words,
    audioContext,
    width,
    heads,
    layers,
    textContext,
    width,
    heads,
    layers,
    mels,
    FILE_TYPE,
  ];
  numbers.forEach((value, i) => void head.writeInt32LE(value, i * 4));
  yield head;
  const filters = melFilters(mels);
  yield integers(mels, 201);
  yield Buffer.from(filters.buffer);
  yield integers(TEXT_TOKENS);
  const table = byteOfCharacter();
  const tokens = vocabulary.split('\n').slice(0, TEXT_TOKENS);
  for (const [i, token] of tokens.entries()) {
    const characters = [...token];
    const bytes = characters.every((c) => table.has(c))
      ? Buffer.from(characters.map((c) => table.get(c)))
      : Buffer.from(token);
    // The last one is <|endoftext|>, which whisper.cpp names itself.
    const written = i === TEXT_TOKENS - 1 ? Buffer.alloc(0) : bytes;
    yield integers(written.length);
    yield written;
  }

  const tensor = (name) => {
    const found = tensors.get(name);
    if (!found) throw new Error(`the model file holds no "${name}"`);
    return found;
  };
  const header = (name, shape, kind) =>
    Buffer.concat([integers(shape.length, Buffer.byteLength(name), kind, ...[...shape].reverse()), Buffer.from(name)]);
  const floats = function* (name, { shape, halves }, asShape = shape) {
    yield header(name, asShape, KIND.f32);
    yield Buffer.from(Float32Array.from(halves, (bits) => HALF[bits]).buffer);
  };
  const weights = function* (name, { shape, halves }) {
    const isMatrix = shape.length === 2;
    yield header(name, shape, isMatrix ? KIND.q8 : KIND.f16);
    yield isMatrix ? quantise(halves, shape[1]) : Buffer.from(halves.buffer, halves.byteOffset, halves.byteLength);
  };
  /** Rows [from, to) of `width`, out of the fused query/key/value matrices. */
  const rows = ({ shape, halves }, from, to) => {
    const perRow = shape.length === 2 ? shape[1] : 1;
    return { shape: [to - from, ...shape.slice(1)], halves: halves.slice(from * perRow, to * perRow) };
  };
  const norm = function* (name, source) {
    yield* floats(`${name}.weight`, tensor(`${source}/gamma`));
    yield* floats(`${name}.bias`, tensor(`${source}/beta`));
  };
  const linear = function* (name, source) {
    yield* weights(`${name}.weight`, tensor(`${source}/weight`));
    yield* floats(`${name}.bias`, tensor(`${source}/bias`));
  };

  yield* floats('encoder.positional_embedding', tensor('encoder/position_encodings/encodings'));
  yield* floats('decoder.positional_embedding', tensor('decoder/position_encodings/encodings'));
  yield* weights('decoder.token_embedding.weight', tensor('decoder/embeddings/weight'));
  for (const conv of ['conv1', 'conv2']) {
    yield* weights(`encoder.${conv}.weight`, tensor(`encoder/${conv}/weight`));
    yield* floats(`encoder.${conv}.bias`, tensor(`encoder/${conv}/bias`), [width, 1]);
  }
  yield* norm('encoder.ln_post', 'encoder/layer_norm');
  yield* norm('decoder.ln', 'decoder/layer_norm');
  for (const side of ['encoder', 'decoder']) {
    for (let layer = 0; layer < layers; layer += 1) {
      const from = `${side}/layer_${layer}`;
      const to = `${side}.blocks.${layer}`;
      // Whisper's key projections have no bias.
      for (const [i, part] of ['query', 'key', 'value'].entries()) {
        yield* weights(
          `${to}.attn.${part}.weight`,
          rows(tensor(`${from}/self_attention/linear_0/weight`), i * width, (i + 1) * width),
        );
        if (part !== 'key')
          yield* floats(
            `${to}.attn.${part}.bias`,
            rows(tensor(`${from}/self_attention/linear_0/bias`), i * width, (i + 1) * width),
          );
      }
      yield* linear(`${to}.attn.out`, `${from}/self_attention/linear_1`);
      yield* norm(`${to}.attn_ln`, `${from}/self_attention/layer_norm`);
      if (side === 'decoder') {
        yield* linear(`${to}.cross_attn.query`, `${from}/attention/linear_0`);
        const keyValue = tensor(`${from}/attention/linear_1/weight`);
        yield* weights(`${to}.cross_attn.key.weight`, rows(keyValue, 0, width));
        yield* weights(`${to}.cross_attn.value.weight`, rows(keyValue, width, 2 * width));
        yield* floats(`${to}.cross_attn.value.bias`, rows(tensor(`${from}/attention/linear_1/bias`), width, 2 * width));
        yield* linear(`${to}.cross_attn.out`, `${from}/attention/linear_2`);
        yield* norm(`${to}.cross_attn_ln`, `${from}/attention/layer_norm`);
      }
      yield* linear(`${to}.mlp.0`, `${from}/ffn/linear_0`);
      yield* linear(`${to}.mlp.2`, `${from}/ffn/linear_1`);
      yield* norm(`${to}.mlp_ln`, `${from}/ffn/layer_norm`);
    }
  }
}

function integers(...values) {
  const out = Buffer.alloc(values.length * 4);
  values.forEach((value, i) => void out.writeInt32LE(value, i * 4));
  return out;
}
