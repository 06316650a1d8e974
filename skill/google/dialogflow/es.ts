/**
 * Dialogflow ES, webhook format v2: request → what was asked, what is told → reply. Shapes: WebhookRequest and
 * WebhookResponse of google.cloud.dialogflow.v2; what stands in `payload` for the Assistant: Actions on Google, AppResponse.
 */
import { z } from 'zod';
import { readAs } from '../../../engine/read-as.js';
import { FALLBACK, MEDIA_STATUS } from '../../../voice-intents/dialogflow.js';
import {
  type Asked,
  type Happening,
  heardAs,
  intentNamed,
  isWelcome,
  localeOf,
  MOST_SAID,
  type SlotHeard,
  slotFrom,
} from './asked.js';
import { googlePayload, plainPayload } from './payloads.js';
import type { Told } from './told.js';

const Anything = z.record(z.string(), z.unknown());

export const EsRequest = z.looseObject({
  responseId: z.string().min(1).max(300),
  session: z.string().min(1).max(1000),
  queryResult: z.looseObject({
    queryText: z.string().nullish(),
    languageCode: z.string().max(35).nullish(),
    parameters: Anything.nullish(),
    intent: z.looseObject({ displayName: z.string().max(300).nullish() }).nullish(),
    outputContexts: z
      .array(z.looseObject({ name: z.string().max(1500), parameters: Anything.nullish() }))
      .max(100)
      .nullish(),
  }),
  // Home Assistant and some consoles send null here.
  originalDetectIntentRequest: z
    .looseObject({
      source: z.string().max(100).nullish(),
      payload: z
        .looseObject({
          user: z.looseObject({ locale: z.string().max(35).nullish() }).nullish(),
          surface: z
            .looseObject({
              capabilities: z.array(z.looseObject({ name: z.string() })).nullish(),
            })
            .nullish(),
          inputs: z
            .array(
              z.looseObject({
                intent: z.string().nullish(),
                arguments: z
                  .array(
                    z.looseObject({
                      name: z.string().nullish(),
                      extension: z.looseObject({ status: z.string().nullish() }).nullish(),
                    }),
                  )
                  .nullish(),
              }),
            )
            .nullish(),
        })
        .nullish(),
    })
    .nullish(),
});
export type EsRequest = z.infer<typeof EsRequest>;

/** Turns for which Dialogflow carries what we gave it; renewed by every reply. */
const LIFESPAN = 20;
const CONTEXT = 'emoheal';

/** Throws `bad-input`. */
export function askedByEs(body: unknown): Asked {
  const asked = readAs(EsRequest, body, { what: 'No Dialogflow ES request' });
  const { responseId, session, queryResult, originalDetectIntentRequest: original } = asked;
  const payload = original?.payload;
  const locale = localeOf(payload?.user?.locale ?? queryResult.languageCode);
  const name = queryResult.intent?.displayName ?? undefined;
  const input = payload?.inputs?.find((each) => each.intent === 'actions.intent.MEDIA_STATUS');
  const isEvent = input !== undefined || name === MEDIA_STATUS || isWelcome(name);
  const said = isEvent ? '' : (queryResult.queryText ?? '').trim().slice(0, MOST_SAID);
  const actionsOnGoogle = original?.source === 'google';
  return {
    edition: 'es',
    requestId: responseId,
    conversation: session,
    locale,
    said,
    happening: happening(),
    memory: contextOf(asked, CONTEXT) ?? {},
    actionsOnGoogle,
    tellsMediaStatus:
      actionsOnGoogle &&
      (payload?.surface?.capabilities ?? []).some((each) => each.name === 'actions.capability.MEDIA_RESPONSE_AUDIO'),
  };

  function happening(): Happening {
    if (input || name === MEDIA_STATUS) {
      const told = input?.arguments?.find((each) => each.name === 'MEDIA_STATUS')?.extension?.status;
      return { kind: 'media', status: told === 'FAILED' ? 'failed' : 'finished' };
    }
    if (isWelcome(name)) return { kind: 'launch' };
    return { kind: 'intent', ...heardAs(locale, said, name === FALLBACK ? null : intentNamed(name), slots()) };
  }

  function slots(): Record<string, SlotHeard> {
    const originals = Object.assign({}, ...(queryResult.outputContexts ?? []).map((each) => each.parameters ?? {}));
    return Object.fromEntries(
      Object.entries(queryResult.parameters ?? {}).flatMap(([slot, value]) => {
        const heard = slotFrom(locale, slot, value, originals[`${slot}.original`]);
        return heard ? [[slot, heard]] : [];
      }),
    );
  }
}

function contextOf({ queryResult, session }: EsRequest, name: string): Record<string, unknown> | undefined {
  const wanted = `${session}/contexts/${name}`.toLowerCase();
  return queryResult.outputContexts?.find((each) => each.name.toLowerCase() === wanted)?.parameters ?? undefined;
}

/** The reply as JSON. Every client finds its words: in `fulfillmentText`, in the messages, or in `payload.google`. */
export function toldToEs(asked: Asked, told: Told): Record<string, unknown> {
  return {
    fulfillmentText: told.text,
    fulfillmentMessages: [{ text: { text: [told.text] } }, { payload: plainPayload(told) }],
    ...(asked.actionsOnGoogle ? { payload: { google: googlePayload(told) } } : {}),
    outputContexts: [
      {
        name: `${asked.conversation}/contexts/${CONTEXT}`,
        lifespanCount: LIFESPAN,
        parameters: told.memory,
      },
    ],
  };
}
