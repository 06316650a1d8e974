/**
 * Sessions in one JSON file, by lowdb. Every write goes to a new file that is flushed and renamed into place, after the
 * last good one was set aside; a torn file is replaced by that copy; a file of a newer version is left untouched.
 */
import { copyFile, mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Adapter, Low } from 'lowdb';
import lockfile from 'proper-lockfile';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { EmohealError } from '../../engine/errors.js';
import { Session } from '../../engine/session.js';
import type { SessionStore } from '../../engine/stores.js';

const SCHEMA_VERSION = 1;
const MOST_SESSIONS = 200;
const KEPT_MS = 30 * 24 * 3600 * 1000;

const StoreFile = z.object({ schemaVersion: z.literal(SCHEMA_VERSION), sessions: z.record(z.string(), Session) });
type StoreFile = z.infer<typeof StoreFile>;

export interface SessionFileOptions {
  dataDir: string;
  nowMs?: () => number;
  onWarning?: (message: string) => void;
  /** A server that was killed leaves its lock behind for 15 seconds: how long to wait for it. */
  waitForLockSec?: number;
}

/** One process at a time: throws `conflict` where another holds the store, `store-newer` for a newer file. */
export async function openSessionFile({
  dataDir,
  nowMs = Date.now,
  onWarning,
  waitForLockSec = 0,
}: SessionFileOptions): Promise<SessionStore> {
  const folder = path.join(dataDir, 'state');
  await mkdir(folder, { recursive: true });
  const file = path.join(folder, 'sessions.json');
  const release = await lockfile
    .lock(folder, {
      stale: 15_000,
      lockfilePath: path.join(folder, 'sessions.lock'),
      retries: { retries: waitForLockSec, factor: 1, minTimeout: 1000, maxTimeout: 1000 },
    })
    .catch((cause) => {
      throw new EmohealError('conflict', `Another EmoHeal server uses ${dataDir}.`, {
        remedy: 'Stop it, or set EMOHEAL_DATA_DIR to another folder.',
        cause,
      });
    });
  const db = new Low<StoreFile>(fileAdapter(file, onWarning), { schemaVersion: SCHEMA_VERSION, sessions: {} });
  try {
    await db.read();
  } catch (error) {
    await release();
    throw error;
  }
  // Writes follow one another; a burst of changes is one write.
  let writing: Promise<void> = Promise.resolve();
  const write = () => {
    writing = writing.catch(() => {}).then(() => db.write());
    return writing;
  };

  return {
    load: async (id) => db.data.sessions[id] ?? null,
    async save(session) {
      db.data.sessions[session.id] = session;
      forgetOld(db.data, nowMs());
      await write();
    },
    async remove(id) {
      delete db.data.sessions[id];
      await write();
    },
    async close() {
      await writing.catch(() => {});
      await release().catch(() => {});
    },
  };
}

function forgetOld(data: StoreFile, nowMs: number): void {
  const byAge = Object.values(data.sessions).sort((a, b) => b.createdAtMs - a.createdAtMs);
  byAge.forEach((session, i) => {
    if (i >= MOST_SESSIONS || nowMs - session.createdAtMs > KEPT_MS) delete data.sessions[session.id];
  });
}

function fileAdapter(file: string, onWarning?: (message: string) => void): Adapter<StoreFile> {
  const backup = `${file}.last-good`;
  return {
    async read() {
      const found = await parseFile(file);
      if (found === 'absent') return null;
      if (found !== 'torn') return found;
      const spare = await parseFile(backup);
      onWarning?.(
        `${file} was damaged; ${typeof spare === 'object' ? 'the last good copy is used' : 'there is no good copy, so sessions begin anew'}.`,
      );
      await copyFile(file, `${file}.damaged`);
      return typeof spare === 'object' ? spare : null;
    },
    async write(data) {
      if ((await parseFile(file)) !== 'torn') await copyFile(file, backup).catch(() => {});
      await writeFileAtomic(file, JSON.stringify(data), { fsync: true }).catch((cause: NodeJS.ErrnoException) => {
        throw new EmohealError(
          cause.code === 'ENOSPC' ? 'disk-full' : 'internal',
          `The state in ${file} cannot be written (${cause.code}).`,
          { remedy: 'Free some space on that disk.', cause },
        );
      });
    },
  };
}

async function parseFile(file: string): Promise<StoreFile | 'absent' | 'torn'> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (text === null) return 'absent';
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'torn';
  }
  const version = (value as { schemaVersion?: unknown })?.schemaVersion;
  if (typeof version === 'number' && version > SCHEMA_VERSION) {
    throw new EmohealError(
      'store-newer',
      `${file} was written by a newer EmoHeal (version ${version}); it is left untouched.`,
      { remedy: 'Update EmoHeal, or set EMOHEAL_DATA_DIR to another folder.' },
    );
  }
  const parsed = StoreFile.safeParse(value);
  return parsed.success ? parsed.data : 'torn';
}
