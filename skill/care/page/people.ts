/** For owners: who else cares for this listener, and a code for one more. */
import { ask, type ListenerView, listenerPath, type Me, type Person } from './api';
import { button, day, el, find, onSubmit, tried, twice } from './dom';
import { filled, language, words } from './words';

const ROLES = {
  viewer: words.sees,
  planner: words.plans,
  owner: words.owns,
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
    const holds = new Date(until).toLocaleTimeString(language(), { hour: '2-digit', minute: '2-digit' });
    find('invite-code').replaceChildren(
      el('strong', {}, `${code.slice(0, 3)} ${code.slice(3)}`),
      ` ${filled(words.codeHolds, { time: holds, called })}`,
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
  const agreed = person.consent && !person.asked;
  const since = agreed ? filled(words.since, { day: day(person.since) }) : filled(words.notAgreed, { called });
  const line = el(
    'li',
    {},
    el(
      'p',
      {},
      el('strong', {}, person.name),
      person.id === me.id ? ` ${words.youYourself}` : '',
      el('br'),
      el('small', {}, since),
    ),
  );
  if (person.id === me.id) return line;
  const role = el('select');
  role.setAttribute('aria-label', filled(words.whatMayDo, { name: person.name }));
  role.append(
    ...Object.entries(ROLES).map(
      ([value, does]) => new Option(does, value, false, value === (person.asked ?? person.role)),
    ),
  );
  role.addEventListener('change', () =>
    tried(() => ask('PATCH', at, { role: role.value }).then(changed), words.changed),
  );
  const remove = twice(
    button(words.remove, person.name, () => {}),
    () => tried(() => ask('DELETE', at).then(changed), words.removed),
  );
  line.append(el('div', { class: 'actions' }, role, remove));
  return line;
}
