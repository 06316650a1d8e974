/**
 * Everything that a new machine needs to go on: sessions, routines, check-ins, tastes, rules, caregivers, the keys, the
 * recorded greetings and what is known of one's own music, as one .tar.gz, whatever keeps the state. Each record is
 * compared when it is packed and when it is brought back. The music files themselves, models and caches are not in it.
 *
 * The file opens everything that the house keeps: it is readable by its owner only, and belongs into a safe place.
 */
import { createHash } from 'node:crypto';
import { cpSync, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { create, extract } from 'tar';
import { z } from 'zod';
import { EmohealError } from '../../engine/errors.js';
import type { Store } from '../../engine/stores.js';
import { packageVersion } from '../../models/paths.js';
import { openFileStore } from './files/file-store.js';
import { ALL_KINDS } from './kinds.js';
import { type MovedStore, moveStore } from './move-store.js';

const KEYS = ['secret-key', path.join('state', 'stream-key'), path.join('state', 'address-keys.json')];
/** Beside the store: taken as they are. What a music server can give again is left out. */
const FOLDERS = ['greetings', 'library'];
const LEFT_OUT = path.join('library', 'from-servers');
const MOST_FILES = 1_000_000;
const MOST_BYTES = 20 * 1024 ** 3;

const MANIFEST = z.object({
  version: z.literal(1),
  emoheal: z.string(),
  madeMs: z.number().int(),
  sha256: z.record(z.string(), z.string().regex(/^[0-9a-f]{64}$/)),
});

export interface BackupOptions {
  dataDir: string;
  openCurrent: () => Promise<Store>;
  file: string;
  nowMs: number;
}

/** Throws `conflict` where a server has the sessions. A file of that name is replaced only when the new one is whole. */
export async function backUp({ dataDir, openCurrent, file, nowMs }: BackupOptions): Promise<MovedStore> {
  await using work = await workFolder();
  const moved = await moveStore(openCurrent, () => openFileStore({ dataDir: work.folder }), { kinds: ALL_KINDS });
  await rm(path.join(work.folder, 'state', 'sessions.lock'), { recursive: true, force: true });
  for (const key of KEYS) copy(dataDir, work.folder, key);
  for (const folder of FOLDERS) copy(dataDir, work.folder, folder);
  const sha256 = Object.fromEntries(filesBelow(work.folder).map((name) => [name, sha256Of(work.folder, name)]));
  const manifest: z.infer<typeof MANIFEST> = { version: 1, emoheal: packageVersion(), madeMs: nowMs, sha256 };
  await writeFile(path.join(work.folder, 'manifest.json'), JSON.stringify(manifest));
  const coming = `${path.resolve(file)}.${process.pid}.coming`;
  try {
    await writeFile(coming, '', { mode: 0o600 });
    await create({ file: coming, gzip: true, cwd: work.folder, portable: true, mtime: new Date(nowMs) }, [
      'manifest.json',
      ...Object.keys(sha256).sort(),
    ]);
    await chmod(coming, 0o600);
    await rename(coming, file);
  } finally {
    await rm(coming, { force: true });
  }
  return moved;
}

export interface RestoreOptions extends Omit<BackupOptions, 'nowMs'> {
  /** What is there and differs gives way to the backup; the keys too. */
  replace?: boolean;
}

/**
 * Looks at the whole file before anything is changed. Throws `bad-input` for what is no backup or is damaged, `conflict`
 * where the state holds something else and `replace` is not asked for.
 */
export async function restore({ dataDir, openCurrent, file, replace }: RestoreOptions): Promise<MovedStore> {
  await using work = await workFolder();
  await unpack(file, work.folder);
  checkWhole(work.folder, file);
  const keys = KEYS.filter((key) => existsSync(path.join(work.folder, key)));
  const other = keys.filter((key) => existsSync(path.join(dataDir, key)) && !sameFile(dataDir, work.folder, key));
  if (other.length > 0 && !replace)
    throw new EmohealError('conflict', 'This data folder has keys of its own.', {
      remedy: 'Nothing was changed. Restore into an empty data folder, or add --replace: its own keys are then gone.',
    });
  const moved = await moveStore(() => openFileStore({ dataDir: work.folder }), openCurrent, {
    kinds: ALL_KINDS,
    ...(replace ? { replace } : {}),
  });
  for (const name of [...keys, ...FOLDERS]) copy(work.folder, dataDir, name);
  for (const key of keys) await chmod(path.join(dataDir, key), 0o600);
  return moved;
}

async function unpack(file: string, folder: string): Promise<void> {
  let files = 0;
  let bytes = 0;
  let wrong: string | null = null;
  try {
    await extract({
      file,
      cwd: folder,
      strict: true,
      preservePaths: false,
      // Neither links nor devices, nothing that leads out, and no bomb.
      filter: (name, entry) => {
        const type = 'type' in entry ? entry.type : 'File';
        files += 1;
        bytes += entry.size ?? 0;
        if (path.isAbsolute(name) || name.split(/[\\/]/).includes('..')) wrong ??= 'holds a path that leads out of it';
        if (!['File', 'OldFile', 'Directory'].includes(type)) wrong ??= 'holds links';
        if (files > MOST_FILES || bytes > MOST_BYTES) wrong ??= 'unpacks to more than any backup holds';
        return wrong === null;
      },
    });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT' && !existsSync(file)) throw cause;
    throw noBackup(file, wrong ?? 'cannot be unpacked', cause);
  }
  if (wrong) throw noBackup(file, wrong);
}

function checkWhole(folder: string, file: string): void {
  let manifest: z.infer<typeof MANIFEST>;
  try {
    manifest = MANIFEST.parse(JSON.parse(readFileSync(path.join(folder, 'manifest.json'), 'utf8')));
  } catch (cause) {
    throw noBackup(file, 'has no list of contents that can be read', cause);
  }
  const there = filesBelow(folder).filter((name) => name !== 'manifest.json');
  const damaged = [...new Set([...there, ...Object.keys(manifest.sha256)])].filter(
    (name) => !there.includes(name) || sha256Of(folder, name) !== manifest.sha256[name],
  );
  if (damaged.length > 0)
    throw noBackup(file, `is damaged: ${damaged.length} of its files are not as they were packed`);
}

const noBackup = (file: string, what: string, cause?: unknown) =>
  new EmohealError('bad-input', `${path.basename(file)} ${what}.`, {
    remedy: 'Nothing was changed. Name a file that "emoheal store backup" made.',
    ...(cause ? { cause } : {}),
  });

function copy(from: string, to: string, name: string): void {
  const source = path.join(from, name);
  if (!existsSync(source)) return;
  cpSync(source, path.join(to, name), {
    recursive: true,
    filter: (each) => path.relative(from, each) !== LEFT_OUT,
  });
}

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(path.join(folder, name)).isFile(),
  );

const sha256Of = (folder: string, name: string): string =>
  createHash('sha256')
    .update(readFileSync(path.join(folder, name)))
    .digest('hex');

const sameFile = (a: string, b: string, name: string) => sha256Of(a, name) === sha256Of(b, name);

async function workFolder() {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'emoheal-backup-'));
  await mkdir(path.join(folder, 'state'), { recursive: true });
  // A broken unpacking may still be writing its last file.
  return {
    folder,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 }),
  };
}
