/** One request of a device with everything needed to answer it: who speaks, where, in which language, what plays. */
import type { Response } from 'ask-sdk-model';
import { joinList, type PromptFields, type PromptKey, sayPrompt } from '../../audio-prompts/prompts.js';
import type { Caregivers } from '../../engine/caregivers/caregivers.js';
import type { CheckIns } from '../../engine/checkins/checkins.js';
import type { RulesBook } from '../../engine/listeners/rules-book.js';
import type { SessionStreams } from '../../engine/ports.js';
import type { Routines } from '../../engine/routines/routines.js';
import type { Position, Session } from '../../engine/session.js';
import type { SessionService } from '../../engine/session-service.js';
import type { EmotionLabel } from '../../engine/vocabulary.js';
import { type AlexaDevice, type AlexaListener, type AlexaState, newListener } from './alexa-state.js';
import { type PlayItem, secondOf } from './queue.js';
import { type Envelope, whoSpeaks } from './requests.js';
import { playDirective, type Speech } from './responses.js';
import { formatToken, type Part, parseToken, type StageToken } from './stage-token.js';

export interface AlexaDeps {
  service: () => Promise<SessionService>;
  streams: () => Promise<SessionStreams>;
  state: AlexaState;
  /** Null where nobody can be paired, or nothing begins by the clock. */
  caregivers: Caregivers | null;
  routines: Routines | null;
  rules: RulesBook | null;
  /** Of the whole house, so that answers given here are in trends, exports and a study like all others. */
  checkIns: Pick<CheckIns, 'book' | 'agree' | 'add'>;
  /** Everything else that the house keeps under a listener's name. */
  erase: (listener: string) => Promise<void>;
  zone: () => string;
  /** What sounds in the house elsewhere than on a device of this skill; null where nothing is known of it. */
  elsewhere: Elsewhere | null;
  /** Signed and expiring, with the public host. */
  streamUrl: (session: Session, part: Part) => string;
  artUrl: (name: string) => string;
  /** Says something while the real reply is being made. Never throws, never waits long. */
  progressive: (envelope: Envelope, ssml: string) => Promise<void>;
  nowMs: () => number;
  /** A number below `bound`, by chance that nobody can guess. */
  randomBelow: (bound: number) => number;
  /** What was heard in a session that runs: feelings stay in memory and are gone with the process. */
  heard: Remembers<HeardFeeling>;
  /** How often a stream failed on a device, lately. */
  failures: Remembers<number>;
  /** How long the reply may take; Amazon waits about 8 seconds. */
  budgetMs: number;
}

/** The session of the house on whatever surface, for a voice that asks it to follow. */
export interface Elsewhere {
  /** The one begun last. */
  latest(): Playing | null;
  /** Every speaker of the house falls silent, and the session's clock stands at the second that was heard. */
  handOver(sessionId: string): Promise<void>;
}

export interface HeardFeeling {
  labels: readonly EmotionLabel[];
  /** How much stands behind the music that was chosen for it. */
  strength: 'fairlySure' | 'someEvidence' | 'tradition';
}

/** A memory with a bound, of this process only. */
export interface Remembers<Value> {
  get(key: string): Value | undefined;
  set(key: string, value: Value): unknown;
}

/** What a dialogue carries from one turn to the next; Amazon sends it back. */
export interface DialogueMemory {
  /** What the open question is about. */
  asked?: 'forget' | 'quiet' | 'tell-crisis' | 'check-in-before' | 'check-in-after' | 'understood';
  /** Wishes that were said before the feeling. */
  minutes?: number;
  approach?: 'iso' | 'straight';
  /** Begun, and waiting for the answer to a check-in. */
  waiting?: string;
  /** The session of which a study asks how well it met the feeling. */
  met?: string;
  /** Said last, for "repeat". */
  said?: string;
}

export interface Turn {
  deps: AlexaDeps;
  envelope: Envelope;
  locale: string;
  deviceKey: string;
  listenerKey: string;
  device: AlexaDevice;
  listener: AlexaListener;
  memory: DialogueMemory;
  /** A sentence in the listener's language and pace. */
  say(key: PromptKey, fields?: PromptFields): Speech;
  list(items: readonly string[]): string;
  saveDevice(changes: Partial<AlexaDevice>): void;
  saveListener(changes: Partial<AlexaListener>): Promise<void>;
}

export type Handle = (turn: Turn) => Promise<Response>;

const DAY_MS = 24 * 3600 * 1000;

