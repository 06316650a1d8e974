/**
 * From what was said to music on this device, within the time that Amazon waits. Where understanding or finding is slow,
 * a calm first stage begins in time and the session that was asked for takes over at its second stage.
 */
import { setTimeout as wait } from 'node:timers/promises';
import type { Response } from 'ask-sdk-model';
import type { Session } from '../../engine/session.js';
import type { BeginOutcome, SessionWish } from '../../engine/session-service.js';
import { saidAtBegin } from '../said-at-begin.js';
import { asksHow } from './check-ins.js';
import { itemAt } from './queue.js';
import { spoken, ssml } from './responses.js';
import { lookUp, play, rememberPlaying, type Turn, warm } from './turn.js';
import { strengthOf } from './why.js';

export interface FeelingWish extends Pick<SessionWish, 'intention' | 'approach' | 'minutes'> {
  /** What was said; empty begins in the middle. */
  text: string;
}

/** After this long the listener hears "one moment". */
const PATIENCE_MS = 900;

export async function beginHere(turn: Turn, wish: FeelingWish): Promise<Response> {
  const { deps, memory, locale } = turn;
  const service = await deps.service();
  const full: FeelingWish & Pick<SessionWish, 'locale' | 'forgetReasons' | 'listener'> = {
    ...wish,
    approach: wish.approach ?? memory.approach,
    minutes: wish.minutes ?? memory.minutes,
    locale,
    listener: turn.listenerKey,
    // Amazon's rules: nothing about how anybody feels is kept.
    forgetReasons: true,
  };
  const beginning = service.beginFromText({ ...withoutGaps(full), whenEmpty: wish.text ? 'ask' : 'neutral' });
  const patience = setTimeout(() => void deps.progressive(turn.envelope, ssml(turn.say('oneMoment'))), PATIENCE_MS);
  const deadline = new AbortController();
  const late = wait(deps.budgetMs, 'late' as const, { signal: deadline.signal });
  const outcome = await Promise.race([beginning, late]).finally(() => {
    clearTimeout(patience);
    // Left running it would hold a process open that has nothing else to do.
    deadline.abort();
  });
  if (outcome !== 'late') return answer(turn, outcome);

  const first = await service.beginFromText({ ...withoutGaps({ ...full, text: '' }), whenEmpty: 'neutral' });
  if (first.kind !== 'session') throw new Error('a session without words always begins');
  void beginning
    .then((late) => takeOver(turn, first.session, late))
    // The stand-in simply plays to its end.
    .catch(() => {});
  return startPlaying(turn, first.session);
}

/** After a word of danger, where the listener said yes: quiet sound, no music, nothing that matches a feeling. */
export async function stayQuietly(turn: Turn): Promise<Response> {
  const service = await turn.deps.service();
  const { session } = await service.beginQuiet({ locale: turn.locale, listener: turn.listenerKey });
  return startPlaying(turn, session);
}

async function answer(turn: Turn, outcome: BeginOutcome): Promise<Response> {
  if (outcome.kind === 'not-heard') {
    return spoken({ say: turn.say('didNotCatch'), ask: turn.say('howDoYouFeel') });
  }
  if (outcome.kind === 'help') {
    // No music here: words first, and then quiet sound if it is wanted.
    const { service, number, emergency } = outcome.help;
    const say = turn.say('crisis', { service, number, emergency });
    turn.memory.asked = 'quiet';
    return spoken({ say, ask: say, card: { title: service, text: `${number}\n${emergency}` } });
  }
  const { session, concern } = outcome;
  turn.deps.heard.set(session.id, { labels: outcome.reading.labels, strength: strengthOf(outcome.plan) });
  if (!turn.memory.waiting && (await asksHow(turn))) {
    // The music is made ready while the question is answered.
    await warm(turn, session);
    turn.memory.asked = 'check-in-before';
    turn.memory.waiting = session.id;
    const ask = turn.say('checkInBefore');
    return spoken({ say: concern ? { ...ask, text: `${concern} ${ask.text}` } : ask, ask });
  }
  return startPlaying(turn, session, concern);
}

/** Music now, with one sentence before it; the session that played here before ends. */
export async function startPlaying(turn: Turn, session: Session, before?: string): Promise<Response> {
  const item = itemAt(session, 0)!;
  await warm(turn, session);
  await leaveOther(turn, session.id);
  rememberPlaying(turn, session, item);
  const say = turn.say(saidAtBegin(session));
  const words = [before, firstUse(turn), say.text].filter(Boolean).join(' ');
  await turn.saveListener({ welcomedAtMs: turn.listener.welcomedAtMs ?? turn.deps.nowMs() });
  return spoken({ say: { ...say, text: words }, play: play(turn, session, item) });
}

/** Who has never been greeted hears once what this is not. */
const firstUse = (turn: Turn): string | undefined =>
  turn.listener.welcomedAtMs === null ? turn.say('notMedical').text : undefined;

/** One session a device: the one before ends, unless it is over anyway. */
async function leaveOther(turn: Turn, keepId: string): Promise<void> {
  const old = turn.device.sessionId;
  if (!old || old === keepId) return;
  const found = await lookUp(turn, old);
  if (!found || found.position.status === 'ended') return;
  await (await turn.deps.service()).act(old, 'stop', { requestId: `${turn.envelope.request.requestId} leave` });
}

/** The session that came late stands where the stand-in is, if that still plays here. */
async function takeOver(turn: Turn, standIn: Session, late: BeginOutcome): Promise<void> {
  const { state, service } = turn.deps;
  const device = state.device(turn.deviceKey);
  if (late.kind !== 'session' || device?.sessionId !== standIn.id) return;
  const here = await lookUp(turn, standIn.id);
  if (here?.position.status !== 'playing') return;
  const { session } = late;
  await (await service()).place(session.id, {
    requestId: `${session.id} takes over`,
    atSec: here.position.atSec,
    status: 'playing',
  });
  turn.deps.heard.set(session.id, { labels: late.reading.labels, strength: strengthOf(late.plan) });
  await warm(turn, session);
  state.putDevice(turn.deviceKey, { ...device, sessionId: session.id, standsIn: standIn.id });
}

/** The service tells "not given" from "undefined" no better than we do, but its types do. */
function withoutGaps<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as T;
}
