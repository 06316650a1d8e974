/** The page as the bedside speaker of the house: it takes up what was begun or changed by voice elsewhere. */

interface SpeakerState {
  wanted: string | null;
  volume: number;
  muted: boolean;
  /** `elsewhere`: it sounds on a speaker of the house, and this page is silent. */
  playing: { id: string; status: string; revision: number; elsewhere?: boolean } | null;
}

export interface Hands {
  /** What this page plays; null for nothing. */
  current(): { id: string; revision: number } | null;
  /** Takes up a session; also the same one on a new course. */
  take(id: string): void;
  pause(): void;
  resume(): void;
  stop(): void;
  volume(share: number): void;
}

export function followSpeaker(hands: Hands): void {
  let before: SpeakerState | null = null;
  new EventSource('/api/v1/speaker/events').addEventListener('speaker', (event) => {
    const now = JSON.parse((event as MessageEvent<string>).data) as SpeakerState;
    // What stood there before this page was opened is no wish for now.
    if (before) follow(before, now);
    before = now;
  });

  function follow(was: SpeakerState, now: SpeakerState): void {
    if (now.volume !== was.volume || now.muted !== was.muted) hands.volume(now.muted ? 0 : now.volume / 100);
    if (now.wanted && now.wanted !== was.wanted && now.wanted !== hands.current()?.id) {
      hands.take(now.wanted);
      return;
    }
    const here = hands.current();
    if (!here || now.playing?.id !== here.id || was.playing?.id !== here.id) return;
    if (now.playing.elsewhere) {
      hands.pause();
      return;
    }
    if (was.playing.elsewhere) {
      // Back from the speaker, on the course and at the second that it has by now.
      if (now.playing.status === 'playing') hands.take(here.id);
      return;
    }
    if (now.playing.status !== was.playing.status) {
      if (now.playing.status === 'paused') hands.pause();
      else if (now.playing.status === 'playing') hands.resume();
      else hands.stop();
    }
    if (now.playing.revision > here.revision) hands.take(here.id);
  }
}
