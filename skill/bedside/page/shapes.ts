/** What the server answers and what the parts of the page say to one another. */

export type StageName = 'match' | 'guide' | 'target';

/** As `POST /api/v1/utterances` and `GET /api/v1/sessions/:id` give it; only what the page uses. */
export interface SessionAnswer {
  id: string;
  status: string;
  revision: number;
  durationSec: number;
  stages: { stage: StageName; startSec: number; endSec: number }[];
  tracks: { title: string; startSec: number; stage: string }[];
  streams: { session: string };
  position: { status: string; atSec: number };
  why: string;
  concern?: string;
  /** Of a study that chose the way. */
  blinded?: boolean;
}

export type State = 'asking' | 'thinking' | 'playing' | 'elsewhere' | 'help';
/** `waiting`, `asleep`: on, and taking nothing down. */
export type MicrophoneState = 'off' | 'waiting' | 'loading' | 'asleep' | 'listening' | 'thinking' | 'trouble';
/** What a listener can want of a session. */
export type Action =
  | 'stay'
  | 'deeper'
  | 'straight-to-calm'
  | 'stop'
  | 'pause'
  | 'resume'
  | 'extend'
  | 'like'
  | 'skip'
  | 'restart';

export const find = <T extends HTMLElement>(id: string): T => document.getElementById(id) as T;
/** Also where `crypto.randomUUID` is missing: plain HTTP inside the house. */
export const newKey = (): string => crypto.randomUUID?.() ?? `${Date.now()} ${Math.random()}`;
