/** The rules of a listener's nights: how loud, which music, when nothing begins by itself. */
import { ask, type ListenerView, listenerPath, type Music, type Rules } from './api';
import { button, el, find, onSubmit, tried } from './dom';
import { filled, styleName, words } from './words';

type List = 'banned' | 'allowed';
const SEARCH_AFTER_MS = 250;

let listener = '';
let zone = '';
let lists: Record<List, { trackIds: string[]; styles: string[] }>;
const titles = new Map<string, string>();
let timer = 0;

const form = (): HTMLFormElement => find<HTMLFormElement>('rules');
const field = (name: string): HTMLInputElement => form().elements.namedItem(name) as HTMLInputElement;

export function readyRules(changed: () => Promise<unknown>): void {
  onSubmit(
    'rules',
    async () => {
      await ask('PUT', `${listenerPath(listener)}/rules`, rules());
      await changed();
    },
    words.rulesHold,
  );
  find('music-find').addEventListener('input', () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => void tried(search), SEARCH_AFTER_MS);
  });
}

export function showRules(view: ListenerView): void {
  form().hidden = view.role === 'viewer';
  listener = view.listener;
  const { loudnessCapLufs, quietHours, banned, allowed } = view.rules;
  zone = quietHours?.zone ?? view.zone;
  const cap = field('cap') as unknown as HTMLSelectElement;
  const wanted = loudnessCapLufs === undefined ? '' : String(loudnessCapLufs);
  if (![...cap.options].some(({ value }) => value === wanted)) cap.append(new Option(`${wanted} LUFS`, wanted));
  cap.value = wanted;
  field('from').value = quietHours?.from ?? '';
  field('until').value = quietHours?.until ?? '';
  const copy = (list?: { trackIds: string[]; styles: string[] }) => ({
    trackIds: [...(list?.trackIds ?? [])],
    styles: [...(list?.styles ?? [])],
  });
  lists = { banned: copy(banned), allowed: copy(allowed) };
  find<HTMLInputElement>('music-find').value = '';
  find('music-found').replaceChildren();
  draw();
}

function rules(): Rules {
  const [cap, from, until] = ['cap', 'from', 'until'].map((name) => field(name).value) as [string, string, string];
  if (Boolean(from) !== Boolean(until)) throw new Error(words.quietHasBoth);
  const used = ({ trackIds, styles }: { trackIds: string[]; styles: string[] }) => trackIds.length + styles.length > 0;
  return {
    ...(cap ? { loudnessCapLufs: Number(cap) } : {}),
    ...(from ? { quietHours: { from, until, zone } } : {}),
    ...(used(lists.banned) ? { banned: lists.banned } : {}),
    ...(used(lists.allowed) ? { allowed: lists.allowed } : {}),
  };
}

function draw(): void {
  for (const list of ['banned', 'allowed'] as const) {
    const rows = (['styles', 'trackIds'] as const).flatMap((kind) =>
      lists[list][kind].map((value) => {
        const name =
          kind === 'styles' ? filled(words.allOf, { style: styleName(value) }) : (titles.get(value) ?? value);
        const remove = button(words.takeAway, name, () => {
          lists[list][kind] = lists[list][kind].filter((each) => each !== value);
          draw();
        });
        return el('li', {}, el('span', {}, name), remove);
      }),
    );
    find(list).replaceChildren(
      ...(rows.length > 0 ? rows : [el('li', { class: 'hint' }, list === 'banned' ? words.nothing : words.anything)]),
    );
  }
}

async function search(): Promise<void> {
  const wanted = find<HTMLInputElement>('music-find').value.trim();
  if (!wanted) return find('music-found').replaceChildren();
  const { styles, tracks, more } = await ask<Music>(
    'GET',
    `${listenerPath(listener)}/music?q=${encodeURIComponent(wanted)}`,
  );
  const fitting = styles
    .filter(({ style }) => `${style} ${styleName(style)}`.toLowerCase().includes(wanted.toLowerCase()))
    .slice(0, 8);
  for (const { id, title } of tracks) titles.set(id, title);
  const choose = (kind: 'styles' | 'trackIds', value: string, name: string) =>
    (['banned', 'allowed'] as const).map((list) =>
      button(list === 'banned' ? words.never : words.only, name, () => {
        if (!lists[list][kind].includes(value)) lists[list][kind].push(value);
        draw();
      }),
    );
  find('music-found').replaceChildren(
    ...fitting.map(({ style, tracks: count }) =>
      el(
        'li',
        {},
        el('span', {}, `${filled(words.allOf, { style: styleName(style) })} (${count})`),
        el('span', { class: 'actions' }, ...choose('styles', style, filled(words.allOf, { style: styleName(style) }))),
      ),
    ),
    ...tracks.map(({ id, title, maker, style }) =>
      el(
        'li',
        {},
        el('span', {}, title, el('br'), el('small', {}, `${maker}, ${styleName(style)}`)),
        el('span', { class: 'actions' }, ...choose('trackIds', id, title)),
      ),
    ),
    ...(fitting.length + tracks.length === 0 ? [el('li', { class: 'hint' }, words.nothingFound)] : []),
    ...(more ? [el('li', { class: 'hint' }, words.andMore)] : []),
  );
}
