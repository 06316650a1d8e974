/**
 * Secrets of this house at rest: AES-256-GCM under a key that lies outside the state, so that a copy of `state/`, or a dump of
 * the database, opens nothing by itself.
 *
 * Rules
 * 1. The key is EMOHEAL_SECRET_KEY where that is set, else the file `secret-key` of the data folder, made once, for its
 *    owner only. Both may hold several keys, newest first: the first seals, each of them opens.
 * 2. What a secret is for is sealed in with it: one kind of secret cannot be put in the place of another.
 * 3. A key that opens nothing is told as that; nothing is made anew over what cannot be opened.
 */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { EmohealError } from '../errors.js';

const MARK = 'sealed1';
const IV_BYTES = 12;
const TAG_BYTES = 16;

export interface SecretBox {
  /** ASCII text; never twice the same. */
  seal(secret: Uint8Array, purpose: string): string;
  /** Throws `config-invalid` where none of our keys sealed this, or it was changed, or was sealed for something else. */
  open(sealed: string, purpose: string): Buffer;
  /** By the newest key, so that the older ones may go. */
  isCurrent(sealed: string): boolean;
}

export const isSealed = (text: string): boolean => text.startsWith(`${MARK}.`);

/** Tells keys apart; from it nobody can get the key. */
const nameOf = (key: Uint8Array): string =>
  createHash('sha256').update('emoheal key name').update(key).digest('hex').slice(0, 8);

/** `keys`: 32 bytes each, newest first. */
export function createSecretBox(keys: readonly Uint8Array[]): SecretBox {
  const named = new Map(keys.map((key) => [nameOf(key), key]));
  const newest = nameOf(keys[0]!);
  return {
    seal(secret, purpose) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', named.get(newest)!, iv).setAAD(Buffer.from(purpose));
      const bytes = Buffer.concat([iv, cipher.update(secret), cipher.final(), cipher.getAuthTag()]);
      return [MARK, newest, bytes.toString('base64url')].join('.');
    },
    open(sealed, purpose) {
      const [mark, name = '', text = ''] = sealed.split('.');
      const key = mark === MARK ? named.get(name) : undefined;
      if (!key) throw cannotOpen(purpose);
      const bytes = Buffer.from(text, 'base64url');
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES })
          .setAAD(Buffer.from(purpose))
          .setAuthTag(bytes.subarray(-TAG_BYTES));
        return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]);
      } catch {
        throw cannotOpen(purpose);
      }
    },
    isCurrent: (sealed) => sealed.startsWith(`${MARK}.${newest}.`),
  };
}

const cannotOpen = (purpose: string) =>
  new EmohealError('config-invalid', `The secret for ${purpose} was sealed with another key, or was changed.`, {
    remedy: 'Bring back the file secret-key of the data folder, or the EMOHEAL_SECRET_KEY that was set then.',
  });

/** "KEY" or "KEY,KEY…": 32 bytes each, as base64, base64url or hex. Null where one is none. */
export function readKeys(text: string): Buffer[] | null {
  const keys = text
    .split(/[\s,]+/)
    .filter((word) => word !== '')
    .map((word) => Buffer.from(word, /^[0-9a-f]{64}$/i.test(word) ? 'hex' : 'base64'));
  return keys.length > 0 && keys.every((key) => key.length === 32) ? keys : null;
}
