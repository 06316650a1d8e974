/** One session as one file, with the version before beside it, which is used where the newest is damaged. */
import { copyFile, readFile, rename, rm } from 'node:fs/promises';
import { z } from 'zod';
import { Session } from '../../../engine/session.js';
import { newerThanWe, writeWhole } from './whole-file.js';

const SCHEMA_VERSION = 2;
const SessionFile = z.object({ schemaVersion: z.literal(SCHEMA_VERSION), session: Session });

/** The same text in a file and in the journal. */
export const sessionText = (session: Session): string => JSON.stringify({ schemaVersion: SCHEMA_VERSION, session });

/** A file of a newer schema throws `store-newer` and is left untouched. Null where none can be read. */
export async function readSessionFile(file: string, onWarning?: (message: string) => void): Promise<Session | null> {
  const newest = await parseFile(file);
  if (typeof newest === 'object') return newest;
  const before = await parseFile(`${file}.before`);
  if (newest === 'damaged') {
    onWarning?.(
      `${file} was damaged; ${typeof before === 'object' ? 'the version before is used' : 'there is none before, so that session is lost'}.`,
    );
    await copyFile(file, `${file}.damaged`);
  }
  return typeof before === 'object' ? before : null;
}

/** The name is flushed by whoever writes several (`flushFolder`). */
export async function writeSessionFile(file: string, session: Session, { flushed }: { flushed: boolean }) {
  await rename(file, `${file}.before`).catch(() => {});
  await writeWhole(file, { schemaVersion: SCHEMA_VERSION, session }, { flushed, named: false });
}

export async function removeSessionFile(file: string): Promise<void> {
  for (const name of [file, `${file}.before`, `${file}.damaged`]) await rm(name, { force: true });
}

async function parseFile(file: string): Promise<Session | 'absent' | 'damaged'> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  return text === null ? 'absent' : (parseSession(text, file) ?? 'damaged');
}

/** Null for what is no session; throws `store-newer`. */
export function parseSession(text: string, where: string): Session | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const version = (value as { schemaVersion?: unknown } | null)?.schemaVersion;
  if (typeof version === 'number' && version > SCHEMA_VERSION) throw newerThanWe(where, version);
  const parsed = SessionFile.safeParse(value);
  return parsed.success ? parsed.data.session : null;
}
