/** What an action means for a session that is on: the event that it becomes, and what is learned from it. */
import { narrowing } from './listeners/obeyed.js';
import { learned } from './listeners/taste.js';
import { trackOf } from './plan/made.js';
import { profileAt } from './plan/planner.js';
import { replan } from './plan/replan.js';
import { positionAt, type Session, type SessionEvent } from './session.js';
import type { SessionAction, SessionServiceDeps } from './session-service.js';
import type { Thinker } from './think-session.js';

export type Bender = ReturnType<typeof createBender>;

export function createBender(
  deps: Pick<SessionServiceDeps, 'search' | 'tastes'>,
  { tasteOf, rulesOf }: Pick<Thinker, 'tasteOf' | 'rulesOf'>,
) {
  return { learn, eventFor };

  /** What sounds now is liked or is not; true where this listener agreed to have that remembered. */
  async function learn(session: Session, kind: 'like' | 'skip', nowMs: number): Promise<boolean> {
    const taste = await tasteOf(session.listener);
    if (!taste || !session.listener) return false;
    const { atSec } = positionAt(session, nowMs);
    const sounding = session.programme.tracks.findLast((track) => track.startSec <= atSec);
    const track = sounding && trackOf(session.programme, await deps.search(), sounding.trackId);
    if (!track || track.analysis.foretold) return false;
    const wanted = profileAt(session.plan, atSec);
    const after = learned(taste, { kind, wanted, heard: track.analysis, style: track.style });
    await (await deps.tastes()).save(session.listener, after);
    return true;
  }

  async function eventFor(
    session: Session,
    action: SessionAction,
    id: string,
    minutes: number | undefined,
    nowMs: number,
  ): Promise<SessionEvent> {
    if (action === 'pause' || action === 'resume' || action === 'stop' || action === 'like')
      return { kind: action, id };
    const { atSec } = positionAt(session, nowMs);
    const [taste, rules] = await Promise.all([tasteOf(session.listener), rulesOf(session.listener)]);
    // Quiet hours are for what begins in them: what has begun goes on as it is, unless it is begun again.
    const asked = action === 'restart' ? rules : rules && { ...rules, quietHours: undefined };
    const changed = await replan({
      plan: session.plan,
      programme: session.programme,
      atSec,
      action,
      minutes,
      search: await deps.search(),
      fill: true,
      rules,
      within: narrowing(asked, nowMs),
      ...(taste ? { taste } : {}),
    });
    return { kind: 'replan', id, ...changed, fromStart: action === 'restart' };
  }
}
