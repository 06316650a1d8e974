/**
 * Caregivers of the listeners of a house: who may see what, by whose word, and who looked. Every surface calls this.
 *
 * Rules
 * 1. Nobody sees or does anything without that listener's own consent: a caregiver who was invited by another caregiver
 *    waits for it, and so does a larger role that another caregiver gives.
 * 2. Consent is taken back at once: the link is gone before `stopSharing` resolves, and every look asks for the link anew.
 * 3. Every look is in the listener's log before anything is shown.
 * 4. That a listener asked for help is told only to those of whom the listener said so beforehand, and only from then on.
 * Example: `invite('bedside', …)` → "482913" is read out → `redeem('482913', { name: 'Anna' })` → Anna is a planner of
 * "bedside"; `stopSharing('bedside')` → Anna sees nothing any more, and `readLog('bedside')` still tells that she looked.
 */
import { EmohealError } from '../errors.js';
import type { Records } from '../records.js';
import { type AccessEntry, type Accessed, ENTRIES_KEPT_MS, noted } from './access-log.js';
import { type CaregiverAccount, CaregiverName } from './account.js';
import {
  accountIn,
  type CareRecord,
  forgetListener,
  HELP_CALLS_KEPT_MS,
  type ListenerCare,
  listenerCareIn,
  listenersIn,
  MOST_HELP_CALLS,
  putAccount,
  putListenerCare,
} from './care-record.js';
import { CODE_HOLDS_MS, CODES, type Invitation, isCode, isOpen, MOST_INVITATIONS } from './invitation.js';
import { type CareLink, type ConsentHow, linkMay, MOST_CAREGIVERS, withRole } from './link.js';
import type { CareAct, Role } from './role.js';

export interface CaregiversDeps {
  records: Records<CareRecord>;
  nowMs: () => number;
  /** Lower-case letters and digits. */
  newId: () => string;
  /** A whole number from 0 to below `count`, which nobody can guess. */
  randomBelow: (count: number) => number;
  /** A keyed hash: six digits could be found from a plain one. */
  hashCode: (code: string) => string;
}

export interface InvitationWish {
  role: Role;
  /** The listener's own word, or null where a caregiver invites. */
  how: ConsentHow | null;
  tellCrisis?: boolean;
  /** A new way in for a caregiver who is known already. */
  caregiver?: string;
}

export type Caregivers = ReturnType<typeof createCaregivers>;

