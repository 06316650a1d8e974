/** "Who may see my nights?": who cares for the listener, who looked, and an end to it at one touch. */

interface Own {
  caregivers: {
    id: string;
    name: string;
    role: keyof typeof ROLES;
    since: string;
    consent: { atMs: number; how: string } | null;
    tellCrisis: boolean;
  }[];
  log: { name: string; says: string; lastMs: number; times: number }[];
  helpCalls: string[];
  greeting: { id: string; durationSec: number } | null;
}

const ADDRESS = '/api/v1/care/own';
const ROLES = {
  viewer: 'sees what is planned and whether it ran',
  planner: 'sees whether it ran, plans, and sets loudness and music',
  owner: 'sees whether it ran, plans, and invites others, whom you then have to agree to',
};
const SHOWN_LOOKS = 30;

const find = <T extends HTMLElement>(id: string) => document.getElementById(id) as T;
const when = (at: number | string) =>
  new Date(at).toLocaleString('en-GB', { day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit' });

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
  if (!response.ok) throw new Error(answer.detail);
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
    status.textContent = (error as Error).message || 'The speaker cannot be reached.';
  }
}

function draw(own: Own): void {
  const people = own.caregivers.map(person);
  const log = own.log
    .slice(0, SHOWN_LOOKS)
    .map(({ name, says, lastMs, times }) =>
      element('li', `${when(lastMs)}: ${name} ${says}${times > 1 ? `, ${times} times` : ''}.`),
    );
  find('sharing-body').replaceChildren(
    element('p', 'Only whether a planned session ran. Never what you say or feel.'),
    people.length > 0 ? list(people) : element('p', 'Nobody.'),
    ...(people.length > 1
      ? [button('nobody any more', () => change('DELETE', '/caregivers', undefined, 'Nobody sees anything any more.'))]
      : []),
    inviting(),
    ...(own.greeting ? greeting() : []),
    element('h3', 'Who looked'),
    log.length > 0 ? list(log) : element('p', 'Nobody has looked.'),
    ...(own.helpCalls.length > 0
      ? [element('h3', 'You asked for help'), list(own.helpCalls.map((at) => element('li', when(at))))]
      : []),
  );
}

function person({ id, name, role, consent, tellCrisis }: Own['caregivers'][number]): HTMLElement {
  const at = `/caregivers/${encodeURIComponent(id)}`;
  const line = document.createElement('li');
  line.append(
    element('strong', name),
    element('span', consent ? ` ${ROLES[role]}. ` : ` wants to be let in: ${ROLES[role]}. `),
  );
  if (!consent) {
    line.append(button(`yes, ${name} may`, () => change('PUT', at, { consent: true }, `${name} may see now.`)));
  } else {
    const label = document.createElement('label');
    const box = document.createElement('input');
    box.type = 'checkbox';
    box.checked = tellCrisis;
    box.addEventListener('change', () => change('PUT', at, { tellCrisis: box.checked }, 'Kept.'));
    label.append(box, ` ${name} is told when I was given a help line (not what I said)`);
    line.append(label);
    line.append(button(`new code for ${name}`, () => readOut({ caregiver: id })));
  }
  line.append(button(`${name} no more`, () => change('DELETE', at, undefined, `${name} sees nothing any more.`)));
  return line;
}

function inviting(): HTMLElement {
  const made = document.createElement('div');
  const role = document.createElement('select');
  role.setAttribute('aria-label', 'What they may do');
  for (const [value, words] of Object.entries(ROLES)) role.append(new Option(words, value, false, value === 'planner'));
  made.append(
    element('h3', 'Let someone in'),
    role,
    button('make a code', () => readOut({ role: role.value })),
  );
  return made;
}

/** The code is shown large, and read out where the browser can. */
async function readOut(wish: object): Promise<void> {
  const status = find('sharing-status');
  try {
    const { code } = await ask<{ code: string }>('POST', '/invitations', wish);
    status.textContent = `The code is ${[...code].join(' ')}. It holds for ten minutes and for one person, who opens ${location.host}/care.`;
    if ('speechSynthesis' in window)
      speechSynthesis.speak(new SpeechSynthesisUtterance(`The code is ${[...code].join(', ')}.`));
  } catch (error) {
    status.textContent = (error as Error).message;
  }
}

function greeting(): HTMLElement[] {
  const sound = document.createElement('audio');
  sound.controls = true;
  sound.preload = 'none';
  sound.src = `${ADDRESS}/greeting`;
  sound.setAttribute('aria-label', 'The greeting');
  return [
    element('h3', 'A greeting for you'),
    sound,
    button('delete the greeting', () => change('DELETE', '/greeting', undefined, 'The greeting is deleted.')),
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

function button(words: string, press: () => unknown): HTMLButtonElement {
  const made = element('button', words) as HTMLButtonElement;
  made.type = 'button';
  made.addEventListener('click', () => void press());
  return made;
}
