/**
 * Dialogflow CX, webhook v3: request → what was asked, what is told → reply. Shapes: WebhookRequest and WebhookResponse of
 * google.cloud.dialogflow.cx.v3. A reply may have 64 KiB; ours have some two.
 */
import { z } from 'zod';
import { readAs } from '../../../engine/read-as.js';
import { FALLBACK } from '../../../voice-intents/dialogflow.js';
import { type Asked, heardAs, intentNamed, isWelcome, localeOf, MOST_SAID, type SlotHeard, slotFrom } from './asked.js';
import { plainPayload } from './payloads.js';
import type { Told } from './told.js';

const Anything = z.record(z.string(), z.unknown());

export const CxRequest = z.looseObject({
  detectIntentResponseId: z.string().min(1).max(300),
  languageCode: z.string().max(35).nullish(),
  text: z.string().nullish(),
  transcript: z.string().nullish(),
  fulfillmentInfo: z.looseObject({ tag: z.string().max(300).nullish() }).nullish(),
  intentInfo: z
    .looseObject({
      displayName: z.string().max(300).nullish(),
      parameters: z
        .record(
          z.string(),
          z.looseObject({ originalValue: z.string().nullish(), resolvedValue: z.unknown().optional() }),
        )
        .nullish(),
    })
    .nullish(),
  sessionInfo: z.looseObject({
    session: z.string().min(1).max(1000),
    parameters: Anything.nullish(),
  }),
});
export type CxRequest = z.infer<typeof CxRequest>;

/** The session parameter that carries the dialogue from turn to turn. */
const PARAMETER = 'emoheal';

/** Throws `bad-input`. */
export function askedByCx(body: unknown): Asked {
  const asked = readAs(CxRequest, body, { what: 'No Dialogflow CX request' });
  const { detectIntentResponseId, languageCode, text, transcript, fulfillmentInfo, intentInfo, sessionInfo } = asked;
  const locale = localeOf(languageCode);
  const said = (text ?? transcript ?? '').trim().slice(0, MOST_SAID);
  const tag = fulfillmentInfo?.tag ?? undefined;
  // The route that was taken names itself by its tag; a no-match has no intent.
  const name = tag === FALLBACK ? undefined : (intentInfo?.displayName ?? tag);
  const slots = Object.fromEntries(
    Object.entries(intentInfo?.parameters ?? {}).flatMap(([slot, { originalValue, resolvedValue }]) => {
      const heard = slotFrom(locale, slot, resolvedValue ?? originalValue, originalValue);
      return heard ? [[slot, heard] as [string, SlotHeard]] : [];
    }),
  );
  const memory = sessionInfo.parameters?.[PARAMETER];
  return {
    edition: 'cx',
    requestId: detectIntentResponseId,
    conversation: sessionInfo.session,
    locale,
    said: isWelcome(name) ? '' : said,
    happening: isWelcome(name)
      ? { kind: 'launch' }
      : { kind: 'intent', ...heardAs(locale, said, intentNamed(name), slots) },
    memory: typeof memory === 'object' && memory !== null ? (memory as Record<string, unknown>) : {},
    actionsOnGoogle: false,
    tellsMediaStatus: false,
  };
}

/** Words for a screen, the same for a voice, the sound for whoever can play it, and the whole again for scripts. */
export function toldToCx(_asked: Asked, told: Told): Record<string, unknown> {
  return {
    fulfillmentResponse: {
      messages: [
        { text: { text: [told.text] } },
        { outputAudioText: { ssml: told.ssml } },
        ...(told.play ? [{ playAudio: { audioUri: told.play.wholeUrl } }] : []),
        { payload: plainPayload(told) },
      ],
      // What the agent itself would say for the route is for the case that we are out of reach.
      mergeBehavior: 'REPLACE',
    },
    sessionInfo: { parameters: { [PARAMETER]: told.memory } },
  };
}
