/**
 * What an Alexa device should play, as pure functions of the session and what the device said.
 *
 *   A session is three streams: match, guide, target; and a fourth where a night follows the music. The device plays one and is given the next when it says that it
 *   is ready (PlaybackNearlyFinished), with the token of the stream that must stand before it. The device drops an item
 *   whose predecessor is not the last of its queue, so saying it twice, late or in the wrong order does no harm.
 *
 *   The next item follows from the *second* at which the finished stream ends, looked up in the session as it is now:
 *   a session that was bent in the meantime ("stay here" on the page) goes on at the same second of the new revision.
 *
 * Example: match of revision 0 ends at second 300; meanwhile "stay" made match last to 540. The item after it is match
 * of revision 1 at offset 300 s.
 */
import type { Position, Session } from '../../engine/session.js';
import { STAGES } from '../../engine/vocabulary.js';
import type { StageToken } from './stage-token.js';

export interface PlayItem {
  token: StageToken;
  offsetSec: number;
}

/** A join this near to the end of a stage belongs to the next one: streams end on frames of 24 ms. */
const FRAME_SLACK_SEC = 0.2;

/** The stream that holds a second of the session. Null at or beyond its end. */
export function itemAt(session: Session, atSec: number): PlayItem | null {
  const { stages, durationSec } = session.programme;
  if (atSec >= durationSec - FRAME_SLACK_SEC) return null;
  const found = stages.find(({ endSec }) => atSec < endSec - FRAME_SLACK_SEC);
  const { night } = session.programme;
  const part = found ?? (night ? { stage: 'night' as const, startSec: night.musicEndSec, endSec: durationSec } : null);
  if (!part) return null;
  const { stage, startSec, endSec } = part;
  return {
    token: { sessionId: session.id, stage, revision: session.revision, startSec, endSec },
    offsetSec: Math.max(0, atSec - startSec),
  };
}

/** What comes after a stream that plays, or has just ended. Null where the session ends with it. */
export function itemAfter(session: Session, token: StageToken): PlayItem | null {
  return itemAt(session, token.endSec);
}

/** The second of the session that a device's offset in a stream means. */
export function secondOf(token: StageToken, offsetMs: number): number {
  const sec = token.startSec + Math.max(0, Number.isFinite(offsetMs) ? offsetMs : 0) / 1000;
  return Math.min(sec, token.endSec);
}

/** A skip this soon after a stage began goes to the stage before it, as people know it from players. */
const SOON_SEC = 10;

/** First second of the next stage; null in the last one. */
export function nextStageSecond(session: Session, position: Position): number | null {
  const next = STAGES[STAGES.indexOf(position.stage) + 1];
  return session.programme.stages.find(({ stage }) => stage === next)?.startSec ?? null;
}

/** First second of this stage, or of the one before where this one has only just begun. */
export function previousStageSecond(session: Session, position: Position): number {
  const stages = session.programme.stages;
  const index = stages.findIndex(({ stage }) => stage === position.stage);
  const here = stages[index]!.startSec;
  return position.atSec - here > SOON_SEC ? here : (stages[index - 1]?.startSec ?? 0);
}
