/**
 * What has reached its age goes, by itself: at the start of the server and once a day. Each rule is pure: a record and the
 * time in, the record as it is to be kept out. Sessions go by the same clock in `store/session-memory.ts`.
 */
import type { CheckInBook } from '../../engine/checkins/checkin.js';
import type { Study } from '../../engine/checkins/study.js';
import type { Taste } from '../../engine/listeners/taste.js';
import type { RecordsKind } from '../../engine/records.js';
import type { Routine } from '../../engine/routines/routine.js';
import type { Store } from '../../engine/stores.js';
import { ALEXA, type AlexaRecord } from '../alexa/alexa-state.js';
import { DIALOGFLOW } from '../google/kept.js';
import { GOOGLE_LINKS, type GoogleLink } from '../google/smarthome/links.js';
import { CHECK_INS, ROUTINES, STUDY, TASTES } from '../store/kinds.js';
import { DAY_MS, DAYS } from './ages.js';

interface Rule<T> {
  kind: RecordsKind<T>;
  /** The record itself where nothing of it is too old; null where nothing of it is left. */
  kept(record: T, nowMs: number): T | null;
}

const tooOld = (sinceMs: number, days: number, nowMs: number) => nowMs - sinceMs > days * DAY_MS;

const rules = [
  rule(TASTES, (taste: Taste, nowMs) => {
    // Of before times were kept: counted from the first look.
    if (taste.usedAtMs === undefined) return { ...taste, usedAtMs: nowMs };
    return tooOld(taste.usedAtMs, DAYS.taste, nowMs) ? null : taste;
  }),
  rule(ROUTINES, (routines: Routine[], nowMs) => {
    const kept = routines.filter(({ when, enabled, nextMs, handledMs, createdAtMs }) => {
      if (when.kind === 'once') return nextMs !== null || !tooOld(when.atMs, DAYS.onceRoutines, nowMs);
      return enabled || !tooOld(Math.max(handledMs, createdAtMs), DAYS.routinesSwitchedOff, nowMs);
    });
    return unlessAll(routines, kept);
  }),
  rule(CHECK_INS, (book: CheckInBook, nowMs) => {
    const checkIns = book.checkIns.filter(({ atMs }) => !tooOld(atMs, DAYS.checkIns, nowMs));
    if (checkIns.length === 0 && tooOld(book.agreedAtMs, DAYS.checkIns, nowMs)) return null;
    return checkIns.length === book.checkIns.length ? book : { ...book, checkIns };
  }),
  rule(STUDY, (study: Study, nowMs) => (tooOld(study.begunAtMs, DAYS.study, nowMs) ? null : study)),
  rule(ALEXA, alexaRecord),
  rule(DIALOGFLOW, alexaRecord),
  rule(GOOGLE_LINKS, (link: GoogleLink, nowMs) => (link.untilMs < nowMs ? null : link)),
];

/** Settings of a house, kept until they are changed; and what the room of the caregivers lets age itself. */
const ELSEWHERE = ['house-rules', 'care', 'care-sessions'];

/** Names of the collections that have a rule; a test holds them against all that are kept. */
export const WITH_AN_AGE: readonly string[] = [...rules.map(({ kind }) => kind.name), ...ELSEWHERE];

/** How many records were removed or made smaller. A clock that was set back makes nothing older. */
export async function removeTooOld(store: Store, nowMs: number): Promise<number> {
  let touched = 0;
  for (const { kind, kept } of rules) {
    const records = await store.records(kind);
    const changing = Object.entries(await records.read()).some(([, record]) => kept(record, nowMs) !== record);
    if (!changing) continue;
    touched += await records.change((all) => {
      let count = 0;
      for (const [key, record] of Object.entries(all)) {
        const left = kept(record, nowMs);
        if (left === record) continue;
        count += 1;
        if (left === null) delete all[key];
        else all[key] = left;
      }
      return count;
    });
  }
  return touched;
}

/** Now, and once a day until the end. */
export function keepRemovingTooOld(
  store: Store,
  { nowMs, onWarning }: { nowMs: () => number; onWarning: (message: string) => void },
): () => void {
  const look = () =>
    void removeTooOld(store, nowMs()).catch((error: { code?: string }) =>
      onWarning(`What is too old could not be removed (${error.code ?? 'internal'}); tried again tomorrow.`),
    );
  look();
  const timer = setInterval(look, DAY_MS).unref();
  return () => clearInterval(timer);
}

function alexaRecord(record: AlexaRecord, nowMs: number): AlexaRecord | null {
  const { seenAtMs } = 'device' in record ? record.device : record.listener;
  return tooOld(seenAtMs, DAYS.alexa, nowMs) ? null : record;
}

function unlessAll<T>(before: T[], kept: T[]): T[] | null {
  if (kept.length === before.length) return before;
  return kept.length > 0 ? kept : null;
}

function rule<T>(kind: RecordsKind<T>, kept: Rule<T>['kept']): Rule<unknown> {
  return { kind, kept } as unknown as Rule<unknown>;
}
