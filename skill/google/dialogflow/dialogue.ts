/**
 * One dialogue for both assistants. What is asked through Dialogflow is put to the same handlers that answer Alexa, so that a
 * sentence leads to the same session on either; only the door and the shape of the reply are Google's. See the decision page
 * of 2026-11-29 on Dialogflow.
 */
import type { Directive, ResponseEnvelope } from 'ask-sdk-model';
import { z } from 'zod';
import { sayPrompt } from '../../../audio-prompts/prompts.js';
import type { CrisisGate } from '../../../engine/crisis/gate.js';
import type { Session } from '../../../engine/session.js';
import type { SessionService } from '../../../engine/session-service.js';
import { nearestLocale } from '../../../voice-intents/intents.js';
import { sentencesFor } from '../../../voice-intents/sentences.js';
import type { AlexaState } from '../../alexa/alexa-state.js';
import type { AlexaSkill } from '../../alexa/handlers.js';
import type { Envelope } from '../../alexa/requests.js';
import { ssml } from '../../alexa/responses.js';
import { parseToken } from '../../alexa/stage-token.js';
import type { Asked, SlotHeard } from './asked.js';
import type { Told, ToldPlay } from './told.js';

export interface DialogueDeps {
  skill: AlexaSkill;
  state: AlexaState;
  service: () => Promise<SessionService>;
  gate: CrisisGate;
  /** The whole session as one stream. */
  wholeUrl: (session: Session) => string;
  nowMs: () => number;
}

/** What we gave the other side to carry; it may come back older than we are, or not at all. */
const Memory = z.object({
  asked: z
    .enum(['forget', 'quiet', 'tell-crisis', 'check-in-before', 'check-in-after', 'understood'])
    .optional()
    .catch(undefined),
  minutes: z.number().positive().max(1440).optional().catch(undefined),
  approach: z.enum(['iso', 'straight']).optional().catch(undefined),
  waiting: z.string().max(100).optional().catch(undefined),
  met: z.string().max(64).optional().catch(undefined),
  said: z.string().max(2000).optional().catch(undefined),
});

const DAY_MS = 24 * 3600 * 1000;

export async function answerAsked(deps: DialogueDeps, asked: Asked): Promise<Told> {
  if (asked.happening.kind === 'media') return nextStage(deps, asked, asked.happening.status);
  const intent = asked.happening.kind === 'intent' ? await pastTheGate(deps, asked, asked.happening) : null;
  const reply = await deps.skill.answer(
    envelopeOf(deps, asked, intent ? { type: 'IntentRequest', intent } : { type: 'LaunchRequest' }),
  );
  return toldBy(deps, asked, reply);
}

/**
 * The crisis gate hears every word first, whatever intent the words landed in: "stop, I want to end it" is no stop. What it
 * holds for a crisis goes the way of a feeling, which ends in help; so does concern in words that nobody understood.
 */
async function pastTheGate(
  { gate }: DialogueDeps,
  { said }: Asked,
  { name, slots }: { name: string; slots: Record<string, SlotHeard> },
) {
  // A feeling goes through the gate of the session service, with these very words, before anything else is done with it.
  const heardThere = name === 'FeelingIntent' && slots.feeling?.value === said;
  const heard = said && !heardThere ? (await gate([said]))[0]?.level : 'none';
  const grave = heard === 'crisis' || (heard === 'concern' && name === 'AMAZON.FallbackIntent');
  const taken = grave ? { name: 'FeelingIntent', slots: { feeling: { value: said } } } : { name, slots };
  return {
    name: taken.name,
    slots: Object.fromEntries(
      Object.entries(taken.slots as Record<string, SlotHeard>).map(([slot, { value, id }]) => [
        slot,
        {
          name: slot,
          value,
          ...(id
            ? {
                resolutions: {
                  resolutionsPerAuthority: [
                    { status: { code: 'ER_SUCCESS_MATCH' }, values: [{ value: { name: value, id } }] },
                  ],
                },
              }
            : {}),
        },
      ]),
    ),
  };
}

function envelopeOf({ nowMs }: DialogueDeps, asked: Asked, request: Record<string, unknown>): Envelope {
  const isConversation = request.type === 'IntentRequest' || request.type === 'LaunchRequest';
  return {
    version: '1.0',
    ...(isConversation ? { session: { attributes: Memory.parse(asked.memory) as Record<string, unknown> } } : {}),
    context: {
      System: {
        user: { userId: `dialogflow ${asked.conversation}` },
        device: { deviceId: asked.conversation },
      },
    },
    request: {
      requestId: asked.requestId,
      timestamp: new Date(nowMs()).toISOString(),
      locale: asked.locale,
      ...request,
    },
  } as Envelope;
}

/**
 * The Assistant's player has come to the end of a stage, or could not play it. It names no stream, so the books say which
 * one it was; the next one is put down as begun, because nothing else will tell.
 */
