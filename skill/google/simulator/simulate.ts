/**
 * `emoheal simulate google`: the local webhook with its real parts, Dialogflow's understanding played by our own sentences,
 * a player that tells when a stage has ended (or one that tells nothing), and a clock that runs fast.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import type { CrisisGate } from '../../../engine/crisis/gate.js';
import type { SessionStreams } from '../../../engine/ports.js';
import type { SessionService } from '../../../engine/session-service.js';
import { STAGES, type Stage } from '../../../engine/vocabulary.js';
import { openDialogflow } from '../google.js';
import { type Conversing, conversationOf, mediaStatusFor, requestFor } from './requests.js';

export interface GoogleWish {
  app: { service: () => Promise<SessionService>; streams: () => Promise<SessionStreams>; gate: CrisisGate };
  /** The clock that the service reads; it is moved as the music plays. */
  time: { nowMs: number };
  said: readonly string[];
  edition: Conversing['edition'];
  client: Conversing['client'];
  locale: string;
  /** Music between two sentences, seconds. */
  betweenSec: number;
  onTurn?: (turn: GoogleTurn) => void;
  onFault: (error: unknown) => void;
}

export interface GoogleTurn {
  /** What the person said; absent where the player spoke up. */
  said?: string;
  request: Record<string, unknown>;
  reply: Record<string, unknown>;
}

export interface GoogleEvening {
  turns: GoogleTurn[];
  /** Seconds of sound and silence as the person heard them. */
  heard: { stage: Stage | null; revision: number | null; sec: number }[];
}

/** Where the music of a reply stands: which address, and from which second of the session to which. */
interface Sounding {
  sessionId: string;
  revision: number;
  atSec: number;
  endSec: number;
  stages: readonly { stage: Stage; startSec: number; endSec: number }[];
}

/** Longest night that is waited for. */
const NIGHT_SEC = 4 * 3600;
const PATIENT_MS = 120_000;

export async function simulateGoogle(wish: GoogleWish): Promise<GoogleEvening> {
  const { app, time } = wish;
  const { webhook } = await openDialogflow({
    ...app,
    signingKey: randomBytes(32),
    publicUrl: () => 'https://bedside.example',
    nowMs: () => time.nowMs,
    // Models are loaded while the first sentence waits; a running server has them ready.
    standInMs: PATIENT_MS,
    budgetMs: PATIENT_MS,
    onFault: wish.onFault,
  });
  const talk: Conversing = {
    edition: wish.edition,
    client: wish.client,
    session: conversationOf(wish.edition, randomUUID()),
    locale: wish.locale,
    newId: randomUUID,
    memory: {},
  };
  const turns: GoogleTurn[] = [];
  const heard: GoogleEvening['heard'] = [];
  let sounding: Sounding | null = null;

  async function send(request: Record<string, unknown>, said?: string): Promise<void> {
    const reply = await webhook.answer(request);
    talk.memory = memoryIn(reply);
    const turn: GoogleTurn = { ...(said === undefined ? {} : { said }), request, reply };
    turns.push(turn);
    wish.onTurn?.(turn);
    const { play, stop } = soundIn(reply);
    if (play) sounding = await soundingAt(play);
    else if (stop) sounding = null;
  }

  async function soundingAt(url: string): Promise<Sounding> {
    const { pathname, searchParams } = new URL(url);
    const [, , sessionId = '', name = ''] = pathname.split('/');
    const { session } = await (await app.service()).look(sessionId);
    const { stages, durationSec } = session.programme;
    const part = stages.find(({ stage }) => name === `${stage}.mp3`);
    const from = Number(searchParams.get('from') ?? 0);
    return {
      sessionId,
      revision: session.revision,
      atSec: (part?.startSec ?? 0) + from,
      endSec: part?.endSec ?? durationSec,
      stages,
    };
  }

  /** Lets time pass; a player that tells of the end is answered before it goes on. */
  async function listen(sec: number): Promise<void> {
    let left = sec;
    while (left > 0 && sounding) {
      const here: Sounding = sounding;
      const step = Math.min(left, here.endSec - here.atSec);
      log(here, step);
      here.atSec += step;
      time.nowMs += step * 1000;
      left -= step;
      if (here.atSec < here.endSec) continue;
      sounding = null;
      if (wish.client === 'assistant') await send(mediaStatusFor(talk));
    }
    // Silence: nobody waits for it to pass, except between two sentences.
    if (sec < NIGHT_SEC && left > 0) {
      heard.push({ stage: null, revision: null, sec: left });
      time.nowMs += left * 1000;
    }
  }

  function log(here: Sounding, sec: number): void {
    for (const { stage, startSec, endSec } of here.stages) {
      const within = Math.min(here.atSec + sec, endSec) - Math.max(here.atSec, startSec);
      if (within <= 0.001) continue;
      const last = heard.at(-1);
      if (last && last.stage === stage && last.revision === here.revision) last.sec += within;
      else heard.push({ stage, revision: here.revision, sec: within });
    }
  }

  for (const said of wish.said) {
    await send(requestFor(talk, said), said);
    await listen(wish.betweenSec);
  }
  await listen(NIGHT_SEC);
  return { turns, heard: heard.map((each) => ({ ...each, sec: Math.round(each.sec * 1000) / 1000 })) };
}

// Replies of our own making, read as a client reads them.
interface Loose {
  outputContexts?: { parameters: Record<string, unknown> }[];
  sessionInfo?: { parameters: { emoheal: Record<string, unknown> } };
  payload?: {
    google?: { richResponse: { items: { mediaResponse?: { mediaObjects: { contentUrl: string }[] } }[] } };
  };
  fulfillmentMessages?: LooseMessage[];
  fulfillmentResponse?: { messages: LooseMessage[] };
}
interface LooseMessage {
  payload?: { emoheal?: { say: string; open: boolean; stop?: boolean; play?: { url: string; title: string } } };
}

const memoryIn = (reply: Loose): Record<string, unknown> =>
  reply.outputContexts?.[0]?.parameters ?? reply.sessionInfo?.parameters.emoheal ?? {};

/** What a plain client reads. */
export function plainIn(reply: Record<string, unknown>) {
  const { fulfillmentMessages, fulfillmentResponse } = reply as Loose;
  const messages = fulfillmentMessages ?? fulfillmentResponse?.messages ?? [];
  return messages.map(({ payload }) => payload?.emoheal).find(Boolean);
}

/** What sounds after a reply: with the Assistant the stage, else the whole. */
export function soundIn(reply: Record<string, unknown>): { play?: string | undefined; stop: boolean } {
  const media = (reply as Loose).payload?.google?.richResponse.items.find((each) => each.mediaResponse)?.mediaResponse;
  const plain = plainIn(reply);
  return { play: media?.mediaObjects[0]?.contentUrl ?? plain?.play?.url, stop: plain?.stop === true };
}

/** The stages of an evening in the order in which they were heard. */
export const stagesHeard = ({ heard }: GoogleEvening): Stage[] =>
  STAGES.filter((stage) => heard.some((each) => each.stage === stage));
