/**
 * The house's message broker: what is on goes out, retained, so that lights can follow the stages; six commands come in.
 * A broker that is not there is tried again for ever and takes nothing else away.
 */

import mqtt, { type MqttClient } from 'mqtt';
import type { SessionService } from '../../engine/session-service.js';
import { type After, realAfter } from '../house/after.js';
import type { RunningSession } from '../house/running-session.js';
import type { SigningKey } from '../http/address-keys.js';
import type { AddressDeps } from '../http/session-answer.js';
import {
  COMMANDS,
  type Command,
  discoveryMessages,
  HOME_ASSISTANT_STATUS,
  OFFLINE,
  ONLINE,
  topicsOf,
} from './discovery.js';
import { houseState, nextChangeMs } from './house-state.js';

export interface MqttDeps {
  /** May hold a password: never shown. */
  brokerUrl: string;
  /** Names this installation in topics: letters and figures. */
  node: string;
  version: string;
  /** How players of the house reach this server. */
  houseUrl: string;
  service: () => Promise<SessionService>;
  running: RunningSession;
  signingKey: SigningKey;
  nowMs: () => number;
  newId: () => string;
  onWarning: (message: string) => void;
  after?: After;
}

export interface MqttBridge {
  close(): Promise<void>;
}

const RETRY_MS = 5000;
const MOST_COMMAND_BYTES = 40;
const RETAINED = { qos: 1, retain: true } as const;

export function openMqtt(deps: MqttDeps): MqttBridge {
  const topics = topicsOf(deps.node);
  const address: AddressDeps = { signingKey: deps.signingKey, publicUrl: deps.houseUrl, nowMs: deps.nowMs };
  const after = deps.after ?? realAfter;
  let cancelTimer = () => {};
  let said = '';
  let warned = false;
  let closing = false;

  const client: MqttClient = mqtt.connect(deps.brokerUrl, {
    clientId: `emoheal-${deps.node}`,
    reconnectPeriod: RETRY_MS,
    connectTimeout: RETRY_MS,
    will: { topic: topics.availability, payload: Buffer.from(OFFLINE), ...RETAINED },
  });

  function publish(topic: string, payload: string): void {
    // A broken connection is told by "error" and "close"; what was not sent is sent after the next one.
    client.publish(topic, payload, RETAINED, () => {});
  }

  function announce(): void {
    for (const { topic, payload } of discoveryMessages({ ...deps, url: deps.houseUrl }))
      publish(topic, JSON.stringify(payload));
    publish(topics.availability, ONLINE);
    said = '';
    tell();
  }

  /** Publishes what is on where it looks different, and comes back when it will. */
  function tell(): void {
    cancelTimer();
    if (!client.connected || closing) return;
    const on = deps.running.latest();
    const state = houseState(address, on);
    // An address is signed anew every time; it is sent anew only with something else.
    const looks = JSON.stringify([state.session, state.stage, state.minutes_left, state.music]);
    if (looks !== said) {
      said = looks;
      publish(topics.state, JSON.stringify(state));
    }
    const ms = nextChangeMs(on);
    if (ms !== null) cancelTimer = after(ms, tell);
  }

  async function obey(words: string): Promise<void> {
    const on = deps.running.latest();
    if (!Object.hasOwn(COMMANDS, words) || !on) return;
    const { action, ...more }: { action: (typeof COMMANDS)[Command]['action']; minutes?: number } =
      COMMANDS[words as Command];
    await (await deps.service()).act(on.session.id, action, {
      requestId: deps.newId(),
      ...(more.minutes === undefined ? {} : { minutes: more.minutes }),
    });
  }

  client.on('connect', () => {
    warned = false;
    client.subscribe([topics.command, HOME_ASSISTANT_STATUS], { qos: 1 }, () => {});
    announce();
  });
  client.on('message', (topic, payload, { retain }) => {
    if (payload.length > MOST_COMMAND_BYTES) return;
    const words = payload.toString('utf8');
    if (topic === HOME_ASSISTANT_STATUS && words === ONLINE) announce();
    // A command that a broker kept is of another night.
    if (topic === topics.command && !retain)
      obey(words).catch(() => deps.onWarning('A command of the house could not be carried out.'));
  });
  client.on('error', (error) => {
    if (warned) return;
    warned = true;
    const code = (error as NodeJS.ErrnoException).code ?? error.message.split('\n')[0];
    deps.onWarning(`The MQTT broker cannot be reached (${code}); it is tried again every ${RETRY_MS / 1000} s.`);
  });
  const leave = deps.running.onChange(tell);

  return {
    async close() {
      closing = true;
      leave();
      cancelTimer();
      if (client.connected) await client.publishAsync(topics.availability, OFFLINE, RETAINED).catch(() => {});
      await client.endAsync(true).catch(() => {});
    },
  };
}
