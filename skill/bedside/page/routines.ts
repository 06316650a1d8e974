/**
 * Sessions that begin by the clock: this page finds them and plays them. A browser lets a page sound by itself only after
 * it was touched once, which the line under the question says until it has been.
 */
import type { SessionAnswer } from './shapes';
import { filled, language, words } from './words';

const LOOK_EVERY_MS = 10_000;
const NEXT_EVERY_MS = 60_000;
/** A page opened this much later goes on where the night is; before that it begins at the beginning. */
const LATE_SEC = 90;
const DAY_MS = 24 * 3600 * 1000;
/** A tenth of a second of nothing, as a WAV: what a touch plays, so that the same element may sound later by itself. */
function nothing(): string {
  const head = 'RIFF\x44\x03\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\x40\x1f\0\0\x40\x1f\0\0\x01\0\x08\0data\x20\x03\0\0';
  const bytes = new Uint8Array(44 + 800).fill(0x80);
  bytes.set(Array.from(head, (sign) => sign.charCodeAt(0)));
  return URL.createObjectURL(new Blob([bytes], { type: 'audio/wav' }));
}

export interface RoutineDoor {
  sound: HTMLAudioElement;
  line: HTMLElement;
  /** Nothing plays here and nobody is asking anything. */
  idle: () => boolean;
  begin: (session: SessionAnswer, atSec: number) => void;
}

/** `look`: at once rather than within seconds. */
export function watchRoutines({ sound, line, idle, begin }: RoutineDoor): { look(): Promise<void> } {
  let touched = navigator.userActivation?.hasBeenActive ?? false;
  let next: Date | null = null;
  /** The newest one that was begun, or was there while something else played: never begun twice here. */
  let known = '';

  const tell = () => {
    line.hidden = next === null;
    if (!next) return;
    const time = next.toLocaleTimeString(language(), { hour: 'numeric', minute: '2-digit' });
    line.textContent = filled(touched ? words.routineAt : words.routineTouch, { time });
  };
  const touch = () => {
    if (!touched && idle()) {
      sound.src = nothing();
      sound.play().catch(() => {});
    }
    touched = true;
    tell();
  };
  document.addEventListener('pointerdown', touch, { once: true });
  document.addEventListener('keydown', touch, { once: true });

  async function lookNext(): Promise<void> {
    const found = await get<{ routines: { next: string | null; skipped: boolean }[] }>('/api/v1/routines');
    if (!found) return;
    const times = found.routines
      .filter((routine) => routine.next !== null && !routine.skipped)
      .map((routine) => Date.parse(routine.next ?? ''))
      .filter((time) => time > Date.now() && time < Date.now() + DAY_MS);
    next = times.length > 0 ? new Date(Math.min(...times)) : null;
    tell();
  }

  async function look(): Promise<void> {
    const found = await get<{ started: { sessionId: string; session: string } | null }>('/api/v1/routines/started');
    if (!found?.started || found.started.sessionId === known) return;
    const session = await get<SessionAnswer>(found.started.session);
    if (!session) return;
    known = found.started.sessionId;
    const { status, atSec } = session.position;
    if (status !== 'playing' || atSec >= session.durationSec || !idle()) return;
    begin(session, atSec > LATE_SEC ? atSec : 0);
  }

  void lookNext();
  void look();
  setInterval(() => void look(), LOOK_EVERY_MS);
  setInterval(() => void lookNext(), NEXT_EVERY_MS);
  return { look };
}

const get = <T>(address: string): Promise<T | null> =>
  fetch(address)
    .then((response) => (response.ok ? (response.json() as Promise<T>) : null))
    .catch(() => null);
