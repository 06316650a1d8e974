/** One imported track on disk: `<dataDir>/library/tracks/<id>.json`, written atomically, so a stopped import loses nothing. */
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { EmohealError } from '../../engine/errors.js';
import { firstFault } from '../../engine/read-as.js';
import { Track } from '../../engine/vocabulary.js';

export const RECORD_VERSION = 1;

export const LibraryRecord = z.object({
  version: z.literal(RECORD_VERSION),
  track: Track,
  /** Of the file's bytes: the same recording twice is one track. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** Of the encoded sound without tags and cover; missing where it could not be told. */
  soundSha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  sizeBytes: z.number().int().min(0),
  /** With the size, spares reading the file again on the next import. */
  modifiedMs: z.number(),
  importedMs: z.number(),
});
export type LibraryRecord = z.infer<typeof LibraryRecord>;

export interface BrokenRecord {
  /** Name of the file within the records' folder. */
  file: string;
  reason: string;
}

/** Far above any honest record (about 1.5 kB). */
const MAX_RECORD_BYTES = 64 * 1024;

const recordsFolder = (dataDir: string): string => path.join(dataDir, 'library', 'tracks');

/** Every readable record, and the broken ones with why; a broken one harms no other. */
export async function loadRecords(dataDir: string): Promise<{ records: LibraryRecord[]; broken: BrokenRecord[] }> {
  const folder = recordsFolder(dataDir);
  const records: LibraryRecord[] = [];
  const broken: BrokenRecord[] = [];
  let names: string[];
  try {
    names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { records, broken };
    throw new EmohealError('internal', `The library in ${folder} cannot be opened.`, {
      remedy: 'Check that the data folder is a folder and can be read.',
      cause: error,
    });
  }
  for (const name of names) {
    try {
      const text = await readFile(path.join(folder, name), 'utf8');
      if (text.length > MAX_RECORD_BYTES) throw new Error(`has ${text.length} characters, no record is that long`);
      const record = LibraryRecord.parse(JSON.parse(text));
      if (`${record.track.id}.json` !== name) throw new Error(`holds the track "${record.track.id}"`);
      records.push(record);
    } catch (error) {
      broken.push({ file: name, reason: faultOf(error) });
    }
  }
  return { records, broken };
}

function faultOf(error: unknown): string {
  if (error instanceof z.ZodError) return firstFault(error, 'the whole');
  return error instanceof Error ? error.message : 'not understood';
}

export async function writeRecord(dataDir: string, record: LibraryRecord): Promise<void> {
  try {
    await mkdir(recordsFolder(dataDir), { recursive: true });
    await writeFileAtomic(path.join(recordsFolder(dataDir), `${record.track.id}.json`), `${JSON.stringify(record)}\n`);
  } catch (cause) {
    const full = (cause as NodeJS.ErrnoException).code === 'ENOSPC';
    throw new EmohealError(
      full ? 'disk-full' : 'internal',
      `"${record.track.title}" could not be written to the library.`,
      {
        retryable: full,
        remedy: full
          ? 'Free some space and import again; what is done is kept.'
          : 'Check that the data folder can be written to.',
        cause,
      },
    );
  }
}

export async function deleteRecord(dataDir: string, id: string): Promise<void> {
  await rm(path.join(recordsFolder(dataDir), `${id}.json`), { force: true });
}