export function makeTurn(deps: AlexaDeps, envelope: Envelope, attributes: Record<string, unknown>): Turn {
  const { userId, personId, deviceId } = whoSpeaks(envelope);
  const { state } = deps;
  const account = state.keyOf(`user ${userId}`);
  const listenerKey = state.keyOf(personId ? `person ${personId}` : `user ${userId}`);
  const deviceKey = state.keyOf(`device ${userId} ${deviceId}`);
  const nowMs = deps.nowMs();
  const locale = envelope.request.locale ?? 'en-US';
  const turn: Turn = {
    deps,
    envelope,
    locale,
    deviceKey,
    listenerKey,
    listener: state.listener(listenerKey) ?? newListener(account, nowMs),
    device: state.device(deviceKey) ?? {
      listener: listenerKey,
      sessionId: null,
      standsIn: null,
      token: null,
      playedAtMs: 0,
      stoppedAtMs: 0,
      seenAtMs: nowMs,
    },
    memory: attributes as DialogueMemory,
    // A new wording each night, so that it never says the same words three nights in a row.
    say: (key, fields) => ({
      text: sayPrompt(key, locale, fields, Math.floor(nowMs / DAY_MS)),
      slow: turn.listener.slowSpeech,
    }),
    list: (items) => joinList(locale, items),
    saveDevice(changes) {
      turn.device = { ...turn.device, ...changes, seenAtMs: nowMs };
      state.putDevice(deviceKey, turn.device);
    },
    saveListener(changes) {
      turn.listener = { ...turn.listener, ...changes, seenAtMs: nowMs };
      return state.putListener(listenerKey, turn.listener);
    },
  };
  return turn;
}

export interface Playing {
  session: Session;
  position: Position;
}

/**
 * The session of this device where it is now; null when there is none, or it was deleted. A device that our books do not
 * know (they were lost, or not yet written when the power went) is believed by the token that it holds.
 */
export async function sessionHere(turn: Turn): Promise<Playing | null> {
  if (turn.device.sessionId) return lookUp(turn, turn.device.sessionId);
  const token = turn.deps.state.device(turn.deviceKey) ? null : deviceToken(turn);
  const found = token ? await lookUp(turn, token.sessionId) : null;
  if (found) turn.saveDevice({ sessionId: found.session.id });
  return found;
}

export async function lookUp(turn: Turn, sessionId: string): Promise<Playing | null> {
  const service = await turn.deps.service();
  return service.look(sessionId).catch((error: { code?: string }) => {
    if (error.code === 'not-found') return null;
    throw error;
  });
}

/** The stream that the device says it holds (its word counts more than our books), if it is one of ours. */
export function deviceToken(turn: Turn): StageToken | null {
  return parseToken(turn.envelope.context?.AudioPlayer?.token);
}

/** True for a token of this device's session, or of the one that stood in for it. */
export const isOurs = (turn: Turn, token: StageToken): boolean =>
  token.sessionId === turn.device.sessionId || token.sessionId === turn.device.standsIn;

/** Devices buffer and people pause: only a difference that one would hear is worth writing down. */
const DRIFT_SEC = 1.5;

/**
 * The session with its clock set to where the device really is, before anything is changed: from the player's state in
 * the request, else from our own clock.
 */
export async function placed(turn: Turn, here: Playing): Promise<Playing> {
  const token = deviceToken(turn);
  const player = turn.envelope.context?.AudioPlayer;
  if (!token || !isOurs(turn, token) || typeof player?.offsetInMilliseconds !== 'number') return here;
  return placeAt(
    turn,
    here,
    secondOf(token, player.offsetInMilliseconds),
    here.position.status === 'paused' ? 'paused' : 'playing',
  );
}

export async function placeAt(
  turn: Turn,
  here: Playing,
  atSec: number,
  status: 'playing' | 'paused',
): Promise<Playing> {
  const near = Math.abs(here.position.atSec - atSec) < DRIFT_SEC;
  if (near && here.position.status === status) return here;
  const service = await turn.deps.service();
  return service.place(here.session.id, { requestId: `${turn.envelope.request.requestId} place`, atSec, status });
}

/** The directive that makes this device play an item, now or behind the stream `after`. */
export function play(turn: Turn, session: Session, item: PlayItem, after?: string) {
  return playDirective({
    item,
    session,
    streamUrl: turn.deps.streamUrl,
    artUrl: turn.deps.artUrl,
    title: turn.say('screenTitle').text,
    after,
  });
}

/** Rendering begins before the device asks for the sound. */
export async function warm(turn: Turn, session: Session): Promise<void> {
  (await turn.deps.streams()).open(session.programme);
}

export const rememberPlaying = (turn: Turn, session: Session, item: PlayItem) =>
  turn.saveDevice({
    sessionId: session.id,
    standsIn: null,
    token: formatToken(item.token),
    listener: turn.listenerKey,
    playedAtMs: turn.deps.nowMs(),
  });

/** Amazon writes whole seconds. */
const TIMESTAMP_MS = 1000;

/** When the device wrote the event, not when it arrived. */
export function writtenAtMs(turn: Turn): number {
  const { timestamp } = turn.envelope.request;
  const ms = typeof timestamp === 'number' ? timestamp : Date.parse(timestamp);
  return Number.isFinite(ms) ? ms : turn.deps.nowMs();
}

/** True where the device surely wrote the event before that moment. */
export const writtenBefore = (turn: Turn, ms: number): boolean => writtenAtMs(turn) + TIMESTAMP_MS <= ms;

/** True for an event of a time before we last told this device to play: it tells about a stream that is gone. */
export const isHistory = (turn: Turn): boolean => writtenBefore(turn, turn.device.playedAtMs);
