/**
 * Sessions as files, one each, so that saving one costs the same however many there are.
 *
 * Rules
 * 1. What is to be safe is added to a journal and flushed, many together, and only then acknowledged.
 * 2. A moment later each session's newest version is written to a file of its own, flushed and renamed into place; the
 *    version before stays beside it. Then the journal is emptied.
 * 3. After a kill or a loss of power the journal is written to the files first, before anybody reads.
 * 4. What is erased is in no journal either: it is emptied before erasing is answered.
 */
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import pLimit from 'p-limit';
import { EmohealError } from '../../../engine/errors.js';
import type { Session } from '../../../engine/session.js';
import type { SessionStore } from '../../../engine/stores.js';
import { rememberSessions, type SessionMemoryOptions } from '../session-memory.js';
import { openJournal, readJournal } from './journal.js';
import { lockFile } from './lock.js';
import { parseSession, readSessionFile, removeSessionFile, sessionText, writeSessionFile } from './session-file.js';
import { flushFolder, removeHalfMade } from './whole-file.js';

const MOST_SESSIONS = 5000;
/** The files are written when nobody has saved for a moment, and in the longest run of saving after so long. */
const SETTLE_AFTER_MS = 1000;
const SETTLE_AT_LAST_MS = 10_000;
/** A journal longer than this is settled at once, and who writes waits for it. */
const MOST_JOURNAL_BYTES = 64 * 1024 * 1024;
/** Settling goes beside what somebody waits for. */
const AT_ONCE = 4;

export interface SessionFilesOptions extends SessionMemoryOptions {
  dataDir: string;
  /** How long to wait for a server that is just ending. */
  waitForLockSec?: number;
}

/** One process at a time: throws `conflict` where another holds the folder. */
export async function openSessionFiles(options: SessionFilesOptions): Promise<SessionStore> {
  const { dataDir, onWarning, waitForLockSec = 0 } = options;
  const folder = path.join(dataDir, 'state', 'sessions');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const release = await lockFile(path.join(dataDir, 'state', 'sessions.lock'), { waitMs: waitForLockSec * 1000 });
  if (!release)
    throw new EmohealError('conflict', `Another EmoHeal server uses ${dataDir}.`, {
      remedy: 'Stop it, or set EMOHEAL_DATA_DIR to another folder.',
    });
  try {
    await removeHalfMade(folder, (name) => /\.json(\.before)?$/.test(name));
    const files = await settledLater(folder, path.join(dataDir, 'state', 'sessions.journal'), onWarning);
    const close = () => files.close().finally(release);
    return await rememberSessions({ ...files, close }, options);
  } catch (error) {
    await release();
    throw error;
  }
}

/** The journal and the files as one place. */
async function settledLater(folder: string, journalFile: string, onWarning?: (message: string) => void) {
  const fileOf = (id: string) => path.join(folder, `${id}.json`);
  const limit = pLimit(AT_ONCE);
  /** Newer than in the files; `safely`: and in the journal, so that the file must be flushed before that is emptied. */
  const pending = new Map<string, { session: Session; safely: boolean }>();

  async function writeFiles(): Promise<void> {
    const batch = [...pending];
    await Promise.all(
      batch.map(([id, entry]) =>
        limit(async () => {
          await writeSessionFile(fileOf(id), entry.session, { flushed: entry.safely });
          if (pending.get(id) === entry) pending.delete(id);
        }),
      ),
    );
    if (batch.some(([, { safely }]) => safely)) await flushFolder(folder);
  }

  const { texts, spoilt } = await readJournal(journalFile);
  if (spoilt > 0) onWarning?.(`${journalFile} holds ${spoilt} damaged lines; the versions before them are used.`);
  for (const text of texts) {
    const session = parseSession(text, journalFile);
    if (session) pending.set(session.id, { session, safely: true });
  }
  await writeFiles();
  const journal = await openJournal(journalFile);
  await journal.empty();

  let adding = 0;
  /** While somebody must see the journal empty, nobody adds to it. */
  let held: Promise<void> | null = null;
  let settling: Promise<void> | null = null;
  let timer: NodeJS.Timeout | undefined;
  let waitingSinceMs: number | undefined;
  let closed = false;
  /** A disk that takes nothing is tried again every second, and told once. */
  let told = false;

  /** Everything that is pending into the files, and the journal emptied where nothing came meanwhile. */
  function settle(): Promise<void> {
    settling ??= (async () => {
      clearTimeout(timer);
      waitingSinceMs = undefined;
      await writeFiles();
      told = false;
      if (pending.size === 0 && adding === 0) await journal.empty();
    })().finally(() => {
      settling = null;
      if (pending.size > 0) settleSoon();
    });
    return settling;
  }
  function settleSoon(): void {
    if (closed) return;
    waitingSinceMs ??= performance.now();
    const left = Math.min(SETTLE_AFTER_MS, waitingSinceMs + SETTLE_AT_LAST_MS - performance.now());
    clearTimeout(timer);
    const settleNow = () =>
      settle().catch((error: Error) => {
        if (!told) onWarning?.(error.message);
        told = true;
      });
    timer = setTimeout(() => void settleNow(), Math.max(0, left));
  }
  function settleAll(): Promise<void> {
    held ??= (async () => {
      do {
        await settle();
        await new Promise((resolve) => setImmediate(resolve));
      } while (pending.size > 0 || adding > 0 || journal.size() > 0);
    })().finally(() => {
      held = null;
    });
    return held;
  }

  return {
    read: async (id: string) => pending.get(id)?.session ?? readSessionFile(fileOf(id), onWarning),
    async write(session: Session, safely: boolean) {
      if (safely) {
        if (journal.size() > MOST_JOURNAL_BYTES) await settleAll();
        while (held) await held;
        adding += 1;
        try {
          await journal.add(sessionText(session));
          pending.set(session.id, { session, safely });
        } finally {
          adding -= 1;
        }
      } else pending.set(session.id, { session, safely: pending.get(session.id)?.safely ?? false });
      settleSoon();
    },
    async remove(id: string) {
      pending.delete(id);
      await settleAll();
      await removeSessionFile(fileOf(id));
      await flushFolder(folder);
    },
    async ids() {
      // Where a process was killed between two versions, only the one before is there.
      const names = (await readdir(folder)).flatMap((name) => /^(.+)\.json(?:\.before)?$/.exec(name)?.[1] ?? []);
      return [...new Set([...pending.keys(), ...names])];
    },
    tidy: (beforeMs: number) => tidy(folder, beforeMs),
    async close() {
      closed = true;
      clearTimeout(timer);
      // Where it fails, the journal stays: the next start takes from it what was acknowledged.
      await settleAll();
      await journal.close();
      await rm(journalFile, { force: true });
    },
  };
}

/** What is older than a month, and the oldest beyond the most that are kept, goes. */
async function tidy(folder: string, beforeMs: number): Promise<void> {
  const files: { file: string; changedMs: number }[] = [];
  for (const name of await readdir(folder)) {
    const file = path.join(folder, name);
    // Half-made files come and go.
    const found = await stat(file).catch(() => null);
    if (found) files.push({ file, changedMs: found.mtimeMs });
  }
  files.sort((a, b) => b.changedMs - a.changedMs);
  for (const [i, { file, changedMs }] of files.entries()) {
    if (i >= MOST_SESSIONS * 2 || changedMs < beforeMs) await rm(file, { force: true });
  }
}
