/** Dialogflow's side of a conversation with the webhook, on a made-up shelf and a clock of the test's own. */
import { randomBytes } from 'node:crypto';
import type { SessionStream } from '../../../engine/ports.js';
import { type FixtureOptions, skillFixture } from '../../alexa/skill.fixture.js';
import type { Elsewhere } from '../../alexa/turn.js';
import { openDialogflow } from '../google.js';
import { type Conversing, conversationOf, mediaStatusFor, requestFor } from '../simulator/requests.js';
import { misfits } from './published.fixture.js';

export interface GoogleFixtureOptions extends FixtureOptions {
  standInMs?: number;
  doorMs?: number;
  /** What sounds elsewhere in the house. */
  elsewhere?: Elsewhere;
}

export async function dialogflowFixture(options: GoogleFixtureOptions = {}) {
  const base = await skillFixture(options);
  const faults: unknown[] = [];
  const { webhook, state } = await openDialogflow({
    service: async () => base.service,
    streams: async () => ({ open: () => ({}) as SessionStream }),
    gate: base.gate,
    household: {
      caregivers: base.caregivers,
      routines: base.routines,
      rules: base.rules,
      checkIns: base.checkIns,
      erase: async (listener) => void base.erased.push(listener),
      zone: () => 'Europe/Berlin',
      ...(options.elsewhere ? { elsewhere: options.elsewhere } : {}),
    },
    signingKey: randomBytes(32),
    publicUrl: () => 'https://bedside.example',
    nowMs: () => base.clock.nowMs,
    onFault: (error) => faults.push(error),
    ...(options.standInMs ? { standInMs: options.standInMs } : {}),
    ...(options.doorMs ? { budgetMs: options.doorMs } : {}),
  });
  let ids = 0;

  /** One person's conversation; every request and reply is held against Google's published types. */
  function talk(edition: 'es' | 'cx', client: Conversing['client'] = 'plain', locale = 'en-US', id = 'one') {
    const talking: Conversing = {
      edition,
      client,
      session: conversationOf(edition, id),
      locale,
      newId: () => `request-${edition}-${++ids}`,
      memory: {},
    };
    async function send(request: Record<string, unknown>) {
      const wrongAsk = misfits(edition, 'WebhookRequest', request);
      if (wrongAsk.length > 0) throw new Error(`no request of Dialogflow's: ${wrongAsk.join('; ')}`);
      const reply = JSON.parse(JSON.stringify(await webhook.answer(JSON.parse(JSON.stringify(request)))));
      const wrong = misfits(edition, 'WebhookResponse', reply);
      if (wrong.length > 0) throw new Error(`no reply that Dialogflow takes: ${wrong.join('; ')}`);
      talking.memory = edition === 'es' ? reply.outputContexts[0].parameters : reply.sessionInfo.parameters.emoheal;
      return reply;
    }
    return {
      send,
      say: (said: string) => send(requestFor(talking, said)),
      request: (said: string) => requestFor(talking, said),
      ended: (status?: 'FINISHED' | 'FAILED') => send(mediaStatusFor(talking, status)),
    };
  }

  /** The name under which the house keeps what belongs to whoever talks in that conversation. */
  const listenerIn = (edition: 'es' | 'cx', id = 'one') =>
    state.keyOf(`user dialogflow ${conversationOf(edition, id)}`);
  return { ...base, state, faults, webhook, talk, listenerIn };
}

/** What every client is told, wherever it stands in the reply. */
// biome-ignore lint/suspicious/noExplicitAny: a reply as JSON, looked into by tests.
export const toldIn = (reply: any) => {
  const messages: Record<string, never>[] = reply.fulfillmentMessages ?? reply.fulfillmentResponse.messages;
  return messages.map((each: { payload?: { emoheal?: unknown } }) => each.payload?.emoheal).find(Boolean) as {
    say: string;
    open: boolean;
    stop?: boolean;
    card?: { title: string; text: string };
    play?: { url: string; title: string };
  };
};
