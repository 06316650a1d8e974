/**
 * A whole evening against the skill, without Amazon: sentences become intents by the same sentences that make the
 * interaction model, replies drive a device model, and the device's events go back to the skill until the music ends.
 */
import type { Directive, Response, ResponseEnvelope } from 'ask-sdk-model';
import { nearestLocale, SLOT_TYPES, type SlotName } from '../../../voice-intents/intents.js';
import { matchSentence } from '../../../voice-intents/matcher.js';
import type { DeviceModel, PlayerEvent } from './device-model.js';
import {
  type Caller,
  type Conversation,
  intentEnvelope,
  launchEnvelope,
  playerEnvelope,
  sessionEndedEnvelope,
} from './envelopes.js';

export interface SimulatedTurn {
  /** What the person said; absent where the device itself spoke up. */
  said?: string;
  request: Record<string, unknown>;
  reply: ResponseEnvelope;
  /** What the player did because of the reply, and until somebody spoke again. */
  playerEvents: PlayerEvent[];
}

export interface Simulation {
  caller: Caller;
  /** Sends an envelope to the skill. */
  ask(envelope: Record<string, unknown>): Promise<ResponseEnvelope>;
  /** Hears of every turn as it happens; checks replies in tests. */
  onTurn?: (turn: SimulatedTurn) => void;
}

const OPENING = /^(alexa[, ]+)?(open|start|launch|öffne|starte|ouvre|lance|abre|inicia|apri|avvia|abrir|iniciar)\b/iu;

export function createDialogue({ caller, ask, onTurn }: Simulation) {
  const { device } = caller;
  const locale = nearestLocale(caller.locale);
  const turns: SimulatedTurn[] = [];
  let talk: Conversation | null = null;

  async function send(envelope: Record<string, unknown>, said?: string): Promise<Response> {
    const reply = await ask(envelope);
    const turn: SimulatedTurn = { ...(said === undefined ? {} : { said }), request: envelope, reply, playerEvents: [] };
    turns.push(turn);
    const { response } = reply;
    turn.playerEvents.push(...device.receive(response.directives as Directive[] | undefined));
    onTurn?.(turn);
    await deliver(turn.playerEvents);
    return response;
  }

  /** Every event is a request of its own; its reply may bring more. */
  async function deliver(events: readonly PlayerEvent[]): Promise<void> {
    for (const event of [...events]) await send(playerEnvelope(caller, event));
  }

  function conversation(): Conversation {
    talk = talk
      ? { ...talk, isNew: false }
      : { sessionId: `amzn1.echo-api.session.${caller.newId()}`, isNew: true, attributes: {} };
    return talk;
  }

  async function say(said: string): Promise<void> {
    const isOpening = OPENING.test(said.trim()) && matchSentence(locale, said) === null;
    const matched = isOpening ? null : matchSentence(locale, said);
    const slots = Object.fromEntries(
      Object.entries(matched?.slots ?? {}).map(([name, slot]) => [
        name,
        { ...slot, type: SLOT_TYPES[name as SlotName] },
      ]),
    );
    const envelope = isOpening
      ? launchEnvelope(caller, conversation())
      : intentEnvelope(caller, conversation(), matched?.intent ?? 'AMAZON.FallbackIntent', slots);
    const before = turns.length;
    const response = await send(envelope, said);
    const attributes = turns[before]?.reply.sessionAttributes ?? {};
    talk = response.shouldEndSession === false && talk ? { ...talk, attributes } : null;
  }

  /** The person says nothing more: an open conversation ends, as Alexa ends it after two unanswered questions. */
  async function fallSilent(): Promise<void> {
    if (!talk) return;
    await send(sessionEndedEnvelope(caller, talk, 'EXCEEDED_MAX_REPROMPTS'));
    talk = null;
  }

  /** Music plays, the device tells what happens, for so long or until it is quiet. */
  async function listen(ms: number): Promise<void> {
    const untilMs = device.nowMs() + ms;
    while (device.nowMs() < untilMs && device.activity() === 'PLAYING') {
      const events = device.advance(untilMs - device.nowMs());
      turns[turns.length - 1]?.playerEvents.push(...events);
      await deliver(events);
    }
  }

  return { say, listen, fallSilent, turns: () => turns as readonly SimulatedTurn[], device: device as DeviceModel };
}

export type Dialogue = ReturnType<typeof createDialogue>;
