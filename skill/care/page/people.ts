/** For owners: who else cares for this listener, and a code for one more. */
import { ask, type ListenerView, listenerPath, type Me, type Person } from './api';
import { button, day, el, find, onSubmit, tried, twice } from './dom';

const ROLES = {
  viewer: 'sees whether it ran',
  planner: 'also plans and sets rules',
  owner: 'also invites and removes others',
};
let listener = '';
let called = '';
let changed: () => Promise<unknown> = async () => {};

export function readyPeople(then: () => Promise<unknown>): void {
  changed = then;
  onSubmit('invite', async (form) => {
    const { code, until } = await ask<{ code: string; until: string }>(
      'POST',
      `${listenerPath(listener)}/invitations`,
      {
        role: form.get('role'),
      },
    );
    const holds = new Date(until).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
    find('invite-code').replaceChildren(
      el('strong', {}, `${code.slice(0, 3)} ${code.slice(3)}`),
      ` holds until ${holds}, for one person. ${called} has to agree before they see anything.`,
    );
  });
}

export function showPeople(view: ListenerView, me: Me): void {
  listener = view.listener;
  called = view.called;
  find('people').hidden = !view.people;
  find('invite-code').replaceChildren();
  find('people-list').replaceChildren(...(view.people ?? []).map((person) => row(person, me)));
}

function row(person: Person, me: Me): HTMLElement {
  const at = `${listenerPath(listener)}/caregivers/${encodeURIComponent(person.id)}`;
  const since = person.consent ? `since ${day(person.since)}` : `${called} has not agreed yet`;
  const line = el(
    'li',
    {},
    el('p', {}, el('strong', {}, person.name), person.id === me.id ? ' (you)' : '', el('br'), el('small', {}, since)),
  );
  if (person.id === me.id) return line;
  const role = el('select');
  role.setAttribute('aria-label', `What ${person.name} may do`);
  role.append(...Object.entries(ROLES).map(([value, words]) => new Option(words, value, false, value === person.role)));
  role.addEventListener('change', () => tried(() => ask('PATCH', at, { role: role.value }).then(changed), 'Changed.'));
  const remove = twice(
    button('remove', person.name, () => {}),
    () => tried(() => ask('DELETE', at).then(changed), 'Removed.'),
  );
  line.append(el('div', { class: 'actions' }, role, remove));
  return line;
}
