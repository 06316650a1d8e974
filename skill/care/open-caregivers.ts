/** Caregivers of one house, over its store; the server and the command line share this. */
import { createHmac, randomBytes, randomInt } from 'node:crypto';
import { createAccounts } from '../../engine/caregivers/accounts.js';
import { CARE } from '../../engine/caregivers/care-record.js';
import { createCaregivers } from '../../engine/caregivers/caregivers.js';
import type { Store } from '../../engine/stores.js';
import { createGreetings, type GreetingDeps } from './greetings.js';
import { CARE_SESSIONS, createWebSessions } from './web-sessions.js';

export interface OpenCaregiversOptions extends Pick<GreetingDeps, 'dataDir' | 'audio'> {
  store: Store;
  /** The key of this installation: codes are kept as hashes keyed with it. */
  key: Buffer;
  nowMs?: () => number;
}

export type CaregiversOfHouse = Awaited<ReturnType<typeof openCaregivers>>;

export async function openCaregivers({ store, key, dataDir, audio, nowMs = Date.now }: OpenCaregiversOptions) {
  const [records, sessionRecords] = await Promise.all([store.records(CARE), store.records(CARE_SESSIONS)]);
  const newId = () => randomBytes(8).toString('hex');
  const accounts = createAccounts({ records, nowMs });
  return {
    accounts,
    caregivers: createCaregivers({
      records,
      nowMs,
      newId,
      randomBelow: (count) => randomInt(count),
      hashCode: (code) => createHmac('sha256', key).update(`care code ${code}`).digest('base64url'),
    }),
    sessions: createWebSessions({
      records: sessionRecords,
      nowMs,
      newId,
      newToken: () => randomBytes(32).toString('base64url'),
    }),
    greetings: createGreetings({ dataDir, audio, newId }),
  };
}
