/** The key of this installation that signs addresses of streams and makes the keyed hashes: kept sealed. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { replacePrivately, writePrivately } from '../../engine/secrets/key-file.js';
import { isSealed, type SecretBox } from '../../engine/secrets/secret-box.js';

const PURPOSE = 'signing';
const fileOf = (dataDir: string) => path.join(dataDir, 'state', 'stream-key');

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
