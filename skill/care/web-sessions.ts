/**
 * Who is signed in to the console. A browser holds 256 random bits; only their hash is kept, so that nobody who reads the
 * store can sign in. How long one holds, and why: docs/decisions/2026-11-29-care.md.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Records, RecordsKind } from '../../engine/records.js';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** Of one who can come back at a touch. */
export const IDLE_PASSKEY_MS = 30 * MINUTE_MS;
/** Of one who needs the listener for a new code. */
export const IDLE_CODE_MS = 7 * DAY_MS;
export const LONGEST_MS = 30 * DAY_MS;
const MOST_A_CAREGIVER = 20;
const MOST_IN_ALL = 5000;
/** A look is written down at most so often. */
const SEEN_EVERY_MS = MINUTE_MS;

export const WebSession = z.object({
  /** To end it by; opens nothing. */
  id: z.string().regex(/^[a-z0-9]{1,40}$/),
  caregiver: z.string(),
  how: z.enum(['passkey', 'code']),
  /** "Firefox, Android": enough to know one's own, in any language. */
  device: z.string().max(60),
  createdAtMs: z.number(),
  seenAtMs: z.number(),
});
export type WebSession = z.infer<typeof WebSession>;

export const CARE_SESSIONS: RecordsKind<WebSession> = {
  name: 'care-sessions',
  schema: WebSession,
  version: 1,
  afterMovingAway: 'caregivers then sign in anew.',
  listenerOf: () => '',
};

export const endsMs = ({ how, createdAtMs, seenAtMs }: WebSession): number =>
  Math.min(createdAtMs + LONGEST_MS, seenAtMs + (how === 'passkey' ? IDLE_PASSKEY_MS : IDLE_CODE_MS));

export const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url');

export type WebSessions = ReturnType<typeof createWebSessions>;

export function createWebSessions(deps: {
  records: Records<WebSession>;
  nowMs: () => number;
  newId: () => string;
  newToken: () => string;
}) {
  const { records, nowMs } = deps;
  const isLive = (session: WebSession) => nowMs() < endsMs(session);
  return {
    /** The token for the browser; it is told this once. */
    async begin(caregiver: string, how: WebSession['how'], device: string): Promise<string> {
      const token = deps.newToken();
      const now = nowMs();
      await records.change((all) => {
        for (const [hash, session] of Object.entries(all)) if (!isLive(session)) delete all[hash];
        const own = Object.entries(all)
          .filter(([, session]) => session.caregiver === caregiver)
          .sort(([, a], [, b]) => b.seenAtMs - a.seenAtMs);
        for (const [hash] of own.slice(MOST_A_CAREGIVER - 1)) delete all[hash];
        const oldest = Object.entries(all).sort(([, a], [, b]) => b.seenAtMs - a.seenAtMs);
        for (const [hash] of oldest.slice(MOST_IN_ALL - 1)) delete all[hash];
        all[hashOf(token)] = { id: deps.newId(), caregiver, how, device, createdAtMs: now, seenAtMs: now };
      });
      return token;
    },
    /** Null for one that never was, has ended or has run out. `look`: does not count as being there. */
    async find(token: string, look: 'use' | 'look' = 'use'): Promise<WebSession | null> {
      const hash = hashOf(token);
      const all = await records.read();
      const session = Object.hasOwn(all, hash) ? all[hash]! : null;
      if (!session || !isLive(session)) return null;
      const now = nowMs();
      if (look === 'use' && now - session.seenAtMs >= SEEN_EVERY_MS)
        await records.change((kept) => {
          if (Object.hasOwn(kept, hash)) kept[hash] = { ...kept[hash]!, seenAtMs: now };
        });
      return session;
    },
    /** Newest first. */
    async of(caregiver: string): Promise<WebSession[]> {
      return Object.values(await records.read())
        .filter((session) => session.caregiver === caregiver && isLive(session))
        .sort((a, b) => b.seenAtMs - a.seenAtMs);
    },
    /** One of this caregiver's, or all of them. Ending what has ended is no error. */
    end: (caregiver: string, id?: string): Promise<void> =>
      records.change((all) => {
        for (const [hash, session] of Object.entries(all))
          if (session.caregiver === caregiver && (id === undefined || session.id === id)) delete all[hash];
      }),
  };
}

/** What a browser says of itself, by the names that every language has for it. */
export function deviceWords(userAgent: string | undefined): string {
  const found = (table: [RegExp, string][]) => table.find(([pattern]) => pattern.test(userAgent ?? ''))?.[1];
  const browser = found([
    [/Edg\//, 'Edge'],
    [/Firefox\/|FxiOS/, 'Firefox'],
    [/Chrome\/|CriOS/, 'Chrome'],
    [/Safari\//, 'Safari'],
  ]);
  const system = found([
    [/Android/, 'Android'],
    [/iPhone/, 'iPhone'],
    [/iPad/, 'iPad'],
    [/Windows/, 'Windows'],
    [/Mac OS X/, 'Mac'],
    [/Linux/, 'Linux'],
  ]);
  return [browser, system].filter(Boolean).join(', ') || '?';
}
