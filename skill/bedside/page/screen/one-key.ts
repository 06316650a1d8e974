/**
 * One switch for everything: the choices on the screen are lit in turn, and any key takes the one that is lit. A switch
 * that holds ("hold to talk") is held for as long as the key is. Pointer and Tab work as ever.
 */

const STEP_MS = 1800;
/** Left to the browser and to screen readers; Escape closes what is open, for whoever helps. */
const OTHERS = ['Escape', 'Tab', 'Shift', 'Control', 'Alt', 'Meta', 'CapsLock', 'F5', 'F12'];

export function scanWithOneKey(): (on: boolean) => void {
  let timer = 0;
  let lit: HTMLElement | null = null;
  let held: HTMLElement | null = null;

  function choices(): HTMLElement[] {
    const sheet = document.querySelector('dialog[open]');
    const within: ParentNode = sheet ?? document;
    return [...within.querySelectorAll<HTMLElement>('button, input[type="checkbox"], input[type="radio"]')].filter(
      (each) => !(each as HTMLButtonElement).disabled && each.getClientRects().length > 0,
    );
  }

  function light(next: HTMLElement | null): void {
    lit?.removeAttribute('data-lit');
    lit = next;
    lit?.setAttribute('data-lit', '');
    // So that it is also read out.
    lit?.focus({ preventScroll: false });
  }

  function step(): void {
    if (held || document.body.dataset.light === 'dark' || document.body.dataset.light === 'dim') return;
    const all = choices();
    light(all[(lit ? all.indexOf(lit) + 1 : 0) % Math.max(1, all.length)] ?? null);
  }

  function down(event: KeyboardEvent): void {
    if (OTHERS.includes(event.key) || !event.isTrusted) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.repeat || !lit || held) return;
    if (lit.id === 'talk') {
      held = lit;
      held.dispatchEvent(new KeyboardEvent('keydown', { key: ' ' }));
      return;
    }
    lit.click();
    light(null);
    clearInterval(timer);
    timer = window.setInterval(step, STEP_MS);
  }

  function up(event: KeyboardEvent): void {
    if (!held || !event.isTrusted) return;
    event.preventDefault();
    held.dispatchEvent(new KeyboardEvent('keyup', { key: ' ' }));
    held = null;
  }

  return (on) => {
    clearInterval(timer);
    light(null);
    // After the lights have had the key: a key that wakes the screen takes nothing.
    document.removeEventListener('keydown', down, { capture: true });
    document.removeEventListener('keyup', up, { capture: true });
    if (!on) return;
    document.addEventListener('keydown', down, { capture: true });
    document.addEventListener('keyup', up, { capture: true });
    timer = window.setInterval(step, STEP_MS);
    step();
  };
}
