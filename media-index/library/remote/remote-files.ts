/**
 * Files of music servers on this machine, for as long as they are played: fetched once, at most two gigabytes, the one that
 * was not played for longest goes first. `<dataDir>/library/from-servers/`.
 */
import { mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import path from 'node:path';
import { EmohealError } from '../../../engine/errors.js';
import type { SecretSettings } from '../../../engine/secrets/key-file.js';
import type { Track } from '../../../engine/vocabulary.js';
import { connections, serverOf } from './connections.js';

const MOST_BYTES = 2 * 1024 ** 3;

const folderOf = (dataDir: string): string => path.join(dataDir, 'library', 'from-servers');

/** One fetch for all who ask at once. */
const fetching = new Map<string, Promise<string>>();

/**
 * The file of a track that lies on a server. Throws `track-unreadable` where its server is not connected; else as the server
 * does.
 */
export function remoteFile(settings: SecretSettings, track: Track, signal?: AbortSignal): Promise<string> {
  const { origin } = track;
  if (origin.kind !== 'remote') throw new EmohealError('internal', `${track.id} does not lie on a server.`);
  const file = path.join(folderOf(settings.dataDir), `${track.id}${origin.ending}`);
  const running = fetching.get(file) ?? fetchOnce(settings, origin, file, signal).finally(() => fetching.delete(file));
  fetching.set(file, running);
  return running;
}

async function fetchOnce(
  settings: SecretSettings,
  origin: Extract<Track['origin'], { kind: 'remote' }>,
  file: string,
  signal?: AbortSignal,
): Promise<string> {
  const now = new Date();
  if (await stat(file).catch(() => null)) {
    await utimes(file, now, now).catch(() => {});
    return file;
  }
  const connection = (await connections(settings)).find((each) => each.id === origin.server);
  if (!connection) {
    throw new EmohealError('track-unreadable', 'The music server of this track is not connected.', {
      remedy: 'Run "library connect" for it.',
    });
  }
  const folder = folderOf(settings.dataDir);
  await mkdir(folder, { recursive: true });
  const part = `${file}.${process.pid}.part`;
  try {
    await serverOf(connection).download(origin.item, part, signal);
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
  await keepWithin(folder, file);
  return file;
}

async function keepWithin(folder: string, newest: string): Promise<void> {
  const files = await Promise.all(
    (await readdir(folder)).map(async (name) => {
      const file = path.join(folder, name);
      const found = await stat(file).catch(() => null);
      return { file, bytes: found?.size ?? 0, usedMs: found?.mtimeMs ?? 0 };
    }),
  );
  let bytes = files.reduce((sum, each) => sum + each.bytes, 0);
  for (const { file, bytes: freed } of files.sort((a, b) => a.usedMs - b.usedMs)) {
    if (bytes <= MOST_BYTES) return;
    if (file === newest) continue;
    await rm(file, { force: true });
    bytes -= freed;
  }
}
