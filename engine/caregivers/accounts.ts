/** Accounts of caregivers and their passkeys. An account without a listener is kept for a month and then forgotten. */
import { EmohealError } from '../errors.js';
import type { Records } from '../records.js';
import { type CaregiverAccount, MOST_PASSKEYS, type Passkey } from './account.js';
import { accountIn, type CareRecord, forgetAccount, listenersIn, putAccount } from './care-record.js';

export const ACCOUNT_KEPT_MS = 30 * 24 * 3600 * 1000;

export interface Accounts {
  /** Null where there is none. */
  find(id: string): Promise<CaregiverAccount | null>;
  /** The account that this passkey opens; null where none does. */
  withPasskey(passkey: string): Promise<CaregiverAccount | null>;
  /** Throws `conflict` for one too many, or one that is there. */
  addPasskey(id: string, passkey: Passkey): Promise<CaregiverAccount>;
  /** Notes a use; the counter never goes back (a copy of a key would). Throws `forbidden` where it would. */
  usePasskey(id: string, passkey: string, counter: number): Promise<CaregiverAccount>;
  /** Removing what is not there is no error. */
  removePasskey(id: string, passkey: string): Promise<CaregiverAccount>;
  /** The account goes, and with it every link; the listeners' logs keep the name. */
  remove(id: string): Promise<void>;
  /** Forgets accounts that have had no listener for a month, by their last use. Gives how many. */
  tidy(): Promise<number>;
}

export function createAccounts({ records, nowMs }: { records: Records<CareRecord>; nowMs: () => number }): Accounts {
  const all = async (): Promise<CaregiverAccount[]> =>
    Object.values(await records.read()).flatMap((record) => ('caregiver' in record ? [record.caregiver] : []));
  const edit = (id: string, work: (account: CaregiverAccount) => CaregiverAccount): Promise<CaregiverAccount> =>
    records.change((kept) => {
      const account = accountIn(kept, id);
      if (!account) throw new EmohealError('not-found', 'There is no such account.');
      const after = work(account);
      putAccount(kept, after);
      return after;
    });

  return {
    find: async (id) => accountIn(await records.read(), id) ?? null,
    withPasskey: async (passkey) =>
      (await all()).find(({ passkeys }) => passkeys.some(({ id }) => id === passkey)) ?? null,
    async addPasskey(id, passkey) {
      if (await this.withPasskey(passkey.id)) throw new EmohealError('conflict', 'This passkey is known already.');
      return edit(id, (account) => {
        if (account.passkeys.length >= MOST_PASSKEYS)
          throw new EmohealError('conflict', `An account has ${MOST_PASSKEYS} passkeys at most.`, {
            remedy: 'Remove one that you no longer use.',
          });
        return { ...account, passkeys: [...account.passkeys, passkey] };
      });
    },
    usePasskey: (id, passkey, counter) =>
      edit(id, (account) => ({
        ...account,
        passkeys: account.passkeys.map((each) => {
          if (each.id !== passkey) return each;
          // Keys that are on several devices count nothing: both are 0 then (WebAuthn level 3, section 6.1.1).
          if ((each.counter > 0 || counter > 0) && counter <= each.counter)
            throw new EmohealError('forbidden', 'This passkey may have been copied.', {
              remedy: 'Remove it, and add a new one.',
            });
          return { ...each, counter, usedAtMs: nowMs() };
        }),
      })),
    removePasskey: (id, passkey) =>
      edit(id, (account) => ({ ...account, passkeys: account.passkeys.filter((each) => each.id !== passkey) })),
    remove: (id) =>
      records.change((kept) => {
        forgetAccount(kept, id);
        for (const [, care] of listenersIn(kept)) care.links = care.links.filter(({ caregiver }) => caregiver !== id);
      }),
    async tidy() {
      const now = nowMs();
      const kept = await records.read();
      const linked = new Set(listenersIn(kept).flatMap(([, { links }]) => links.map(({ caregiver }) => caregiver)));
      const idle = (await all()).filter(({ id, createdAtMs, passkeys }) => {
        const usedMs = Math.max(createdAtMs, ...passkeys.map(({ usedAtMs, addedAtMs }) => usedAtMs ?? addedAtMs));
        return !linked.has(id) && now - usedMs > ACCOUNT_KEPT_MS;
      });
      if (idle.length > 0)
        await records.change((all) => {
          for (const { id } of idle) forgetAccount(all, id);
        });
      return idle.length;
    },
  };
}
