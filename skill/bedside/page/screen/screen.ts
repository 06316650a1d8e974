/** What stands on the one screen: its state, the caption, where the session is. It knows how to show and decides nothing. */
import { find, type MicrophoneState, type SessionAnswer, type StageName, type State } from '../shapes';
import { filled, words } from '../words';
import { fillRing } from './ring';

const STAGES: Record<StageName, string> = {
  match: words.stageMatch,
  guide: words.stageGuide,
  target: words.stageTarget,
};
const MICROPHONE: Record<MicrophoneState, string> = {
  off: words.microphoneOff,
  waiting: words.microphoneWaiting,
  loading: words.microphoneWaiting,
  asleep: words.microphoneWaiting,
  trouble: words.microphoneOff,
  listening: words.microphoneListening,
  thinking: words.microphoneThinking,
};
const CAPTION_MS = 6000;
let captionTimer = 0;

export const state = (): State => document.body.dataset.state as State;

export function show(next: State): void {
  const { body } = document;
  const changed = body.dataset.state !== next;
  body.dataset.state = next;
  body.dataset.quiet = 'no';
  find('check').hidden = true;
  find('ask').hidden = next === 'playing' || next === 'help';
  find('playing').hidden = next !== 'playing';
  find('help').hidden = next !== 'help';
  find('more-place').hidden = true;
  find('more').setAttribute('aria-expanded', 'false');
  for (const control of document.querySelectorAll<HTMLButtonElement>('#ask button'))
    control.disabled = next === 'thinking';
  if (next === 'playing')
    find('ask').contains(document.activeElement) && (document.activeElement as HTMLElement).blur();
  if (next !== 'asking') return;
  body.dataset.stage = 'match';
  hint(words.talkHint);
  // Not where that would bring up a keyboard over half of a dark screen.
  const keys = matchMedia('(pointer: fine)').matches;
  if (changed && keys && !find('with-words').hidden) find('words').focus({ preventScroll: true });
}

export function hint(text: string): void {
  find('talk-words').textContent = text;
}

/** What was heard or is said: on the screen for some seconds, and read out by screen readers. */
export function caption(text: string): void {
  const line = find('caption');
  line.textContent = text;
  line.dataset.shown = 'yes';
  clearTimeout(captionTimer);
  captionTimer = window.setTimeout(() => delete line.dataset.shown, CAPTION_MS);
}

export function microphone(heard: MicrophoneState, said: string = MICROPHONE[heard]): void {
  document.body.dataset.microphone = heard;
  if (find('microphone-words').textContent !== said) find('microphone-words').textContent = said;
}

export const stageAt = (session: SessionAnswer, atSec: number): StageName =>
  session.stages.find((each) => atSec < each.endSec)?.stage ?? 'target';
export const stageWords = (stage: StageName): string => STAGES[stage];
export const pieceAt = (session: SessionAnswer, atSec: number): string =>
  session.tracks.findLast((track) => track.startSec <= atSec)?.title ?? '';

export function showPlace(session: SessionAnswer, atSec: number, paused: boolean): void {
  const stage = stageAt(session, atSec);
  document.body.dataset.stage = stage;
  write('stage-name', STAGES[stage]);
  const left = Math.max(0, session.durationSec - atSec);
  const time = `${Math.floor(left / 60)}:${String(Math.floor(left % 60)).padStart(2, '0')}`;
  write('time-left', time);
  write('time-words', filled(words.timeLeft, { time }));
  write('track', pieceAt(session, atSec));
  write('pause', paused ? words.goOn : words.pause);
  fillRing(session.stages, atSec);
}

function write(id: string, text: string): void {
  const place = find(id);
  if (place.textContent !== text) place.textContent = text;
}
