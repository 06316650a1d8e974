/**
 * One tap to music: the routine that ran last ("Bedtime, 40 min"), else rest without a word for as long as last time.
 * Only a length is kept on this device, never a feeling.
 */
import { comesOnce, scheduleName } from '../../../../audio-prompts/screen/schedule-name';
import { keep, kept } from '../playing/keep';
import { find, newKey } from '../shapes';
import { filled, language, minutesIn, words } from '../words';

interface RoutineAnswer {
  id: string;
  name: string | null;
  when: string;
  zone: string;
  minutes: number;
  enabled: boolean;
  history: { atMs: number; outcome: string }[];
}

const LENGTH = 'last-length';

export const minutes = (): number =>
  Number(document.querySelector<HTMLInputElement>('input[name="minutes"]:checked')?.value ?? 20);

export function readyOneTap(deps: { rest(): void; look(): Promise<void> }): void {
  const button = find<HTMLButtonElement>('one-tap');
  let routine: RoutineAnswer | null = null;

  const length = document.querySelector<HTMLInputElement>(
    `input[name="minutes"][value="${Number(kept(LENGTH)) || 20}"]`,
  );
  if (length) length.checked = true;

  const say = () => {
    button.textContent = routine
      ? `${routine.name ?? scheduleName(routine, language())}, ${minutesIn(routine.minutes)}`
      : filled(words.justRest, { minutes: minutesIn(minutes()) });
  };
  for (const each of document.querySelectorAll('input[name="minutes"]'))
    each.addEventListener('change', () => {
      keep(LENGTH, String(minutes()));
      say();
    });
  button.addEventListener('click', async () => {
    if (!routine) return deps.rest();
    button.disabled = true;
    const started = await fetch(`/api/v1/routines/${encodeURIComponent(routine.id)}/start`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'Idempotency-Key': newKey() },
      body: '{}',
    }).catch(() => null);
    button.disabled = false;
    if (started?.ok) await deps.look();
    else deps.rest();
  });
  say();

  void fetch('/api/v1/routines')
    .then((response) => (response.ok ? (response.json() as Promise<{ routines: RoutineAnswer[] }>) : null))
    .then((found) => {
      const last = ({ history }: RoutineAnswer) =>
        Math.max(0, ...history.filter(({ outcome }) => outcome === 'started').map(({ atMs }) => atMs));
      const repeats = found?.routines.filter(({ enabled, when }) => enabled && !comesOnce(when)) ?? [];
      routine = repeats.sort((a, b) => last(b) - last(a))[0] ?? null;
      say();
    })
    .catch(() => {});
}
