/**
 * How a rendered piece lies on the disk: 16-bit stereo blocks of half a second, each behind its CRC-32. A piece of which
 * only the beginning was wanted is kept so far; the rest is appended when somebody wants it.
 * Blocks of one size make any second one read away, and a growing file can be listened to; FLAC would be smaller
 * but could offer neither without an index.
 *
 * Layout, little-endian: "EHPC", format version u32, frames per block u32, total frames u32, then per block
 * CRC-32 u32 + samples. The last block may be shorter.
 */
import { type FileHandle, open } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { BLOCK_FRAMES } from './render-score.js';

const MAGIC = 0x43504845;
const FORMAT = 1;
const HEADER_BYTES = 16;
const CRC_BYTES = 4;
const FRAME_BYTES = 4;
const BLOCK_BYTES = BLOCK_FRAMES * FRAME_BYTES;

export const blocksIn = (totalFrames: number) => Math.ceil(totalFrames / BLOCK_FRAMES);
const fileBytes = (totalFrames: number) => HEADER_BYTES + totalFrames * FRAME_BYTES + blocksIn(totalFrames) * CRC_BYTES;

export interface PcmFile {
  /** So many blocks from the first on are there. */
  readonly blocks: number;
  /** One block, or null when its checksum does not fit. */
  read(block: number): Promise<Int16Array | null>;
  append(samples: Int16Array): Promise<void>;
  close(): Promise<void>;
}

function onHandle(handle: FileHandle, totalFrames: number, blocks: number): PcmFile {
  let written = blocks;
  const place = (block: number) => HEADER_BYTES + block * (BLOCK_BYTES + CRC_BYTES);
  return {
    get blocks() {
      return written;
    },
    async read(block) {
      const frames = Math.min(BLOCK_FRAMES, totalFrames - block * BLOCK_FRAMES);
      const bytes = Buffer.alloc(CRC_BYTES + frames * FRAME_BYTES);
      const { bytesRead } = await handle.read(bytes, 0, bytes.length, place(block));
      const samples = bytes.subarray(CRC_BYTES);
      if (bytesRead !== bytes.length || crc32(samples) !== bytes.readUInt32LE(0)) return null;
      // Copied to a buffer of its own: a view behind the checksum would not lie on an even address for sure.
      const copy = new Int16Array(samples.length / 2);
      new Uint8Array(copy.buffer).set(samples);
      return copy;
    },
    async append(samples) {
      const payload = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
      const record = Buffer.alloc(CRC_BYTES + payload.length);
      record.writeUInt32LE(crc32(payload), 0);
      payload.copy(record, CRC_BYTES);
      const { bytesWritten } = await handle.write(record, 0, record.length, place(written));
      if (bytesWritten !== record.length) throw Object.assign(new Error('short write'), { code: 'ENOSPC' });
      written++;
    },
    close: () => handle.close(),
  };
}

/** A new, empty file; fails if there is one. */
export async function createPcmFile(file: string, totalFrames: number): Promise<PcmFile> {
  const handle = await open(file, 'wx+', 0o600);
  const header = Buffer.alloc(HEADER_BYTES);
  [MAGIC, FORMAT, BLOCK_FRAMES, totalFrames].forEach((value, i) => {
    header.writeUInt32LE(value, i * 4);
  });
  try {
    await handle.write(header, 0, HEADER_BYTES, 0);
  } catch (error) {
    await handle.close();
    throw error;
  }
  return onHandle(handle, totalFrames, 0);
}

/** What was made of a piece, to be read. Damaged is a file whose length or header does not fit. */
export async function openPcmFile(
  file: string,
  totalFrames: number,
  flags: 'r' | 'r+' = 'r',
): Promise<PcmFile | 'absent' | 'damaged'> {
  let handle: FileHandle;
  try {
    handle = await open(file, flags);
  } catch {
    return 'absent';
  }
  const header = Buffer.alloc(HEADER_BYTES);
  const [{ bytesRead }, { size }] = await Promise.all([handle.read(header, 0, HEADER_BYTES, 0), handle.stat()]);
  const expected = [MAGIC, FORMAT, BLOCK_FRAMES, totalFrames];
  const fits = bytesRead === HEADER_BYTES && expected.every((value, i) => header.readUInt32LE(i * 4) === value);
  const isWhole = size === fileBytes(totalFrames);
  const blocks = isWhole ? blocksIn(totalFrames) : (size - HEADER_BYTES) / (BLOCK_BYTES + CRC_BYTES);
  if (fits && Number.isInteger(blocks) && blocks <= blocksIn(totalFrames)) return onHandle(handle, totalFrames, blocks);
  await handle.close();
  return 'damaged';
}

/** The same, to be gone on with; null where any block of it is damaged. */
export async function continuePcmFile(name: string, totalFrames: number): Promise<PcmFile | null> {
  const file = await openPcmFile(name, totalFrames, 'r+');
  if (typeof file === 'string') return null;
  for (let block = 0; block < file.blocks; block++) {
    if (await file.read(block)) continue;
    await file.close();
    return null;
  }
  return file;
}
