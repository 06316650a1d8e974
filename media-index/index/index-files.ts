/** Single files of an index on disk: written whole under the name of their checksum, and checked when read. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { EmohealError } from '../../engine/errors.js';

export interface Part {
  file: string;
  sha256: string;
}

export function mismatch(folder: string, what: string, cause?: unknown): EmohealError {
  return new EmohealError('index-mismatch', `The music index in ${folder} ${what}.`, {
    remedy: 'It is made anew from the catalogue; nothing of yours is lost.',
    cause,
  });
}

/** Whole, but of another model or another format than this program's: of use to whoever made it. */
export class ForeignIndex extends EmohealError {
  constructor(folder: string, what: string) {
    super('index-mismatch', `The music index in ${folder} ${what}.`, {
      remedy: 'One is made anew from the catalogue beside it; the old one is kept for the way back.',
    });
  }
}

/** SHA-256 of a file in hex, read as a stream, so that a large one stops nobody. */
export async function checksumOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

/**
 * Writes `stem-<16 hex digits>.ending`, complete and on the disk when it has its name. `write` is given a temporary file;
 * what it captures is captured before the first wait.
 */
export async function writePart(
  folder: string,
  stem: string,
  ending: string,
  content: Uint8Array | ((file: string) => void),
): Promise<Part> {
  const temporary = path.join(folder, `${stem}.${process.pid}.part`);
  try {
    if (typeof content === 'function') content(temporary);
    const handle = await open(temporary, typeof content === 'function' ? 'r+' : 'w');
    try {
      if (typeof content !== 'function') await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    const sha256 = await checksumOf(temporary);
    const file = `${stem}-${sha256.slice(0, 16)}.${ending}`;
    await rename(temporary, path.join(folder, file));
    return { file, sha256 };
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Throws `index-mismatch` where the file is missing or its checksum is another. */
export async function checkPart(folder: string, { file, sha256 }: Part): Promise<string> {
  const whole = path.join(folder, file);
  let found: string;
  try {
    found = await checksumOf(whole);
  } catch (cause) {
    throw mismatch(folder, `lacks its file ${file}`, cause);
  }
  if (found !== sha256) {
    throw mismatch(folder, `is damaged: ${file} has checksum ${found.slice(0, 12)}, not ${sha256.slice(0, 12)}`);
  }
  return whole;
}

/** As `checkPart`, and gives the bytes in memory of their own. */
export async function readPart(folder: string, part: Part): Promise<Uint8Array<ArrayBuffer>> {
  const data = await readFile(await checkPart(folder, part));
  return new Uint8Array(data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength) as ArrayBuffer);
}
