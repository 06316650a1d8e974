/** For those without words: a plane from unpleasant to pleasant and from quiet to stirred up, to be touched. */
import { hint } from '../screen/screen';
import { find } from '../shapes';
import { words } from '../words';

export interface Point {
  valence: number;
  arousal: number;
}

export function readyPad(begin: (point: Point) => void): void {
  const pad = find('pad');
  const point = find('point');
  const place = find('pad-place');
  const toggle = find<HTMLButtonElement>('pad-switch');
  const [valence, arousal] = [find<HTMLInputElement>('valence'), find<HTMLInputElement>('arousal')];

  const at = (): Point => ({ valence: Number(valence.value), arousal: Number(arousal.value) });
  const draw = () => {
    const { valence: across, arousal: up } = at();
    const [width, height] = [pad.clientWidth, pad.clientHeight];
    // From right to left the whole pad is mirrored, and the point with it.
    point.style.transform = `translate(${((across + 1) / 2) * width}px, ${((1 - up) / 2) * height}px)`;
  };
  const touch = (event: PointerEvent) => {
    const box = pad.getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * 2 - 1;
    const across = document.documentElement.dir === 'rtl' ? -x : x;
    set({ valence: across, arousal: 1 - ((event.clientY - box.top) / box.height) * 2 });
  };
  const set = (to: Point) => {
    const within = (value: number) => String(Math.round(Math.min(1, Math.max(-1, value)) * 10) / 10);
    valence.value = within(to.valence);
    arousal.value = within(to.arousal);
    draw();
  };

  pad.addEventListener('pointerdown', (event) => {
    if ((event.target as HTMLElement).closest('.corner')) return;
    pad.setPointerCapture(event.pointerId);
    touch(event);
  });
  pad.addEventListener('pointermove', (event) => pad.hasPointerCapture(event.pointerId) && touch(event));
  for (const slider of [valence, arousal]) slider.addEventListener('input', draw);
  for (const corner of pad.querySelectorAll<HTMLButtonElement>('.corner'))
    corner.addEventListener('click', () =>
      set({ valence: Number(corner.dataset.valence), arousal: Number(corner.dataset.arousal) }),
    );
  find('begin-here').addEventListener('click', () => begin(at()));
  window.addEventListener('resize', draw);
  toggle.addEventListener('click', () => {
    const open = place.hidden;
    place.hidden = !open;
    document.body.dataset.pad = open ? 'open' : 'closed';
    find('with-words').hidden = open;
    hint(open ? '' : words.talkHint);
    toggle.setAttribute('aria-expanded', String(open));
    toggle.textContent = open ? words.withWords : words.withoutWords;
    if (open) draw();
  });
}
