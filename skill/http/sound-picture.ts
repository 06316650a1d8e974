/** GET /api/v1/sessions/:id/sound: how the session sounds over time, as a picture or as figures, as far as it is rendered. */
import { Router } from 'express';
import { EmohealError } from '../../engine/errors.js';
import { musicEndSec } from '../../engine/plan/night.js';
import type { SessionStream } from '../../engine/ports.js';
import type { Programme } from '../../engine/vocabulary.js';
import type { Timeline } from '../../media-index/analysis/timeline.js';
import { sessionPicture } from '../pictures/session-picture.js';
import type { HttpDeps } from './app.js';

/** Pictures of the same second are asked for by several screens: the last ones are kept. */
const KEPT = 8;
/** A picture is drawn anew when at least this much more is rendered. */
const FRAME_BYTES = 384;
const MP3_BYTES_A_SEC = 16_000;
const STEP_BYTES = FRAME_BYTES * 417; // ten seconds

export function soundPictureRoutes(deps: Pick<HttpDeps, 'service' | 'streams' | 'audio'>): Router {
  const router = Router();
  const known = new Map<string, Promise<Timeline>>();

  async function timelineOf(stream: SessionStream, programme: Programme): Promise<Timeline> {
    const ready = stream.progress() * stream.totalBytes;
    // Of a night only the music: hours of nature until dawn would be half a gigabyte in memory.
    const music = Math.ceil((musicEndSec(programme) * MP3_BYTES_A_SEC) / FRAME_BYTES) * FRAME_BYTES;
    const most = Math.min(music, stream.totalBytes);
    const upTo = ready >= most ? most : Math.floor(ready / STEP_BYTES) * STEP_BYTES;
    if (upTo === 0)
      throw new EmohealError('not-found', 'Nothing of this session is rendered yet.', {
        retryable: true,
        remedy: 'Ask again when it plays.',
      });
    const key = `${stream.key} ${upTo}`;
    let found = known.get(key);
    if (!found) {
      found = bytesOf(stream, upTo).then(async (bytes) => (await deps.audio()).timeline(bytes));
      known.set(key, found);
      found.catch(() => known.delete(key));
      for (const old of [...known.keys()].slice(0, -KEPT)) known.delete(old);
    }
    return found;
  }

  router.get('/api/v1/sessions/:id/sound', async (request, response) => {
    const { session } = await (await deps.service()).look(request.params.id);
    const timeline = await timelineOf((await deps.streams()).open(session.programme), session.programme);
    response.set('cache-control', 'no-store');
    if (request.query.format === 'svg' || request.accepts(['json', 'image/svg+xml']) === 'image/svg+xml')
      response.type('image/svg+xml').send(sessionPicture(session.programme, timeline));
    else response.json({ ...timeline, picture: `/api/v1/sessions/${session.id}/sound?format=svg` });
  });
  return router;
}

async function bytesOf(stream: SessionStream, upTo: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of stream.read(0, upTo)) parts.push(part);
  return Buffer.concat(parts);
}
