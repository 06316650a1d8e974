/** Google's side made of its parts: one place for the server, the simulator and the tests. */

import type { CrisisGate } from '../../engine/crisis/gate.js';
import type { SessionStreams } from '../../engine/ports.js';
import type { Records } from '../../engine/records.js';
import type { SessionService } from '../../engine/session-service.js';
import { type AlexaParts, openAlexa } from '../alexa/alexa.js';
import type { AlexaRecord } from '../alexa/alexa-state.js';
import type { SigningKey } from '../http/address-keys.js';
import { streamAddress } from '../http/session-answer.js';
import { createWebhook } from './dialogflow/webhook.js';

/** Dialogflow waits 5 seconds. After 2.5 a stand-in begins; by 4 something was said in any case, also on a busy machine. */
const STAND_IN_MS = 2500;
const BUDGET_MS = 3500;

export type Household = Pick<
  AlexaParts,
  'caregivers' | 'routines' | 'rules' | 'checkIns' | 'erase' | 'zone' | 'elsewhere'
>;

export interface DialogflowParts {
  service: () => Promise<SessionService>;
  streams: () => Promise<SessionStreams>;
  gate: CrisisGate;
  signingKey: Buffer;
  /** Signs stream addresses; the same where not given. */
  addressKey?: SigningKey;
  publicUrl: () => string;
  /** What the Alexa skill is given as well: who may see, what begins by the clock, what is settled, and being forgotten. */
  household?: Household;
  /** Where it remembers conversations; in memory where not given. */
  records?: Records<AlexaRecord>;
  nowMs?: () => number;
  standInMs?: number;
  budgetMs?: number;
  onFault: (error: unknown) => void;
}

export async function openDialogflow(parts: DialogflowParts) {
  const { service, signingKey, addressKey = signingKey, publicUrl, nowMs = Date.now, onFault } = parts;
  const { skill, state } = await openAlexa({
    service,
    streams: parts.streams,
    signingKey,
    addressKey,
    publicUrl,
    ...parts.household,
    ...(parts.records ? { records: parts.records } : {}),
    nowMs,
    budgetMs: parts.standInMs ?? STAND_IN_MS,
    // Nothing can be said before the reply.
    progressive: async () => {},
    onFault,
  });
  const webhook = createWebhook({
    skill,
    state,
    service,
    gate: parts.gate,
    wholeUrl: (session) =>
      streamAddress({ signingKey: addressKey, publicUrl: publicUrl(), nowMs }, session, 'session.mp3'),
    nowMs,
    budgetMs: parts.budgetMs ?? BUDGET_MS,
    onFault,
  });
  return { webhook, state };
}
