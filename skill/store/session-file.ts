/**
 * Sessions as files, one each, so that saving one costs the same however many there are. A write goes to a new file
 * that is flushed and renamed into place; the version before stays beside it and is used where the newest is damaged;
 * a file of a newer schema is left untouched.
 */
import { copyFile, mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { LRUCache } from 'lru-cache';
import lockfile from 'proper-lockfile';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { EmohealError } from '../../engine/errors.js';
import { Session } from '../../engine/session.js';
import { newestFirst, type SessionStore } from '../../engine/stores.js';

const SCHEMA_VERSION = 2;
const MOST_SESSIONS = 5000;
const IN_MEMORY = 1000;
const KEPT_MS = 30 * 24 * 3600 * 1000;
const TIDY_EVERY_SAVES = 500;
/** How long what is to be kept "soon" may wait; changes in between become one. */
const SOON_MS = 2000;

const SessionFile = z.object({ schemaVersion: z.literal(SCHEMA_VERSION), session: Session });

export interface SessionFileOptions {
  dataDir: string;
  nowMs?: () => number;
  onWarning?: (message: string) => void;
  /** A server that was killed leaves its lock behind for 15 seconds: how long to wait for it. */
  waitForLockSec?: number;
}

/** One process at a time: throws `conflict` where another holds the folder, `store-newer` for a newer file. */
export async function openSessionFile({
  dataDir,
  nowMs = Date.now,
  onWarning,
  waitForLockSec = 0,
}: SessionFileOptions): Promise<SessionStore> {
  const folder = path.join(dataDir, 'state', 'sessions');
  await mkdir(folder, { recursive: true });
  const release = await lockfile
    .lock(folder, {
      stale: 15_000,
      lockfilePath: path.join(dataDir, 'state', 'sessions.lock'),
      retries: { retries: waitForLockSec, factor: 1, minTimeout: 1000, maxTimeout: 1000 },
    })
    .catch((cause) => {
      throw new EmohealError('conflict', `Another EmoHeal server uses ${dataDir}.`, {
        remedy: 'Stop it, or set EMOHEAL_DATA_DIR to another folder.',
        cause,
      });
    });
  const fileOf = (id: string) => path.join(folder, `${id}.json`);
  const lately = new LRUCache<string, Session>({ max: IN_MEMORY });
  const writers = new Map<string, Writer>();
  const soon = new Map<string, Session>();
  let soonTimer: NodeJS.Timeout | undefined;
  let saves = 0;
  await tidy(folder, nowMs()).catch(() => {});

  function write(session: Session, flushed: boolean): Promise<void> {
    let writer = writers.get(session.id);
    if (!writer) {
      writer = createWriter(fileOf(session.id), () => writers.delete(session.id));
      writers.set(session.id, writer);
    }
    return writer.write(session, flushed);
  }

  /** One after the other, so that the disk stays free for what somebody waits for. */
  async function writeSoon(): Promise<void> {
    soonTimer = undefined;
    for (const session of [...soon.values()]) {
      if (soon.get(session.id) !== session) continue;
      soon.delete(session.id);
      await write(session, false).catch((error: Error) => onWarning?.(error.message));
    }
  }

  async function load(id: string): Promise<Session | null> {
    if (!isId(id)) return null;
    const found = soon.get(id) ?? writers.get(id)?.next ?? lately.get(id) ?? (await readSession(fileOf(id), onWarning));
    if (!found || nowMs() - found.createdAtMs > KEPT_MS) return null;
    lately.set(id, found);
    return found;
  }

  return {
    load,
    async ofListener(listener) {
      const written = (await readdir(folder)).flatMap((name) => (name.endsWith('.json') ? [name.slice(0, -5)] : []));
      const found: Session[] = [];
      // One after the other: who listens now comes first.
      for (const id of new Set([...soon.keys(), ...writers.keys(), ...written])) {
        const session = await load(id);
        if (session?.listener === listener) found.push(session);
      }
      return newestFirst(found);
    },
    async save(session, when = 'now') {
      if (!isId(session.id)) throw new EmohealError('bad-input', 'A session id holds letters, digits and - only.');
      lately.set(session.id, session);
      if (when === 'soon') {
        soon.set(session.id, session);
        soonTimer ??= setTimeout(() => void writeSoon(), SOON_MS);
        return;
      }
      soon.delete(session.id);
      await write(session, true);
      if (++saves % TIDY_EVERY_SAVES === 0) await tidy(folder, nowMs()).catch(() => {});
    },
    async remove(id) {
      if (!isId(id)) return;
      soon.delete(id);
      await writers.get(id)?.done();
      lately.delete(id);
      for (const name of [fileOf(id), `${fileOf(id)}.before`]) await rm(name, { force: true });
    },
    async close() {
      clearTimeout(soonTimer);
      await writeSoon();
      await Promise.allSettled([...writers.values()].map((writer) => writer.done()));
      await release().catch(() => {});
    },
  };
}

const isId = (id: string) => /^[A-Za-z0-9-]{1,64}$/.test(id);

interface Writer {
  /** The newest version, written or about to be. */
  next: Session | null;
  /** `flushed`: it resolves when the bytes are on the disk, not only with the operating system. */
  write(session: Session, flushed: boolean): Promise<void>;
  done(): Promise<void>;
}

/** Writes of one session follow one another; those that arrive during a write become one. */
function createWriter(file: string, onIdle: () => void): Writer {
  let running: Promise<void> | null = null;
  let queued: Promise<void> | null = null;
  let fsync = false;
  const writer: Writer = {
    next: null,
    write(session, flushed) {
      writer.next = session;
      fsync ||= flushed;
      if (!running) {
        running = flush();
        return running;
      }
      queued ??= running
        .catch(() => {})
        .then(() => {
          queued = null;
          running = flush();
          return running;
        });
      return queued;
    },
    async done() {
      await Promise.allSettled([running, queued]);
    },
  };
  async function flush(): Promise<void> {
    const flushing = fsync;
    fsync = false;
    try {
      await rename(file, `${file}.before`).catch(() => {});
      await writeFileAtomic(file, JSON.stringify({ schemaVersion: SCHEMA_VERSION, session: writer.next }), {
        fsync: flushing,
      });
    } catch (cause) {
      const { code } = cause as NodeJS.ErrnoException;
      throw new EmohealError(
        code === 'ENOSPC' ? 'disk-full' : 'internal',
        `The state in ${file} cannot be written (${code}).`,
        {
          remedy: 'Free some space on that disk.',
          cause,
        },
      );
    } finally {
      if (!queued) {
        running = null;
        onIdle();
      }
    }
  }
  return writer;
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
  if (typeof version === 'number' && version > SCHEMA_VERSION) {
    throw new EmohealError(
      'store-newer',
      `${file} was written by a newer EmoHeal (version ${version}); it is left untouched.`,
      { remedy: 'Update EmoHeal, or set EMOHEAL_DATA_DIR to another folder.' },
    );
  }
  const parsed = SessionFile.safeParse(value);
  return parsed.success ? parsed.data.session : 'damaged';
}

/** What is older than a month, and the oldest beyond the most that are kept, goes. */
async function tidy(folder: string, nowMs: number): Promise<void> {
  const files: { file: string; changedMs: number }[] = [];
  for (const name of await readdir(folder)) {
    const file = path.join(folder, name);
    files.push({ file, changedMs: (await stat(file)).mtimeMs });
  }
  files.sort((a, b) => b.changedMs - a.changedMs);
  for (const [i, { file, changedMs }] of files.entries()) {
    if (i >= MOST_SESSIONS * 2 || nowMs - changedMs > KEPT_MS) await rm(file, { force: true });
  }
}
