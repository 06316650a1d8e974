/**
 * The page's side of hands-free: the switch, and what an answer does to the music. The ear itself is loaded when it is wanted.
 */

import { onQuestion, questionNow } from '../check-ins';
import type { SessionAnswer } from '../shapes';
import type { Answer, HandsFree, HandsFreeDoor, MicrophoneState } from './main';

export interface PageHands {
  button: HTMLButtonElement;
  sound: HTMLAudioElement;
  minutes(): number;
  session(): string | undefined;
  microphone(state: MicrophoneState, words: string): void;
  caption(text: string): void;
  /** Takes up a session, or the same one on a new course; `told` where it is known already how it is. */
  take(id: string, told?: SessionAnswer): void;
  pause(): void;
  resume(): void;
  stop(): void;
  turn(way: 'softer' | 'louder'): void;
  /** The music steps back while somebody speaks. */
  duck(on: boolean): void;
  help(given: { say: string; number: string; service: string }): void;
  woken(): void;
}

export function joinHandsFree(page: PageHands): void {
  let on: Promise<HandsFree> | undefined;
  const { button } = page;

  const door: HandsFreeDoor = {
    locale: document.documentElement.lang,
    name: button.dataset.name ?? '',
    minutes: page.minutes,
    session: page.session,
    asks: questionNow,
    microphone: page.microphone,
    caption: page.caption,
    duck: page.duck,
    woken: page.woken,
    answer,
  };

  onQuestion((question) => void on?.then((ear) => ear.ask(question)).catch(() => {}));

  function answer({ checkIn, volume, action, session, told, help, say }: Answer): void {
    if (checkIn) questionNow()?.answered(checkIn === 'kept');
    else if (help) page.help({ ...help, say });
    else if (volume) page.turn(volume);
    else if (action === 'stop') page.stop();
    else if (action === 'pause') page.pause();
    else if (action === 'resume') page.resume();
    else if (session) page.take(session, told as SessionAnswer | undefined);
  }

  function turnSwitch(): void {
    const was = on;
    on = was ? undefined : begin();
    button.setAttribute('aria-pressed', String(!was));
    button.textContent = (was ? button.dataset.on : button.dataset.off) ?? '';
    remember(!was);
    if (was) void was.then((ear) => ear.close()).catch(() => {});
  }
  button.addEventListener('click', turnSwitch);
  // A device that was switched on before listens again after a restart, where it may without a touch.
  void mayListenUnasked().then((may) => {
    if (may && !on) turnSwitch();
  });
  // A touch anywhere is as good as the name; a touch on something to press is that.
  document.addEventListener('pointerdown', ({ target }) => {
    if (!(target as Element).closest('button, input, textarea, label, a, dialog'))
      void on?.then((ear) => ear.wake()).catch(() => {});
  });
  document.addEventListener('keydown', (event) => {
    const at = event.target as Element;
    // Nobody begins a feeling with a space: in the empty field it is the button of the device.
    const isEmptyField = at instanceof HTMLTextAreaElement && at.value === '';
    const typing = !isEmptyField && at.closest('button, input, textarea, dialog');
    if (event.key === ' ' && !typing && on) {
      event.preventDefault();
      void on.then((ear) => ear.wake()).catch(() => {});
    }
  });

  async function begin(): Promise<HandsFree> {
    // A touch opens the sound of this page: what is said later may then be heard.
    page.sound.play().catch(() => {});
    // The address is known to the server only, not to the bundler.
    const address = '/bedside/hands-free/main.js';
    const { startHandsFree } = (await import(address)) as typeof import('./main');
    return startHandsFree(door);
  }
}

const REMEMBERED = 'emoheal-hands-free';

function remember(isOn: boolean): void {
  try {
    localStorage.setItem(REMEMBERED, isOn ? 'on' : 'off');
  } catch {
    // Storage is full or forbidden: it is switched on by hand the next time.
  }
}

/** Switched on the last time, the microphone still allowed, and sound possible without a touch (a kiosk). */
async function mayListenUnasked(): Promise<boolean> {
  try {
    if (localStorage.getItem(REMEMBERED) !== 'on') return false;
    const { state } = await navigator.permissions.query({ name: 'microphone' as PermissionName });
    if (state !== 'granted') return false;
    const trial = new AudioContext();
    const isRunning = await Promise.race([
      trial.resume().then(() => true),
      new Promise<boolean>((resolve) => setTimeout(resolve, 500, false)),
    ]);
    await trial.close();
    return isRunning;
  } catch {
    return false;
  }
}
