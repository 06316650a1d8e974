/** Google's doors for the running server: state from its store, trust from its settings. */
import { createRemoteJWKSet } from 'jose';
import type { CrisisGate } from '../../engine/crisis/gate.js';
import type { SessionStreams } from '../../engine/ports.js';
import type { SessionService } from '../../engine/session-service.js';
import type { Store } from '../../engine/stores.js';
import type { Config } from '../config.js';
import { GOOGLE_KEYS } from './dialogflow/auth.js';
import { openDialogflow } from './google.js';
import { DIALOGFLOW } from './kept.js';
import type { GoogleDoors } from './routes.js';

export interface ServeGoogle {
  config: Config;
  store: Store;
  service: () => Promise<SessionService>;
  streams: () => Promise<SessionStreams>;
  gate: CrisisGate;
  signingKey: Buffer;
  /** Where this server is reached where no public address is set. */
  localUrl: () => string;
  onFault: (error: unknown) => void;
  onRefused: (reason: string) => void;
}

export async function openGoogle(parts: ServeGoogle): Promise<{ doors: GoogleDoors; close(): Promise<void> }> {
  const { config, store, service, streams, gate, signingKey, onFault, onRefused } = parts;
  const publicUrl = () => config.publicUrl ?? parts.localUrl();
  const { webhook, state } = await openDialogflow({
    service,
    streams,
    gate,
    signingKey,
    publicUrl,
    records: await store.records(DIALOGFLOW),
    onFault,
  });
  return {
    doors: {
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
    close: () => state.close(),
  };
}
