/**
 * The shelf: the starter catalogue and the listener's own music, which `import-folder.ts` brings in. One record per own
 * track on disk; a broken record is reported and passed over. The listener's files are only ever read.
 */
import path from 'node:path';
import pLimit from 'p-limit';
import { EmohealError } from '../../engine/errors.js';
import type { AudioAnalyser } from '../../engine/ports.js';
import type { SecretSettings } from '../../engine/secrets/key-file.js';
import type { Track } from '../../engine/vocabulary.js';
import { packageRoot } from '../../models/paths.js';
import { deleteCover } from './cover.js';
import { contentHash, isReadable } from './file-content.js';
import { type ImportOptions, type ImportReport, importFolder } from './import-folder.js';
import { type BrokenRecord, deleteRecord, type LibraryRecord, loadRecords } from './record.js';
import { type Connection, connections, serverOf } from './remote/connections.js';
import { type SyncOptions, syncServer } from './remote/sync.js';

export interface LibraryOptions {
  dataDir: string;
  /** EMOHEAL_SECRET_KEY, where that is set: it opens the passwords of music servers. */
  secretKey?: string | undefined;
  /** The shipped tracks; they can be neither changed nor removed. */
  starter: readonly Track[];
  analyser: AudioAnalyser;
  nowMs?: () => number;
  /** Files analysed at the same time. */
  concurrency?: number;
}

export interface VerifyReport {
  checked: number;
  /** `trackId` is a record's file name where the record itself is broken. */
  problems: { trackId: string; problem: string }[];
}

export interface Library {
  /** Starter and own, by id within each. The same array until something changes. */
  tracks(): readonly Track[];
  list(): readonly Track[];
  /** Throws `not-found`. */
  show(id: string): Track;
  /** Throws `not-found` or `bad-input` for the folder, `cancelled`, `disk-full`; single files never stop it. */
  importFolder(dir: string, options?: ImportOptions): Promise<ImportReport>;
  /** What a connected music server holds. Rejects as the server does; what is done is kept. */
  syncServer(connection: Connection, options?: SyncOptions): Promise<ImportReport>;
  /** Takes one of the listener's own tracks off the shelf; its file stays. Throws `not-found`, `forbidden` (starter). */
  remove(id: string): Promise<void>;
  verify(signal?: AbortSignal): Promise<VerifyReport>;
  /** Records that could not be read and were passed over. */
  broken(): readonly BrokenRecord[];
  /** Reads the records again: another process may have imported. */
  reload(): Promise<void>;
}

const STATS_AT_ONCE = 64;

export async function openLibrary(options: LibraryOptions): Promise<Library> {
  const { dataDir, starter, analyser, nowMs = Date.now, concurrency = 2 } = options;
  const starterById = new Map(starter.map((track) => [track.id, track]));
  let own = new Map<string, LibraryRecord>();
  let broken: readonly BrokenRecord[] = [];
  /** Ids of tracks whose file is not there now (a disk that is not plugged in): passed over, not forgotten. */
  let absent: ReadonlySet<string> = new Set();
  let shelf: readonly Track[] = starter;

  function reshelve(): void {
    const here = [...own.values()].filter((record) => !absent.has(record.track.id));
    const mine = here.map((record) => record.track).sort((a, b) => (a.id < b.id ? -1 : 1));
    shelf = Object.freeze([...starter, ...mine]);
  }
  async function reload(): Promise<void> {
    const loaded = await loadRecords(dataDir);
    own = new Map(loaded.records.map((record) => [record.track.id, record]));
    broken = loaded.broken;
    absent = await absentOf(loaded.records);
    reshelve();
  }
  await reload();

  async function verify(signal?: AbortSignal): Promise<VerifyReport> {
    const problems = broken.map(({ file, reason }) => ({
      trackId: file,
      problem: `its record cannot be read (${reason})`,
    }));
    for (const track of [...starter, ...[...own.values()].map((record) => record.track)]) {
      signal?.throwIfAborted();
      const problem = await problemOf(options, track, own.get(track.id), signal);
      if (problem) problems.push({ trackId: track.id, problem });
    }
    return { checked: starter.length + own.size + broken.length, problems };
  }

  return {
    tracks: () => shelf,
    list: () => shelf,
    show(id) {
      const track = starterById.get(id) ?? own.get(id)?.track;
      if (!track)
        throw new EmohealError('not-found', `There is no track "${id}".`, {
          remedy: 'See "library list" for the ids.',
        });
      return track;
    },
    async importFolder(dir, importOptions) {
      await reload();
      try {
        return await importFolder(dir, { dataDir, own, analyser, nowMs, concurrency }, importOptions);
      } finally {
        absent = await absentOf([...own.values()]);
        reshelve();
      }
    },
    async syncServer(connection, syncOptions) {
      await reload();
      try {
        const context = { dataDir, own, analyser, nowMs, concurrency };
        return await syncServer(connection, serverOf(connection), context, syncOptions);
      } finally {
        reshelve();
      }
    },
    async remove(id) {
      if (starterById.has(id)) throw new EmohealError('forbidden', `"${id}" is part of the starter music and stays.`);
      if (!own.has(id))
        throw new EmohealError('not-found', `There is no track "${id}".`, {
          remedy: 'See "library list" for the ids.',
        });
      await deleteRecord(dataDir, id);
      await deleteCover(dataDir, id);
      own.delete(id);
      reshelve();
    },
    verify,
    broken: () => broken,
    reload,
  } satisfies Library;
}

async function absentOf(records: readonly LibraryRecord[]): Promise<ReadonlySet<string>> {
  const limit = pLimit(STATS_AT_ONCE);
  const gone = await Promise.all(
    records.map(({ track: { id, origin } }) =>
      limit(async () => (origin.kind === 'file' && !(await isReadable(origin.path)) ? id : null)),
    ),
  );
  return new Set(gone.filter((id) => id !== null));
}

async function problemOf(
  settings: SecretSettings,
  track: Track,
  record: LibraryRecord | undefined,
  signal?: AbortSignal,
): Promise<string | null> {
  const { origin } = track;
  if (origin.kind === 'nature' || origin.kind === 'morph') return null;
  if (origin.kind === 'score') {
    return (await isReadable(path.join(packageRoot(), origin.path)))
      ? null
      : `its score ${origin.path} is missing from the package`;
  }
  if (origin.kind === 'remote') {
    const connected = (await connections(settings)).some((each) => each.id === origin.server);
    return connected ? null : 'its music server is not connected; run "library connect"';
  }
  if (!(await isReadable(origin.path))) return `its file ${origin.path} is gone or cannot be read`;
  if (record && (await contentHash(origin.path, signal)) !== record.sha256) {
    return `its file ${origin.path} is no longer the one that was analysed; import it again`;
  }
  return null;
}
