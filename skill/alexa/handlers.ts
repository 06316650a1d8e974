/**
 * Alexa requests to service calls and back: one ask-sdk handler per request type or intent, fallback last. A request
 * that we do not know is answered kindly where speech is allowed and with nothing where it is not.
 */
import { type ErrorHandler, type HandlerInput, type RequestHandler, type Skill, SkillBuilders } from 'ask-sdk-core';
import type { RequestEnvelope, Response, ResponseEnvelope } from 'ask-sdk-model';
import { conversation, launch } from './conversation.js';
import { playerHandles } from './player-events.js';
import type { Envelope } from './requests.js';
import { silent, spoken } from './responses.js';
import { type AlexaDeps, type Handle, makeTurn, type Turn } from './turn.js';

/** Handlers in order. `onFault` hears of errors of ours; it is never told what was said. */
export function alexaHandlers(deps: AlexaDeps): RequestHandler[] {
  const on = (type: string, handle: Handle, intent?: string): RequestHandler => ({
    canHandle: ({ requestEnvelope: { request } }) =>
      request.type === type && (intent === undefined || ('intent' in request && request.intent.name === intent)),
    handle: (input) => withTurn(deps, input, handle),
  });
  const nothing: Handle = async () => silent();
  return [
    on('LaunchRequest', launch),
    ...Object.entries(conversation).map(([name, handle]) => on('IntentRequest', handle, name)),
    ...Object.entries(playerHandles).map(([type, handle]) => on(type, handle)),
    on('AlexaSkillEvent.SkillDisabled', forgetAccount),
    // An intent of a newer or older model: as if nothing had been understood.
    on('IntentRequest', conversation['AMAZON.FallbackIntent']!),
    { canHandle: () => true, handle: (input) => withTurn(deps, input, nothing) },
  ];
}

async function withTurn(deps: AlexaDeps, input: HandlerInput, handle: Handle): Promise<Response> {
  const { attributesManager } = input;
  const inConversation = Boolean(input.requestEnvelope.session);
  const attributes = inConversation ? attributesManager.getSessionAttributes() : {};
  const turn: Turn = makeTurn(deps, input.context as Envelope, { ...attributes });
  const response = await handle(turn);
  if (inConversation) attributesManager.setSessionAttributes(turn.memory as Record<string, unknown>);
  return response;
}

/** The skill was switched off: what is kept of the account goes. */
async function forgetAccount(turn: Turn): Promise<Response> {
  const service = await turn.deps.service();
  for (const key of turn.deps.state.listenersOf(turn.listener.account)) await turn.deps.erase(key);
  for (const id of await turn.deps.state.forget({ account: turn.listener.account })) await service.forget(id);
  return silent();
}

/** A fault becomes one sentence where speech is allowed; a player gets an empty answer and plays on. */
export function alexaError(deps: AlexaDeps, onFault: (error: unknown) => void): ErrorHandler {
  return {
    canHandle: () => true,
    handle(input, error) {
      onFault(error);
      const { type } = input.requestEnvelope.request;
      if (type !== 'LaunchRequest' && type !== 'IntentRequest') return silent();
      const turn = makeTurn(deps, input.context as Envelope, {});
      return spoken({ say: turn.say('somethingWrong'), ask: turn.say('howDoYouFeel') });
    },
  };
}

export interface AlexaSkill {
  /** Answers one parsed and verified envelope. Never throws. */
  answer(envelope: Envelope): Promise<ResponseEnvelope>;
}

export function createAlexaSkill(deps: AlexaDeps, onFault: (error: unknown) => void): AlexaSkill {
  const skill: Skill = SkillBuilders.custom()
    .addRequestHandlers(...alexaHandlers(deps))
    .addErrorHandlers(alexaError(deps, onFault))
    .create();
  return {
    async answer(envelope) {
      const { version, response, sessionAttributes } = await skill.invoke(
        envelope as unknown as RequestEnvelope,
        envelope,
      );
      return {
        version,
        ...(envelope.session ? { sessionAttributes: sessionAttributes ?? {} } : {}),
        response: response ?? {},
      };
    },
  };
}
