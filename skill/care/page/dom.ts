/** Small pieces of the page. Everything that came from a person is set as text, never as HTML. */
import { language, words } from './words';

export const find = <T extends HTMLElement = HTMLElement>(id: string): T => document.getElementById(id) as T;

export function el<K extends keyof HTMLElementTagNameMap>(
  name: K,
  given: { class?: string; title?: string } = {},
  ...inside: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  if (given.class) made.className = given.class;
  if (given.title) made.title = given.title;
  made.append(...inside);
  return made;
}

/** `about` names what the button is for, where its words alone do not. */
export function button(does: string, about: string, press: (it: HTMLButtonElement) => unknown): HTMLButtonElement {
  const made = el('button', {}, does);
  made.type = 'button';
  if (about) made.append(el('span', { class: 'unseen' }, ` ${about}`));
  made.addEventListener('click', () => void press(made));
  return made;
}

const SURE_MS = 5000;

/** What cannot be undone is pressed twice. */
export function twice(made: HTMLButtonElement, act: () => unknown): HTMLButtonElement {
  const usual = [...made.childNodes];
  let timer = 0;
  made.addEventListener(
    'click',
    (event) => {
      event.stopImmediatePropagation();
      if (timer) {
        reset();
        act();
        return;
      }
      made.textContent = words.pressAgain;
      timer = window.setTimeout(reset, SURE_MS);
    },
    { capture: true },
  );
  function reset(): void {
    clearTimeout(timer);
    timer = 0;
    made.replaceChildren(...usual);
  }
  return made;
}

export function say(sentence: string): void {
  find('status').textContent = sentence;
}

/** Runs what a press began; what the server refuses is said where everybody hears it. */
export async function tried(work: () => Promise<unknown>, done = ''): Promise<void> {
  say('');
  try {
    await work();
    if (done) say(done);
  } catch (error) {
    say((error as Error).message || words.tryAgain);
  }
}

export function onSubmit(id: string, work: (form: FormData) => Promise<unknown>, done = ''): void {
  find<HTMLFormElement>(id).addEventListener('submit', (event) => {
    event.preventDefault();
    void tried(() => work(new FormData(event.target as HTMLFormElement)), done);
  });
}

export const whole = (iso: string, zone?: string): string =>
  new Date(iso).toLocaleString(language(), {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: '2-digit',
    minute: '2-digit',
    ...(zone ? { timeZone: zone } : {}),
  });
export const day = (at: string | number): string =>
  new Date(at).toLocaleDateString(language(), { day: 'numeric', month: 'long', year: 'numeric' });
export const short = (iso: string): string =>
  new Date(iso).toLocaleDateString(language(), { weekday: 'short', day: 'numeric', month: 'short' });
