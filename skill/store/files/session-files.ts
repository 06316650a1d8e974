/**
 * Sessions as files, one each, so that saving one costs the same however many there are. A write goes to a new file
 * that is flushed and renamed into place; the version before stays beside it and is used where the newest is damaged;
 * a file of a newer schema is left untouched.
 */
import { copyFile, mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { EmohealError } from '../../../engine/errors.js';
import { Session } from '../../../engine/session.js';
import type { SessionStore } from '../../../engine/stores.js';
import { rememberSessions, type SessionMemoryOptions, type SessionPlace } from '../session-memory.js';
import { lockFile } from './lock.js';
import { newerThanWe, writeWhole } from './whole-file.js';

const SCHEMA_VERSION = 2;
const MOST_SESSIONS = 5000;

const SessionFile = z.object({ schemaVersion: z.literal(SCHEMA_VERSION), session: Session });

export interface SessionFilesOptions extends SessionMemoryOptions {
  dataDir: string;
  /** How long to wait for a server that is just ending. */
  waitForLockSec?: number;
}

/** One process at a time: throws `conflict` where another holds the folder. */
export async function openSessionFiles(options: SessionFilesOptions): Promise<SessionStore> {
  const { dataDir, onWarning, waitForLockSec = 0 } = options;
  const folder = path.join(dataDir, 'state', 'sessions');
  await mkdir(folder, { recursive: true });
  const release = await lockFile(path.join(dataDir, 'state', 'sessions.lock'), { waitMs: waitForLockSec * 1000 });
  if (!release)
    throw new EmohealError('conflict', `Another EmoHeal server uses ${dataDir}.`, {
      remedy: 'Stop it, or set EMOHEAL_DATA_DIR to another folder.',
    });
  const fileOf = (id: string) => path.join(folder, `${id}.json`);
  const place: SessionPlace = {
    read: (id) => readSession(fileOf(id), onWarning),
    async write(session, safely) {
      const file = fileOf(session.id);
      await rename(file, `${file}.before`).catch(() => {});
      await writeWhole(file, { schemaVersion: SCHEMA_VERSION, session }, { flushed: safely });
    },
    async remove(id) {
      for (const name of [fileOf(id), `${fileOf(id)}.before`, `${fileOf(id)}.damaged`]) await rm(name, { force: true });
    },
    async ids() {
      // Where a process was killed between two versions, only the one before is there.
      const names = (await readdir(folder)).flatMap((name) => /^(.+)\.json(?:\.before)?$/.exec(name)?.[1] ?? []);
      return [...new Set(names)];
    },
    tidy: (beforeMs) => tidy(folder, beforeMs),
    close: release,
  };
  return rememberSessions(place, options);
}

async function readSession(file: string, onWarning?: (message: string) => void): Promise<Session | null> {
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

async function parseFile(file: string): Promise<Session | 'absent' | 'damaged'> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (text === null) return 'absent';
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'damaged';
  }
  const version = (value as { schemaVersion?: unknown } | null)?.schemaVersion;
  if (typeof version === 'number' && version > SCHEMA_VERSION) throw newerThanWe(file, version);
  const parsed = SessionFile.safeParse(value);
  return parsed.success ? parsed.data.session : 'damaged';
}

/** What is older than a month, and the oldest beyond the most that are kept, goes. */
async function tidy(folder: string, beforeMs: number): Promise<void> {
  const files: { file: string; changedMs: number }[] = [];
  for (const name of await readdir(folder)) {
    const file = path.join(folder, name);
    files.push({ file, changedMs: (await stat(file)).mtimeMs });
  }
  files.sort((a, b) => b.changedMs - a.changedMs);
  for (const [i, { file, changedMs }] of files.entries()) {
    if (i >= MOST_SESSIONS * 2 || changedMs < beforeMs) await rm(file, { force: true });
  }
}
