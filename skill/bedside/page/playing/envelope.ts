/**
 * The slow loudness of the music, for the light on the screen. Its bytes are decoded a second time as they go by, at 8 kHz:
 * some thousandths of the processor, and no audio graph through which the sound itself would have to go, which a phone would
 * stop in the background.
 */
import { FRAME_BYTES, FRAME_SEC } from './frames';

/** Faster than this is not seen as breathing. */
const SMOOTHED_SEC = 1.2;
/** A day and a half of frames: more than any session, less than 6 MB. */
const MOST_FRAMES = 5_400_000;
const RATE = 8_000;
/** A level is kept as half decibels above this; 0 where nothing is known. */
const FLOOR_DB = -90;
/** The light is at its lowest this far below the loudest so far. */
const SPAN_DB = 24;

export interface Envelope {
  /** Whole frames, the first of which sounds at `firstFrame`. Resolves when they are known. */
  take(bytes: Uint8Array, firstFrame: number): Promise<void>;
  /** 0 (24 dB below the loudest so far, or the quietest where that is more) .. 1 (the loudest); null where nothing is known. */
  at(sec: number): number | null;
  forget(): void;
}

export function createEnvelope(): Envelope {
  let levels = new Uint8Array(50_000);
  let least = 255;
  let most = 0;
  let turn = Promise.resolve();
  let round = 0;
  /** Made when the first bytes come: a player without a MediaSource never gives any. */
  let decoder: OfflineAudioContext | null = null;

  function keep(sound: AudioBuffer, firstFrame: number, frames: number): void {
    const end = firstFrame + frames;
    if (end > levels.length) {
      const larger = new Uint8Array(Math.max(end, levels.length * 2));
      larger.set(levels);
      levels = larger;
    }
    const step = RATE * FRAME_SEC;
    const channels = Array.from({ length: sound.numberOfChannels }, (_, c) => sound.getChannelData(c));
    for (let i = 0; i < frames; i += 1) {
      let power = 0;
      for (const pcm of channels)
        for (let k = i * step; k < Math.min(pcm.length, (i + 1) * step); k += 1) power += pcm[k]! ** 2;
      const db = 10 * Math.log10(power / step / channels.length + 1e-9);
      const level = Math.max(1, Math.round(2 * (db - FLOOR_DB)));
      levels[firstFrame + i] = level;
      least = Math.min(least, level);
      most = Math.max(most, level);
    }
  }

  return {
    take(bytes, firstFrame) {
      const frames = Math.floor(bytes.length / FRAME_BYTES);
      if (frames === 0 || firstFrame + frames > MOST_FRAMES) return turn;
      // A decoder takes the bytes away from who gives them.
      const copy = bytes.slice(0, frames * FRAME_BYTES);
      const mine = round;
      turn = turn.then(async () => {
        try {
          decoder ??= new OfflineAudioContext(1, 1, RATE);
          const sound = await decoder.decodeAudioData(copy.buffer);
          if (mine === round) keep(sound, firstFrame, frames);
        } catch {
          // A light that rests is no reason to stop the music.
        }
      });
      return turn;
    },
    at(sec) {
      const middle = Math.round(sec / FRAME_SEC);
      const reach = Math.round(SMOOTHED_SEC / FRAME_SEC / 2);
      if (!levels[middle] || most <= least) return null;
      let sum = 0;
      let count = 0;
      for (let i = Math.max(0, middle - reach); i < middle + reach; i += 1) {
        if (!levels[i]) continue;
        sum += levels[i]!;
        count += 1;
      }
      const lowest = Math.max(least, most - 2 * SPAN_DB);
      return Math.min(1, Math.max(0, (sum / count - lowest) / (most - lowest)));
    },
    forget() {
      round += 1;
      least = 255;
      most = 0;
      levels.fill(0);
    },
  };
}
