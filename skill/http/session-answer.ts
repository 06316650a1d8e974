/** How a session looks from outside, and where its sound is. */
import { positionAt, type Session } from '../../engine/session.js';
import type { Stage } from '../../engine/vocabulary.js';
import { shownTracks } from '../shown-tracks.js';
import type { SigningKey } from './address-keys.js';
import { blinded } from './blinded.js';
import { type StreamScope, signQuery } from './signed-address.js';

/** Addresses outlive the session, so that a paused night can go on in the morning. */
const SPARE_MS = 12 * 3600 * 1000;

export interface AddressDeps {
  signingKey: SigningKey;
  publicUrl: string | undefined;
  nowMs: () => number;
}

export type StreamName = 'master.m3u8' | 'session.webm' | `${Stage | 'session'}.mp3`;

/** A stage's address opens that stage and nothing else. */
const scopeOf = (name: StreamName): StreamScope =>
  (/^(match|guide|target)\.mp3$/.exec(name)?.[1] as Stage | undefined) ?? 'session';

/** The address of one stream of a session as it is now: signed, and valid until well after its end. */
export function streamAddress(deps: AddressDeps, session: Session, name: StreamName): string {
  const nowMs = deps.nowMs();
  const untilMs = nowMs + session.programme.durationSec * 1000 + SPARE_MS;
  const query = signQuery(deps.signingKey, session.id, session.revision, untilMs, scopeOf(name), nowMs);
  return `${deps.publicUrl ?? ''}/stream/${session.id}/${name}?${query}`;
}

export function sessionAnswer(deps: AddressDeps, session: Session) {
  const { id, plan, programme, revision } = session;
  const nowMs = deps.nowMs();
  const stream = (name: StreamName) => streamAddress(deps, session, name);
  return {
    id,
    status: positionAt(session, nowMs).status,
    position: positionAt(session, nowMs),
    revision,
    durationSec: programme.durationSec,
    plan: session.blinded ? blinded(plan, session.locale) : plan,
    ...(session.blinded ? { blinded: true } : {}),
    stages: programme.stages,
    tracks: shownTracks(programme),
    ...(programme.night ? { night: programme.night } : {}),
    streams: {
      master: stream('master.m3u8'),
      match: stream('match.mp3'),
      guide: stream('guide.mp3'),
      target: stream('target.mp3'),
      session: stream('session.mp3'),
      webm: stream('session.webm'),
    },
    why: `/api/v1/sessions/${id}/why`,
    events: `/api/v1/sessions/${id}/events`,
  };
}
