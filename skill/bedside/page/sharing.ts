/** "Who may see my nights?": who cares for the listener, who looked, and an end to it at one touch. */

import type { Accessed } from '../../../engine/caregivers/access-log';
import { filled, language, words } from './words';

interface Own {
  caregivers: {
    id: string;
    name: string;
    role: keyof typeof ROLES;
    asked?: keyof typeof ROLES;
    since: string;
    consent: { atMs: number; how: string } | null;
    tellCrisis: boolean;
  }[];
  log: { name: string; what: keyof typeof LOOKS; lastMs: number; times: number }[];
  helpCalls: string[];
  greeting: { id: string; durationSec: number } | null;
}

const ADDRESS = '/api/v1/care/own';
const ROLES = { viewer: words.shareViewer, planner: words.sharePlanner, owner: words.shareOwner };
/** The server's own sentence for a look is English; these are the listener's language. */
const LOOKS = {
  overview: words.shareSawNights,
  nights: words.shareSawNights,
  plan: words.shareSawPlan,
  rules: words.shareSawRules,
  greeting: words.shareHeardGreeting,
  people: words.shareSawPeople,
  'changed-plan': words.shareChangedPlan,
  'changed-rules': words.shareChangedRules,
  'changed-greeting': words.shareChangedGreeting,
  'changed-people': words.shareChangedPeople,
} satisfies Record<Accessed, string>;
const SHOWN_LOOKS = 30;

const find = <T extends HTMLElement>(id: string) => document.getElementById(id) as T;
const when = (at: number | string) =>
  new Date(at).toLocaleString(language(), { day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit' });

export function readySharing(): void {
  const sheet = find<HTMLDialogElement>('sharing-sheet');
  find('sharing').addEventListener('click', () => {
    sheet.showModal();
    void change('GET', '');
  });
  find('sharing-close').addEventListener('click', () => sheet.close());
}

async function ask<T>(method: string, path: string, body?: object): Promise<T> {
  const response = await fetch(`${ADDRESS}${path}`, {
    method,
    ...(body ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {}),
  });
  if (response.status === 204) return undefined as T;
  const answer = await response.json();
  // What the server refuses it explains in English.
  if (!response.ok) throw new Error(language().startsWith('en') ? answer.detail : words.tryAgain);
  return answer as T;
}

/** Asks, and draws what is so afterwards. */
async function change(method: string, path: string, body?: object, done = ''): Promise<void> {
  const status = find('sharing-status');
  status.textContent = '';
  try {
    const own = (await ask<Own | undefined>(method, path, body)) ?? (await ask<Own>('GET', ''));
    draw(own);
    status.textContent = done;
  } catch (error) {
    status.textContent = (error as Error).message || words.unreachable;
  }
}

function draw(own: Own): void {
  const people = own.caregivers.map(person);
  const log = own.log
    .slice(0, SHOWN_LOOKS)
    .map(({ name, what, lastMs, times }) =>
      element('li', `${when(lastMs)}: ${filled(LOOKS[what], { name })}${times > 1 ? ` (× ${times})` : ''}`),
    );
  find('sharing-body').replaceChildren(
    element('p', words.shareOnly),
    people.length > 0 ? list(people) : element('p', words.shareNobody),
    ...(people.length > 1
      ? [button(words.shareNobodyMore, () => change('DELETE', '/caregivers', undefined, words.shareNobodyDone))]
      : []),
    inviting(),
    ...(own.greeting ? greeting() : []),
    element('h3', words.shareLooked),
    log.length > 0 ? list(log) : element('p', words.shareNobodyLooked),
    ...(own.helpCalls.length > 0
      ? [element('h3', words.shareHelp), list(own.helpCalls.map((at) => element('li', when(at))))]
      : []),
  );
}

function person({ id, name, role, asked, consent, tellCrisis }: Own['caregivers'][number]): HTMLElement {
  const at = `/caregivers/${encodeURIComponent(id)}`;
  const told = (sentence: string) => filled(sentence, { name });
  const line = document.createElement('li');
  line.append(element('strong', name), ...(consent ? [element('span', ` ${ROLES[role]}. `)] : []));
  const wanted = consent ? asked : role;
  // What is agreed to is what stands here, whatever was asked for since.
  if (wanted)
    line.append(
      element('span', ` ${filled(words.shareWants, { role: ROLES[wanted] })} `),
      button(told(words.shareYes), () => change('PUT', at, { consent: true, role: wanted }, told(words.shareMay))),
    );
  if (consent) {
    const label = document.createElement('label');
    const box = document.createElement('input');
    box.type = 'checkbox';
    box.checked = tellCrisis;
    box.addEventListener('change', () => change('PUT', at, { tellCrisis: box.checked }, words.shareKept));
    label.append(box, ` ${told(words.shareTold)}`);
    line.append(label);
    line.append(button(told(words.shareNewCode), () => readOut({ caregiver: id })));
  }
  line.append(button(told(words.shareNoMore), () => change('DELETE', at, undefined, told(words.shareNoMoreDone))));
  return line;
}

function inviting(): HTMLElement {
  const made = document.createElement('div');
  const role = document.createElement('select');
  role.setAttribute('aria-label', words.shareRole);
  for (const [value, may] of Object.entries(ROLES)) role.append(new Option(may, value, false, value === 'planner'));
  made.append(
    element('h3', words.shareLetIn),
    role,
    button(words.shareMakeCode, () => readOut({ role: role.value })),
  );
  return made;
}

/** The code is shown large, and read out where the browser can. */
async function readOut(wish: object): Promise<void> {
  const status = find('sharing-status');
  try {
    const { code } = await ask<{ code: string }>('POST', '/invitations', wish);
    status.textContent = filled(words.shareCode, { code: [...code].join(' '), address: `${location.host}/care` });
    if (!('speechSynthesis' in window)) return;
    const spoken = new SpeechSynthesisUtterance(filled(words.shareCodeSpoken, { code: [...code].join(', ') }));
    spoken.lang = language();
    speechSynthesis.speak(spoken);
  } catch (error) {
    status.textContent = (error as Error).message;
  }
}

function greeting(): HTMLElement[] {
  const sound = document.createElement('audio');
  sound.controls = true;
  sound.preload = 'none';
  sound.src = `${ADDRESS}/greeting`;
  sound.setAttribute('aria-label', words.shareGreeting);
  return [
    element('h3', words.shareGreeting),
    sound,
    button(words.shareGreetingDelete, () => change('DELETE', '/greeting', undefined, words.shareGreetingDeleted)),
  ];
}

function element(name: string, text: string): HTMLElement {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}

function list(items: HTMLElement[]): HTMLElement {
  const made = document.createElement('ul');
  made.append(...items);
  return made;
}

function button(label: string, press: () => unknown): HTMLButtonElement {
  const made = element('button', label) as HTMLButtonElement;
  made.type = 'button';
  made.addEventListener('click', () => void press());
  return made;
}
