/** The caregiver's own account: passkeys, where they are signed in, and the way out. */
import { startRegistration } from '@simplewebauthn/browser';
import { ask, type Me, remember, type Sessions } from './api';
import { button, day, el, find, tried, twice, whole } from './dom';
import { filled, words } from './words';

type Ticket = { ticket: string; options: Parameters<typeof startRegistration>[0]['optionsJSON'] };

/** Throws with words for whoever cancelled, or whose device has none. */
export async function addPasskey(): Promise<Me> {
  const { ticket, options } = await ask<Ticket>('POST', '/passkeys/options');
  const response = await startRegistration({ optionsJSON: options }).catch((error: Error) => {
    throw new Error(error.name === 'InvalidStateError' ? words.keyIsHere : words.keyNotMade);
  });
  return remember(await ask<Me>('POST', '/passkeys', { ticket, response }));
}

export async function showAccount(me: Me, canPasskey: boolean, changed: (me: Me) => void): Promise<void> {
  const { sessions } = await ask<Sessions>('GET', '/sessions');
  find('account-name').textContent = filled(words.knownAs, { name: me.name });
  find('keys').replaceChildren(
    ...me.passkeys.map(({ id, added, used, synced }) => {
      const known = [
        filled(words.keyAdded, { day: day(added) }),
        ...(used ? [filled(words.keyUsed, { day: day(used) })] : []),
        ...(synced ? [words.keySynced] : []),
      ].join(', ');
      const remove = twice(
        button(words.remove, known, () => {}),
        () =>
          tried(async () => {
            await ask('DELETE', `/passkeys/${encodeURIComponent(id)}`);
            changed(remember(await ask<Me>('GET', '/me')));
          }, words.removed),
      );
      return el('li', {}, el('span', {}, known), remove);
    }),
    ...(me.passkeys.length === 0 ? [el('li', { class: 'hint' }, words.noKeys)] : []),
  );
  find('keys-hint').textContent = canPasskey ? '' : words.keyNeeds;
  find('passkey-add').hidden = !canPasskey;
  find('sessions').replaceChildren(
    ...sessions.map(({ id, device, how, seen, here }) => {
      const by = how === 'passkey' ? words.byPasskey : words.byCode;
      const known = filled(words.signedInBy, { device, how: by, when: whole(seen) });
      if (here) return el('li', {}, `${known} ${words.here}`);
      return el(
        'li',
        {},
        el('span', {}, known),
        button(words.end, device, () =>
          tried(async () => {
            await ask('DELETE', `/sessions/${encodeURIComponent(id)}`);
            changed(me);
          }),
        ),
      );
    }),
  );
}
