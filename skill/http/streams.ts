/** The sound itself: whole sessions and single stages as MP3 with byte-exact ranges, and HLS playlists over them. */
import { type Request, type Response, Router } from 'express';
import { STAGES, type Stage } from '../../engine/vocabulary.js';
import { masterPlaylist, mediaPlaylist } from '../../media-index/stream/hls.js';
import type { HttpDeps } from './app.js';
import { sendProblem } from './problems.js';
import { checkQuery } from './signed-address.js';

export function streamRoutes(deps: HttpDeps): Router {
  const router = Router();
  router.get('/stream/:id/:name', async (request, response) => {
    const { id, name } = request.params;
    // A wrong, old or altered address gets no hint of what is behind it.
    if (!checkQuery(deps.signingKey, id, request.query, deps.nowMs()))
      return sendProblem(response, 403, 'Not allowed', 'This address is not valid (any more).');
    const { session } = await (await deps.service()).look(id);
    const stream = (await deps.streams()).open(session.programme);
    const query = request.url.slice(request.url.indexOf('?') + 1);
    if (name === 'master.m3u8') return sendPlaylist(response, masterPlaylist(`media.m3u8?${query}`));
    if (name === 'media.m3u8') {
      return sendPlaylist(
        response,
        mediaPlaylist(
          STAGES.map((stage) => ({
            stage,
            url: `${stage}.mp3?${query}`,
            bytes: stream.stageBytes(stage).end - stream.stageBytes(stage).start,
          })),
        ),
      );
    }
    const part = /^(match|guide|target|session)\.mp3$/.exec(name)?.[1];
    if (!part) return sendProblem(response, 404, 'Not found', 'There is no such stream.');
    const { start, end } = part === 'session' ? { start: 0, end: stream.totalBytes } : stream.stageBytes(part as Stage);
    await sendBytes(request, response, {
      etag: `"${stream.key}-${part}"`,
      start,
      end,
      read: (from, to, signal) => stream.read(from, to, signal),
    });
    return undefined;
  });
  return router;
}

function sendPlaylist(response: Response, text: string): void {
  response.type('application/vnd.apple.mpegurl').set('cache-control', 'no-store').send(text);
}

interface Bytes {
  etag: string;
  /** Place within the whole session. */
  start: number;
  end: number;
  read(from: number, to: number, signal: AbortSignal): AsyncIterable<Uint8Array>;
}

async function sendBytes(request: Request, response: Response, { etag, start, end, read }: Bytes): Promise<void> {
  const length = end - start;
  response.set({
    'content-type': 'audio/mpeg',
    'accept-ranges': 'bytes',
    etag,
    'cache-control': 'private, max-age=3600',
    'content-disposition': 'inline',
  });
  if (request.get('if-none-match') === etag) {
    response.status(304).end();
    return;
  }
  const ifRange = request.get('if-range');
  const asked = ifRange && ifRange !== etag ? undefined : request.get('range');
  const range = asked === undefined ? null : parseRange(asked, length);
  if (range === 'unsatisfiable') {
    response.removeHeader('content-type');
    response.set('content-range', `bytes */${length}`);
    sendProblem(response, 416, 'Range not satisfiable', `This stream has ${length} bytes.`);
    return;
  }
  const [from, to] = range ?? [0, length];
  if (range) response.status(206).set('content-range', `bytes ${from}-${to - 1}/${length}`);
  response.set('content-length', String(to - from));
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  try {
    for await (const bytes of read(start + from, start + to, gone.signal)) {
      if (!response.write(bytes))
        await new Promise<void>((resolve) => {
          response.once('drain', resolve);
          response.once('close', resolve);
        });
      if (gone.signal.aborted) return;
    }
    response.end();
  } catch (error) {
    if (gone.signal.aborted) return;
    // The status has gone out: breaking the connection is the only way left to say that the rest is missing.
    if (response.headersSent && response.writableLength === 0 && response.socket?.bytesWritten === 0) throw error;
    response.destroy();
  }
}

/** One range of RFC 9110: [from, to) or "unsatisfiable"; null where it is malformed or several (then all is sent). */
export function parseRange(header: string, length: number): [number, number] | 'unsatisfiable' | null {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header.trim());
  if (!match || (match[1] === '' && match[2] === '')) return null;
  if (match[1] === '') {
    const suffix = Number(match[2]);
    return suffix === 0 ? 'unsatisfiable' : [Math.max(0, length - suffix), length];
  }
  const from = Number(match[1]);
  const last = match[2] === '' ? length - 1 : Number(match[2]);
  if (from >= length) return 'unsatisfiable';
  return last < from ? null : [from, Math.min(length, last + 1)];
}
