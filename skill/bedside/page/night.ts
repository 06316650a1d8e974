/** One evening on this page: begins a session, keeps it playing, does what is wanted of it, and ends it. */

import { minutes } from './asking/one-tap';
import type { Bedside } from './bedside';
import { askAfter, askBefore } from './check-ins';
import { keepPlace } from './playing/keep';
import { showOnLockedScreen } from './playing/media-keys';
import { createPlayer } from './playing/player';
import { shareTabs } from './playing/tabs';
import { watchLights } from './screen/lights';
import * as screen from './screen/screen';
import { readyVolume } from './screen/volume';
import { type Action, find, newKey, type SessionAnswer, type State } from './shapes';
import { showWhy } from './why';
import { words } from './words';

/** Before this nothing was heard that anybody could be asked about. */
const HEARD_SEC = 60;
const KEEP_EVERY_MS = 4000;
/** Of these one at a time: a hand that presses again and again wants it once. */
const SLOW: readonly Action[] = ['stay', 'deeper', 'straight-to-calm', 'extend', 'skip', 'restart'];
/** The server must hear of these, if need be later. */
/** Nearer than this the place that the server knows and the place that sounds are one. */
const AS_FAR_AS_THE_SAME_SEC = 2;
const MUST_ARRIVE: readonly Action[] = ['pause', 'resume', 'stop'];
const TRIES = 6;
const TRY_AGAIN_MS = 5000;

const SAID: Partial<Record<Action, string>> = {
  stay: words.saidStay,
  deeper: words.saidDeeper,
  extend: words.saidExtended,
  pause: words.saidPaused,
  skip: words.anotherPiece,
};

export interface Night extends Bedside {
  current(): SessionAnswer | null;
  /** Plays a session that was begun elsewhere: by the clock, by voice in another room, in another window. */
  play(session: SessionAnswer, said?: string, atSec?: number): void;
  look(id: string): Promise<SessionAnswer | null>;
  /** A session that was begun, or took a new course, elsewhere in the house or by voice; `told` saves a look at it. */
  take(id: string, told?: SessionAnswer): Promise<void>;
  /** By the house: the server knows already. */
  pauseHere(): void;
  resumeHere(): void;
  stopHere(): void;
  /** After a word of danger: the music ends, and who can be called stands on the screen. */
  help(given: { say: string; number: string }): void;
  quietly(): Promise<void>;
  /** Nothing plays here, nothing elsewhere, and nobody is asking anything. */
  idle(): boolean;
  loudness(): number | null;
  takeOver(): Promise<void>;
}

