/** The smart home made of its parts: one place for the server and the tests. */
import { createHash } from 'node:crypto';
import type OAuth2Server from '@node-oauth/oauth2-server';
import type { Records } from '../../../engine/records.js';
import type { Routine } from '../../../engine/routines/routine.js';
import type { SessionService } from '../../../engine/session-service.js';
import type { RunningSession } from '../../house/running-session.js';
import { createHome, SPEAKER_ID } from './home.js';
import { createGoogleLinks, type GoogleLink } from './links.js';
import { createOAuth, type OAuthClient } from './oauth.js';
import type { Report } from './report-state.js';
import type { HomeDoor } from './route.js';
import type { Speaker } from './speaker.js';

export interface HomeParts {
  client: OAuthClient;
  records: Records<GoogleLink>;
  key: Buffer;
  service: () => Promise<SessionService>;
  running: RunningSession;
  speaker: Speaker;
  routines: (listener: string) => Promise<readonly Routine[]>;
  /** Tells Google of changes; nobody is told where not given. */
  report?: Report;
  nowMs: () => number;
  onFault: (error: unknown) => void;
}

export interface OpenHome {
  door: HomeDoor;
  /** Resolves when everything that changed so far has been reported. */
  reported(): Promise<void>;
  close(): Promise<void>;
}

export function openHome(parts: HomeParts): OpenHome {
  const { client, records, key, running, speaker, report, nowMs, onFault } = parts;
  const links = createGoogleLinks({ records, key, nowMs });
  const server: OAuth2Server = createOAuth(client, links, nowMs);
  const agentUserId = (listener: string) =>
    createHash('sha256').update(key).update(`google agent ${listener}`).digest('hex').slice(0, 32);
  const home = createHome({
    service: parts.service,
    running,
    speaker,
    routines: parts.routines,
    unlink: links.unlink,
    agentUserId,
    onFault,
  });

  /** One report at a time; what changes meanwhile is told by the next. */
  let telling: Promise<void> = Promise.resolve();
  let waiting = false;
  const told = new Map<string, string>();
  function changed(): void {
    if (!report || waiting) return;
    waiting = true;
    telling = telling
      .then(async () => {
        waiting = false;
        for (const listener of await links.linked()) {
          const states = home.speakerStates(listener);
          const text = JSON.stringify(states);
          if (told.get(listener) === text) continue;
          await report(agentUserId(listener), SPEAKER_ID, states);
          told.set(listener, text);
        }
      })
      .catch(onFault);
  }
  const ends = [running.onChange(changed), speaker.onChange(changed)];

  return {
    door: { client, server, links, home },
    reported: () => telling,
    async close() {
      for (const end of ends) end();
      await telling;
      await links.close();
    },
  };
}
