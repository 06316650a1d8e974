/** Volume: drawn sideways over the lamp or the words, or by the slider; shown as a line only while it changes. */

import type { Player } from '../playing/player';
import { find } from '../shapes';

/** A whole screen's width is so much of the scale: a small slip is a small step. */
const REACH = 1.4;
/** A finger that has moved less is a touch. */
const LEAST_PX = 14;
const SHOWN_MS = 1600;
const STEP = 0.12;

export interface Volume {
  set(share: number): void;
  step(up: boolean): void;
}

export function readyVolume(player: Player, playing: () => boolean): Volume {
  const slider = find<HTMLInputElement>('volume');
  const line = find('loudness');
  const bar = line.querySelector('i') as HTMLElement;
  let hide = 0;
  let from: { x: number; volume: number } | null = null;
  let drawn = false;

  function set(share: number, shown = true): void {
    player.setVolume(share);
    const volume = player.volume();
    slider.value = String(volume);
    bar.style.transform = `scaleX(${volume.toFixed(3)})`;
    if (!shown) return;
    line.dataset.shown = 'yes';
    clearTimeout(hide);
    hide = window.setTimeout(() => delete line.dataset.shown, SHOWN_MS);
  }

  slider.addEventListener('input', () => set(Number(slider.value)));
  document.addEventListener('pointerdown', (event) => {
    const at = event.target as HTMLElement;
    drawn = false;
    if (!playing() || at.closest('dialog, input, #easier, footer')) return;
    from = { x: event.clientX, volume: player.volume() };
  });
  document.addEventListener('pointermove', (event) => {
    if (!from) return;
    const moved = event.clientX - from.x;
    if (!drawn && Math.abs(moved) < LEAST_PX) return;
    drawn = true;
    const forwards = document.documentElement.dir === 'rtl' ? -moved : moved;
    set(from.volume + (forwards / window.innerWidth) * REACH);
  });
  const end = () => {
    from = null;
  };
  for (const kind of ['pointerup', 'pointercancel'] as const) document.addEventListener(kind, end);
  // Drawn over a field: that was no touch of the field.
  document.addEventListener(
    'click',
    (event) => {
      if (!drawn) return;
      drawn = false;
      event.preventDefault();
      event.stopPropagation();
    },
    { capture: true },
  );
  set(Number(slider.value), false);
  return { set: (share) => set(share), step: (up) => set(player.volume() + (up ? STEP : -STEP)) };
}
