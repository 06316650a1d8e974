/**
 * A session's life as pure transitions. Where the listener is follows from the stored moment and the clock alone, so a
 * session survives a restart of the server and goes on at the right second.
 *
 *            pause     resume    stop      like       replan     place      (time runs out)
 *  playing   paused    –         ended     playing    playing    playing    ended
 *  paused    –         playing   ended     paused     paused     playing    –
 *  ended     –         –         –         ended      playing*   playing    –
 *
 * "–" is an illegal event. * only by "restart" or "extend". "place" is a speaker's word on where it is: it is believed.
 */
import { z } from 'zod';
import { EmohealError } from './errors.js';
import { resumeFromSec } from './plan/night.js';
import { Programme, SessionPlan, type Stage } from './vocabulary.js';

export const SessionStatus = z.enum(['playing', 'paused', 'ended']);
export type SessionStatus = z.infer<typeof SessionStatus>;

export const Session = z.object({
  id: z.string(),
  locale: z.string(),
  createdAtMs: z.number(),
  status: SessionStatus,
  /** The second that was reached at `sinceMs`; while playing the clock adds to it. */
  atSec: z.number().min(0),
  sinceMs: z.number(),
  /** Counts changes of the programme: part of stream addresses. */
  revision: z.number().int().min(0),
  plan: SessionPlan,
  programme: Programme,
  /** Whose taste takes part, where a listener was named. */
  listener: z.string().max(64).optional(),
  /** Part of a study: which way it takes is told to nobody while the study runs. */
  blinded: z.boolean().optional(),
  /** Ids of requests that were applied already, newest last. */
  appliedIds: z.array(z.string()),
});
export type Session = z.infer<typeof Session>;

export const SessionEvent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('pause'), id: z.string() }),
  z.object({ kind: z.literal('resume'), id: z.string() }),
  z.object({ kind: z.literal('stop'), id: z.string() }),
  z.object({ kind: z.literal('like'), id: z.string() }),
  z.object({
    kind: z.literal('place'),
    id: z.string(),
    /** Second of the session that sounds, or sounded last. */
    atSec: z.number().min(0),
    status: z.enum(['playing', 'paused']),
  }),
  z.object({
    kind: z.literal('replan'),
    id: z.string(),
    plan: SessionPlan,
    programme: Programme,
    fromStart: z.boolean(),
  }),
]);
export type SessionEvent = z.infer<typeof SessionEvent>;

const REMEMBERED_IDS = 50;

export function startSession(wish: {
  id: string;
  locale: string;
  plan: SessionPlan;
  programme: Programme;
  nowMs: number;
  listener?: string;
  blinded?: boolean;
}): Session {
  const { id, locale, plan, programme, nowMs, listener, blinded } = wish;
  return {
    id,
    locale,
    createdAtMs: nowMs,
    status: 'playing',
    atSec: 0,
    sinceMs: nowMs,
    revision: 0,
    plan,
    programme,
    ...(listener ? { listener } : {}),
    ...(blinded ? { blinded } : {}),
    appliedIds: [],
  };
}

export interface Position {
  status: SessionStatus;
  atSec: number;
  stage: Stage;
  stageLeftSec: number;
  leftSec: number;
}

export function positionAt(session: Session, nowMs: number): Position {
  const { durationSec, stages } = session.programme;
  const running = session.status === 'playing' ? Math.max(0, (nowMs - session.sinceMs) / 1000) : 0;
  const atSec = Math.min(durationSec, session.atSec + running);
  const stage = stages.find((each) => atSec < each.endSec) ?? stages[stages.length - 1]!;
  return {
    status: session.status === 'playing' && atSec >= durationSec ? 'ended' : session.status,
    atSec,
    stage: stage.stage,
    stageLeftSec: Math.max(0, stage.endSec - atSec),
    leftSec: durationSec - atSec,
  };
}

/** The session after an event. An event whose id was seen before changes nothing. Throws `illegal-transition`. */
export function advance(session: Session, event: SessionEvent, nowMs: number): Session {
  if (session.appliedIds.includes(event.id)) return session;
  const { atSec, status } = positionAt(session, nowMs);
  const next = (changes: Partial<Session>): Session => ({
    ...session,
    atSec,
    sinceMs: nowMs,
    status,
    appliedIds: [...session.appliedIds, event.id].slice(-REMEMBERED_IDS),
    ...changes,
  });
  const illegal = () =>
    new EmohealError('illegal-transition', `A session that is ${status} cannot ${event.kind}.`, {
      remedy: 'Begin a new session, or look at its state first.',
    });
  switch (event.kind) {
    case 'pause':
      if (status !== 'playing') throw illegal();
      return next({ status: 'paused' });
    case 'resume':
      if (status !== 'paused') throw illegal();
      return next({ status: 'playing', atSec: resumeFromSec(session.programme, atSec) });
    case 'stop':
      if (status === 'ended') throw illegal();
      return next({ status: 'ended' });
    case 'like':
      return next({});
    case 'place':
      return next({ atSec: Math.min(event.atSec, session.programme.durationSec), status: event.status });
    case 'replan': {
      if (status === 'ended' && !event.fromStart && event.programme.durationSec <= atSec) throw illegal();
      return next({
        plan: event.plan,
        programme: event.programme,
        revision: session.revision + 1,
        atSec: event.fromStart ? 0 : atSec,
        status: status === 'paused' ? 'paused' : 'playing',
      });
    }
  }
}
