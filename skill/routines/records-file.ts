/**
 * Records by listener in one JSON file with a schema version. Every change takes the file's lock, reads it anew, and
 * replaces it whole: the command line and the server may change it side by side.
 */
import { mkdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import lockfile from 'proper-lockfile';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { EmohealError } from '../../engine/errors.js';
import type { Records } from '../../engine/routines/records.js';

const WAIT_MS = { first: 10, longest: 200, times: 100 };
/** A process that was killed leaves its lock for this long. */
const STALE_MS = 5000;

export interface RecordsFileOptions<T> {
  dataDir: string;
  /** "routines" → state/routines.json */
  name: string;
  schema: z.ZodType<T>;
  version: number;
  /** What is lost, and so can be said, where somebody moves a damaged file away. */
  afterMovingAway: string;
}

/** Throws `store-newer` for a file of a newer version, `internal` for a damaged one; neither is touched. */
export async function openRecordsFile<T>(options: RecordsFileOptions<T>): Promise<Records<T>> {
  const folder = path.join(options.dataDir, 'state');
  const file = path.join(folder, `${options.name}.json`);
  await mkdir(folder, { recursive: true });
  const File = z.object({ schemaVersion: z.literal(options.version), records: z.looseObject({}) });
  let known: { stamp: string; all: Record<string, T> } | null = null;
  let last: Promise<unknown> = Promise.resolve();

  async function read(): Promise<Record<string, T>> {
    const stamp = await stampOf(file);
    if (known?.stamp === stamp) return known.all;
    const all = stamp === '' ? Object.create(null) : parsed(await readFile(file, 'utf8'));
    known = { stamp, all };
    return all;
  }

  function parsed(text: string): Record<string, T> {
    const damaged = (what: string, cause?: unknown) =>
      new EmohealError('internal', `${file} is damaged: ${what}.`, {
        remedy: `Move it away; ${options.afterMovingAway}`,
        cause,
      });
    let value: { schemaVersion?: number };
    try {
      value = JSON.parse(text);
    } catch (cause) {
      throw damaged('it cannot be read as JSON', cause);
    }
    if ((value?.schemaVersion ?? 0) > options.version)
      throw new EmohealError(
        'store-newer',
        `${file} was written by a newer EmoHeal (version ${value.schemaVersion}).`,
        {
          remedy: 'Update EmoHeal, or set EMOHEAL_DATA_DIR to another folder.',
        },
      );
    const checked = File.safeParse(value);
    if (!checked.success) throw damaged(checked.error.issues[0]?.path.join('.') || 'it holds something else');
    // A listener may be called "__proto__": no object with a prototype may hold the names.
    const all: Record<string, T> = Object.create(null);
    for (const [listener, kept] of Object.entries((value as { records: object }).records)) {
      const record = options.schema.safeParse(kept);
      if (!record.success) throw damaged(record.error.issues[0]?.path.join('.') || 'a record holds something else');
      all[listener] = record.data;
    }
    return all;
  }

  async function locked<R>(work: () => Promise<R>): Promise<R> {
    const release = await lockfile.lock(folder, {
      lockfilePath: path.join(folder, `${options.name}.lock`),
      stale: STALE_MS,
      retries: { retries: WAIT_MS.times, minTimeout: WAIT_MS.first, maxTimeout: WAIT_MS.longest, factor: 1.3 },
    });
    try {
      return await work();
    } finally {
      await release().catch(() => {});
    }
  }

  await read();
  return {
    read,
    change(work) {
      const next = last.then(() =>
        locked(async () => {
          const draft = copyOf(await read());
          const result = work(draft);
          await writeFileAtomic(file, JSON.stringify({ schemaVersion: options.version, records: draft }), {
            mode: 0o600,
          });
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

const copyOf = <T>(all: Record<string, T>): Record<string, T> =>
  Object.assign(Object.create(null), structuredClone({ ...all }));

/** Changes whenever the file is replaced: each replacement is a new inode. Empty where there is none. */
async function stampOf(file: string): Promise<string> {
  const found = await stat(file, { bigint: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  return found ? `${found.ino} ${found.mtimeNs} ${found.size}` : '';
}
