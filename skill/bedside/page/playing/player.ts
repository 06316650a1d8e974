/**
 * Plays a session: through a MediaSource where the browser takes MP3 in one, else as a plain file that is taken up again
 * at its second when it breaks off (iPhones, which then also play on with the screen locked).
 */
import type { SessionAnswer } from '../shapes';
import { createEnvelope } from './envelope';
import { canFeed, type Feed, type Feeder, startFeeder } from './feeder';

export interface Player {
  /** Must be called within a touch the first time: a browser lets sound begin only then. */
  play(session: SessionAnswer, atSec: number): Promise<void>;
  /** The session on a new course, which sounds the same up to here. */
  change(session: SessionAnswer): void;
  pause(): void;
  resume(): Promise<void>;
  /** Lets go of the sound; it can only be begun anew. */
  stop(): void;
  atSec(): number;
  paused(): boolean;
  volume(): number;
  setVolume(share: number): void;
  /** Quieter while somebody speaks. */
  duck(on: boolean): void;
  /** Slow loudness of the music now, 0..1; null where it is not known. */
  loudness(): number | null;
}

const DUCKED = 0.22;
const DUCK_MS = 150;
const UP_AGAIN_MS = 900;
const TICK_MS = 30;
const AGAIN_MS = 3000;

export interface PlayerDeps {
  sound: HTMLAudioElement;
  /** The session as the server has it now; null where it is gone. */
  look(id: string): Promise<SessionAnswer | null>;
  reached(yes: boolean): void;
  /** The music has come to its end by itself. */
  ended(): void;
}

export function createPlayer({ sound, look, reached, ended }: PlayerDeps): Player {
  const envelope = createEnvelope();
  let session: SessionAnswer | null = null;
  let feeder: Feeder | null = null;
  let wanted = false;
  let share = sound.volume;
  /** Of the wished volume, while somebody speaks. */
  let under = 1;
  let moving = 0;
  let lastSec = 0;
  let retry = 0;

  const feedOf = (answer: SessionAnswer): Feed => ({
    address: answer.streams.session,
    durationSec: answer.durationSec,
  });
  const loud = () => {
    sound.volume = share * under;
  };
  /** The change takes a moment, so that nothing jumps. */
  function moveUnder(target: number, ms: number): void {
    clearInterval(moving);
    const step = ((target - under) * TICK_MS) / ms;
    moving = window.setInterval(() => {
      under = Math.abs(target - under) <= Math.abs(step) ? target : under + step;
      loud();
      if (under === target) clearInterval(moving);
    }, TICK_MS);
  }

  sound.addEventListener('timeupdate', () => {
    if (session && sound.currentTime > 0) lastSec = sound.currentTime;
  });
  sound.addEventListener('ended', () => {
    if (!session) return;
    // A stream that broke off may say that it has ended.
    if (!feeder && session.durationSec - lastSec > 5) return again();
    wanted = false;
    ended();
  });
  sound.addEventListener('error', () => session && again());

  function load(atSec: number): void {
    if (!session) return;
    feeder?.end();
    feeder = null;
    lastSec = atSec;
    if (canFeed()) {
      const { id } = session;
      feeder = startFeeder(feedOf(session), atSec, {
        sound,
        envelope,
        reached,
        renew: async () => {
          const answer = await look(id);
          return answer && feedOf(answer);
        },
      });
    } else {
      sound.src = session.streams.session;
      sound.currentTime = atSec;
    }
  }

  /** From the last second that was heard, with an address that is good. */
  function again(): void {
    clearTimeout(retry);
    reached(false);
    retry = window.setTimeout(async () => {
      const { id } = session ?? {};
      if (!id) return;
      const answer = await look(id).catch(() => undefined);
      if (session?.id !== id) return;
      if (answer === undefined) return again();
      if (answer === null) return ended();
      session = answer;
      load(lastSec);
      if (wanted) await sound.play().catch(() => {});
      reached(true);
    }, AGAIN_MS);
  }

  return {
    async play(answer, atSec) {
      clearTimeout(retry);
      session = answer;
      wanted = true;
      envelope.forget();
      load(atSec);
      await sound.play();
    },
    change(answer) {
      session = answer;
      if (feeder) feeder.change(feedOf(answer));
      else changePlainly(answer);
    },
    pause() {
      wanted = false;
      sound.pause();
    },
    async resume() {
      wanted = true;
      await sound.play();
    },
    stop() {
      clearTimeout(retry);
      wanted = false;
      session = null;
      feeder?.end();
      feeder = null;
      sound.pause();
    },
    atSec: () => (session ? Math.max(sound.currentTime, feeder ? 0 : lastSec) : lastSec),
    paused: () => sound.paused,
    volume: () => share,
    setVolume(given) {
      share = Math.min(1, Math.max(0, Number.isFinite(given) ? given : share));
      loud();
    },
    duck: (on) => (on ? moveUnder(DUCKED, DUCK_MS) : moveUnder(1, UP_AGAIN_MS)),
    loudness: () => (session && feeder ? envelope.at(sound.currentTime) : null),
  };

  /** Without a MediaSource: loaded beside the old course, and taken over at the same second once it can play. */
  function changePlainly(answer: SessionAnswer): void {
    const beside = new Audio();
    beside.preload = 'auto';
    beside.addEventListener(
      'canplay',
      () => {
        if (session?.id !== answer.id || session.revision !== answer.revision) return;
        const atSec = sound.currentTime;
        sound.src = answer.streams.session;
        sound.currentTime = atSec;
        if (wanted) void sound.play().catch(() => {});
      },
      { once: true },
    );
    beside.src = answer.streams.session;
    beside.currentTime = sound.currentTime;
  }
}
