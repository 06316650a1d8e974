/** Brings the bedside page to life: asks, listens, plays, shows where the session is, and goes dark. */

import { askAfter, askBefore, askInTheMorning } from './check-ins';
import { joinHandsFree } from './hands-free/join';
import { watchRoutines } from './routines';
import { readySharing } from './sharing';
import { followSpeaker } from './speaker';
import { startTalking } from './talk';
import { showWhy } from './why';

export interface SessionAnswer {
  id: string;
  status: string;
  revision: number;
  durationSec: number;
  stages: { stage: string; startSec: number; endSec: number }[];
  tracks: { title: string; startSec: number; stage: string }[];
  streams: { session: string };
  why: string;
  concern?: string;
}

const find = <T extends HTMLElement>(id: string) => document.getElementById(id) as T;
const body = document.body;
const sound = find<HTMLAudioElement>('sound');
const words = find<HTMLTextAreaElement>('words');
const STAGE_WORDS: Record<string, string> = { match: 'close to how you feel', guide: 'on the way', target: 'resting' };
const DIM_AFTER_MS = 120_000;
const DARK_AFTER_MS = 600_000;
const CAPTION_MS = 6000;
/** Before this nothing was heard that anybody could be asked about. */
const HEARD_SEC = 60;

let session: SessionAnswer | null = null;
let touchedMs = Date.now();
let captionTimer = 0;

drawRing();
readySharing();
find('feeling').addEventListener('submit', (event) => {
  event.preventDefault();
  void begin(
    JSON.stringify({ text: words.value, minutes: minutes(), locale: navigator.language, listener: 'bedside' }),
    'application/json',
    '',
  );
});
words.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    find<HTMLFormElement>('feeling').requestSubmit();
  }
});
startTalking(find('talk'), {
  state: (state, said) => {
    body.dataset.microphone = state;
    find('microphone-words').textContent = said;
  },
  heard: (recording) =>
    void begin(
      recording,
      recording.type || 'audio/webm',
      `?minutes=${minutes()}&locale=${encodeURIComponent(navigator.language)}&listener=bedside`,
    ),
  trouble: (why) => hint(why),
});
for (const button of document.querySelectorAll<HTMLButtonElement>('[data-action]')) {
  button.addEventListener('click', () => void act(button.dataset.action ?? ''));
}
find('pause').addEventListener('click', () => void (sound.paused ? act('resume') : act('pause')));
find('why').addEventListener('click', () => session && void showWhy(session.why));
find('help-back').addEventListener('click', () => show('asking'));
find('help-quiet').addEventListener('click', () => void stayQuietly());
void askInTheMorning(find('check'));
const volume = find<HTMLInputElement>('volume');
volume.addEventListener('input', () => {
  sound.volume = Number(volume.value);
});
sound.volume = Number(volume.value);
followSpeaker({
  current: () => (body.dataset.state === 'playing' ? session : null),
  take: (id) => void take(id),
  pause: () => sound.pause(),
  resume: () => void sound.play().catch(() => {}),
  stop: () => {
    sound.pause();
    show('asking');
  },
  volume: (share) => {
    sound.volume = share;
    volume.value = String(share);
  },
});
joinHandsFree({
  button: find<HTMLButtonElement>('hands-free'),
  sound,
  minutes: () => minutes(),
  session: () => (body.dataset.state === 'playing' ? session?.id : undefined),
  microphone: (state, said) => {
    body.dataset.microphone = state;
    find('microphone-words').textContent = said;
    hint(said);
  },
  caption: (text) => (body.dataset.state === 'playing' ? caption(text) : hint(text)),
  take: (id) => void take(id),
  pause: () => sound.pause(),
  resume: () => void sound.play().catch(() => {}),
  stop: () => {
    sound.pause();
    ended();
  },
  setVolume: (share) => {
    sound.volume = share;
    volume.value = String(share);
  },
  help: (given) => help(given),
  woken: () => wake(),
});
sound.addEventListener('timeupdate', draw);
sound.addEventListener('ended', () => session && ended());
watchRoutines({
  sound,
  line: find('routine'),
  idle: () => body.dataset.state === 'asking' && sound.paused && words.value === '',
  begin: (found, atSec) => play(found, 'It is time. Lie back.', atSec),
});
for (const kind of ['pointerdown', 'keydown'] as const) document.addEventListener(kind, wake, { capture: true });
setInterval(lights, 5000);

