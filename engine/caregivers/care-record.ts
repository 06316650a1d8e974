/** What is kept of caregivers: for each listener who may see what and who did, and each caregiver's account. */
import { z } from 'zod';
import type { RecordsKind } from '../records.js';
import { AccessEntry, MOST_ENTRIES } from './access-log.js';
import { CaregiverAccount } from './account.js';
import { Invitation, MOST_INVITATIONS } from './invitation.js';
import { CareLink, MOST_CAREGIVERS } from './link.js';

/** That the listener asked for help; when, and nothing of what was said. */
export const MOST_HELP_CALLS = 20;
export const HELP_CALLS_KEPT_MS = 30 * 24 * 3600 * 1000;

export const ListenerCare = z.object({
  links: z.array(CareLink).max(MOST_CAREGIVERS),
  invitations: z.array(Invitation).max(MOST_INVITATIONS),
  log: z.array(AccessEntry).max(MOST_ENTRIES),
  helpCalls: z.array(z.object({ atMs: z.number() })).max(MOST_HELP_CALLS),
});
export type ListenerCare = z.infer<typeof ListenerCare>;

/** Under "listener NAME" and "caregiver ID": one collection, so that a code is burned and its link made in one step. */
export const CareRecord = z.union([z.object({ listener: ListenerCare }), z.object({ caregiver: CaregiverAccount })]);
export type CareRecord = z.infer<typeof CareRecord>;

const LISTENER = 'listener ';
const CAREGIVER = 'caregiver ';

export const CARE: RecordsKind<CareRecord> = {
  name: 'care',
  schema: CareRecord,
  version: 1,
  afterMovingAway: 'caregivers are then to be invited anew.',
  listenerOf: (key) => (key.startsWith(LISTENER) ? key.slice(LISTENER.length) : ''),
};

export const noCare = (): ListenerCare => ({ links: [], invitations: [], log: [], helpCalls: [] });

/** A listener may be called "__proto__": only what is really kept counts. Not to be changed in place outside a change. */
export function listenerCareIn(all: Readonly<Record<string, CareRecord>>, listener: string): ListenerCare {
  const key = LISTENER + listener;
  const record = Object.hasOwn(all, key) ? all[key] : undefined;
  return record && 'listener' in record ? record.listener : noCare();
}

export const listenersIn = (all: Readonly<Record<string, CareRecord>>): [string, ListenerCare][] =>
  Object.entries(all).flatMap(([key, record]): [string, ListenerCare][] =>
    'listener' in record ? [[key.slice(LISTENER.length), record.listener]] : [],
  );

/** Where nothing is left to keep, nothing is kept. */
export function putListenerCare(all: Record<string, CareRecord>, listener: string, care: ListenerCare): void {
  const empty = [care.links, care.invitations, care.log, care.helpCalls].every(({ length }) => length === 0);
  if (empty) forgetListener(all, listener);
  else all[LISTENER + listener] = { listener: care };
}

export function forgetListener(all: Record<string, CareRecord>, listener: string): void {
  delete all[LISTENER + listener];
}

/** Undefined where there is none of that id. */
export function accountIn(all: Readonly<Record<string, CareRecord>>, id: string): CaregiverAccount | undefined {
  const key = CAREGIVER + id;
  const record = Object.hasOwn(all, key) ? all[key] : undefined;
  return record && 'caregiver' in record ? record.caregiver : undefined;
}

export function putAccount(all: Record<string, CareRecord>, account: CaregiverAccount): void {
  all[CAREGIVER + account.id] = { caregiver: account };
}

export function forgetAccount(all: Record<string, CareRecord>, id: string): void {
  delete all[CAREGIVER + id];
}
