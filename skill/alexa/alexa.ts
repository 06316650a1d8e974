/** The skill made of its parts: one place for the server, the Lambda function, the simulator and the tests. */
import { randomInt, randomUUID } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Caregivers } from '../../engine/caregivers/caregivers.js';
import { type CheckIns, createCheckIns } from '../../engine/checkins/checkins.js';
import type { RulesBook } from '../../engine/listeners/rules-book.js';
import { musicEndSec } from '../../engine/plan/night.js';
import type { SessionStreams } from '../../engine/ports.js';
import { createMemoryRecords, type Records } from '../../engine/records.js';
import type { Routines } from '../../engine/routines/routines.js';
import type { SessionService } from '../../engine/session-service.js';
import type { SigningKey } from '../http/address-keys.js';
import { type StreamName, streamAddress } from '../http/session-answer.js';
import { type AlexaRecord, openAlexaState } from './alexa-state.js';
import { bringEarlierCheckIns } from './earlier-check-ins.js';
import { type AlexaSkill, createAlexaSkill } from './handlers.js';
import { type SendDirective, sendProgressive } from './progressive.js';
import type { Elsewhere, HeardFeeling } from './turn.js';

/** Amazon waits about 8 seconds for the whole reply; what is left is for the way there and back. */
const BUDGET_MS = 5500;
const HEARD_SESSIONS = 1000;

export interface AlexaParts {
  service: () => Promise<SessionService>;
  streams: () => Promise<SessionStreams>;
  /** Names listeners and devices by pseudonym. */
  signingKey: Buffer;
  /** Signs stream addresses; the same key where not given. */
  addressKey?: SigningKey;
  /** With https; Alexa devices fetch the sound and the pictures there. */
  publicUrl: () => string;
  /** Where it remembers devices and listeners; in memory where not given. */
  records?: Records<AlexaRecord>;
  /** Who may see a listener's nights; without it codes pair nobody but here. */
  caregivers?: Caregivers;
  /** Sessions by the clock of the listeners of this skill, and the rules of their nights. */
  routines?: Routines;
  rules?: RulesBook;
  /** Of the house; in memory where not given. */
  checkIns?: CheckIns;
  /** Everything else that the house keeps under a listener's name. */
  erase?: (listener: string) => Promise<void>;
  /** What sounds on other surfaces of the house, for "follow me". */
  elsewhere?: Elsewhere;
  /** IANA zone of the house. */
  zone?: () => string;
  nowMs?: () => number;
  budgetMs?: number;
  progressive?: SendDirective;
  onFault: (error: unknown) => void;
}

export async function openAlexa(parts: AlexaParts) {
  const { service, streams, signingKey, addressKey = signingKey, publicUrl, records, nowMs = Date.now } = parts;
  const state = await openAlexaState({
    ...(records ? { records } : {}),
    key: signingKey,
    onWarning: (message) => parts.onFault(new Error(message)),
  });
  const checkIns = parts.checkIns ?? checkInsInMemory(nowMs);
  await bringEarlierCheckIns(state, checkIns);
  const skill: AlexaSkill = createAlexaSkill(
    {
      service,
      streams,
      state,
      caregivers: parts.caregivers ?? null,
      routines: parts.routines ?? null,
      rules: parts.rules ?? null,
      checkIns,
      erase: parts.erase ?? (async () => {}),
      elsewhere: parts.elsewhere ?? null,
      zone: parts.zone ?? (() => 'UTC'),
      streamUrl: (session, part) => {
        const address = (name: StreamName) =>
          streamAddress({ signingKey: addressKey, publicUrl: publicUrl(), nowMs }, session, name);
        // The night is the rest of the whole, from the second at which the music has ended.
        return part === 'night'
          ? `${address('session.mp3')}&from=${musicEndSec(session.programme).toFixed(3)}`
          : address(`${part}.mp3`);
      },
      artUrl: (name) => `${publicUrl()}/alexa/art/${name}`,
      progressive: parts.progressive ?? sendProgressive,
      nowMs,
      randomBelow: (bound) => randomInt(bound),
      heard: new LRUCache<string, HeardFeeling>({ max: HEARD_SESSIONS }),
      failures: new LRUCache<string, number>({ max: HEARD_SESSIONS, ttl: 3600 * 1000 }),
      budgetMs: parts.budgetMs ?? BUDGET_MS,
    },
    parts.onFault,
  );
  return { skill, state };
}

/** Assistants answer in numbers: no word is read, and nothing is learned of what helped. */
const checkInsInMemory = (nowMs: () => number): CheckIns =>
  createCheckIns({
    records: createMemoryRecords(),
    nowMs,
    newId: randomUUID,
    valenceOf: async () => null,
    heardIn: async () => null,
  });
