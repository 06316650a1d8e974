/**
 * Which session is on in this house: the one begun last, on whatever surface. Laid around the session service, so that
 * every surface is heard without knowing of it. What was said is not looked at.
 */
import type { Position, Session } from '../../engine/session.js';
import type { SessionService } from '../../engine/session-service.js';

export interface RunningSession {
  /** The same service; sessions that begin, change or are forgotten through it are noticed. */
  around(service: SessionService): SessionService;
  /** Null before the first one and after it was forgotten. */
  latest(): { session: Session; position: Position } | null;
  /** Hears of every change; returns what ends that. */
  onChange(hear: () => void): () => void;
  /** Hears of every session that begins or changes, also of one begun before the latest; returns what ends that. */
  onSession(hear: (session: Pick<Session, 'id'>) => void): () => void;
}

export function createRunningSession(positionAt: (session: Session) => Position): RunningSession {
  let latest: Session | null = null;
  const hearers = new Set<() => void>();
  const sessionHearers = new Set<(session: Pick<Session, 'id'>) => void>();
  const told = (session: Pick<Session, 'id'>) => {
    for (const hear of sessionHearers) hear(session);
  };

  function notice(session: Session | null): void {
    latest = session;
    if (session) told(session);
    for (const hear of hearers) hear();
  }

  return {
    around: (service) => ({
      ...service,
      async beginFromText(wish) {
        const outcome = await service.beginFromText(wish);
        if (outcome.kind === 'session') notice(outcome.session);
        return outcome;
      },
      async beginQuiet(wish) {
        const outcome = await service.beginQuiet(wish);
        notice(outcome.session);
        return outcome;
      },
      async beginFromSpeech(wish) {
        const outcome = await service.beginFromSpeech(wish);
        if (outcome.kind === 'session') notice(outcome.session);
        return outcome;
      },
      async act(id, action, options) {
        const outcome = await service.act(id, action, options);
        if (latest?.id === id) notice(outcome.session);
        else told(outcome.session);
        return outcome;
      },
      async place(id, where) {
        const outcome = await service.place(id, where);
        if (latest?.id === id) notice(outcome.session);
        else told(outcome.session);
        return outcome;
      },
      async forget(id) {
        await service.forget(id);
        if (latest?.id === id) notice(null);
        told({ id });
      },
    }),
    latest: () => (latest ? { session: latest, position: positionAt(latest) } : null),
    onChange(hear) {
      hearers.add(hear);
      return () => void hearers.delete(hear);
    },
    onSession(hear) {
      sessionHearers.add(hear);
      return () => void sessionHearers.delete(hear);
    },
  };
}
