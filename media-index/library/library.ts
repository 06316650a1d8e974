/**
 * The shelf: the starter catalogue and the listener's own music.
 *
 * An import may be stopped at any moment, even by pulling the plug, and run again: each finished track is one record
 * written atomically, known files are passed over by path, size and time without being read, and the same recording
 * under another name is recognised by its content. The listener's files are only ever read.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, constants, stat } from 'node:fs/promises';
import path from 'node:path';
import pLimit from 'p-limit';
import { EmohealError } from '../../engine/errors.js';
import type { AudioAnalyser } from '../../engine/ports.js';
import { type AudioAnalysis, AudioAnalysis as AudioAnalysisSchema, type Track } from '../../engine/vocabulary.js';
import { packageRoot } from '../../models/paths.js';
import {
  type BrokenRecord,
  deleteRecord,
  type LibraryRecord,
  loadRecords,
  RECORD_VERSION,
  writeRecord,
} from './record.js';
import { readTags } from './tags.js';
import { findAudio, type Unreadable } from './walk.js';

export interface LibraryOptions {
  dataDir: string;
  /** The shipped tracks; they can be neither changed nor removed. */
  starter: readonly Track[];
  analyser: AudioAnalyser;
  nowMs?: () => number;
  /** Files analysed at the same time. */
  concurrency?: number;
}

export interface ImportReport {
  imported: { trackId: string; title: string; file: string }[];
  /** The same content was on the shelf before, or came twice in this folder. */
  alreadyThere: { trackId: string; file: string }[];
  unreadable: Unreadable[];
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
  importFolder(
    dir: string,
    options?: { onProgress?: (done: number) => void; signal?: AbortSignal },
  ): Promise<ImportReport>;
  /** Takes one of the listener's own tracks off the shelf; its file stays. Throws `not-found`, `forbidden` (starter). */
  remove(id: string): Promise<void>;
  verify(signal?: AbortSignal): Promise<VerifyReport>;
  /** Records that could not be read and were passed over. */
  broken(): readonly BrokenRecord[];
  /** Reads the records again: another process may have imported. */
  reload(): Promise<void>;
}

const MAX_FILE_BYTES = 4 * 1024 ** 3;
const SHORTEST_SEC = 2;
/** Longer files would keep one analysis busy for minutes and are hardly ever one piece. */
const LONGEST_SEC = 4 * 3600;

interface ImportRun {
  byPath: ReadonlyMap<string, LibraryRecord>;
  claimed: Map<string, Promise<Outcome>>;
  signal: AbortSignal | undefined;
}
type Outcome = { kind: 'imported' | 'alreadyThere'; record: LibraryRecord } | { kind: 'unreadable'; reason: string };

