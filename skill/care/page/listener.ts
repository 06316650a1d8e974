/** One listener: consent on top, then tonight and the nights before, what is planned, the rules, the greeting, who else cares. */
import { ask, type ListenerView, listenerPath, type Me } from './api';
import { day, el, find, onSubmit, short, tried, twice, whole } from './dom';
import { readyGreeting, showGreeting } from './greeting';
import { dots, OUTCOMES, tonight } from './nights';
import { readyPeople, showPeople } from './people';
import { readyPlan, showPlan } from './plan';
import { readyRules, showRules } from './rules';
import { filled, words } from './words';

const HOW = { spoken: words.bySpoken, tapped: words.byTapped, typed: words.byTyped };
let shown: { listener: string; me: Me } | null = null;

const again = async (): Promise<void> => {
  if (shown) await showListener(shown.listener, shown.me);
};

export function readyListener(left: () => void): void {
  readyPlan();
  readyRules(again);
  readyGreeting(again);
  readyPeople(again);
  onSubmit(
    'called',
    async (form) => {
      await ask('PUT', `${listenerPath(shown!.listener)}/called`, { called: form.get('called') });
      await again();
    },
    words.kept,
  );
  twice(find<HTMLButtonElement>('leave'), () =>
    tried(async () => {
      await ask('DELETE', `${listenerPath(shown!.listener)}/me`);
      left();
    }),
  );
}

/** Throws Refused, with nothing of the listener left on the page. */
export async function showListener(listener: string, me: Me): Promise<void> {
  shown = { listener, me };
  const view = await ask<ListenerView>('GET', listenerPath(listener));
  find('listener-name').textContent = view.called;
  find('consent').textContent = consentWords(view);
  find('tonight').textContent = tonight(view);
  find('dots').replaceChildren(...dots(view.nights));
  find('dots').hidden = view.nights.length === 0;
  find('night-by-night').hidden = view.nights.length === 0;
  find('nights').replaceChildren(
    ...view.nights.map(({ planned, routine, outcome }) =>
      el('li', {}, `${short(planned)}${routine ? `, ${routine}` : ''}: ${OUTCOMES[outcome]}`),
    ),
  );
  const calls = find('help-calls');
  calls.hidden = view.helpCalls.length === 0;
  calls.replaceChildren(
    el('h2', {}, words.askedForHelp),
    el('p', {}, filled(words.helpHint, { called: view.called })),
    el('ul', { class: 'plain' }, ...view.helpCalls.map((at) => el('li', {}, whole(at)))),
  );
  showPlan(view, again);
  showRules(view);
  showGreeting(view);
  showPeople(view, me);
  (find<HTMLFormElement>('called').elements.namedItem('called') as HTMLInputElement).value = view.called;
}

function consentWords({ called, consent, role }: ListenerView): string {
  if (!consent) return '';
  const sentence = role === 'viewer' ? words.agreedToView : words.agreedToPlan;
  return filled(sentence, { day: day(consent.atMs), called, how: HOW[consent.how] });
}

/** Everything that was shown goes. */
export function clearListener(): void {
  shown = null;
  for (const id of ['listener-name', 'consent', 'tonight', 'greeting-now', 'plan-zone', 'preview-words'])
    find(id).textContent = '';
  for (const id of [
    'dots',
    'nights',
    'help-calls',
    'routines',
    'banned',
    'allowed',
    'music-found',
    'people-list',
    'invite-code',
  ])
    find(id).replaceChildren();
  for (const id of ['plan', 'rules', 'called']) find<HTMLFormElement>(id).reset();
  find<HTMLImageElement>('preview-picture').removeAttribute('src');
  find<HTMLImageElement>('preview-picture').hidden = true;
  find<HTMLAudioElement>('greeting-sound').removeAttribute('src');
}
