/** The bytes of a listener's file: their fingerprint, and whether they can be had at all. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, constants } from 'node:fs/promises';

export async function contentHash(file: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  for await (const block of createReadStream(file, { signal })) hash.update(block as Buffer);
  return hash.digest('hex');
}

export async function isReadable(file: string): Promise<boolean> {
  return access(file, constants.R_OK).then(
    () => true,
    () => false,
  );
}
