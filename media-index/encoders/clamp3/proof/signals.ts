/** The sounds of clamp3.proof.test.ts. The triangle waves are the same in published.py, to the last bit. */

/** As published.py makes it, in whole numbers. */
export function triangle(count: number): Float32Array {
  const samples = new Float32Array(count);
  for (let i = 0; i < count; i += 1) {
    const part = Math.floor(i / 60_000);
    const phase = (i * (40 + ((part * 7919) % 16_000))) % 65_536;
    // Every fourth window is as good as silent, so that levelling by window would be heard.
    const loud = (part >> 1) % 4 === 1 ? 1 / 4096 : 1 + ((part * 7) % 5);
    samples[i] = ((Math.abs(phase - 32_768) - 16_384) * loud + 3000) / 131_072;
  }
  return samples;
}

/** Stereo, 16 bit, 48 kHz: another triangle wave on each side. */
export function waveFile(seconds: number): Buffer {
  const frames = Math.round(seconds * 48_000);
  const bytes = Buffer.alloc(44 + frames * 4);
  bytes.write('RIFF', 0);
  bytes.writeUInt32LE(36 + frames * 4, 4);
  bytes.write('WAVEfmt ', 8);
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(2, 22);
  bytes.writeUInt32LE(48_000, 24);
  bytes.writeUInt32LE(192_000, 28);
  bytes.writeUInt16LE(4, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write('data', 36);
  bytes.writeUInt32LE(frames * 4, 40);
  for (let i = 0; i < frames; i += 1) {
    bytes.writeInt16LE((Math.abs(((i * 811) % 65_536) - 32_768) - 16_384) >> 1, 44 + 4 * i);
    bytes.writeInt16LE((Math.abs(((i * (1200 + (i >> 14) * 700)) % 65_536) - 32_768) - 16_384) >> 1, 46 + 4 * i);
  }
  return bytes;
}
