/** Google's doors for the running server: state from its store, trust from its settings. */

import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRemoteJWKSet } from 'jose';
import type { CrisisGate } from '../../engine/crisis/gate.js';
import { EmohealError } from '../../engine/errors.js';
import type { SessionStreams } from '../../engine/ports.js';
import type { Routine } from '../../engine/routines/routine.js';
import type { SessionService } from '../../engine/session-service.js';
import type { Store } from '../../engine/stores.js';
import type { AlexaState } from '../alexa/alexa-state.js';
import type { Config } from '../config.js';
import type { RunningSession } from '../house/running-session.js';
import type { SigningKey } from '../http/address-keys.js';
import type { HouseSpeakers } from '../speakers/house-speakers.js';
import { GOOGLE_KEYS } from './dialogflow/auth.js';
import { type Household, openDialogflow } from './google.js';
import { DIALOGFLOW } from './kept.js';
import type { GoogleDoors } from './routes.js';
import { GOOGLE_LINKS } from './smarthome/links.js';
import { type OpenHome, openHome } from './smarthome/open-home.js';
import { createReport, type Report, ServiceAccount } from './smarthome/report-state.js';
import { createSpeaker } from './smarthome/speaker.js';

export interface ServeGoogle {
  config: Config;
  store: Store;
  service: () => Promise<SessionService>;
  streams: () => Promise<SessionStreams>;
  gate: CrisisGate;
  running: RunningSession;
  /** Speakers of the house: what sounds there is taken over by a voice that asks for it. */
  speakers?: HouseSpeakers;
  routines: (listener: string) => Promise<readonly Routine[]>;
  household: Household;
  signingKey: Buffer;
  /** Signs stream addresses. */
  addressKey: SigningKey;
  /** Where this server is reached where no public address is set. */
  localUrl: () => string;
  onFault: (error: unknown) => void;
  onRefused: (reason: string) => void;
}

export async function openGoogle(
  parts: ServeGoogle,
): Promise<{ doors: GoogleDoors; dialogflow: AlexaState; close(): Promise<void> }> {
  const { config, store, service, streams, gate, signingKey, onFault, onRefused } = parts;
  const publicUrl = () => config.publicUrl ?? parts.localUrl();
  const { webhook, state } = await openDialogflow({
    service,
    streams,
    gate,
    signingKey,
    addressKey: parts.addressKey,
    publicUrl,
    household: parts.household,
    records: await store.records(DIALOGFLOW),
    nowMs: store.nowMs,
    onFault,
  });
  const speaker = createSpeaker();
  const home = await homeOf(parts, speaker);
  return {
    doors: {
      speaker: {
        speaker,
        running: parts.running,
        ...(parts.speakers ? { house: parts.speakers } : {}),
      },
      ...(home ? { home: home.door } : {}),
      dialogflow: {
        webhook: async () => webhook,
        trust: {
          ...(config.dialogflowSecret ? { secret: config.dialogflowSecret } : {}),
          ...(config.dialogflowServiceAgent ? { serviceAgent: config.dialogflowServiceAgent } : {}),
          audience: () => new URL('/dialogflow', publicUrl()).href,
          keys: createRemoteJWKSet(new URL(GOOGLE_KEYS)),
          nowMs: Date.now,
        },
        onRefused,
      },
    },
    /** What conversations left here, for an export and for erasing. */
    dialogflow: state,
    async close() {
      await home?.close();
      await state.close();
    },
  };
}

/** Null where no client of Google's is set up. Throws `config-invalid` for half a one. */
async function homeOf(parts: ServeGoogle, speaker: ReturnType<typeof createSpeaker>): Promise<OpenHome | null> {
  const { config, store, service, running, routines, signingKey, onFault } = parts;
  const { googleClientId: clientId, googleClientSecret: clientSecret, googleProjectId: projectId } = config;
  const given = [clientId, clientSecret, projectId].filter((each) => each !== undefined).length;
  if (given === 0) return null;
  if (!clientId || !clientSecret || !projectId)
    throw new EmohealError('config-invalid', 'The smart home of Google is set up by halves.', {
      remedy: 'Set EMOHEAL_GOOGLE_CLIENT_ID, EMOHEAL_GOOGLE_CLIENT_SECRET and EMOHEAL_GOOGLE_PROJECT_ID, or none.',
    });
  const report = await reportBy(config.googleServiceAccount);
  return openHome({
    client: { clientId, clientSecret, projectId },
    records: await store.records(GOOGLE_LINKS),
    key: signingKey,
    service,
    running,
    speaker,
    routines,
    ...(report ? { report } : {}),
    nowMs: store.nowMs,
    onFault,
  });
}

async function reportBy(file: string | undefined): Promise<Report | null> {
  if (!file) return null;
  const account = await readFile(file, 'utf8').then(
    (text) => ServiceAccount.safeParse(asJson(text)),
    () => null,
  );
  if (!account?.success)
    throw new EmohealError('config-invalid', 'EMOHEAL_GOOGLE_SERVICE_ACCOUNT names no key of a service account.', {
      remedy: 'Make a key of kind JSON in the Google Cloud console and name its file.',
    });
  return createReport({ account: account.data, nowMs: Date.now, newId: randomUUID });
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
