/** Files that are replaced whole or not at all, and the two errors that every one of them knows. */
import writeFileAtomic from 'write-file-atomic';
import { EmohealError } from '../../../engine/errors.js';

/** `flushed`: resolves when the bytes are on the disk, not only with the operating system. Throws `disk-full`. */
export async function writeWhole(file: string, value: unknown, { flushed = true } = {}): Promise<void> {
  await writeFileAtomic(file, JSON.stringify(value), { fsync: flushed, mode: 0o600 }).catch((cause) => {
    const { code } = cause as NodeJS.ErrnoException;
    throw new EmohealError(
      code === 'ENOSPC' ? 'disk-full' : 'internal',
      `The state in ${file} cannot be written (${code}).`,
      { remedy: 'Free some space on that disk, and see that the folder may be written.', cause },
    );
  });
}

export const newerThanWe = (what: string, version: number): EmohealError =>
  new EmohealError(
    'store-newer',
    `${what} was written by a newer EmoHeal (version ${version}); it is left untouched.`,
    {
      remedy: 'Update EmoHeal, or set EMOHEAL_DATA_DIR to another folder.',
    },
  );