async function nextStage(deps: DialogueDeps, asked: Asked, status: 'finished' | 'failed'): Promise<Told> {
  const key = deps.state.keyOf(`device dialogflow ${asked.conversation} ${asked.conversation}`);
  const token = deps.state.device(key)?.token ?? undefined;
  const type = status === 'finished' ? 'AudioPlayer.PlaybackNearlyFinished' : 'AudioPlayer.PlaybackFailed';
  const reply = await deps.skill.answer(envelopeOf(deps, asked, { type, token, offsetInMilliseconds: 0 }));
  const next = playIn(reply);
  if (next)
    await deps.skill.answer(
      envelopeOf(deps, asked, {
        type: 'AudioPlayer.PlaybackStarted',
        token: next.audioItem.stream.token,
        offsetInMilliseconds: next.audioItem.stream.offsetInMilliseconds,
      }),
    );
  const told = await toldBy(deps, asked, reply);
  // Nobody is spoken to at the end of the music: the reply must hold words, so it holds a silent second.
  return { ...told, ssml: SILENCE, text: say(deps, asked, 'screenTitle'), again: undefined, open: false };
}

const SILENCE = '<speak><break time="1s"/></speak>';

type Play = Extract<Directive, { type: 'AudioPlayer.Play' }> & {
  audioItem: {
    stream: { token: string; url: string; offsetInMilliseconds: number };
    metadata?: { title?: string; subtitle?: string; art?: { sources?: { url?: string }[] } };
  };
};

const playIn = ({ response }: ResponseEnvelope): Play | undefined =>
  (response.directives ?? []).find((each): each is Play => each.type === 'AudioPlayer.Play');

const say = ({ nowMs }: DialogueDeps, { locale }: Asked, key: Parameters<typeof sayPrompt>[0]): string =>
  sayPrompt(key, locale, {}, Math.floor(nowMs() / DAY_MS));

async function toldBy(deps: DialogueDeps, asked: Asked, reply: ResponseEnvelope): Promise<Told> {
  const { response, sessionAttributes } = reply;
  const directive = playIn(reply);
  const play = directive ? await playOf(deps, directive) : undefined;
  const stop = (response.directives ?? []).some((each) => each.type === 'AudioPlayer.Stop');
  const spoken = speechOf(response.outputSpeech) ?? wordsFor(play ? 'screenTitle' : stop ? 'paused' : 'didNotCatch');
  const again = speechOf(response.reprompt?.outputSpeech);
  const open = response.shouldEndSession === false;
  return {
    ...spoken,
    ...(again ? { again } : {}),
    open,
    ...(response.card?.type === 'Simple'
      ? { card: { title: response.card.title ?? '', text: response.card.content ?? '' } }
      : {}),
    ...(play ? { play } : {}),
    stop,
    chips: chipsFor(asked, { playing: play !== undefined, open }),
    memory: (sessionAttributes ?? asked.memory) as Record<string, unknown>,
  };

  function wordsFor(key: Parameters<typeof sayPrompt>[0]) {
    const text = say(deps, asked, key);
    return { text, ssml: ssml({ text }) };
  }
}

function speechOf(speech: unknown): { text: string; ssml: string } | null {
  const marked = (speech as { ssml?: string } | undefined)?.ssml;
  if (!marked) return null;
  const text = marked
    .replace(/<[^>]+>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
  return { text, ssml: marked };
}

async function playOf(deps: DialogueDeps, { audioItem }: Play): Promise<ToldPlay | undefined> {
  const { stream, metadata } = audioItem;
  const token = parseToken(stream.token);
  const found = token && (await (await deps.service()).look(token.sessionId).catch(() => null));
  if (!token || !found) return undefined;
  const fromSec = stream.offsetInMilliseconds / 1000;
  return {
    stageUrl: beginningAt(stream.url, fromSec),
    wholeUrl: beginningAt(deps.wholeUrl(found.session), token.startSec + fromSec),
    title: metadata?.title ?? '',
    subtitle: metadata?.subtitle ?? '',
    picture: metadata?.art?.sources?.[0]?.url ?? '',
  };
}

/** A player of Google's is given no second to begin at: the address carries it. */
const beginningAt = (url: string, sec: number): string =>
  sec > 0 ? `${url}&from=${Math.round(sec * 1000) / 1000}` : url;

/** What can be said now, from the sentences of the language. */
function chipsFor({ locale }: Asked, { playing, open }: { playing: boolean; open: boolean }): string[] {
  const { intents } = sentencesFor(nearestLocale(locale));
  if (playing) return ([intents.StayIntent, intents.DeeperIntent, intents.WhyIntent] as const).map(([first]) => first!);
  return open ? [intents.SleeplessIntent[0]!] : [];
}
