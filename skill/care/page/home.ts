/** Everybody that this caregiver cares for: tonight, and the last nights. */
import { ask, type Me, type Overviews } from './api';
import { el, find, whole } from './dom';
import { dots, tonight } from './nights';
import { filled, words } from './words';

export async function showHome(me: Me, canPasskey: boolean): Promise<void> {
  const { listeners, waiting } = await ask<Overviews>('GET', '/listeners');
  find('offer-passkey').hidden = !canPasskey || me.passkeys.length > 0;
  const list = listeners.map((each) => {
    const link = el('a', {}, each.called);
    link.href = `#/listener/${encodeURIComponent(each.listener)}`;
    const calls = each.helpCalls.map((at) =>
      el('p', { class: 'help' }, filled(words.askedForHelpOn, { when: whole(at) })),
    );
    return el('li', { class: 'card' }, el('h2', {}, link), ...calls, el('p', {}, tonight(each)), row(each.nights));
  });
  const asked = waiting.map(({ called }) =>
    el('li', { class: 'card' }, el('h2', {}, called), el('p', { class: 'hint' }, words.notAgreedYet)),
  );
  const nobody = el('li', {}, el('p', {}, words.nobody));
  find('listeners').replaceChildren(...(list.length + asked.length > 0 ? [...list, ...asked] : [nobody]));
  find<HTMLDetailsElement>('one-more').open = list.length + asked.length === 0;
}

const row = (nights: Overviews['listeners'][number]['nights']): HTMLElement => {
  const made = el('ol', { class: 'dots' }, ...dots(nights));
  made.setAttribute('aria-label', words.lastNights);
  return nights.length > 0 ? made : el('p', { class: 'hint' }, words.noNights);
};
