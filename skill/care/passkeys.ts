/**
 * Passkeys (WebAuthn): the device signs a challenge of ours, for our own address, after its owner showed that they are there.
 * A challenge holds five minutes, for one purpose and one account, and once; nothing is kept for one that is never answered.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { LRUCache } from 'lru-cache';
import type { CaregiverAccount, Passkey } from '../../engine/caregivers/account.js';
import type { Accounts } from '../../engine/caregivers/accounts.js';
import { EmohealError } from '../../engine/errors.js';

const CHALLENGE_HOLDS_MS = 5 * 60_000;
const MOST_USED = 10_000;
const SIGN_IN = 'sign in';

export interface PasskeyDeps {
  accounts: Accounts;
  key: Buffer;
  nowMs: () => number;
}

export type Passkeys = ReturnType<typeof createPasskeys>;

export function createPasskeys({ accounts, key, nowMs }: PasskeyDeps) {
  const used = new LRUCache<string, true>({ max: MOST_USED, ttl: CHALLENGE_HOLDS_MS });
  const signed = (purpose: string, challenge: string, untilMs: number) =>
    createHmac('sha256', key).update(['care challenge', purpose, challenge, untilMs].join('\n')).digest('base64url');

  /** The challenge, and a ticket by which we know it again. */
  function newChallenge(purpose: string) {
    const challenge = randomBytes(32);
    const untilMs = nowMs() + CHALLENGE_HOLDS_MS;
    return { challenge, ticket: `${untilMs}.${signed(purpose, challenge.toString('base64url'), untilMs)}` };
  }
  /** True once for each challenge. */
  function isOurs(ticket: string, purpose: string, challenge: string): boolean {
    const [until, mark = ''] = ticket.split('.');
    const untilMs = Number(until);
    const [given, wanted] = [Buffer.from(mark), Buffer.from(signed(purpose, challenge, untilMs))];
    const good = given.length === wanted.length && timingSafeEqual(given, wanted) && nowMs() < untilMs;
    if (!good || used.has(challenge)) return false;
    used.set(challenge, true);
    return true;
  }

  return {
    /** For adding a key to an account that is signed in. `origin`: our own page, as its browser names it. */
    async optionsToAdd(account: CaregiverAccount, origin: URL) {
      const { challenge, ticket } = newChallenge(`add ${account.id}`);
      const options = await generateRegistrationOptions({
        rpName: 'EmoHeal Bedside',
        rpID: origin.hostname,
        userName: account.name,
        userID: new Uint8Array(Buffer.from(account.id)),
        challenge: new Uint8Array(challenge),
        attestationType: 'none',
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
        excludeCredentials: account.passkeys.map(({ id, transports }) => ({ id, transports: transports as never })),
      });
      return { ticket, options };
    },

    /** Throws `bad-input` for an answer that is not to this challenge, from this page, or not rightly signed. */
    async add(account: CaregiverAccount, ticket: string, response: unknown, origin: URL): Promise<CaregiverAccount> {
      const { verified, registrationInfo } = await verifyRegistrationResponse({
        response: response as RegistrationResponseJSON,
        expectedChallenge: (challenge) => isOurs(ticket, `add ${account.id}`, challenge),
        expectedOrigin: origin.origin,
        expectedRPID: origin.hostname,
        requireUserVerification: true,
      }).catch(() => ({ verified: false, registrationInfo: undefined }) as const);
      if (!verified || !registrationInfo) throw unknownKey();
      const { credential, credentialBackedUp } = registrationInfo;
      const passkey: Passkey = {
        id: credential.id,
        publicKey: Buffer.from(credential.publicKey).toString('base64url'),
        counter: credential.counter,
        transports: (credential.transports ?? []).slice(0, 10),
        synced: credentialBackedUp,
        addedAtMs: nowMs(),
        usedAtMs: null,
      };
      return accounts.addPasskey(account.id, passkey);
    },

    /** Names no account: whoever asks learns nothing of who has one. */
    async optionsToSignIn(origin: URL) {
      const { challenge, ticket } = newChallenge(SIGN_IN);
      const options = await generateAuthenticationOptions({
        rpID: origin.hostname,
        challenge: new Uint8Array(challenge),
        userVerification: 'required',
        allowCredentials: [],
      });
      return { ticket, options };
    },

    /** Throws the same `bad-input` for a key of nobody as for a wrong signature. */
    async signIn(ticket: string, response: unknown, origin: URL): Promise<CaregiverAccount> {
      const { id } = response as AuthenticationResponseJSON;
      const account = await accounts.withPasskey(id);
      const passkey = account?.passkeys.find((each) => each.id === id);
      if (!account || !passkey) throw unknownKey();
      const { verified, authenticationInfo } = await verifyAuthenticationResponse({
        response: response as AuthenticationResponseJSON,
        expectedChallenge: (challenge) => isOurs(ticket, SIGN_IN, challenge),
        expectedOrigin: origin.origin,
        expectedRPID: origin.hostname,
        credential: {
          id: passkey.id,
          publicKey: new Uint8Array(Buffer.from(passkey.publicKey, 'base64url')),
          // What the counter says is judged where it is kept, in one step with keeping it.
          counter: 0,
        },
        requireUserVerification: true,
      }).catch(() => ({ verified: false, authenticationInfo: undefined }) as const);
      if (!verified || !authenticationInfo) throw unknownKey();
      return accounts.usePasskey(account.id, passkey.id, authenticationInfo.newCounter);
    },
  };
}

const unknownKey = () =>
  new EmohealError('bad-input', 'This passkey opens nothing here.', {
    remedy: 'Try once more, or sign in with a code that the speaker reads out.',
  });
