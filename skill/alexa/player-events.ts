/**
 * What players and buttons tell. No reply here ever speaks. Events come late, twice, in any order or never: each is
 * read by the token that it carries, and nothing is concluded from the order in which they come.
 */
import type { Response } from 'ask-sdk-model';
import { resumeFromSec } from '../../engine/plan/night.js';
import { itemAfter, itemAt, nextStageSecond, previousStageSecond, secondOf } from './queue.js';
import { STOP, silent } from './responses.js';
import { formatToken, parseToken, type StageToken } from './stage-token.js';
import {
  type Handle,
  isHistory,
  isOurs,
  lookUp,
  type Playing,
  placeAt,
  placed,
  play,
  rememberPlaying,
  sessionHere,
  type Turn,
  writtenAtMs,
  writtenBefore,
} from './turn.js';

export const playerHandles: Record<string, Handle> = {
  'AudioPlayer.PlaybackStarted': started,
  'AudioPlayer.PlaybackNearlyFinished': nearlyFinished,
  'AudioPlayer.PlaybackFinished': async () => silent(),
  'AudioPlayer.PlaybackStopped': stopped,
  'AudioPlayer.PlaybackFailed': failed,
  'PlaybackController.PlayCommandIssued': resumePlaying,
  'PlaybackController.PauseCommandIssued': pausePlaying,
  'PlaybackController.NextCommandIssued': (turn) => skip(turn, 'next'),
  'PlaybackController.PreviousCommandIssued': (turn) => skip(turn, 'previous'),
};

/** The session that a token of this device belongs to now: its own, or the one that took over from it. */
async function sessionOf(turn: Turn, token: StageToken | null): Promise<Playing | null> {
  const here = token ? await sessionHere(turn) : null;
  return token && here && isOurs(turn, token) ? here : null;
}

const eventToken = (turn: Turn): StageToken | null => parseToken(turn.envelope.request.token);
const eventOffsetMs = (turn: Turn): number => turn.envelope.request.offsetInMilliseconds ?? 0;

async function started(turn: Turn): Promise<Response> {
  const token = eventToken(turn);
  const here = await sessionOf(turn, token);
  if (!token || !here || isHistory(turn)) return silent();
  // A late "started" of a stream that is long over must not turn the clock back.
  const known = parseToken(turn.device.token);
  const older = known !== null && known.sessionId === token.sessionId && isBefore(token, known);
  if (!older) {
    turn.saveDevice({ token: formatToken(token) });
    if (here.session.status !== 'ended')
      inBackground(placeAt(turn, here, secondOf(token, eventOffsetMs(turn)), 'playing'));
  }
  return silent();
}

/**
 * The device tells where it is; nobody waits for our books. The state in memory changes at once; should the writing
 * fail, the device says it again with its next request.
 */
function inBackground(writing: Promise<unknown>): void {
  writing.catch(() => {});
}

const isBefore = (a: StageToken, b: StageToken): boolean =>
  a.revision < b.revision || (a.revision === b.revision && a.endSec < b.startSec + 0.5);

async function nearlyFinished(turn: Turn): Promise<Response> {
  const token = eventToken(turn);
  if (!token) return silent();
  const here = await sessionOf(turn, token);
  // The session went to another device, was forgotten, or another one plays here: this queue gets nothing more.
  if (!here) return turn.device.sessionId === null ? silent(STOP) : silent();
  const { status } = here.session;
  if (status === 'ended') return silent();
  // Said before the pause: a stopped device must not start again because of it.
  if (status === 'paused' && writtenBefore(turn, turn.device.stoppedAtMs)) return silent();
  const next = itemAfter(here.session, token);
  if (!next || sameStream(next.token, token)) return silent();
  return silent(play(turn, here.session, next, formatToken(token)));
}

const sameStream = (a: StageToken, b: StageToken): boolean => formatToken(a) === formatToken(b);

const REPLACING_MS = 2000;

