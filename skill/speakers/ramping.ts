/** Walks a volume ramp on a speaker. A hand at the speaker counts more than ours: where it turned the volume, the ramp ends. */
import type { Player } from './player.js';
import { type RampStep, rampSteps } from './ramp.js';

/** Speakers round: only a difference of more than this was a hand. */
const HAND = 3;

export interface Ramp {
  from: number;
  to: number;
  /** How long it takes, seconds. */
  overSec: number;
}

export interface Ramping {
  /** A new ramp takes the place of the one that is under way, from where that one is. Throws what the player throws. */
  begin(to: number, overSec: number): Promise<Ramp>;
  /** At once; for speakers on which nothing sounds. */
  lowerTo(most: number): Promise<void>;
  /** Resolves when no ramp is under way. */
  done(): Promise<void>;
  stop(): void;
}

export function createRamping(
  player: Pick<Player, 'volume' | 'setVolume'>,
  onFault: (error: unknown) => void,
): Ramping {
  let current: AbortController | null = null;
  let walking: Promise<void> = Promise.resolve();

  async function walk(steps: readonly RampStep[], from: number, signal: AbortSignal): Promise<void> {
    let last = from;
    let beforeMs = 0;
    for (const { atMs, percent } of steps) {
      // From the step before, not from the beginning: late steps are not made up for in one, that would be the jolt.
      await pause(atMs - beforeMs, signal);
      if (signal.aborted) return;
      beforeMs = atMs;
      const now = await player.volume();
      if (signal.aborted || Math.abs(now - last) > HAND) return;
      await player.setVolume(percent);
      last = percent;
    }
  }

  return {
    async begin(to, overSec) {
      current?.abort();
      await walking;
      const mine = new AbortController();
      current = mine;
      const from = await player.volume();
      const steps = rampSteps(from, to, overSec * 1000);
      walking = walk(steps, from, mine.signal).catch(onFault);
      return { from: Math.round(from), to: Math.round(to), overSec: (steps.at(-1)?.atMs ?? 0) / 1000 };
    },
    async lowerTo(most) {
      if ((await player.volume()) > most) await player.setVolume(most);
    },
    done: () => walking,
    stop() {
      current?.abort();
    },
  };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, Math.max(0, ms));
    signal.addEventListener('abort', end);
  });
}
