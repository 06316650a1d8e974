/**
 * One session for one `Idempotency-Key`, on whichever of several servers it arrives: the session's id follows from the key.
 * Nothing has to be kept for it, least of all an answer that holds what was said.
 */
import { createHmac } from 'node:crypto';
import type { Request } from 'express';
import { signingOf } from './address-keys.js';
import type { HttpDeps } from './app.js';

const DAY_MS = 24 * 3600 * 1000;
const LONGEST_KEY = 200;

/** Only who knows the key of this house can tell an id: a guessed `Idempotency-Key` opens nobody's session. */
export function sameSession(
  deps: Pick<HttpDeps, 'signingKey' | 'nowMs' | 'sharedIds'>,
  request: Pick<Request, 'get'>,
): { id?: string } {
  const given = request.get('Idempotency-Key');
  if (!deps.sharedIds || !given || given.length > LONGEST_KEY) return {};
  const nowMs = deps.nowMs();
  const day = Math.floor(nowMs / DAY_MS);
  const id = createHmac('sha256', signingOf(deps.signingKey, nowMs)).update(`session ${day} ${given}`).digest('hex');
  return { id: id.slice(0, 32) };
}
