/**
 * One concern of the state as one small JSON file with a schema version (lowdb): read and checked once, changed in memory,
 * written whole or not at all. Writes follow one another; those that arrive during a write become one.
 */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { Low, Memory } from 'lowdb';
import { JSONFile } from 'lowdb/node';
import type { z } from 'zod';
import { EmohealError } from '../../engine/errors.js';

const SOON_MS = 1000;

export interface StateFile<T> {
  /** What is kept: change it in place, then call `keep`. */
  data: T;
  /** Resolves when everything that was changed before the call is written. */
  keep(): Promise<void>;
  /** Written a moment later; changes until then become one write. A failure goes to `onWarning`. */
  keepSoon(): void;
  close(): Promise<void>;
}

export interface StateFileOptions<T> {
  /** In memory where not given (simulator, tests, commands that forget). */
  file?: string;
  schema: z.ZodType<T>;
  /** The schema version that `schema` describes, and what a new file holds. */
  version: number;
  empty: T;
  /** What is lost, and so can be said, where somebody moves a damaged file away. */
  afterMovingAway: string;
  /** Called before each write, to forget what is too old. */
  tidy?: (data: T) => void;
  onWarning?: (message: string) => void;
}

/** Throws `store-newer` for a file of a newer version, `internal` for a damaged one; neither is touched. */
export async function openStateFile<T extends object>(options: StateFileOptions<T>): Promise<StateFile<T>> {
  const { file, schema, version, empty, tidy, onWarning } = options;
  if (file) await mkdir(path.dirname(file), { recursive: true });
  const db = new Low<T>(file ? new JSONFile<T>(file) : new Memory<T>(), empty);
  const damaged = (what: string, cause?: unknown) =>
    new EmohealError('internal', `${file} is damaged: ${what}.`, {
      remedy: `Move it away; ${options.afterMovingAway}`,
      cause,
    });
  await db.read().catch((cause) => {
    throw damaged('it cannot be read as JSON', cause);
  });
  const found = (db.data as { schemaVersion?: number }).schemaVersion ?? 0;
  if (found > version)
    throw new EmohealError('store-newer', `${file} was written by a newer EmoHeal (version ${found}).`, {
      remedy: 'Update EmoHeal, or set EMOHEAL_DATA_DIR to another folder.',
    });
  const parsed = schema.safeParse(db.data);
  if (!parsed.success) throw damaged(parsed.error.issues[0]?.path.join('.') || 'it holds something else');
  db.data = parsed.data;

  let running: Promise<void> | null = null;
  let queued: Promise<void> | null = null;
  let soon: NodeJS.Timeout | undefined;
  function keep(): Promise<void> {
    clearTimeout(soon);
    soon = undefined;
    if (queued) return queued;
    const begin = () => {
      queued = null;
      tidy?.(db.data);
      running = db.write().finally(() => {
        running = null;
      });
      return running;
    };
    if (!running) return begin();
    queued = running.catch(() => {}).then(begin);
    return queued;
  }

  return {
    data: db.data,
    keep,
    keepSoon() {
      soon ??= setTimeout(() => void keep().catch((error: Error) => onWarning?.(error.message)), SOON_MS);
    },
    async close() {
      if (soon) await keep().catch(() => {});
      await Promise.allSettled([running, queued]);
    },
  };
}
