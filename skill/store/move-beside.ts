/**
 * What lies beside the store and belongs to it: recorded greetings, the key that listeners of Alexa and pseudonyms are named
 * by, and a study's secret that another folder's key sealed.
 */
import { existsSync, readFileSync } from 'node:fs';
import { copyFile, mkdir, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Study } from '../../engine/checkins/study.js';
import { EmohealError } from '../../engine/errors.js';
import { keyFileOf, openSecretBox, replacePrivately } from '../../engine/secrets/key-file.js';
import type { Store } from '../../engine/stores.js';
import { addressKeysOf } from '../http/address-keys.js';
import { sealedStudies } from '../secrets/sealed-study.js';
import { keepSigningKey, signingKeyIn } from '../secrets/signing-key.js';
import { STUDY } from './kinds.js';

export interface Folders {
  from: string;
  to: string;
  /** EMOHEAL_SECRET_KEY, where that is set: then both folders have the same key. */
  secretKey?: string | undefined;
}

/** The recordings; a name is an id that is never given twice. Returns how many; may be stopped and run again. */
export async function moveGreetings({ from, to }: Folders): Promise<number> {
  const [source, target] = [path.join(from, 'greetings'), path.join(to, 'greetings')];
  const names = await readdir(source).catch((error: NodeJS.ErrnoException): string[] => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const whole = names.filter((name) => !name.endsWith('.coming'));
  if (whole.length > 0) await mkdir(target, { recursive: true, mode: 0o700 });
  for (const name of whole) {
    const coming = path.join(target, `${name}.coming`);
    try {
      await copyFile(path.join(source, name), coming);
      await rename(coming, path.join(target, name));
    } finally {
      await rm(coming, { force: true });
    }
  }
  return whole.length;
}

/**
 * Whose records are whose hangs on the signing key: without it every listener of Alexa would be a stranger in the new
 * folder, and "forget me" would find nothing. Throws `conflict` where the target has another one.
 */
export function checkSigningKeys({ from, to, secretKey }: Folders): void {
  const [source, target] = [from, to].map((dataDir) =>
    signingKeyIn(dataDir, () => openSecretBox({ dataDir, secretKey })),
  );
  if (!source || !target || source.equals(target)) return;
  throw new EmohealError('conflict', 'The target folder has a signing key of its own.', {
    remedy: 'Nothing was changed. Move into an empty folder, or add --replace to let the source win: its key too.',
  });
}

/** With it the keys of stream addresses: one that was called back must open nothing in the new folder either. */
export function moveSigningKey({ from, to, secretKey }: Folders): void {
  const key = signingKeyIn(from, () => openSecretBox({ dataDir: from, secretKey }));
  if (key) keepSigningKey(to, openSecretBox({ dataDir: to, secretKey }), key);
  const [source, target] = [addressKeysOf(from), addressKeysOf(to)];
  if (existsSync(source)) replacePrivately(target, readFileSync(source, 'utf8'));
}

/** Seals the moved study by the key of its new folder. Throws `config-invalid` where the old folder's key is not there. */
export async function sealStudyAnew(store: Store, { from, to, secretKey }: Folders): Promise<void> {
  const kept = await store.records<Study>(STUDY);
  if (Object.keys(await kept.read()).length === 0) return;
  const own = openSecretBox({ dataDir: to, secretKey });
  if (secretKey !== undefined || !existsSync(keyFileOf(from))) return void (await sealedStudies(kept, own));
  const old = openSecretBox({ dataDir: from });
  await sealedStudies(kept, {
    ...own,
    open: (sealed, purpose) => (own.isCurrent(sealed) ? own : old).open(sealed, purpose),
  });
}
