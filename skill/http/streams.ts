/**
 * The sound itself: sessions and single stages as MP3, whole sessions as Opus in WebM, all with byte-exact ranges, and
 * HLS: AAC in fragmented MP4, or packed MP3 for speakers that know nothing else.
 */
import { type Request, type Response, Router } from 'express';
import type { SessionStream, SessionStreams } from '../../engine/ports.js';
import { type Programme, STAGES, type Stage } from '../../engine/vocabulary.js';
import { initSegment } from '../../media-index/stream/fmp4.js';
import { FORMATS, slotSeconds } from '../../media-index/stream/formats.js';
import { fragmentPlaylist, masterPlaylist, mediaPlaylist } from '../../media-index/stream/hls.js';
import { readSlot } from '../../media-index/stream/slots.js';
import { webmView } from '../../media-index/stream/webm.js';
import type { HttpDeps } from './app.js';
import { sendProblem } from './problems.js';
import { checkQuery, type StreamScope } from './signed-address.js';
import { sendBytes } from './streams-bytes.js';

export { parseRange } from './streams-bytes.js';

const INIT = initSegment();

export function streamRoutes(deps: HttpDeps): Router {
  const router = Router();
  router.get('/stream/:id/:name', async (request, response) => {
    const { id, name } = request.params;
    // A wrong, old or altered address gets no hint of what is behind it.
    if (!checkQuery(deps.signingKey, id, scopeOf(name), request.query, deps.nowMs())) {
      response.set('cache-control', 'no-store');
      return sendProblem(response, 403, 'Not allowed', 'This address is not valid (any more).');
    }
    const { session } = await (await deps.service()).look(id);
    const streams = await deps.streams();
    const query = request.url.slice(request.url.indexOf('?') + 1);
    const sent =
      sendPlaylist(response, name, query, session.programme, streams) ||
      (await sendSound(request, response, name, session.programme, streams));
    if (!sent) sendProblem(response, 404, 'Not found', 'There is no such stream.');
    return undefined;
  });
  return router;
}

/** What an address must be signed for: one stage, or the whole session. */
function scopeOf(name: string): StreamScope {
  return (/^(match|guide|target)\.mp3$/.exec(name)?.[1] as Stage | undefined) ?? 'session';
}

function sendPlaylist(
  response: Response,
  name: string,
  query: string,
  programme: Programme,
  streams: SessionStreams,
): boolean {
  const text = playlist();
  if (text === null) return false;
  response.type('application/vnd.apple.mpegurl').set('cache-control', 'no-store').send(text);
  return true;

  function playlist(): string | null {
    if (name === 'master.m3u8') {
      // The first segment is begun while the player still reads playlists.
      streams.open(programme, 'aac');
      return masterPlaylist(`aac.m3u8?${query}`);
    }
    if (name === 'aac.m3u8') return fragmentPlaylist(slotSeconds(programme), (file) => `${file}?${query}`);
    if (name !== 'media.m3u8') return null;
    const stream = streams.open(programme);
    return mediaPlaylist(
      STAGES.map((stage) => ({
        stage,
        url: `${stage}.mp3?${query}`,
        bytes: stream.stageBytes(stage).end - stream.stageBytes(stage).start,
      })),
    );
  }
}

async function sendSound(
  request: Request,
  response: Response,
  name: string,
  programme: Programme,
  streams: SessionStreams,
): Promise<boolean> {
  const part = /^(match|guide|target|session)\.mp3$/.exec(name)?.[1];
  const slot = /^(\d{1,5})\.m4s$/.exec(name)?.[1];
  if (part)
    await sendBytes(
      request,
      response,
      mp3Bytes(streams.open(programme), part as Stage | 'session', fromSecond(request.query.from)),
    );
  else if (name === 'session.webm')
    await sendBytes(request, response, webmBytes(streams.open(programme, 'opus'), programme));
  else if (name === 'init.mp4') await sendBytes(request, response, held('"init-1"', INIT));
  else if (slot) {
    const stream = streams.open(programme, 'aac');
    const bytes = await readSlot(stream, Number(slot), whileOpen(response));
    if (!bytes) return false;
    await sendBytes(request, response, held(`"${stream.key}-${slot}"`, bytes));
  } else return false;
  return true;
}

/** MP3 frames of ours. */
const FRAME_SEC = 0.024;
const FRAME_BYTES = 384;

/** `from` in an address: the second at which a player begins that cannot be told to; 0 for what is no second. */
function fromSecond(given: unknown): number {
  return typeof given === 'string' && /^\d{1,6}(\.\d{1,3})?$/.test(given) ? Number(given) : 0;
}

function mp3Bytes(stream: SessionStream, part: Stage | 'session', fromSec: number) {
  const whole = part === 'session' ? { start: 0, end: stream.totalBytes } : stream.stageBytes(part);
  const { end } = whole;
  // On a frame, and never all of it: the last frame stays.
  const skipped = Math.min(Math.floor(fromSec / FRAME_SEC) * FRAME_BYTES, Math.max(0, end - whole.start - FRAME_BYTES));
  const start = whole.start + skipped;
  return {
    type: 'audio/mpeg',
    etag: skipped === 0 ? `"${stream.key}-${part}"` : `"${stream.key}-${part}-${skipped}"`,
    length: end - start,
    read: (from: number, to: number, signal: AbortSignal) => stream.read(start + from, start + to, signal),
  };
}

function webmBytes(stream: SessionStream, programme: Programme) {
  const view = webmView(FORMATS.opus.framesOf(programme));
  return {
    type: 'audio/webm; codecs="opus"',
    etag: `"${stream.key}-webm"`,
    length: view.totalBytes,
    read: (from: number, to: number, signal: AbortSignal) =>
      view.read(from, to, (start, end) => stream.read(start, end, signal)),
  };
}

function held(etag: string, bytes: Uint8Array) {
  return {
    type: 'audio/mp4',
    etag,
    length: bytes.length,
    async *read(from: number, to: number) {
      yield bytes.subarray(from, to);
    },
  };
}

function whileOpen(response: Response): AbortSignal {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  return gone.signal;
}
