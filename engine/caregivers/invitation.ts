/**
 * Six digits that a speaker reads out and that make whoever types them in a caregiver.
 *
 * Rules
 * 1. Only a keyed hash is kept; a code holds for ten minutes and for one caregiver.
 * 2. A wrong try names no code, so it counts against every open one; after MOST_WRONG_TRIES a code is burned and a new one
 *    is simply asked for. Nothing else is locked: whoever guesses shuts nobody out for longer than it takes to ask again.
 * 3. Doors limit the tries of one address (`skill/care/`), so that one stranger alone burns no code.
 * Example: 200 wrong tries from all the world against one code out of 900,000 find it in 1 of 4,500 cases.
 */
import { timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { Consent } from './link.js';
import { Role } from './role.js';

export const CODE_HOLDS_MS = 10 * 60_000;
export const MOST_WRONG_TRIES = 200;
/** A new one replaces the oldest. */
export const MOST_INVITATIONS = 3;
export const CODES = { from: 100_000, count: 900_000 } as const;

export const Invitation = z.object({
  codeHash: z.string().max(100),
  untilMs: z.number(),
  wrongTries: z.number().int().min(0),
  role: Role,
  /** Null where a caregiver invites: the listener has to agree then. */
  consent: Consent.nullable(),
  tellCrisis: z.boolean(),
  /** A caregiver who is known already and needs a new way in; nothing of the link changes. */
  caregiver: z.string().optional(),
});
export type Invitation = z.infer<typeof Invitation>;

export const isOpen = ({ untilMs, wrongTries }: Invitation, nowMs: number): boolean =>
  nowMs < untilMs && wrongTries < MOST_WRONG_TRIES;

export function isCode({ codeHash }: Invitation, hash: string): boolean {
  const [kept, given] = [Buffer.from(codeHash), Buffer.from(hash)];
  return kept.length === given.length && timingSafeEqual(kept, given);
}