async function stopped(turn: Turn): Promise<Response> {
  const token = eventToken(turn);
  const here = await sessionOf(turn, token);
  const known = parseToken(turn.device.token);
  // "Stopped" also comes when a new stream replaced the old one: of another token, or just after we said "play".
  const replaced = writtenAtMs(turn) < turn.device.playedAtMs + REPLACING_MS;
  if (token && here && known && sameStream(token, known) && !replaced && here.session.status === 'playing') {
    turn.saveDevice({ stoppedAtMs: writtenAtMs(turn) });
    inBackground(placeAt(turn, here, secondOf(token, eventOffsetMs(turn)), 'paused'));
  }
  return silent();
}

/** Times that the same stream may fail before this device is left in peace. */
const MOST_FAILURES = 3;

async function failed(turn: Turn): Promise<Response> {
  const token = eventToken(turn);
  const here = await sessionOf(turn, token);
  if (!token || !here || isHistory(turn) || here.session.status === 'ended' || !countFailure(turn, token))
    return silent();
  const state = turn.envelope.request.currentPlaybackState as
    | { token?: string; offsetInMilliseconds?: number; playerActivity?: string }
    | undefined;
  const current = parseToken(state?.token);
  if (current && !sameStream(current, token) && isOurs(turn, current)) {
    // What failed was waiting in the queue; what plays is well. It is queued once more.
    const next = itemAfter(here.session, current);
    return next ? silent(play(turn, here.session, next, formatToken(current))) : silent();
  }
  const known = parseToken(turn.device.token);
  if (known && isBefore(token, known)) return silent();
  return playFrom(turn, here, current ? secondOf(current, state?.offsetInMilliseconds ?? 0) : token.startSec);
}

/** False for a failure that was heard of already, and when the same stream fails again and again. */
function countFailure(turn: Turn, token: StageToken): boolean {
  const { failures } = turn.deps;
  const stream = `${turn.deviceKey} ${formatToken(token)}`;
  const event = `${stream} ${turn.envelope.request.timestamp}`;
  const times = (failures.get(stream) ?? 0) + 1;
  if (failures.get(event) || times > MOST_FAILURES) return false;
  failures.set(event, 1);
  failures.set(stream, times);
  return true;
}

/** Goes on where it was; the sleep fade from its beginning. With no session a calm one begins: "play" means music. */
export async function resumePlaying(turn: Turn): Promise<Response> {
  const found = await sessionHere(turn);
  if (!found) return beginQuietly(turn);
  const here = found.session.status === 'ended' ? found : await placed(turn, found);
  const atSec = resumeFromSec(here.session.programme, here.position.atSec);
  return playFrom(turn, here, atSec);
}

async function beginQuietly(turn: Turn): Promise<Response> {
  const service = await turn.deps.service();
  const begun = await service.beginFromText({ text: '', locale: turn.locale, whenEmpty: 'neutral' });
  const here = begun.kind === 'session' ? await lookUp(turn, begun.session.id) : null;
  return here ? playFrom(turn, here, 0) : silent();
}

/** The stream of that second replaces whatever this device plays. */
export async function playFrom(turn: Turn, here: Playing, atSec: number): Promise<Response> {
  const item = itemAt(here.session, atSec);
  if (!item) return silent(STOP);
  const placedHere = await placeAt(turn, here, atSec, 'playing');
  rememberPlaying(turn, placedHere.session, item);
  return silent(play(turn, placedHere.session, item));
}

export async function pausePlaying(turn: Turn): Promise<Response> {
  const found = await sessionHere(turn);
  if (found && found.session.status !== 'ended') {
    const here = await placed(turn, found);
    turn.saveDevice({ stoppedAtMs: turn.deps.nowMs() });
    if (here.position.status === 'playing') await placeAt(turn, here, here.position.atSec, 'paused');
  }
  return silent(STOP);
}

export async function skip(turn: Turn, way: 'next' | 'previous'): Promise<Response> {
  const found = await sessionHere(turn);
  if (!found) return silent();
  const here = found.session.status === 'ended' ? found : await placed(turn, found);
  const atSec =
    way === 'next' ? nextStageSecond(here.session, here.position) : previousStageSecond(here.session, here.position);
  return atSec === null ? silent() : playFrom(turn, here, atSec);
}
