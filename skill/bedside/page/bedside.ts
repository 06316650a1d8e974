/**
 * The bedside speaker as one object: whatever hands or voices there are, they all do the same few things with it. The
 * buttons, the media keys, the house ("Hey Google, pause the bedside") and a voice that is heard by this page share it.
 */
import type { Point } from './asking/pad';
import type { Action, MicrophoneState, State } from './shapes';

/** What can be said while music plays, and done by a touch. */
export type Command = Action | 'softer' | 'louder' | 'why';

export interface Bedside {
  state(): State;
  /** Hears of each change of state; returns what ends that. */
  onState(hear: (state: State) => void): () => void;
  /** A feeling in words begins a session; resolves when it plays, or when something was said instead. */
  feel(text: string): Promise<void>;
  /** The same from a recording (WAV, WebM, Ogg). */
  feelSpoken(recording: Blob): Promise<void>;
  /** From a point, or from nothing at all: rest without a word. */
  feelPoint(point: Point | null): Promise<void>;
  command(command: Command, options?: { minutes?: number }): Promise<void>;
  /** What the dot at the top shows, and screen readers say. `said` in place of the usual words for it. */
  microphone(state: MicrophoneState, said?: string): void;
  /** What is said or was heard, for some seconds. While nothing plays it stands where the hints stand. */
  caption(text: string): void;
  /** The music steps back while somebody speaks. */
  duck(on: boolean): void;
  /** A dark screen comes back low, as by a touch. */
  wake(): void;
  volume(share: number): void;
}
