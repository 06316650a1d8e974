/** Files that are replaced whole or not at all, and the two errors that every one of them knows. */
import { open, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { EmohealError } from '../../../engine/errors.js';

/**
 * `value`: JSON is made of it, where it is no text yet. `flushed`: resolves when the bytes are on the disk, not only with the
 * operating system; `named`: and the file's name. Throws `disk-full`.
 */
export async function writeWhole(
  file: string,
  value: unknown,
  { flushed = true, named = flushed }: { flushed?: boolean; named?: boolean } = {},
): Promise<void> {
  await writeFileAtomic(file, typeof value === 'string' ? value : JSON.stringify(value), {
    fsync: flushed,
    mode: 0o600,
  }).catch((cause) => {
    throw cannotWrite(file, cause);
  });
  if (named) await flushFolder(path.dirname(file));
}

/** A new name in a folder outlasts a loss of power only when the folder itself is flushed. */
export async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } catch (error) {
    // Some file systems know no flushing of folders; they keep names in another way.
    if (!['EINVAL', 'EPERM', 'EISDIR', 'ENOTSUP'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  } finally {
    await handle.close();
  }
}

/**
 * What a process that was killed while it wrote has left behind: half-made files beside those that they were to become,
 * which nobody would ever erase. Only to be called where nobody writes.
 */
export async function removeHalfMade(folder: string, belongsToUs: (name: string) => boolean): Promise<void> {
  for (const name of await readdir(folder)) {
    const made = /^(.+)\.\d{5,}$/.exec(name)?.[1];
    if (made && belongsToUs(made)) await rm(path.join(folder, name), { force: true });
  }
}

/** What a disk says that takes nothing any more: full, beyond its quota, turned read-only after a fault, or broken. */
const TAKES_NOTHING = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'EIO']);

export const cannotWrite = (file: string, cause: unknown): EmohealError => {
  const { code } = cause as NodeJS.ErrnoException;
  return new EmohealError(
    TAKES_NOTHING.has(code ?? '') ? 'disk-full' : 'internal',
    `The state in ${file} cannot be written (${code}).`,
    { remedy: 'Free some space on that disk, and see that the folder may be written.', cause },
  );
};

export const newerThanWe = (what: string, version: number): EmohealError =>
  new EmohealError(
    'store-newer',
    `${what} was written by a newer EmoHeal (version ${version}); it is left untouched.`,
    {
      remedy: 'Update EmoHeal, or set EMOHEAL_DATA_DIR to another folder.',
    },
  );
