/** A WAV file whose length is known beforehand: 48 kHz, stereo, 16 bits. */
import { open } from 'node:fs/promises';
import { CHANNELS, SAMPLE_RATE } from '../track-source.js';

const HEADER_BYTES = 44;
const FRAME_BYTES = 2 * CHANNELS;

export interface WavWriter {
  /** Interleaved samples, in order. */
  write(block: Int16Array): Promise<void>;
  close(): Promise<void>;
}

/** `frames` of 48 kHz will be written. Errors of the file system come through as they are. */
export async function createWavWriter(file: string, frames: number): Promise<WavWriter> {
  const handle = await open(file, 'w');
  const header = Buffer.alloc(HEADER_BYTES);
  header.write('RIFF', 0);
  header.writeUInt32LE(HEADER_BYTES - 8 + frames * FRAME_BYTES, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(CHANNELS, 22);
  header.writeUInt32LE(SAMPLE_RATE, 24);
  header.writeUInt32LE(SAMPLE_RATE * FRAME_BYTES, 28);
  header.writeUInt16LE(FRAME_BYTES, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(frames * FRAME_BYTES, 40);
  await handle.write(header);
  return {
    async write(block) {
      await handle.write(Buffer.from(block.buffer, block.byteOffset, block.byteLength));
    },
    close: () => handle.close(),
  };
}
