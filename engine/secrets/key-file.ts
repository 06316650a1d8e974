/** Where the keys of the secret box come from, and how a newer one takes the place of the older ones. */
import { randomBytes } from 'node:crypto';
import { chmodSync, closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import path from 'node:path';
import { EmohealError } from '../errors.js';
import { createSecretBox, readKeys, type SecretBox } from './secret-box.js';

export interface SecretSettings {
  dataDir: string;
  /** EMOHEAL_SECRET_KEY; never shown. */
  secretKey?: string | undefined;
}

export const keyFileOf = (dataDir: string): string => path.join(dataDir, 'secret-key');

/** Makes the key where there is none yet. Throws `config-invalid` for a key that is none. */
export function openSecretBox({ dataDir, secretKey }: SecretSettings): SecretBox {
  return createSecretBox(secretKey === undefined ? keysOfFile(dataDir) : checked(secretKey, 'EMOHEAL_SECRET_KEY'));
}

function keysOfFile(dataDir: string): Buffer[] {
  const file = keyFileOf(dataDir);
  try {
    const text = readFileSync(file, 'utf8');
    chmodSync(file, 0o600);
    return checked(text, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  mkdirSync(dataDir, { recursive: true });
  try {
    writePrivately(file, `${randomBytes(32).toString('base64')}\n`, 'wx');
  } catch (error) {
    // Made by another process at the same moment.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return checked(readFileSync(file, 'utf8'), file);
}

function checked(text: string, where: string): Buffer[] {
  const keys = readKeys(text);
  if (keys) return keys;
  throw new EmohealError('config-invalid', `${where} holds no key.`, {
    remedy: 'A key is 32 bytes as base64, for instance from: openssl rand -base64 32.',
  });
}

/**
 * A new key before the old ones, `reseal` with all of them, then the new one alone. Broken off anywhere, what is sealed
 * can still be opened. Where EMOHEAL_SECRET_KEY names the keys, they are taken as they are.
 */
export async function rotateKey(settings: SecretSettings, reseal: (box: SecretBox) => Promise<void>): Promise<void> {
  if (settings.secretKey !== undefined) return reseal(openSecretBox(settings));
  const file = keyFileOf(settings.dataDir);
  const old = keysOfFile(settings.dataDir);
  const keys = [randomBytes(32), ...old];
  const lines = (of: readonly Buffer[]) => of.map((key) => `${key.toString('base64')}\n`).join('');
  replacePrivately(file, lines(keys));
  await reseal(createSecretBox(keys));
  replacePrivately(file, lines(keys.slice(0, 1)));
}

/** Flushed, and for the server's own user only. */
export function writePrivately(file: string, text: string, flags: 'w' | 'wx'): void {
  const handle = openSync(file, flags, 0o600);
  try {
    writeSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

export function replacePrivately(file: string, text: string): void {
  writePrivately(`${file}.new`, text, 'w');
  renameSync(`${file}.new`, file);
}
