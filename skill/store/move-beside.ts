/** What lies beside the store and belongs to it: recorded greetings, and a study's secret that another folder's key sealed. */
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Study } from '../../engine/checkins/study.js';
import { keyFileOf, openSecretBox } from '../../engine/secrets/key-file.js';
import type { Store } from '../../engine/stores.js';
import { sealedStudies } from '../secrets/sealed-study.js';
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
