/** The speakers of the house made of their parts: one place for the server and the tests. */
import { randomUUID } from 'node:crypto';
import { sayPrompt } from '../../audio-prompts/prompts.js';
import type { RulesBook } from '../../engine/listeners/rules-book.js';
import type { SessionStreams } from '../../engine/ports.js';
import type { SessionService } from '../../engine/session-service.js';
import type { RunningSession } from '../house/running-session.js';
import type { SigningKey } from '../http/address-keys.js';
import { streamAddress } from '../http/session-answer.js';
import type { DeviceLimits } from './ask-device.js';
import { createCastPlayer } from './cast/cast-player.js';
import { CAST_TIMES, type CastTimes } from './cast/connection.js';
import { type FindOptions, findSpeakers } from './find/find.js';
import type { ControlUrls, FoundSpeaker } from './found.js';
import { createHouseSpeakers, type HouseSpeakers } from './house-speakers.js';
import { houseUrlFor } from './own-address.js';
import type { Player } from './player.js';
import { createSonosPlayer } from './sonos/sonos-player.js';
import { SOUNDING_TIMES, type SoundingTimes } from './sounding.js';
import { createUpnpPlayer } from './upnp/upnp-player.js';

export interface SpeakerParts {
  service: () => Promise<SessionService>;
  streams: () => Promise<SessionStreams>;
  running: Pick<RunningSession, 'latest' | 'onSession'>;
  rules: () => Promise<Pick<RulesBook, 'load'>>;
  /** Signs stream addresses. */
  signingKey: SigningKey;
  listensOn: string;
  port: () => number;
  houseUrl?: string | undefined;
  find?: FindOptions;
  times?: { cast?: Partial<CastTimes>; sounding?: Partial<SoundingTimes>; device?: Partial<DeviceLimits> };
  nowMs?: () => number;
  /** Hears of faults that nobody waits for, and of devices that are left out; never of what was said. */
  onFault: (error: unknown) => void;
  onWarning?: (message: string) => void;
}

export function openSpeakers(parts: SpeakerParts): HouseSpeakers {
  const { service, streams, running, rules, signingKey, times = {}, nowMs = Date.now, onFault, onWarning } = parts;
  return createHouseSpeakers({
    service,
    streams,
    running,
    rules,
    nowMs,
    newId: randomUUID,
    title: ({ locale }) => sayPrompt('screenTitle', locale, {}, 0),
    times: { ...SOUNDING_TIMES, ...times.sounding },
    async addressFor(session, host) {
      const { listensOn, houseUrl } = parts;
      const publicUrl = await houseUrlFor(host, { listensOn, houseUrl, port: parts.port() });
      return streamAddress({ signingKey, publicUrl, nowMs }, session, 'session.mp3');
    },
    find: () =>
      findSpeakers({
        ...(times.device ? { limits: times.device } : {}),
        ...(onWarning ? { onWarning } : {}),
        ...parts.find,
      }),
    playerFor: (speaker) => playerFor(speaker, times),
    onFault,
  });
}

export function playerFor(speaker: FoundSpeaker, times: SpeakerParts['times'] = {}): Player {
  const { control } = speaker;
  if (!control) return createCastPlayer(speaker, { ...CAST_TIMES, ...times.cast });
  const steered: FoundSpeaker & { control: ControlUrls } = { ...speaker, control };
  return speaker.kind === 'sonos' ? createSonosPlayer(steered, times.device) : createUpnpPlayer(steered, times.device);
}
