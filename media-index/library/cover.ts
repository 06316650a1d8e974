/** Pictures of albums: a copy beside the record, as the file carried it. `<dataDir>/library/covers/<track id>`. */
import { mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';

export interface Cover {
  /** "image/jpeg" or "image/png". */
  type: string;
  bytes: Uint8Array;
}

/** Larger ones are left in the file: a picture is not what the data folder is for. */
export const MOST_COVER_BYTES = 1024 * 1024;

const fileOf = (dataDir: string, id: string): string => path.join(dataDir, 'library', 'covers', id);

/** By what the bytes are, not by what the tag says they were; null for anything but JPEG and PNG. */
export function coverFrom(bytes: Uint8Array): Cover | null {
  if (bytes.length > MOST_COVER_BYTES) return null;
  const type = typeOf(bytes);
  return type ? { type, bytes } : null;
}

function typeOf(bytes: Uint8Array): string | null {
  const starts = (...values: number[]) => values.every((value, i) => bytes[i] === value);
  if (starts(0xff, 0xd8, 0xff)) return 'image/jpeg';
  return starts(0x89, 0x50, 0x4e, 0x47) ? 'image/png' : null;
}

export async function keepCover(dataDir: string, id: string, cover: Cover): Promise<void> {
  await mkdir(path.join(dataDir, 'library', 'covers'), { recursive: true });
  await writeFileAtomic(fileOf(dataDir, id), Buffer.from(cover.bytes));
}

/** Null where the track has none. Only ids of tracks may be asked for. */
export async function coverOf(dataDir: string, id: string): Promise<Cover | null> {
  if (!/^[a-z0-9-]{1,80}$/.test(id)) return null;
  const bytes = await readFile(fileOf(dataDir, id)).catch(() => null);
  return bytes && coverFrom(bytes);
}

export async function deleteCover(dataDir: string, id: string): Promise<void> {
  await rm(fileOf(dataDir, id), { force: true });
}
