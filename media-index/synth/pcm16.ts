/** 16-bit samples: how pieces are kept and passed on. The step is 1/32768, 96 dB below full scale. */

export function toInt16(block: Float32Array): Int16Array {
  const out = new Int16Array(block.length);
  for (let i = 0; i < block.length; i++) {
    const x = Math.round(block[i]! * 32768);
    out[i] = x > 32767 ? 32767 : Math.max(x, -32768);
  }
  return out;
}

export function toFloat(block: Int16Array): Float32Array {
  const out = new Float32Array(block.length);
  for (let i = 0; i < block.length; i++) out[i] = block[i]! / 32768;
  return out;
}
