/**
 * Brings the music of a folder onto the shelf. May be stopped at any moment, even by pulling the plug, and run again:
 * each finished track is one record written atomically, known files are passed over by path, size and time without
 * being read, and the same recording under another name is recognised by its content. Files are only ever read.
 */
import { stat } from 'node:fs/promises';
import pLimit from 'p-limit';
import { EmohealError } from '../../engine/errors.js';
import type { AudioAnalyser } from '../../engine/ports.js';
import { type AudioAnalysis, AudioAnalysis as AudioAnalysisSchema, type Track } from '../../engine/vocabulary.js';
import { keepCover } from './cover.js';
import { contentHash, encodedSound, isReadable, tooLong } from './file-content.js';
import { type LibraryRecord, RECORD_VERSION, writeRecord } from './record.js';
import { readTags } from './tags.js';
import { findAudio, type Unreadable } from './walk.js';

export interface ImportReport {
  imported: { trackId: string; title: string; file: string }[];
  /** The same content was on the shelf before, or came twice in this folder. */
  alreadyThere: { trackId: string; file: string }[];
  unreadable: Unreadable[];
}

/** What the shelf lends to an import: `own` is added to as tracks become ready. */
export interface ImportContext {
  dataDir: string;
  own: Map<string, LibraryRecord>;
  analyser: AudioAnalyser;
  nowMs: () => number;
  concurrency: number;
}

export interface ImportOptions {
  /** Share of the files done, 0..1. */
  onProgress?: (done: number) => void;
  /** What is known of the files better than by their tags: of a pack with a licence of its own. */
  about?: Pick<Track, 'licence'> & { attribution(title: string): string };
  signal?: AbortSignal;
}

const MAX_FILE_BYTES = 4 * 1024 ** 3;
const SHORTEST_SEC = 2;
/** Longer files would keep one analysis busy for minutes and are hardly ever one piece. */
const LONGEST_SEC = 4 * 3600;

interface ImportRun extends ImportContext {
  byPath: ReadonlyMap<string, LibraryRecord>;
  /** Records by the fingerprint of their sound; those of this run are added. */
  bySound: Map<string, LibraryRecord>;
  about: ImportOptions['about'];
  claimed: Map<string, Promise<Outcome>>;
  signal: AbortSignal | undefined;
}
type Outcome = { kind: 'imported' | 'alreadyThere'; record: LibraryRecord } | { kind: 'unreadable'; reason: string };

/** Throws `not-found` or `bad-input` for the folder, `cancelled`, `disk-full`; a single bad file is a line in the report. */
export async function importFolder(
  dir: string,
  context: ImportContext,
  { onProgress, about, signal }: ImportOptions = {},
): Promise<ImportReport> {
  const report: ImportReport = { imported: [], alreadyThere: [], unreadable: [] };
  const limit = pLimit(context.concurrency);
  try {
    const found = await findAudio(dir, signal);
    report.unreadable.push(...found.unreadable);
    const byPath = new Map(
      [...context.own.values()].flatMap((r) =>
        r.track.origin.kind === 'file' ? [[r.track.origin.path, r] as const] : [],
      ),
    );
    const bySound = new Map([...context.own.values()].flatMap((r) => (r.soundSha256 ? [[r.soundSha256, r]] : [])));
    const run: ImportRun = { ...context, byPath, bySound, about, claimed: new Map(), signal };
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
  }
  for (const list of Object.values(report))
    list.sort((a: { file: string }, b: { file: string }) => (a.file < b.file ? -1 : 1));
  return report;
}

async function importFile(file: string, run: ImportRun): Promise<Outcome> {
  const { size, mtimeMs } = await stat(file);
  if (size === 0) return { kind: 'unreadable', reason: 'the file is empty' };
  if (size > MAX_FILE_BYTES)
    return { kind: 'unreadable', reason: `the file is larger than ${MAX_FILE_BYTES / 1024 ** 3} GiB` };
  const known = run.byPath.get(file);
  if (known && known.sizeBytes === size && known.modifiedMs === mtimeMs) return { kind: 'alreadyThere', record: known };

  const sha256 = await contentHash(file, run.signal);
  const id = `own-${sha256.slice(0, 16)}`;
  const before = run.own.get(id);
  if (before)
    return {
      kind: 'alreadyThere',
      record: await movedTo(run, before, file, { sha256, sizeBytes: size, modifiedMs: mtimeMs }),
    };
  // Two copies in one folder: the first to be hashed becomes the track, the other waits for what comes of it.
  const twin = run.claimed.get(id);
  if (twin) {
    const outcome = await twin;
    return outcome.kind === 'imported' ? { ...outcome, kind: 'alreadyThere' } : outcome;
  }
  const outcome = addNew(run, file, { id, sha256, sizeBytes: size, modifiedMs: mtimeMs });
  run.claimed.set(id, outcome);
  return outcome;
}

async function addNew(
  run: ImportRun,
  file: string,
  { id, ...content }: { id: string; sha256: string; sizeBytes: number; modifiedMs: number },
): Promise<Outcome> {
  const sound = await encodedSound(file, LONGEST_SEC, run.signal);
  if (sound && 'reason' in sound) return { kind: 'unreadable', reason: sound.reason };
  const soundSha256 = sound?.sha256;
  // The same recording with other tags or another cover: one track.
  const twin = soundSha256 && run.bySound.get(soundSha256);
  if (twin) return { kind: 'alreadyThere', record: await movedTo(run, twin, file, content) };
  const heard = await listen(run, file);
  if ('reason' in heard) return { kind: 'unreadable', reason: heard.reason };
  const { cover, ...tags } = await readTags(file);
  // Another file with this sound may have been ready first; from here to its entry in the list nothing is awaited.
  const first = soundSha256 && run.bySound.get(soundSha256);
  if (first) return { kind: 'alreadyThere', record: first };
  const { about } = run;
  const track: Track = {
    id,
    ...tags,
    ...(about && { licence: about.licence, attribution: about.attribution(tags.title) }),
    durationSec: heard.durationSec,
    analysis: heard,
    origin: { kind: 'file', path: file },
  };
  const record: LibraryRecord = { version: RECORD_VERSION, track, ...content, soundSha256, importedMs: run.nowMs() };
  if (soundSha256) run.bySound.set(soundSha256, record);
  // The picture first: a record says that all of it is there.
  if (cover) await keepCover(run.dataDir, id, cover).catch(() => {});
  await writeRecord(run.dataDir, record);
  run.own.set(id, record);
  return { kind: 'imported', record };
}

/** The analysis, or why the file is not music for us; whatever the analyser meets in one file ends only that file. */
async function listen({ analyser, signal }: ImportRun, file: string): Promise<AudioAnalysis | { reason: string }> {
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
  run: ImportRun,
  record: LibraryRecord,
  file: string,
  content: Pick<LibraryRecord, 'sha256' | 'sizeBytes' | 'modifiedMs'>,
): Promise<LibraryRecord> {
  const { origin } = record.track;
  const stays = origin.kind === 'file' && origin.path !== file && (await isReadable(origin.path));
  if (stays) return record;
  const moved: LibraryRecord = {
    ...record,
    ...content,
    track: { ...record.track, origin: { kind: 'file', path: file } },
  };
  await writeRecord(run.dataDir, moved);
  run.own.set(record.track.id, moved);
  return moved;
}

function unfitReason(analysis: AudioAnalysis): string | null {
  if (!(analysis.durationSec >= SHORTEST_SEC)) return `shorter than ${SHORTEST_SEC} seconds`;
  if (analysis.durationSec > LONGEST_SEC) return tooLong(LONGEST_SEC);
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
