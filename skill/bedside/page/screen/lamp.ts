/**
 * The breathing light. It follows two things: the slow loudness of the music, and a breath that grows slower with the
 * stages, down to five and a half a minute. Eight pictures a second of nothing but `transform` and `opacity`, fewer where the
 * light hardly changes; none at all where motion is not wanted, where the page is hidden, and where it is dark.
 */
import { find, type StageName } from '../shapes';

/** A soft edge that moves by 12 pixels a second at the most: an eye sees no steps in it. */
const PICTURE_MS = 120;
/** Of its size; half a pixel of the edge. */
const LEAST_CHANGE = 0.004;
const BREATHS_PER_MIN: Record<StageName, number> = { match: 9, guide: 7, target: 5.5 };
const SMALLEST = 0.84;
const BREATH = 0.16;
const MUSIC = 0.12;
/** The whole lamp wanders by so many pixels within some minutes: nothing stands still on one spot of the screen all night. */
const WANDER_PX = 7;
const WANDER_SEC = [410, 530] as const;
const WANDER_EVERY_MS = 5000;

export interface LampView {
  stage(): StageName;
  loudness(): number | null;
}

export function lightLamp({ stage, loudness }: LampView): void {
  const glow = find('glow');
  const wall = find('wall');
  const lamp = find('lamp');
  const still = matchMedia('(prefers-reduced-motion: reduce)');
  let timer = 0;
  let phase = 0;
  let music = 0;
  let lastMs = 0;
  let wanderedMs = Number.NEGATIVE_INFINITY;
  let drawn = 0;

  function draw(): void {
    const nowMs = performance.now();
    const passedSec = Math.min(1, (nowMs - lastMs) / 1000);
    lastMs = nowMs;
    phase = (phase + (passedSec * BREATHS_PER_MIN[stage()]) / 60) % 1;
    music += ((loudness() ?? 0.4) - music) * Math.min(1, passedSec / 0.9);
    const breath = breathAt(phase);
    const size = SMALLEST + BREATH * breath + MUSIC * music;
    if (Math.abs(size - drawn) >= LEAST_CHANGE) {
      drawn = size;
      glow.style.transform = `scale(${size.toFixed(3)})`;
      glow.style.opacity = (0.62 + 0.26 * breath + 0.12 * music).toFixed(3);
      wall.style.opacity = (0.55 + 0.3 * breath + 0.15 * music).toFixed(2);
    }
    if (nowMs - wanderedMs < WANDER_EVERY_MS) return;
    wanderedMs = nowMs;
    const [x, y] = WANDER_SEC.map((sec) => WANDER_PX * Math.sin((nowMs / 1000 / sec) * 2 * Math.PI));
    lamp.style.transform = `translate(${x!.toFixed(1)}px, ${y!.toFixed(1)}px)`;
  }

  function look(): void {
    const seen = !document.hidden && !still.matches && document.body.dataset.light !== 'dark';
    if (seen && !timer) {
      lastMs = performance.now();
      timer = window.setInterval(draw, PICTURE_MS);
    } else if (!seen && timer) {
      clearInterval(timer);
      timer = 0;
    }
  }

  document.addEventListener('visibilitychange', look);
  still.addEventListener('change', look);
  new MutationObserver(look).observe(document.body, { attributeFilter: ['data-light'] });
  look();
}

/** In for two fifths of the time, out for three, without a corner. */
export function breathAt(phase: number): number {
  const x = phase < 0.4 ? phase / 0.4 : 1 - (phase - 0.4) / 0.6;
  return 0.5 - 0.5 * Math.cos(Math.PI * x);
}
