/**
 * Webhook requests as Dialogflow sends them, made from a sentence: our own sentences play the part of its understanding.
 * Shapes: WebhookRequest of google.cloud.dialogflow.v2 and of google.cloud.dialogflow.cx.v3, AppRequest of Actions on Google.
 */

import { dialogflowName, FALLBACK, MEDIA_STATUS, WELCOME } from '../../../voice-intents/dialogflow.js';
import { nearestLocale } from '../../../voice-intents/intents.js';
import { type MatchedSlot, matchSentence } from '../../../voice-intents/matcher.js';

export interface Conversing {
  edition: 'es' | 'cx';
  /** What the other side can draw and play: an Assistant surface with a player, or words only. */
  client: 'assistant' | 'plain';
  session: string;
  locale: string;
  newId: () => string;
  /** What came back with the last reply. */
  memory: Record<string, unknown>;
}

type Json = Record<string, unknown>;

const OPENING =
  /^(ok(ay)? google[, ]+)?(talk to|open|start|launch|öffne|starte|ouvre|lance|abre|inicia|apri|avvia|abrir|iniciar)\b/iu;

export const conversationOf = (edition: 'es' | 'cx', id: string): string =>
  edition === 'es'
    ? `projects/simulated/agent/sessions/${id}`
    : `projects/simulated/locations/global/agents/simulated/sessions/${id}`;

/** The request for a sentence. */
export function requestFor(talk: Conversing, said: string): Json {
  const matched = matchSentence(nearestLocale(talk.locale), said);
  const opens = matched === null && OPENING.test(said.trim());
  const name = opens ? WELCOME : matched ? dialogflowName(matched.intent) : FALLBACK;
  return talk.edition === 'es'
    ? esRequest(talk, name, said, matched?.slots)
    : cxRequest(talk, name, said, matched?.slots);
}

/** The Assistant's player tells that what it was given has ended. */
export function mediaStatusFor(talk: Conversing, status: 'FINISHED' | 'FAILED' = 'FINISHED'): Json {
  return esRequest(talk, MEDIA_STATUS, 'actions_intent_MEDIA_STATUS', {}, [
    {
      intent: 'actions.intent.MEDIA_STATUS',
      rawInputs: [{}],
      arguments: [
        {
          name: 'MEDIA_STATUS',
          extension: { '@type': 'type.googleapis.com/google.actions.v2.MediaStatus', status },
        },
      ],
    },
  ]);
}

function esRequest(
  talk: Conversing,
  name: string,
  said: string,
  slots: Record<string, MatchedSlot> = {},
  inputs: Json[] = [{ intent: 'actions.intent.TEXT', rawInputs: [{ inputType: 'VOICE', query: said }], arguments: [] }],
): Json {
  const parameters = Object.fromEntries(Object.entries(slots).map(([slot, heard]) => [slot, parameterOf(slot, heard)]));
  const originals = Object.fromEntries(
    Object.entries(slots).map(([slot, { said: words }]) => [`${slot}.original`, words]),
  );
  const onAssistant = talk.client === 'assistant';
  return {
    responseId: talk.newId(),
    session: talk.session,
    queryResult: {
      queryText: said,
      action: name,
      parameters,
      allRequiredParamsPresent: true,
      fulfillmentMessages: [],
      outputContexts: [
        {
          name: `${talk.session}/contexts/emoheal`,
          lifespanCount: 19,
          parameters: { ...talk.memory, ...parameters, ...originals },
        },
      ],
      intent: { name: `projects/simulated/agent/intents/${name}`, displayName: name },
      intentDetectionConfidence: name === FALLBACK ? 1 : 0.9,
      languageCode: talk.locale.toLowerCase(),
    },
    originalDetectIntentRequest: onAssistant
      ? {
          source: 'google',
          version: '2',
          payload: {
            user: { locale: talk.locale, userVerificationStatus: 'VERIFIED' },
            conversation: { conversationId: talk.session, type: 'ACTIVE' },
            inputs,
            surface: {
              capabilities: [
                { name: 'actions.capability.AUDIO_OUTPUT' },
                { name: 'actions.capability.MEDIA_RESPONSE_AUDIO' },
                { name: 'actions.capability.SCREEN_OUTPUT' },
              ],
            },
            isInSandbox: true,
          },
        }
      : { payload: {} },
  };
}

function cxRequest(talk: Conversing, name: string, said: string, slots: Record<string, MatchedSlot> = {}): Json {
  const parameters = Object.fromEntries(
    Object.entries(slots).map(([slot, heard]) => [
      slot,
      { originalValue: heard.said, resolvedValue: parameterOf(slot, heard) },
    ]),
  );
  return {
    detectIntentResponseId: talk.newId(),
    languageCode: talk.locale.toLowerCase(),
    text: said,
    fulfillmentInfo: { tag: name },
    ...(name === FALLBACK
      ? {}
      : {
          intentInfo: {
            lastMatchedIntent: `projects/simulated/locations/global/agents/simulated/intents/${name}`,
            displayName: name,
            parameters,
            confidence: 0.9,
          },
        }),
    pageInfo: {
      currentPage: 'projects/simulated/locations/global/agents/simulated/flows/0/pages/START_PAGE',
      displayName: 'Start Page',
    },
    sessionInfo: { session: talk.session, parameters: { emoheal: talk.memory } },
    payload: {},
  };
}

/** Our id for our own words, an amount with its unit for lengths, a number for ratings. */
function parameterOf(slot: string, { said, value, id }: MatchedSlot): unknown {
  if (slot === 'rating') return Number(value);
  if (slot === 'time') return `2026-11-30T${value}:00Z`;
  if (slot !== 'length') return id ?? value ?? said;
  const [, hours = '0', minutes = '0', seconds = '0'] = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?$/.exec(value ?? '') ?? [];
  const sec = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  return sec % 60 === 0 ? { amount: sec / 60, unit: 'min' } : { amount: sec, unit: 's' };
}
