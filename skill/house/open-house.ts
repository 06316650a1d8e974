/**
 * Whatever else of the house talks to this server beside browsers and Alexa: Home Assistant by Wyoming, lights by MQTT. What
 * cannot be opened takes itself away, never the start.
 */
import { createHmac, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import path from 'node:path';
import type { Logger } from 'pino';
import { sayPrompt } from '../../audio-prompts/prompts.js';
import { detectLanguage } from '../../engine/emotion/language.js';
import { packageRoot } from '../../models/paths.js';
import type { App } from '../compose.js';
import type { SigningKey } from '../http/address-keys.js';
import { openMqtt } from '../mqtt/bridge.js';
import { faultFields } from '../operations/faults.js';
import { openWyoming } from '../wyoming/server.js';
import { createHouseConversation } from './conversation.js';
import type { ForgetMe } from './forget-me.js';
import type { RunningSession } from './running-session.js';

const DAY_MS = 24 * 3600 * 1000;

export interface HouseDeps {
  app: App;
  running: RunningSession;
  log: Logger;
  /** The key of this installation, which names it to the broker. */
  ownKey: Buffer;
  /** Signs stream addresses. */
  signingKey: SigningKey;
  httpPort: number;
  forgetMe: ForgetMe;
}

export async function openHouse({
  app,
  running,
  log,
  ownKey,
  signingKey,
  httpPort,
  forgetMe,
}: HouseDeps): Promise<{ close(): Promise<void> }> {
  const { config, service, streams, classifier, gate, transcriber, speechModel, synthesiser } = app;
  const { version } = JSON.parse(readFileSync(path.join(packageRoot(), 'package.json'), 'utf8')) as { version: string };
  const onFault = (error: unknown) => log.error(faultFields(error), 'a request of the house failed');
  const closing: (() => Promise<void>)[] = [];

  if (config.wyomingPort !== 'off') {
    const conversation = createHouseConversation({
      service,
      streams,
      classifier,
      gate,
      running,
      detectLanguage,
      say: (key, locale, fields) => sayPrompt(key, locale, fields, Math.floor(Date.now() / DAY_MS)),
      newId: randomUUID,
      nowMs: app.nowMs,
      forgetMe,
      onFault,
    });
    await openWyoming({
      host: config.host,
      port: config.wyomingPort,
      version,
      transcriber,
      speechModel,
      synthesiser,
      conversation,
      onFault,
    }).then(
      (wyoming) => {
        closing.push(wyoming.close);
        process.stdout.write(`Home Assistant finds it by Wyoming at tcp://localhost:${wyoming.port}\n`);
      },
      (error: NodeJS.ErrnoException) =>
        log.warn(
          `No Wyoming for Home Assistant: port ${config.wyomingPort} cannot be opened (${error.code}). Set EMOHEAL_WYOMING_PORT to another port, or to off.`,
        ),
    );
  }
  if (config.mqttUrl) {
    const bridge = openMqtt({
      brokerUrl: config.mqttUrl,
      // Stays the same over restarts, and tells nothing of the key.
      node: createHmac('sha256', ownKey).update('the name of this installation').digest('hex').slice(0, 8),
      version,
      houseUrl: config.houseUrl ?? config.publicUrl ?? `http://${addressInHouse()}:${httpPort}`,
      service,
      running,
      signingKey,
      nowMs: app.nowMs,
      newId: randomUUID,
      onWarning: (message) => log.warn(message),
    });
    closing.push(bridge.close);
  }
  return {
    async close() {
      for (const close of closing.reverse()) await close();
    },
  };
}

/** The first address by which others in the house reach this machine. */
function addressInHouse(): string {
  const all = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  return all.find(({ family, internal }) => family === 'IPv4' && !internal)?.address ?? 'localhost';
}
