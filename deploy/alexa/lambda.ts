/**
 * The AWS Lambda function of the skill: trust by invocation, then on to the home server. It keeps nothing and knows
 * nothing. Settings of the function: EMOHEAL_HOME_URL (https), EMOHEAL_ALEXA_RELAY_SECRET, EMOHEAL_ALEXA_SKILL_ID.
 */
import { RELAY_HEADER, relayHeader } from '../../skill/alexa/relay.js';

interface AlexaEvent {
  context?: { System?: { application?: { applicationId?: string } } };
  session?: { application?: { applicationId?: string } };
  request?: { type?: string };
}

/** Amazon waits about 8 seconds for the whole way. */
const WAIT_MS = 7000;

export interface RelaySettings {
  homeUrl: string;
  secret: string;
  skillId: string;
  nowMs?: () => number;
  send?: typeof fetch;
}

/** Throws for another skill's request and where the home server cannot be reached: Alexa then says that it had trouble. */
export async function relay(event: AlexaEvent, settings: RelaySettings): Promise<unknown> {
  const { homeUrl, secret, skillId, nowMs = Date.now, send = fetch } = settings;
  const application = event.context?.System?.application?.applicationId ?? event.session?.application?.applicationId;
  if (application !== skillId) throw new Error('This function serves another skill.');
  const body = JSON.stringify(event);
  const response = await send(new URL('/alexa', homeUrl), {
    method: 'POST',
    redirect: 'error',
    signal: AbortSignal.timeout(WAIT_MS),
    headers: { 'content-type': 'application/json', [RELAY_HEADER]: relayHeader(secret, body, nowMs()) },
    body,
  });
  if (!response.ok) throw new Error(`The home server answered ${response.status}.`);
  return response.json();
}

export async function handler(event: AlexaEvent): Promise<unknown> {
  const { EMOHEAL_HOME_URL, EMOHEAL_ALEXA_RELAY_SECRET, EMOHEAL_ALEXA_SKILL_ID } = process.env;
  if (!EMOHEAL_HOME_URL || !EMOHEAL_ALEXA_RELAY_SECRET || !EMOHEAL_ALEXA_SKILL_ID)
    throw new Error('Set EMOHEAL_HOME_URL, EMOHEAL_ALEXA_RELAY_SECRET and EMOHEAL_ALEXA_SKILL_ID of this function.');
  return relay(event, {
    homeUrl: EMOHEAL_HOME_URL,
    secret: EMOHEAL_ALEXA_RELAY_SECRET,
    skillId: EMOHEAL_ALEXA_SKILL_ID,
  });
}