export async function openLibrary(options: LibraryOptions): Promise<Library> {
  const { dataDir, starter, analyser, nowMs = Date.now, concurrency = 2 } = options;
  const starterById = new Map(starter.map((track) => [track.id, track]));
  let own = new Map<string, LibraryRecord>();
  let broken: readonly BrokenRecord[] = [];
  let shelf: readonly Track[] = starter;

  function reshelve(): void {
    const mine = [...own.values()].map((record) => record.track).sort((a, b) => (a.id < b.id ? -1 : 1));
    shelf = Object.freeze([...starter, ...mine]);
  }
  async function reload(): Promise<void> {
    const loaded = await loadRecords(dataDir);
    own = new Map(loaded.records.map((record) => [record.track.id, record]));
    broken = loaded.broken;
    reshelve();
  }
  await reload();

  async function importFile(file: string, run: ImportRun): Promise<Outcome> {
    const { size, mtimeMs } = await stat(file);
    if (size === 0) return { kind: 'unreadable', reason: 'the file is empty' };
    if (size > MAX_FILE_BYTES)
      return { kind: 'unreadable', reason: `the file is larger than ${MAX_FILE_BYTES / 1024 ** 3} GiB` };
    const known = run.byPath.get(file);
    if (known && known.sizeBytes === size && known.modifiedMs === mtimeMs)
      return { kind: 'alreadyThere', record: known };

    const sha256 = await contentHash(file, run.signal);
    const id = `own-${sha256.slice(0, 16)}`;
    const before = own.get(id);
    if (before) return { kind: 'alreadyThere', record: await movedTo(before, file, size, mtimeMs) };
    // Two copies in one folder: the first to be hashed becomes the track, the other waits for what comes of it.
    const twin = run.claimed.get(id);
    if (twin) {
      const outcome = await twin;
      return outcome.kind === 'imported' ? { ...outcome, kind: 'alreadyThere' } : outcome;
    }
    const outcome = addNew(file, { id, sha256, sizeBytes: size, modifiedMs: mtimeMs }, run.signal);
    run.claimed.set(id, outcome);
    return outcome;
  }

  async function addNew(
    file: string,
    { id, ...content }: { id: string; sha256: string; sizeBytes: number; modifiedMs: number },
    signal?: AbortSignal,
  ): Promise<Outcome> {
    const heard = await listen(file, signal);
    if ('reason' in heard) return { kind: 'unreadable', reason: heard.reason };
    const tags = await readTags(file);
    const track: Track = {
      id,
      ...tags,
      durationSec: heard.durationSec,
      analysis: heard,
      origin: { kind: 'file', path: file },
    };
    const record: LibraryRecord = { version: RECORD_VERSION, track, ...content, importedMs: nowMs() };
    await writeRecord(dataDir, record);
    own.set(id, record);
    return { kind: 'imported', record };
  }

  /** The analysis, or why the file is not music for us; whatever the analyser meets in one file ends only that file. */
  async function listen(file: string, signal?: AbortSignal): Promise<AudioAnalysis | { reason: string }> {
    try {
      const analysis = AudioAnalysisSchema.parse(await analyser.analyseFile(file, signal));
      const reason = unfitReason(analysis);
      return reason ? { reason } : analysis;
    } catch (error) {
      if (signal?.aborted) throw error;
      if (error instanceof EmohealError) return { reason: [error.message, error.remedy].filter(Boolean).join(' ') };
      return { reason: 'it could not be understood as music' };
    }
  }

  /** The same content elsewhere: where the old place is gone, the track follows the file. */
  async function movedTo(
    record: LibraryRecord,
    file: string,
    sizeBytes: number,
    modifiedMs: number,
  ): Promise<LibraryRecord> {
    const { origin } = record.track;
    const stays = origin.kind === 'file' && origin.path !== file && (await isReadable(origin.path));
    if (stays) return record;
    const moved: LibraryRecord = {
      ...record,
      sizeBytes,
      modifiedMs,
      track: { ...record.track, origin: { kind: 'file', path: file } },
    };
    await writeRecord(dataDir, moved);
    own.set(record.track.id, moved);
    return moved;
  }

  async function importFolder(
    dir: string,
    { onProgress, signal }: { onProgress?: (done: number) => void; signal?: AbortSignal } = {},
  ): Promise<ImportReport> {
    const report: ImportReport = { imported: [], alreadyThere: [], unreadable: [] };
    const limit = pLimit(concurrency);
    try {
      await reload();
      const found = await findAudio(dir, signal);
      report.unreadable.push(...found.unreadable);
      const byPath = new Map(
        [...own.values()].flatMap((r) => (r.track.origin.kind === 'file' ? [[r.track.origin.path, r] as const] : [])),
      );
      const run: ImportRun = { byPath, claimed: new Map(), signal };
      let done = 0;
      let fault: unknown;
      const jobs = found.files.map((file) =>
        limit(async () => {
          // After a full disk the rest could only fail too.
          if (fault !== undefined || signal?.aborted) return;
          try {
            note(report, file, await importFile(file, run));
          } catch (error) {
            const reason = fileFault(error);
            if (reason === null || signal?.aborted) fault ??= error;
            else report.unreadable.push({ file, reason });
          }
          done += 1;
          onProgress?.(done / found.files.length);
        }),
      );
      await Promise.all(jobs);
      signal?.throwIfAborted();
      if (fault !== undefined) throw fault;
      if (found.files.length === 0) onProgress?.(1);
    } catch (error) {
      if (!signal?.aborted) throw error;
      throw new EmohealError('cancelled', 'The import was stopped; the tracks that were ready are kept.', {
        retryable: true,
        remedy: 'Run the same import again to go on.',
        cause: error,
      });
    } finally {
      reshelve();
    }
    for (const list of Object.values(report))
      list.sort((a: { file: string }, b: { file: string }) => (a.file < b.file ? -1 : 1));
    return report;
  }

  async function verify(signal?: AbortSignal): Promise<VerifyReport> {
    const problems = broken.map(({ file, reason }) => ({
      trackId: file,
      problem: `its record cannot be read (${reason})`,
    }));
    for (const track of shelf) {
      signal?.throwIfAborted();
      const problem = await problemOf(track, own.get(track.id), signal);
      if (problem) problems.push({ trackId: track.id, problem });
    }
    return { checked: shelf.length + broken.length, problems };
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
    importFolder,
    async remove(id) {
      if (starterById.has(id)) throw new EmohealError('forbidden', `"${id}" is part of the starter music and stays.`);
      if (!own.has(id))
        throw new EmohealError('not-found', `There is no track "${id}".`, {
          remedy: 'See "library list" for the ids.',
        });
      await deleteRecord(dataDir, id);
      own.delete(id);
      reshelve();
    },
    verify,
    broken: () => broken,
    reload,
  } satisfies Library;
}

async function contentHash(file: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  for await (const block of createReadStream(file, { signal })) hash.update(block as Buffer);
  return hash.digest('hex');
}

async function isReadable(file: string): Promise<boolean> {
  return access(file, constants.R_OK).then(
    () => true,
    () => false,
  );
}

function unfitReason(analysis: AudioAnalysis): string | null {
  if (!(analysis.durationSec >= SHORTEST_SEC)) return `shorter than ${SHORTEST_SEC} seconds`;
  if (analysis.durationSec > LONGEST_SEC) return `longer than ${LONGEST_SEC / 3600} hours`;
  return null;
}

function note(report: ImportReport, file: string, outcome: Outcome): void {
  if (outcome.kind === 'unreadable') report.unreadable.push({ file, reason: outcome.reason });
  else if (outcome.kind === 'alreadyThere') report.alreadyThere.push({ trackId: outcome.record.track.id, file });
  else report.imported.push({ trackId: outcome.record.track.id, title: outcome.record.track.title, file });
}

/** Why one file could not be read; null for a fault of ours (full disk), which ends the import. */
function fileFault(error: unknown): string | null {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'EACCES' || code === 'EPERM') return 'this account may not read it';
  if (code === 'ENOENT') return 'it went away during the import';
  return code === 'EIO' ? 'the disk cannot read it' : null;
}

async function problemOf(
  track: Track,
  record: LibraryRecord | undefined,
  signal?: AbortSignal,
): Promise<string | null> {
  const { origin } = track;
  if (origin.kind === 'nature') return null;
  if (origin.kind === 'score') {
    return (await isReadable(path.join(packageRoot(), origin.path)))
      ? null
      : `its score ${origin.path} is missing from the package`;
  }
  if (!(await isReadable(origin.path))) return `its file ${origin.path} is gone or cannot be read`;
  if (record && (await contentHash(origin.path, signal)) !== record.sha256) {
    return `its file ${origin.path} is no longer the one that was analysed; import it again`;
  }
  return null;
}
