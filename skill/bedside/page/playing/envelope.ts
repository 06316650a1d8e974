/** The slow loudness of the music, remembered frame by frame as its bytes go by; the light on the screen follows it. */
import { FRAME_BYTES, FRAME_SEC, gainOf } from './frames';

/** Faster than this is not seen as breathing. */
const SMOOTHED_SEC = 1.2;
/** A day and a half of frames: more than any session, less than 6 MB. */
const MOST_FRAMES = 5_400_000;

export interface Envelope {
  /** Whole frames, the first of which sounds at `firstFrame`. */
  take(bytes: Uint8Array, firstFrame: number): void;
  /** 0 (the quietest so far) .. 1 (the loudest so far); null where nothing is known. */
  at(sec: number): number | null;
  forget(): void;
}

export function createEnvelope(): Envelope {
  let gains = new Uint8Array(50_000);
  let known = 0;
  let least = 255;
  let most = 0;

  return {
    take(bytes, firstFrame) {
      const frames = Math.floor(bytes.length / FRAME_BYTES);
      const end = firstFrame + frames;
      if (end > MOST_FRAMES) return;
      if (end > gains.length) {
        const larger = new Uint8Array(Math.max(end, gains.length * 2));
        larger.set(gains);
        gains = larger;
      }
      for (let i = 0; i < frames; i += 1) {
        const gain = gainOf(bytes.subarray(i * FRAME_BYTES, (i + 1) * FRAME_BYTES));
        gains[firstFrame + i] = gain;
        if (gain === 0) continue;
        least = Math.min(least, gain);
        most = Math.max(most, gain);
      }
      known = Math.max(known, end);
    },
    at(sec) {
      const middle = Math.round(sec / FRAME_SEC);
      const reach = Math.round(SMOOTHED_SEC / FRAME_SEC / 2);
      if (middle >= known || most <= least) return null;
      let sum = 0;
      let count = 0;
      for (let i = Math.max(0, middle - reach); i < Math.min(known, middle + reach); i += 1) {
        if (!gains[i]) continue;
        sum += gains[i]!;
        count += 1;
      }
      return count === 0 ? 0 : Math.min(1, Math.max(0, (sum / count - least) / (most - least)));
    },
    forget() {
      known = 0;
      least = 255;
      most = 0;
      gains.fill(0);
    },
  };
}