export function createCaregivers({ records, nowMs, newId, randomBelow, hashCode }: CaregiversDeps) {
  const careOf = async (listener: string): Promise<ListenerCare> => listenerCareIn(await records.read(), listener);
  const linkOf = async (listener: string, caregiver: string): Promise<CareLink | undefined> =>
    (await careOf(listener)).links.find((link) => link.caregiver === caregiver);

  const edit = <R>(listener: string, work: (care: ListenerCare) => R): Promise<R> =>
    records.change((all) => {
      const care = listenerCareIn(all, listener);
      const result = work(care);
      putListenerCare(all, listener, care);
      return result;
    });
  const editLink = (listener: string, caregiver: string, work: (link: CareLink) => CareLink): Promise<CareLink> =>
    edit(listener, (care) => {
      const at = care.links.findIndex((link) => link.caregiver === caregiver);
      if (at < 0) throw noSuchCaregiver();
      const after = work(care.links[at]!);
      care.links = care.links.with(at, after);
      return after;
    });

  /** Reads a code in one whole change; null for a wrong one, which is counted. */
  async function takeCode<R>(
    code: string,
    take: (all: Record<string, CareRecord>, listener: string, invitation: Invitation) => R,
  ): Promise<R | null> {
    const [hash, now] = [hashCode(code), nowMs()];
    return records.change((all) => {
      const open = listenersIn(all).flatMap(([listener, care]) =>
        care.invitations.filter((each) => isOpen(each, now)).map((invitation) => ({ listener, care, invitation })),
      );
      const found = open.find(({ invitation }) => isCode(invitation, hash));
      if (!found) {
        for (const { invitation } of open) invitation.wrongTries += 1;
        return null;
      }
      found.care.invitations = found.care.invitations.filter((each) => each !== found.invitation);
      return take(all, found.listener, found.invitation);
    });
  }

  return {
    /** Makes a code to be read out. Throws `not-found` where `caregiver` names none, `conflict` where there is no room. */
    async invite(listener: string, wish: InvitationWish): Promise<{ code: string; untilMs: number }> {
      const now = nowMs();
      const code = String(CODES.from + randomBelow(CODES.count));
      const invitation: Invitation = {
        codeHash: hashCode(code),
        untilMs: now + CODE_HOLDS_MS,
        wrongTries: 0,
        role: wish.role,
        consent: wish.how ? { atMs: now, how: wish.how } : null,
        tellCrisis: wish.how !== null && wish.tellCrisis === true,
        ...(wish.caregiver ? { caregiver: wish.caregiver } : {}),
      };
      await edit(listener, (care) => {
        if (wish.caregiver && !care.links.some((link) => link.caregiver === wish.caregiver)) throw noSuchCaregiver();
        if (!wish.caregiver && care.links.length >= MOST_CAREGIVERS) throw noRoom();
        const open = care.invitations.filter((each) => isOpen(each, now));
        care.invitations = [...open, invitation].slice(-MOST_INVITATIONS);
      });
      return { code, untilMs: invitation.untilMs };
    },

    /**
     * A code becomes a link, and an account where `account` names none. Null for a code that nobody offers now. Throws
     * `conflict` where the listener has a caregiver of that name, or enough of them; the code then stays good. A code of
     * another caregiver takes nothing away from somebody to whom the listener agreed: what is more only waits.
     */
    redeem: (
      code: string,
      who: { name: string; called?: string | undefined } | { account: string; called?: string | undefined },
    ): Promise<{ account: CaregiverAccount; listener: string } | null> =>
      takeCode(code, (all, listener, invitation) => {
        const now = nowMs();
        const known = invitation.caregiver ?? ('account' in who ? who.account : undefined);
        const before = known === undefined ? undefined : accountIn(all, known);
        if (known !== undefined && !before) throw noSuchCaregiver();
        const name = before?.name ?? CaregiverName.parse((who as { name: string }).name);
        const account = before ?? { id: newId(), name, createdAtMs: now, passkeys: [] };
        putAccount(all, account);
        if (invitation.caregiver) return { account, listener };
        const care = listenerCareIn(all, listener);
        const others = care.links.filter((link) => link.caregiver !== account.id);
        if (others.length >= MOST_CAREGIVERS) throw noRoom();
        if (others.some((link) => sameName(link.name, name)))
          throw new EmohealError('conflict', 'This listener has a caregiver of that name already.', {
            remedy: 'Give another name, such as one with a surname.',
          });
        const { role, consent, tellCrisis } = invitation;
        const agreed = care.links.find((link) => link.caregiver === account.id && link.consent !== null);
        const link: CareLink = {
          ...(agreed && !consent
            ? withRole(agreed, role, null)
            : { caregiver: account.id, name, role, since: now, consent, tellCrisisSinceMs: tellCrisis ? now : null }),
          ...(who.called ? { called: CaregiverName.parse(who.called) } : {}),
        };
        putListenerCare(all, listener, { ...care, links: [...others, link] });
        return { account, listener };
      }),

    /** Who may see this listener's nights, and who waits for the listener's word (`consent` null). */
    whoMaySee: async (listener: string): Promise<CareLink[]> => (await careOf(listener)).links,

    /** Every look at this listener's data that is still kept, by its last moment, newest first. */
    async readLog(listener: string): Promise<AccessEntry[]> {
      const now = nowMs();
      const { log } = await careOf(listener);
      return log
        .filter(({ lastMs }) => now - lastMs <= ENTRIES_KEPT_MS)
        .reverse()
        .sort((a, b) => b.lastMs - a.lastMs);
    },

    /**
     * Takes the consent back from one caregiver, or from all: they see nothing from now on, and open invitations are void.
     * Gives those who lost something; asked twice, the second time nobody did.
     */
    stopSharing: (listener: string, caregiver?: string): Promise<CareLink[]> =>
      edit(listener, (care) => {
        const gone = care.links.filter((link) => caregiver === undefined || link.caregiver === caregiver);
        care.links = care.links.filter((link) => !gone.includes(link));
        care.invitations = care.invitations.filter((each) => caregiver !== undefined && each.caregiver !== caregiver);
        return gone;
      }),

    /**
     * The listener agrees to a caregiver whom another one invited, or to the larger role that another one asked for. `role`
     * is what the listener was shown, and holds whatever is asked by now. Throws `not-found`.
     */
    agree: (listener: string, caregiver: string, how: ConsentHow, role?: Role): Promise<CareLink> =>
      editLink(listener, caregiver, (link) => withRole(link, role ?? link.asked ?? link.role, { atMs: nowMs(), how })),

    /** Whether this caregiver is told that the listener asked for help: the listener's choice alone. Throws `not-found`. */
    tellCrisis: (listener: string, caregiver: string, yes: boolean): Promise<CareLink> =>
      editLink(listener, caregiver, (link) => ({
        ...link,
        tellCrisisSinceMs: yes ? (link.tellCrisisSinceMs ?? nowMs()) : null,
      })),

    /** By the listener's word, or an owner's (`how` null): from an owner, more than was agreed to waits. Throws `not-found`. */
    setRole: (listener: string, caregiver: string, role: Role, how: ConsentHow | null): Promise<CareLink> =>
      editLink(listener, caregiver, (link) =>
        withRole(link, role, how && link.consent ? { atMs: nowMs(), how } : null),
      ),

    /** How a caregiver calls the listener in their own console. Throws `not-found`. */
    call: (listener: string, caregiver: string, called: string): Promise<CareLink> =>
      editLink(listener, caregiver, (link) => ({ ...link, called: CaregiverName.parse(called) })),

    /** A surface says that the gate answered a crisis. Kept, without a word, only where somebody may be told. */
    async askedForHelp(listener: string, atMs: number): Promise<void> {
      const told = (link: CareLink) => link.consent !== null && link.tellCrisisSinceMs !== null;
      if (!(await careOf(listener)).links.some(told)) return;
      await edit(listener, (care) => {
        const kept = care.helpCalls.filter((call) => atMs - call.atMs <= HELP_CALLS_KEPT_MS);
        care.helpCalls = [...kept, { atMs }].slice(-MOST_HELP_CALLS);
      });
    },

    /** When this listener asked for help, as far as this caregiver may know, newest first. */
    async helpCallsFor(listener: string, caregiver: string): Promise<number[]> {
      const care = await careOf(listener);
      const link = care.links.find((each) => each.caregiver === caregiver);
      const sinceMs = linkMay(link, 'see') ? link.tellCrisisSinceMs : null;
      if (sinceMs === null) return [];
      const now = nowMs();
      return care.helpCalls
        .map(({ atMs }) => atMs)
        .filter((atMs) => atMs >= sinceMs && now - atMs <= HELP_CALLS_KEPT_MS)
        .reverse();
    },

    /** The listeners that a caregiver is linked to, also those whose consent is still to come. */
    linksOf: async (caregiver: string): Promise<{ listener: string; link: CareLink }[]> =>
      listenersIn(await records.read()).flatMap(([listener, care]) =>
        care.links.filter((link) => link.caregiver === caregiver).map((link) => ({ listener, link })),
      ),

    /**
     * The link of a caregiver who may do this now. Throws `not-found` for a listener who is none of theirs, as for one that
     * does not exist, and `forbidden` where the role is too small.
     */
    async allowed(listener: string, caregiver: string, act: CareAct): Promise<CareLink> {
      const link = await linkOf(listener, caregiver);
      if (!linkMay(link, 'see')) throw noSuchListener();
      if (!linkMay(link, act)) throw tooSmall();
      return link;
    },

    /** `allowed`, and the look is in the listener's log when it resolves, all in one step. */
    look: (listener: string, caregiver: string, act: CareAct, what: Accessed): Promise<CareLink> =>
      records.change((all) => {
        const care = listenerCareIn(all, listener);
        const link = care.links.find((each) => each.caregiver === caregiver);
        if (!linkMay(link, 'see')) throw noSuchListener();
        if (!linkMay(link, act)) throw tooSmall();
        putListenerCare(all, listener, {
          ...care,
          log: noted(care.log, { caregiver, name: link.name, what }, nowMs()),
        });
        return link;
      }),

    /** Everything of this kind that is kept of a listener, for the listener. */
    ownOf: async (listener: string): Promise<Omit<ListenerCare, 'invitations'>> => {
      const { links, log, helpCalls } = await careOf(listener);
      return { links, log, helpCalls };
    },

    /** Everything of this listener goes. */
    forget: (listener: string): Promise<void> =>
      records.change((all) => {
        forgetListener(all, listener);
      }),
  };
}

const sameName = (a: string, b: string): boolean =>
  a.normalize('NFKC').toLowerCase() === b.normalize('NFKC').toLowerCase();

const noSuchListener = () => new EmohealError('not-found', 'You see nobody of that name.');
const noSuchCaregiver = () =>
  new EmohealError('not-found', 'There is no such caregiver.', { remedy: 'Look at who may see your nights.' });
const noRoom = () =>
  new EmohealError('conflict', `A listener has ${MOST_CAREGIVERS} caregivers at most.`, {
    remedy: 'Remove one first.',
  });
const tooSmall = () =>
  new EmohealError('forbidden', 'Your role does not include this.', { remedy: 'Ask an owner, or the listener.' });
