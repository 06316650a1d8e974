/**
 * Brings the music of a connected server onto the shelf: each track is fetched once to be listened to; its record stays, its
 * file goes. May be stopped and run again; what is known is passed over.
 */
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pLimit from 'p-limit';
import { EmohealError } from '../../../engine/errors.js';
import { AudioAnalysis, type Track } from '../../../engine/vocabulary.js';
import { contentHash } from '../file-content.js';
import type { ImportContext, ImportReport } from '../import-folder.js';
import { RECORD_VERSION, writeRecord } from '../record.js';
import { cleanTag, OWN_LICENCE } from '../tags.js';
import type { Connection } from './connections.js';
import type { RemoteServer, RemoteTrack } from './remote.js';

export interface SyncOptions {
  onProgress?: (done: number) => void;
  signal?: AbortSignal;
}

const SHORTEST_SEC = 2;
const LONGEST_SEC = 4 * 3600;
const MOST_TRACKS = 200_000;
/** Characters: servers use numbers, UUIDs, or paths. */
const MOST_ID = 1000;
const MOST_WORDS = 500;
/** A disk that is full or a server that is gone ends the sync; anything else ends only one track. */
const ENDS_ALL = new Set(['disk-full', 'busy', 'forbidden', 'cancelled']);

/** The same for the same track of the same server, whatever it is called. */
export const remoteId = (connection: Pick<Connection, 'id'>, track: Pick<RemoteTrack, 'id'>): string =>
  `far-${createHash('sha256').update(`${connection.id} ${track.id}`).digest('hex').slice(0, 16)}`;

/** What a server says of a track is cut before hundreds of thousands of them are held. Throws `busy` for an id that is none. */
function withinBounds({ id, title, maker, genre, durationSec, ending }: RemoteTrack): RemoteTrack {
  if (id.length > MOST_ID) throw new EmohealError('busy', 'The music server names a track by a text without end.');
  const cut = (text: string) => text.slice(0, MOST_WORDS);
  return { id, title: cut(title), maker: cut(maker), genre: cut(genre), durationSec, ending: ending.slice(0, 10) };
}

/** Rejects as the server does; single tracks that are no music for us are lines of the report. */
export async function syncServer(
  connection: Connection,
  server: RemoteServer,
  context: ImportContext,
  { onProgress, signal }: SyncOptions = {},
): Promise<ImportReport> {
  const report: ImportReport = { imported: [], alreadyThere: [], unreadable: [] };
  const tracks: RemoteTrack[] = [];
  for await (const track of server.list(signal)) {
    tracks.push(withinBounds(track));
    if (tracks.length > MOST_TRACKS)
      throw new EmohealError('too-large', `The server holds more than ${MOST_TRACKS} tracks.`);
  }
  const folder = await mkdtemp(path.join(tmpdir(), 'emoheal-sync-'));
  const limit = pLimit(context.concurrency);
  let done = 0;
  let fault: unknown;
  try {
    await Promise.all(
      tracks.map((track) =>
        limit(async () => {
          if (fault !== undefined || signal?.aborted) return;
          const id = remoteId(connection, track);
          try {
            if (context.own.has(id)) report.alreadyThere.push({ trackId: id, file: track.title });
            else await addTrack(id, track, connection, server, context, folder, report, signal);
          } catch (error) {
            if (signal?.aborted || !(error instanceof EmohealError) || ENDS_ALL.has(error.code)) fault ??= error;
            else report.unreadable.push({ file: track.title, reason: error.message });
          }
          done += 1;
          onProgress?.(done / tracks.length);
        }),
      ),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  signal?.throwIfAborted();
  if (fault !== undefined) throw fault;
  return report;
}

async function addTrack(
  id: string,
  track: RemoteTrack,
  connection: Connection,
  server: RemoteServer,
  context: ImportContext,
  folder: string,
  report: ImportReport,
  signal?: AbortSignal,
): Promise<void> {
  const title = cleanTag(track.title) || 'untitled';
  const ending = /^\.[a-z0-9]{1,5}$/i.test(track.ending) ? track.ending.toLowerCase() : '.mp3';
  const file = path.join(folder, `${id}${ending}`);
  try {
    await server.download(track.id, file, signal);
    const analysis = AudioAnalysis.parse(await context.analyser.analyseFile(file, signal));
    if (analysis.durationSec < SHORTEST_SEC || analysis.durationSec > LONGEST_SEC) {
      const what = analysis.durationSec < SHORTEST_SEC ? 'shorter than 2 seconds' : 'longer than 4 hours';
      report.unreadable.push({ file: title, reason: what });
      return;
    }
    const maker = cleanTag(track.maker) || 'unknown';
    const shelved: Track = {
      id,
      title,
      maker,
      style:
        cleanTag(track.genre)
          .toLowerCase()
          .replace(/[^\p{L}\p{N}]+/gu, '-') || 'imported',
      durationSec: analysis.durationSec,
      licence: OWN_LICENCE,
      attribution: `${title}, ${maker}`,
      origin: { kind: 'remote', server: connection.id, item: track.id, ending },
      analysis,
    };
    const content = { sha256: await contentHash(file), sizeBytes: 0, modifiedMs: 0 };
    const record = { version: RECORD_VERSION, track: shelved, ...content, importedMs: context.nowMs() } as const;
    await writeRecord(context.dataDir, record);
    context.own.set(id, record);
    report.imported.push({ trackId: id, title, file: title });
  } finally {
    await rm(file, { force: true });
  }
}
