/** One form for a session: days, time, length, what for; with a picture of its path while it is filled in. */
import { readPattern, scheduleName } from '../../../audio-prompts/screen/schedule-name';
import { ask, type ListenerView, listenerPath, type Preview, type Routine } from './api';
import { button, el, find, tried, twice, whole } from './dom';
import { filled, language, words } from './words';

const STAGES = { match: words.minMatch, guide: words.minGuide, target: words.minTarget };
const PREVIEW_AFTER_MS = 350;

interface Open {
  listener: string;
  zone: string;
  /** Null while a new one is planned. */
  editing: Routine | null;
  changed: () => Promise<unknown>;
}
let open: Open | null = null;
let timer = 0;
let asked = 0;
const form = (): HTMLFormElement => find<HTMLFormElement>('plan');
const field = (name: string): HTMLInputElement => form().elements.namedItem(name) as HTMLInputElement;

export function readyPlan(): void {
  form().addEventListener('input', () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => void preview(), PREVIEW_AFTER_MS);
  });
  form().addEventListener('submit', (event) => {
    event.preventDefault();
    void tried(save, words.plannedNow);
  });
  find('plan-cancel').addEventListener('click', () => edit(null));
}

export function showPlan(view: ListenerView, changed: () => Promise<unknown>): void {
  const may = view.role !== 'viewer';
  form().hidden = !may;
  open = { listener: view.listener, zone: view.zone, editing: null, changed };
  find('routines').replaceChildren(
    ...(view.routines.length === 0
      ? [el('li', { class: 'hint' }, words.nothingYet)]
      : view.routines.map((each) => row(each, may))),
  );
  if (may) edit(null);
}

const nameOf = (routine: Routine): string => routine.name ?? scheduleName(routine, language());

function row(routine: Routine, may: boolean): HTMLElement {
  const name = nameOf(routine);
  const state = !routine.enabled
    ? words.isPaused
    : routine.next
      ? filled(routine.skipped ? words.isSkipped : words.isNext, { when: whole(routine.next, routine.zone) })
      : words.isOver;
  const line = el(
    'li',
    {},
    el('p', {}, el('strong', {}, name), el('br'), `${filled(words.minutes, { n: routine.minutes })}, ${state}`),
  );
  if (!may) return line;
  const at = () => `${listenerPath(open!.listener)}/routines/${routine.id}`;
  const then = (work: () => Promise<unknown>) => tried(() => work().then(() => open?.changed()));
  const actions = [
    button(words.change, name, () => edit(routine)),
    button(routine.enabled ? words.pause : words.goOn, name, () =>
      then(() => ask('PATCH', at(), { enabled: !routine.enabled })),
    ),
    ...(routine.enabled && routine.next && !routine.skipped
      ? [button(words.skipNext, name, () => then(() => ask('POST', `${at()}/skip`)))]
      : []),
    twice(
      button(words.delete, name, () => {}),
      () => then(() => ask('DELETE', at())),
    ),
  ];
  line.append(el('div', { class: 'actions' }, ...actions));
  return line;
}

function edit(routine: Routine | null): void {
  if (!open) return;
  open.editing = routine;
  form().reset();
  const known = routine && readPattern(routine.when);
  const days = known?.days ?? (routine ? [] : ['mon', 'tue', 'wed', 'thu', 'fri']);
  for (const box of form().querySelectorAll<HTMLInputElement>('[name="day"]')) box.checked = days.includes(box.value);
  if (routine) {
    if (known) field('time').value = known.time;
    const minutes = field('minutes') as unknown as HTMLSelectElement;
    if (![...minutes.options].some(({ value }) => Number(value) === routine.minutes))
      minutes.append(new Option(filled(words.minutes, { n: routine.minutes }), String(routine.minutes)));
    minutes.value = String(routine.minutes);
    field('intention').value = routine.intention ?? 'fall-asleep';
    for (const radio of form().querySelectorAll<HTMLInputElement>('[name="approach"]'))
      radio.checked = radio.value === (routine.approach ?? 'iso');
    field('name').value = routine.name ?? '';
  }
  const odd = routine !== null && !known;
  find('plan-pattern').hidden = !odd;
  find('plan-pattern').textContent = odd ? filled(words.oddPattern, { pattern: routine.when }) : '';
  find('plan-zone').textContent = routine?.zone ?? open.zone;
  find('plan-title').textContent = routine ? filled(words.changeTitle, { name: nameOf(routine) }) : words.planTitle;
  find('plan-save').textContent = routine ? words.keepChange : words.planIt;
  find('plan-cancel').hidden = !routine;
  if (routine) form().scrollIntoView({ block: 'start' });
  void preview();
}

/** Undefined where neither days nor a date are chosen. */
function when(): string | undefined {
  const date = field('date').value;
  const days = [...form().querySelectorAll<HTMLInputElement>('[name="day"]:checked')].map(({ value }) => value);
  const time = field('time').value;
  if (date) return `${date} ${time}`;
  return days.length === 7 ? `daily ${time}` : days.length > 0 ? `${days.join(',')} ${time}` : undefined;
}

const wish = () => ({
  minutes: Number(field('minutes').value),
  intention: field('intention').value,
  approach: form().querySelector<HTMLInputElement>('[name="approach"]:checked')!.value,
  locale: language(),
  zone: open?.editing?.zone ?? open!.zone,
});

async function save(): Promise<void> {
  if (!open) return;
  const { editing, listener } = open;
  const said = when();
  const name = field('name').value.trim();
  if (!editing && !said) throw new Error(words.chooseDay);
  if (editing) {
    const { locale: _locale, ...changes } = wish();
    await ask('PATCH', `${listenerPath(listener)}/routines/${editing.id}`, {
      ...changes,
      ...(name ? { name } : {}),
      ...(said ? { when: said } : {}),
    });
  } else await ask('POST', `${listenerPath(listener)}/routines`, { ...wish(), ...(name ? { name } : {}), when: said });
  await open.changed();
}

async function preview(): Promise<void> {
  if (!open || form().hidden) return;
  const mine = ++asked;
  const picture = find<HTMLImageElement>('preview-picture');
  const shown = find('preview-words');
  const said = when();
  if (!said) {
    picture.hidden = true;
    shown.textContent = open.editing ? '' : words.chooseDay;
    return;
  }
  try {
    const found = await ask<Preview>('POST', `${listenerPath(open.listener)}/preview`, { ...wish(), when: said });
    if (mine !== asked) return;
    const stages = found.stages.map(({ stage, startSec, endSec }) =>
      filled(STAGES[stage], { n: Math.round((endSec - startSec) / 60) }),
    );
    const titles = [...new Set(found.tracks.map(({ title }) => title))].slice(0, 4).join(', ');
    shown.textContent = filled(words.first, {
      when: whole(found.next, open.zone),
      stages: stages.join(', '),
      titles,
    });
    picture.src = `data:image/svg+xml,${encodeURIComponent(found.picture)}`;
    picture.alt = words.pathPicture;
    picture.hidden = false;
  } catch (error) {
    if (mine !== asked) return;
    picture.hidden = true;
    shown.textContent = (error as Error).message;
  }
}