export function createNight(): Night {
  const sound = find<HTMLAudioElement>('sound');
  const field = find<HTMLTextAreaElement>('words');
  const hearers = new Set<(state: State) => void>();
  let session: SessionAnswer | null = null;
  let working: Action | null = null;
  let reached = true;

  const player = createPlayer({
    sound,
    look,
    reached(yes) {
      if (yes === reached) return;
      reached = yes;
      if (!yes && screen.state() === 'playing') screen.caption(running() ? words.playsOn : words.waits);
    },
    ended: () => over(),
  });
  const lights = watchLights(() => screen.state() === 'playing' && !document.querySelector('dialog[open]'));
  const volume = readyVolume(player, () => screen.state() === 'playing');
  const tabs = shareTabs({
    here: () => session && { session: session.id, atSec: player.atSec() },
    yield() {
      player.stop();
      session = null;
      show('asking');
    },
    changed(there) {
      find('elsewhere').hidden = !there;
    },
  });

  sound.addEventListener('timeupdate', place);
  for (const kind of ['pause', 'play'] as const) sound.addEventListener(kind, place);
  setInterval(
    () => session && !sound.paused && keepPlace({ session: session.id, atSec: player.atSec() }),
    KEEP_EVERY_MS,
  );

  const running = () => !sound.paused && sound.readyState > HTMLMediaElement.HAVE_CURRENT_DATA;

  function show(next: State): void {
    screen.show(next);
    lights.on();
    for (const hear of hearers) hear(next);
  }

  function place(): void {
    if (!session || screen.state() !== 'playing') return;
    const atSec = player.atSec();
    screen.showPlace(session, atSec, player.paused());
    showOnLockedScreen(screen.stageWords(screen.stageAt(session, atSec)), screen.pieceAt(session, atSec));
  }

  async function begin(address: string, type: string, payload: string | Blob): Promise<void> {
    if (screen.state() === 'thinking') return;
    show('thinking');
    screen.microphone('thinking');
    // A browser lets sound begin only in answer to a touch: this very touch is one.
    if (!sound.src) sound.play().catch(() => {});
    const response = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': type, 'Idempotency-Key': newKey() },
      body: payload,
    }).catch(() => null);
    const answer = await response?.json().catch(() => null);
    screen.microphone('off');
    if (response?.status === 201) return play(answer);
    if (answer?.help) return help(answer.help);
    const trouble = answer?.say ?? (response ? words.tryAgain : words.unreachable);
    // Said over music that plays already: that plays on.
    if (session) {
      show('playing');
      return screen.caption(trouble);
    }
    sound.pause();
    show('asking');
    screen.hint(trouble);
  }

  const beginFrom = (address: string, wish: object) =>
    begin(
      address,
      'application/json',
      JSON.stringify({ ...wish, minutes: minutes(), locale: navigator.language, listener: 'bedside' }),
    );

  function play(answer: SessionAnswer, said?: string, atSec = 0): void {
    if (session && session.id !== answer.id) void tell(session.id, { action: 'stop', atSec: player.atSec() });
    session = answer;
    tabs.begin();
    find('elsewhere').hidden = true;
    keepPlace({ session: answer.id, atSec });
    player.play(answer, atSec).catch(untouched);
    show('playing');
    place();
    screen.caption(said ?? answer.concern ?? words.saidBegun);
    if (!said) askBefore(find('check'), answer.id);
    field.value = '';
  }

  /** A browser lets no sound begin that nobody touched it for. Whatever else keeps it from beginning is temporary. */
  const untouched = (error: DOMException) => {
    if (error.name === 'NotAllowedError') screen.caption(words.touchGoOn);
  };

  async function act(action: Action, minutesMore?: number): Promise<void> {
    const acted = session;
    if (!acted || (SLOW.includes(action) && working)) return;
    if (action === 'pause') player.pause();
    if (action === 'resume') void player.resume().catch(untouched);
    const atSec = player.atSec();
    if (action === 'stop') over();
    if (SLOW.includes(action)) working = action;
    const answer = await tell(acted.id, { action, atSec, ...(minutesMore ? { minutes: minutesMore } : {}) });
    if (working === action) working = null;
    if (session?.id !== acted.id) return;
    if (answer === 'unreachable') return screen.caption(words.playsOn);
    if (answer === 'refused') return MUST_ARRIVE.includes(action) ? undefined : screen.caption(words.tryAgain);
    // Stopped in the fade of its end it goes on from where the fade began.
    if (action === 'resume' && answer.position.atSec < atSec - AS_FAR_AS_THE_SAME_SEC) {
      session = answer;
      return void player.play(answer, answer.position.atSec).catch(untouched);
    }
    if (answer.revision !== session.revision) {
      session = answer;
      player.change(answer);
    }
    const said = action === 'like' ? (answer.tasteKept ? words.liked : words.likedNotKept) : SAID[action];
    if (said) screen.caption(said);
  }

  /** One wish, told once: the same key goes with every try. */
  async function tell(
    id: string,
    wish: { action: Action; atSec: number; minutes?: number },
  ): Promise<(SessionAnswer & { tasteKept?: boolean }) | 'unreachable' | 'refused'> {
    const key = newKey();
    for (let tries = 1; ; tries += 1) {
      const response = await fetch(`/api/v1/sessions/${id}/actions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'Idempotency-Key': key },
        body: JSON.stringify(wish),
      }).catch(() => null);
      const answer = await response?.json().catch(() => null);
      if (response?.ok && answer) return answer;
      if (response && response.status < 500) return 'refused';
      if (!MUST_ARRIVE.includes(wish.action) || tries === TRIES) return 'unreachable';
      await new Promise((resolve) => setTimeout(resolve, TRY_AGAIN_MS));
    }
  }

  /** The music is over, by itself or by a touch. */
  function over(): void {
    const heard = session && player.atSec() > HEARD_SEC && document.body.dataset.quiet !== 'yes' ? session : null;
    leave();
    if (heard) askAfter(find('check'), heard.id, heard.blinded ?? false);
  }

  function leave(): void {
    player.stop();
    session = null;
    keepPlace(null);
    tabs.end();
    show('asking');
  }

  function help(given: { say: string; number: string }): void {
    if (session) {
      void tell(session.id, { action: 'stop', atSec: player.atSec() });
      leave();
    }
    sound.pause();
    find('help-words').textContent = given.say;
    find('help-number').textContent = given.number;
    show('help');
  }

  /** The session as it is now; null where it is gone. Throws where nobody answers. */
  async function look(id: string): Promise<SessionAnswer | null> {
    const response = await fetch(`/api/v1/sessions/${encodeURIComponent(id)}`);
    if (response.status === 404) return null;
    if (!response.ok) throw new Error(`The session could not be looked at (${response.status}).`);
    return response.json();
  }

  return {
    state: screen.state,
    onState(hear) {
      hearers.add(hear);
      return () => void hearers.delete(hear);
    },
    feel: (text) => beginFrom('/api/v1/utterances', { text }),
    feelPoint: (point) => beginFrom('/api/v1/sessions', point ?? {}),
    feelSpoken: (recording) =>
      begin(
        `/api/v1/utterances?minutes=${minutes()}&locale=${encodeURIComponent(navigator.language)}&listener=bedside`,
        recording.type || 'audio/webm',
        recording,
      ),
    async command(command, options) {
      if (command === 'softer' || command === 'louder') return volume.step(command === 'louder');
      if (command === 'why') return session ? showWhy(session.why, player.duck) : undefined;
      return act(command, options?.minutes);
    },
    microphone: screen.microphone,
    caption: (text) => (screen.state() === 'playing' ? screen.caption(text) : screen.hint(text)),
    duck: player.duck,
    wake: lights.wake,
    volume: volume.set,
    current: () => (screen.state() === 'playing' ? session : null),
    play,
    look,
    async take(id, told) {
      if (tabs.there() && session?.id !== id) return;
      const answer = told ?? (await look(id).catch(() => null));
      if (!answer) return;
      if (session?.id !== id) return play(answer);
      if (answer.revision === session.revision) return;
      session = answer;
      player.change(answer);
    },
    pauseHere: () => player.pause(),
    resumeHere: () => void player.resume().catch(() => {}),
    stopHere: leave,
    help,
    /** Quiet sound and no music; whom to call stays on the screen. */
    async quietly() {
      if (!sound.src) sound.play().catch(() => {});
      const response = await fetch('/api/v1/quiet', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'Idempotency-Key': newKey() },
        body: JSON.stringify({ locale: navigator.language, listener: 'bedside' }),
      }).catch(() => null);
      const answer = response?.ok ? await response.json() : null;
      if (!answer) return;
      play(answer, answer.say);
      find('check').hidden = true;
      find('help').hidden = false;
      document.body.dataset.quiet = 'yes';
    },
    idle: () => screen.state() === 'asking' && sound.paused && field.value === '' && !tabs.there(),
    loudness: player.loudness,
    async takeOver() {
      const there = tabs.there();
      if (!there) return;
      const answer = await look(there.session).catch(() => null);
      if (answer) play(answer, words.saidBegun, tabs.there()?.atSec ?? there.atSec);
    },
  };
}
