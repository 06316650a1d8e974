/** How a session looks from outside. */
import { positionAt, type Session } from '../../engine/session.js';
import { shownTracks } from '../shown-tracks.js';
import type { HttpDeps } from './app.js';
import { signQuery } from './signed-address.js';

/** Addresses outlive the session, so that a paused night can go on in the morning. */
const SPARE_MS = 12 * 3600 * 1000;

export function sessionAnswer(deps: HttpDeps, session: Session) {
  const { id, plan, programme, revision } = session;
  const nowMs = deps.nowMs();
  const query = signQuery(deps.signingKey, id, revision, nowMs + programme.durationSec * 1000 + SPARE_MS);
  const stream = (name: string) => `${deps.publicUrl ?? ''}/stream/${id}/${name}?${query}`;
  return {
    id,
    status: positionAt(session, nowMs).status,
    position: positionAt(session, nowMs),
    revision,
    durationSec: programme.durationSec,
    plan,
    stages: programme.stages,
    tracks: shownTracks(programme),
    streams: {
      master: stream('master.m3u8'),
      match: stream('match.mp3'),
      guide: stream('guide.mp3'),
      target: stream('target.mp3'),
      session: stream('session.mp3'),
    },
    why: `/api/v1/sessions/${id}/why`,
    events: `/api/v1/sessions/${id}/events`,
  };
}