const minutes = () => Number(document.querySelector<HTMLInputElement>('input[name="minutes"]:checked')?.value ?? 20);

async function begin(payload: string | Blob, type: string, query: string): Promise<void> {
  show('thinking');
  // A browser lets sound begin only in answer to a touch: this very touch is one.
  sound.play().catch(() => {});
  try {
    const response = await fetch(`/api/v1/utterances${query}`, {
      method: 'POST',
      headers: { 'content-type': type },
      body: payload,
    });
    const answer = await response.json();
    if (response.status === 201) return play(answer as SessionAnswer);
    if (answer.help) return help(answer.help);
    show('asking');
    hint(answer.say ?? answer.detail ?? 'That did not work. Please try again.');
  } catch {
    show('asking');
    hint('The speaker cannot be reached. Is it switched on?');
  } finally {
    body.dataset.microphone = 'off';
  }
}

function play(answer: SessionAnswer, said?: string, atSec = 0): void {
  session = answer;
  sound.src = answer.streams.session;
  sound.currentTime = atSec;
  sound.play().catch(() => caption('Touch "go on" to begin.'));
  show('playing');
  caption(said ?? answer.concern ?? "I'm with you. We start close to how you feel.");
  if (!said) askBefore(find('check'), answer.id);
  words.value = '';
  if ('mediaSession' in navigator) {
    navigator.mediaSession.metadata = new MediaMetadata({ title: 'Bedside', artist: 'EmoHeal' });
    navigator.mediaSession.setActionHandler('pause', () => void act('pause'));
    navigator.mediaSession.setActionHandler('play', () => void act('resume'));
    navigator.mediaSession.setActionHandler('stop', () => void act('stop'));
  }
}

/** A session that was begun, or took a new course, by voice elsewhere in the house. */
async function take(id: string): Promise<void> {
  const answer = await fetch(`/api/v1/sessions/${id}`)
    .then((response) => (response.ok ? (response.json() as Promise<SessionAnswer>) : null))
    .catch(() => null);
  if (!answer) return;
  if (session?.id === id && body.dataset.state === 'playing') changeCourse(answer);
  else play(answer);
}

