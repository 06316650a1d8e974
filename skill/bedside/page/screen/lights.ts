/**
 * How bright the screen is: on → after two minutes dim (only the shape) → after ten black. A touch, a key or a voice
 * brings it back low; what woke it does nothing else, so that a hand in the dark stops nothing by mistake.
 */

export type Light = 'on' | 'low' | 'dim' | 'dark';

const DIM_AFTER_MS = 120_000;
const DARK_AFTER_MS = 600_000;
const LOOK_EVERY_MS = 5000;

export interface Lights {
  /** As a touch does. */
  wake(): void;
  /** Something was asked for or begun: fully on. */
  on(): void;
}

/**
 * @param wanted whether the screen may go dark now: while music plays and nothing is asked.
 * @param now a clock that nobody sets: one that is put back at night would keep the screen lit for an hour.
 */
export function watchLights(wanted: () => boolean, now: () => number = () => performance.now()): Lights {
  const { body } = document;
  let touchedMs = now();

  const set = (light: Light) => {
    if (body.dataset.light !== light) body.dataset.light = light;
  };
  const away = () => body.dataset.light === 'dim' || body.dataset.light === 'dark';

  function wake(): void {
    touchedMs = now();
    if (away()) set('low');
  }

  function on(): void {
    touchedMs = now();
    set('on');
  }

  function wakeBy(event: Event): void {
    const swallowed = away();
    wake();
    if (!swallowed) return;
    event.preventDefault();
    // Not even the other listeners of the document hear it: one key for everything takes nothing by it.
    event.stopImmediatePropagation();
    // The click that follows the touch is part of it.
    if (event.type === 'pointerdown') swallowClickUntilMs = now() + 800;
  }

  let swallowClickUntilMs = 0;
  for (const kind of ['pointerdown', 'keydown'] as const) document.addEventListener(kind, wakeBy, { capture: true });
  document.addEventListener(
    'click',
    (event) => {
      if (now() >= swallowClickUntilMs || !event.isTrusted) return;
      swallowClickUntilMs = 0;
      event.preventDefault();
      event.stopPropagation();
    },
    { capture: true },
  );

  setInterval(() => {
    const quietMs = now() - touchedMs;
    if (!wanted()) set('on');
    else if (quietMs > DARK_AFTER_MS) set('dark');
    else if (quietMs > DIM_AFTER_MS) set('dim');
  }, LOOK_EVERY_MS);

  return { wake, on };
}
