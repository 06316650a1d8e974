/** The key of this installation that signs addresses of streams and makes the keyed hashes: kept sealed. */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { Records, RecordsKind } from '../../engine/records.js';
import { replacePrivately, writePrivately } from '../../engine/secrets/key-file.js';
import { isSealed, type SecretBox } from '../../engine/secrets/secret-box.js';

const PURPOSE = 'signing';
const fileOf = (dataDir: string) => path.join(dataDir, 'state', 'stream-key');

/** The one key of several servers, sealed; the first server brings its own. */
export const HOUSE_KEYS: RecordsKind<string> = {
  name: 'house-keys',
  schema: z.string(),
  version: 1,
  afterMovingAway: 'addresses that were given out stop opening, and pseudonyms change.',
  listenerOf: () => '',
};

/**
 * The key of servers that share a database: the first one's, sealed in the database, with a copy in each data folder so that
 * a backup has it. Throws `config-invalid` where EMOHEAL_SECRET_KEY is not the one that sealed it.
 */
export async function sharedSigningKey(dataDir: string, box: SecretBox, records: Records<string>): Promise<Buffer> {
  const own = signingKey(dataDir, box);
  const sealed = await records.change((all) => {
    all.signing ??= box.seal(own, PURPOSE);
    return all.signing;
  });
  const key = box.open(sealed, PURPOSE);
  if (!key.equals(own)) keepSigningKey(dataDir, box, key);
  return key;
}

/** In the place of the one that is there. */
export function keepSigningKey(dataDir: string, box: SecretBox, key: Buffer): void {
  mkdirSync(path.dirname(fileOf(dataDir)), { recursive: true, mode: 0o700 });
  replacePrivately(fileOf(dataDir), box.seal(key, PURPOSE));
}

/** Null where no server was here yet; the box is opened only where there is a key. */
export const signingKeyIn = (dataDir: string, box: () => SecretBox): Buffer | null =>
  existsSync(fileOf(dataDir)) ? signingKey(dataDir, box()) : null;

/**
 * Made once. One that lies there unsealed, from before there was a box, or under an older key, is sealed anew. Throws
 * `config-invalid` where the box does not open it.
 */
export function signingKey(dataDir: string, box: SecretBox): Buffer {
  const file = fileOf(dataDir);
  let bytes: Buffer | null = null;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  if (!bytes) {
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    try {
      writePrivately(file, box.seal(randomBytes(32), PURPOSE), 'wx');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    return box.open(readFileSync(file, 'utf8'), PURPOSE);
  }
  const text = bytes.toString('latin1');
  const key = isSealed(text) ? box.open(text, PURPOSE) : bytes;
  if (!box.isCurrent(text)) replacePrivately(file, box.seal(key, PURPOSE));
  return key;
}