async function act(action: string): Promise<void> {
  if (!session) return;
  if (action === 'pause') sound.pause();
  if (action === 'resume') void sound.play().catch(() => {});
  if (action === 'stop') {
    sound.pause();
    ended();
  }
  const response = await fetch(`/api/v1/sessions/${session.id}/actions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'Idempotency-Key': crypto.randomUUID?.() ?? String(Math.random()) },
    body: JSON.stringify({ action }),
  }).catch(() => null);
  const answer = await response?.json().catch(() => null);
  if (!response?.ok) return caption(answer?.detail ?? 'The speaker cannot be reached; the music plays on.');
  if (answer.revision !== session.revision) changeCourse(answer);
  const said: Record<string, string> = {
    stay: 'We stay here a while.',
    deeper: 'A step deeper.',
    extend: 'Ten more minutes.',
    pause: 'Paused.',
    like: answer.tasteKept
      ? 'Thank you, I will remember.'
      : 'Thank you. To have it remembered, open "why this music?".',
    skip: 'Another piece is coming.',
  };
  if (said[action]) caption(said[action]);
}

/** The new course has the same sound up to here: it is loaded beside the old one and takes over at the same second. */
function changeCourse(answer: SessionAnswer): void {
  session = answer;
  const next = new Audio(answer.streams.session);
  next.preload = 'auto';
  next.addEventListener(
    'canplay',
    () => {
      const at = sound.currentTime;
      const wasPaused = sound.paused;
      sound.src = answer.streams.session;
      sound.currentTime = at;
      if (!wasPaused) void sound.play().catch(() => {});
    },
    { once: true },
  );
  next.currentTime = sound.currentTime;
}

/** Quiet sound and no music; whom to call stays on the screen. */
async function stayQuietly(): Promise<void> {
  sound.play().catch(() => {});
  const response = await fetch('/api/v1/quiet', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ locale: navigator.language, listener: 'bedside' }),
  }).catch(() => null);
  const answer = response?.ok ? await response.json() : null;
  if (!answer) return;
  play(answer, answer.say);
  find('check').hidden = true;
  find('help').hidden = false;
  body.dataset.quiet = 'yes';
}

/** The music is over, by itself or by a touch. */
function ended(): void {
  const heard = session && sound.currentTime > HEARD_SEC && body.dataset.quiet !== 'yes' ? session.id : null;
  show('asking');
  if (heard) askAfter(find('check'), heard);
}

function help(given: { say: string; number: string; service: string }): void {
  sound.pause();
  find('help-words').textContent = given.say;
  find('help-number').textContent = given.number;
  show('help');
}

function show(state: 'asking' | 'thinking' | 'playing' | 'help'): void {
  body.dataset.state = state;
  body.dataset.light = 'on';
  body.dataset.quiet = 'no';
  find('check').hidden = true;
  find('ask').hidden = state === 'playing' || state === 'help';
  find('playing').hidden = state !== 'playing';
  find('help').hidden = state !== 'help';
  for (const control of document.querySelectorAll<HTMLButtonElement>('#ask button'))
    control.disabled = state === 'thinking';
  if (state === 'asking') {
    body.dataset.stage = 'match';
    words.focus({ preventScroll: true });
  }
}

function hint(text: string): void {
  find('talk-words').textContent = text;
}

function caption(text: string): void {
  const line = find('caption');
  line.textContent = text;
  line.style.opacity = '1';
  clearTimeout(captionTimer);
  captionTimer = window.setTimeout(() => {
    line.style.opacity = '0';
  }, CAPTION_MS);
}

function draw(): void {
  if (!session) return;
  const at = sound.currentTime;
  const stage = session.stages.find((each) => at < each.endSec) ?? session.stages[2];
  if (!stage) return;
  body.dataset.stage = stage.stage;
  find('stage-name').textContent = STAGE_WORDS[stage.stage] ?? '';
  const left = Math.max(0, session.durationSec - at);
  find('time-left').textContent = `${Math.floor(left / 60)}:${String(Math.floor(left % 60)).padStart(2, '0')}`;
  find('track').textContent = [...session.tracks].reverse().find((track) => track.startSec <= at)?.title ?? '';
  find('pause').textContent = sound.paused ? 'go on' : 'pause';
  for (const each of session.stages) {
    const share = Math.min(1, Math.max(0, (at - each.startSec) / (each.endSec - each.startSec)));
    document
      .querySelector<SVGPathElement>(`.done.${each.stage}`)
      ?.style.setProperty('stroke-dasharray', `${share * 100} 100`);
  }
}

/** Three arcs of 25, 50 and 25 hundredths, with small gaps. */
function drawRing(): void {
  let from = 0;
  for (const [stage, share] of [
    ['match', 0.25],
    ['guide', 0.5],
    ['target', 0.25],
  ] as const) {
    const [a, b] = [(from + 0.008) * 2 * Math.PI, (from + share - 0.008) * 2 * Math.PI];
    const point = (angle: number) =>
      `${(150 + 144 * Math.cos(angle)).toFixed(2)} ${(150 + 144 * Math.sin(angle)).toFixed(2)}`;
    const path = `M${point(a)}A144 144 0 ${share > 0.5 ? 1 : 0} 1 ${point(b)}`;
    for (const arc of document.querySelectorAll(`#ring .${stage}`)) arc.setAttribute('d', path);
    from += share;
  }
}

function wake(): void {
  touchedMs = Date.now();
  body.dataset.light = 'on';
}

function lights(): void {
  if (body.dataset.state !== 'playing') return;
  const quietMs = Date.now() - touchedMs;
  body.dataset.light = quietMs > DARK_AFTER_MS ? 'dark' : quietMs > DIM_AFTER_MS ? 'dim' : 'on';
}
