/** The caregiver's own account: passkeys, where they are signed in, and the way out. */
import { startRegistration } from '@simplewebauthn/browser';
import { ask, type Me, remember, type Sessions } from './api';
import { button, day, el, find, tried, twice, whole } from './dom';

type Ticket = { ticket: string; options: Parameters<typeof startRegistration>[0]['optionsJSON'] };

/** Throws with words for whoever cancelled, or whose device has none. */
export async function addPasskey(): Promise<Me> {
  const { ticket, options } = await ask<Ticket>('POST', '/passkeys/options');
  const response = await startRegistration({ optionsJSON: options }).catch((error: Error) => {
    throw new Error(
      error.name === 'InvalidStateError'
        ? 'This device has a passkey of yours already.'
        : 'No passkey was made. You can try again at any time.',
    );
  });
  return remember(await ask<Me>('POST', '/passkeys', { ticket, response }));
}

export async function showAccount(me: Me, canPasskey: boolean, changed: (me: Me) => void): Promise<void> {
  const { sessions } = await ask<Sessions>('GET', '/sessions');
  find('account-name').textContent = `Listeners know you as ${me.name}.`;
  find('keys').replaceChildren(
    ...me.passkeys.map(({ id, added, used, synced }) => {
      const words = `added ${day(added)}${used ? `, used ${day(used)}` : ''}${synced ? ', on several devices of yours' : ''}`;
      const remove = twice(
        button('remove', words, () => {}),
        () =>
          tried(async () => {
            await ask('DELETE', `/passkeys/${encodeURIComponent(id)}`);
            changed(remember(await ask<Me>('GET', '/me')));
          }, 'Removed.'),
      );
      return el('li', {}, el('span', {}, words), remove);
    }),
    ...(me.passkeys.length === 0
      ? [el('li', { class: 'hint' }, 'None yet: without one you need a new code each time.')]
      : []),
  );
  find('keys-hint').textContent = canPasskey
    ? ''
    : 'A passkey needs https, or this very machine; over plain http in the house sign in with a code.';
  find('passkey-add').hidden = !canPasskey;
  find('sessions').replaceChildren(
    ...sessions.map(({ id, device, how, seen, here }) => {
      const words = `${device}, by ${how}, last seen ${whole(seen)}`;
      if (here) return el('li', {}, `${words} (here)`);
      return el(
        'li',
        {},
        el('span', {}, words),
        button('end', device, () =>
          tried(async () => {
            await ask('DELETE', `/sessions/${encodeURIComponent(id)}`);
            changed(me);
          }),
        ),
      );
    }),
  );
}
