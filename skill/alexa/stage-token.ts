/**
 * The token of a stream on an Alexa device: which session, which stage, of which revision, and which seconds of the
 * session it holds. Devices send it back with every event, perhaps late or twice, so it must say all by itself.
 */
import { STAGES, type Stage } from '../../engine/vocabulary.js';

/** A stream of its own on the device: a stage, or the night after the music (nature, and what wakes). */
export type Part = Stage | 'night';
const PARTS: readonly Part[] = [...STAGES, 'night'];

export interface StageToken {
  sessionId: string;
  stage: Part;
  revision: number;
  /** On the session's clock, seconds: the stream's first and last. */
  startSec: number;
  endSec: number;
}

const MARK = 'emoheal1';

export function formatToken({ sessionId, stage, revision, startSec, endSec }: StageToken): string {
  return [MARK, sessionId, stage, revision, Math.round(startSec * 1000), Math.round(endSec * 1000)].join(':');
}

/** Null for anything that we did not write (another skill's token, an older form, garbage). */
export function parseToken(text: unknown): StageToken | null {
  if (typeof text !== 'string' || text.length > 1024) return null;
  const [mark, sessionId, stage, revision, startMs, endMs, more] = text.split(':');
  if (mark !== MARK || more !== undefined || !sessionId || !/^[A-Za-z0-9-]{1,64}$/.test(sessionId)) return null;
  if (!PARTS.includes(stage as Part)) return null;
  if (![revision, startMs, endMs].every((part) => part !== undefined && /^\d{1,12}$/.test(part))) return null;
  return {
    sessionId,
    stage: stage as Part,
    revision: Number(revision),
    startSec: Number(startMs) / 1000,
    endSec: Number(endMs) / 1000,
  };
}
