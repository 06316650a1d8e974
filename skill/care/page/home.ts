/** Everybody that this caregiver cares for: tonight, and the last nights. */
import { ask, type Me, type Overviews } from './api';
import { el, find, whole } from './dom';
import { dots, tonight } from './nights';

export async function showHome(me: Me, canPasskey: boolean): Promise<void> {
  const { listeners, waiting } = await ask<Overviews>('GET', '/listeners');
  find('offer-passkey').hidden = !canPasskey || me.passkeys.length > 0;
  const list = listeners.map((each) => {
    const link = el('a', {}, each.called);
    link.href = `#/listener/${encodeURIComponent(each.listener)}`;
    const calls = each.helpCalls.map((at) => el('p', { class: 'help' }, `Asked for help on ${whole(at)}.`));
    return el('li', { class: 'card' }, el('h2', {}, link), ...calls, el('p', {}, tonight(each)), row(each.nights));
  });
  const asked = waiting.map(({ called }) =>
    el(
      'li',
      { class: 'card' },
      el('h2', {}, called),
      el('p', { class: 'hint' }, 'Has not agreed yet. They can on the bedside page, or by asking the speaker.'),
    ),
  );
  const nobody = el(
    'li',
    {},
    el('p', {}, 'You see nobody at the moment. With a code that a speaker reads out you can be let in again.'),
  );
  find('listeners').replaceChildren(...(list.length + asked.length > 0 ? [...list, ...asked] : [nobody]));
  find<HTMLDetailsElement>('one-more').open = list.length + asked.length === 0;
}

const row = (nights: Overviews['listeners'][number]['nights']): HTMLElement => {
  const made = el('ol', { class: 'dots' }, ...dots(nights));
  made.setAttribute('aria-label', 'last nights');
  return nights.length > 0 ? made : el('p', { class: 'hint' }, 'No nights yet.');
};
