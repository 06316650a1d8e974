/**
 * Which Google account may steer whose speaker: codes that are read out at home, authorisation codes and tokens. All are kept
 * as keyed hashes only; who reads the file can use none of them.
 */
import { createHmac, randomInt } from 'node:crypto';
import { z } from 'zod';
import type { Records, RecordsKind } from '../../../engine/records.js';

const Common = { listener: z.string().max(64), untilMs: z.number() };

export const GoogleLink = z.discriminatedUnion('kind', [
  /** Six digits that are read out at home and typed in by whoever links an account. */
  z.object({ kind: z.literal('said'), ...Common }),
  z.object({
    kind: z.literal('code'),
    ...Common,
    redirectUri: z.string(),
    scope: z.array(z.string()),
    spent: z.boolean(),
  }),
  z.object({ kind: z.literal('access'), ...Common, scope: z.array(z.string()) }),
  z.object({ kind: z.literal('refresh'), ...Common, scope: z.array(z.string()) }),
]);
export type GoogleLink = z.infer<typeof GoogleLink>;
type Kind = GoogleLink['kind'];
type Of<K extends Kind> = Extract<GoogleLink, { kind: K }>;

export const GOOGLE_LINKS: RecordsKind<GoogleLink> = {
  name: 'google-links',
  schema: GoogleLink,
  version: 1,
  afterMovingAway: 'Google accounts are then to be linked anew.',
  listenerOf: (_key, { listener }) => listener,
};

const SAID_HOLDS_MS = 10 * 60_000;
const MOST_RECORDS = 2000;

export type GoogleLinks = ReturnType<typeof createGoogleLinks>;

export function createGoogleLinks({
  records,
  key,
  nowMs,
}: {
  records: Records<GoogleLink>;
  key: Buffer;
  nowMs: () => number;
}) {
  const nameOf = (kind: Kind, secret: string) =>
    `${kind} ${createHmac('sha256', key).update(`google ${kind} ${secret}`).digest('base64url')}`;

  return {
    /** A code for this listener, to be read out; an older one of theirs is worth nothing any more. */
    async sayCode(listener: string, random: (bound: number) => number = (bound) => randomInt(bound)): Promise<string> {
      const code = String(100_000 + random(900_000));
      await records.change((all) => {
        for (const [name, each] of Object.entries(all))
          if (each.untilMs < nowMs() || (each.kind === 'said' && each.listener === listener)) delete all[name];
        all[nameOf('said', code)] = { kind: 'said', listener, untilMs: nowMs() + SAID_HOLDS_MS };
      });
      return code;
    },
    /** The listener whose code this is; it holds once. Null for any other. */
    takeCode: (code: string): Promise<string | null> =>
      records.change((all) => {
        const name = nameOf('said', code);
        const found = all[name];
        delete all[name];
        return found && found.untilMs >= nowMs() ? found.listener : null;
      }),
    put: (secret: string, link: GoogleLink): Promise<void> =>
      records.change((all) => {
        if (Object.keys(all).length >= MOST_RECORDS) forgetOver(all, nowMs());
        all[nameOf(link.kind, secret)] = link;
      }),
    /** Null for what is not there or over. */
    async get<K extends Kind>(kind: K, secret: string): Promise<Of<K> | null> {
      const found = (await records.read())[nameOf(kind, secret)];
      return found && found.untilMs >= nowMs() ? (found as Of<K>) : null;
    },
    /** Marks an authorisation code as used. False where it was used before, or is not there: then somebody replays it. */
    spend: (code: string): Promise<boolean> =>
      records.change((all) => {
        const found = all[nameOf('code', code)];
        if (found?.kind !== 'code' || found.spent) return false;
        found.spent = true;
        return true;
      }),
    drop: (kind: Kind, secret: string): Promise<boolean> =>
      records.change((all) => {
        const name = nameOf(kind, secret);
        const there = all[name] !== undefined;
        delete all[name];
        return there;
      }),
    /** No token of this listener is worth anything any more. */
    unlink: (listener: string): Promise<void> => unlink(records, listener),
    /** Listeners with an account that may steer. */
    async linked(): Promise<string[]> {
      const live = Object.values(await records.read()).filter(
        (each) => each.kind === 'refresh' && each.untilMs >= nowMs(),
      );
      return [...new Set(live.map(({ listener }) => listener))];
    },
    close: () => records.close(),
  };
}

/** Everything of a listener's links goes. */
export const unlink = (records: Records<GoogleLink>, listener: string): Promise<void> =>
  records.change((all) => {
    for (const [name, each] of Object.entries(all)) if (each.listener === listener) delete all[name];
  });

function forgetOver(all: Record<string, GoogleLink>, nowMs: number): void {
  for (const [name, each] of Object.entries(all)) if (each.untilMs < nowMs) delete all[name];
}
