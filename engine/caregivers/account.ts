/** A caregiver: a name that listeners call them by, and the keys of their devices. No password, no address. */
import { z } from 'zod';

export const MOST_PASSKEYS = 10;

/** Letters of any script; no control signs and none that turn the direction of what follows. */
export const CaregiverName = z
  .string()
  .trim()
  .min(1)
  .max(60)
  .regex(/^[^\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]+$/u, 'is a name of up to 60 letters')
  .regex(/\p{L}|\p{N}/u, 'is a name of up to 60 letters');

const base64url = z.string().regex(/^[A-Za-z0-9_-]+$/);

/** The public half of a passkey (WebAuthn); the private half never leaves the caregiver's device. */
export const Passkey = z.object({
  id: base64url.max(1400),
  publicKey: base64url.max(4000),
  counter: z.number().int().min(0),
  transports: z.array(z.string().max(20)).max(10),
  /** Whether the key may be on several devices of its owner. */
  synced: z.boolean(),
  addedAtMs: z.number(),
  usedAtMs: z.number().nullable(),
});
export type Passkey = z.infer<typeof Passkey>;

export const CaregiverAccount = z.object({
  id: z.string().regex(/^[a-z0-9]{1,40}$/),
  name: CaregiverName,
  createdAtMs: z.number(),
  passkeys: z.array(Passkey).max(MOST_PASSKEYS),
});
export type CaregiverAccount = z.infer<typeof CaregiverAccount>;
