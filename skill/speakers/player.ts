/**
 * What every speaker of the house can do, whatever protocol it speaks: the port that Chromecast, Sonos and UPnP adapters
 * fill in. A speaker that does not answer is `speaker-away`, one that answers with a fault is `speaker-refused`.
 */

/** One stream for one speaker. It begins at its own first second: where in the session that is, the address says. */
export interface Stream {
  /** Reachable from the speaker, signed, expiring. Never logged. */
  url: string;
  type: 'audio/mpeg';
  /** Shown by speakers that have a screen; never what anyone said. */
  title: string;
  durationSec: number;
}

export type PlayerStatus = 'playing' | 'paused' | 'loading' | 'stopped';

export interface PlayerState {
  /** `stopped` also where something else than our stream plays there. */
  status: PlayerStatus;
  /** Second of the stream, as the speaker says; null where it says none. */
  atSec: number | null;
}

export interface Player {
  /** Resolves when the speaker has taken the stream; it may still be loading. */
  play(stream: Stream): Promise<void>;
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** Stopping what is stopped is no error. */
  stop(): Promise<void>;
  state(): Promise<PlayerState>;
  /** Percent, 0 to 100. */
  volume(): Promise<number>;
  setVolume(percent: number): Promise<void>;
  /** Lets go of the connection; what plays goes on. */
  close(): Promise<void>;
}
