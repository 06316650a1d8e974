/**
 * Records by listener in one JSON file with a schema version. Every change takes the file's lock, reads it anew, and
 * replaces it whole: the command line and the server may change it side by side. A copy of it lies beside it and is used
 * where the file is damaged or lost; as it is made after every change, it holds nobody who was removed.
 */
import { mkdir, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { EmohealError } from '../../../engine/errors.js';
import type { Records, RecordsKind } from '../../../engine/records.js';
import { copyOf, damage, recordsIn } from '../records-of-kind.js';
import { lockFile } from './lock.js';
import { removeHalfMade, writeWhole } from './whole-file.js';

/** Longer than any change: whoever holds the lock for this long hangs. */
const WAIT_MS = 20_000;

export interface RecordsFileOptions {
  dataDir: string;
  onWarning?: (message: string) => void;
}

/** `state/NAME.json`. Throws `store-newer` for a file of a newer version, `internal` for one that nothing can mend. */
export async function openRecordsFile<T>(kind: RecordsKind<T>, options: RecordsFileOptions): Promise<Records<T>> {
  const folder = path.join(options.dataDir, 'state');
  const file = path.join(folder, `${kind.name}.json`);
  const copy = `${file}.copy`;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  let known: { stamp: string; all: Record<string, T> } | null = null;
  let last: Promise<unknown> = Promise.resolve();

  async function read(): Promise<Record<string, T>> {
    const stamp = await stampOf(file);
    if (known?.stamp === stamp) return known.all;
    const all = stamp === '' ? Object.create(null) : parsed(await readFile(file, 'utf8'), file);
    known = { stamp, all };
    return all;
  }

  function parsed(text: string, where: string): Record<string, T> {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (cause) {
      throw damage(kind as RecordsKind<unknown>, where, 'it cannot be read as JSON', cause);
    }
    return recordsIn(kind, value, where);
  }

  /**
   * Only at the opening: a file that goes bad while we run is somebody's hand, and is told of rather than replaced. Where
   * the copy is no better, the file's own fault is told and both stay as they are.
   */
  async function mendFromCopy(error: unknown): Promise<void> {
    if (!(error instanceof EmohealError) || error.code !== 'internal') throw error;
    const whole = await readFile(copy, 'utf8')
      .then((text) => parsed(text, copy))
      .catch(() => null);
    if (!whole) throw error;
    await locked(async () => {
      await rename(file, `${file}.damaged`);
      await takeCopy(whole);
    });
    options.onWarning?.(`${file} was damaged; its copy is used, and the damaged one lies beside it.`);
  }

  /** We never leave a copy without its file: the disk's repair or somebody's hand has taken it. */
  async function findFromCopy(): Promise<void> {
    const text = await readFile(copy, 'utf8').catch(() => null);
    if (text === null || (await stampOf(file)) !== '') return;
    const whole = parsed(text, copy);
    await locked(() => takeCopy(whole));
    options.onWarning?.(`${file} was not there; its copy is used.`);
  }

  async function takeCopy(records: Record<string, T>): Promise<void> {
    await writeWhole(file, { schemaVersion: kind.version, records });
    known = null;
    await read();
  }

  async function locked<R>(work: () => Promise<R>): Promise<R> {
    const release = await lockFile(path.join(folder, `${kind.name}.lock`), { waitMs: WAIT_MS });
    if (!release)
      throw new EmohealError('busy', `${file} has been in use for ${WAIT_MS / 1000} seconds.`, {
        retryable: true,
        remedy: 'Stop the EmoHeal process that hangs.',
      });
    try {
      return await work();
    } finally {
      await release();
    }
  }

  await locked(() => removeHalfMade(folder, (name) => name === path.basename(file) || name === path.basename(copy)));
  await findFromCopy();
  await read().catch(mendFromCopy);
  return {
    read,
    change(work) {
      const next = last.then(() =>
        locked(async () => {
          const found = await read();
          const draft = copyOf(found);
          const result = work(draft);
          const text = JSON.stringify({ schemaVersion: kind.version, records: draft });
          await writeWhole(file, text);
          await writeWhole(copy, text, { flushed: false });
          if (Object.keys(found).some((key) => !(key in draft))) await rm(`${file}.damaged`, { force: true });
          known = { stamp: await stampOf(file), all: draft };
          return result;
        }),
      );
      last = next.catch(() => {});
      return next;
    },
    async close() {
      await last;
    },
  };
}

/** Changes whenever the file is replaced: each replacement is a new inode. Empty where there is none. */
async function stampOf(file: string): Promise<string> {
  const found = await stat(file, { bigint: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  return found ? `${found.ino} ${found.mtimeNs} ${found.size}` : '';
}
