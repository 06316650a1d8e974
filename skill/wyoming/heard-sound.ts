/** What a client has sent of one utterance: raw PCM of any rate, width and channels, within bounds, for the transcriber. */
import { EmohealError } from '../../engine/errors.js';
import { speechFromPcm } from '../../engine/transcription/wav.js';
import type { AudioFormat } from './messages.js';

const MOST_SECONDS = 60;
const MOST_BYTES = 25 * 1024 * 1024;
/** What a piece takes beside its bytes. Sound in pieces of one byte would fill hundreds of times what it seems to. */
const PIECE_BYTES = 256;

/** Memory that all utterances on their way may take together. */
export interface SoundBudget {
  take(bytes: number): boolean;
  give(bytes: number): void;
}

export function createSoundBudget(mostBytes: number): SoundBudget & { takenBytes(): number } {
  let taken = 0;
  return {
    take(bytes) {
      if (taken + bytes > mostBytes) return false;
      taken += bytes;
      return true;
    },
    give(bytes) {
      taken -= bytes;
    },
    takenBytes: () => taken,
  };
}

export interface HeardSound {
  /** Throws `too-large` over 60 s or 25 MB, `busy` where all utterances together are too much. */
  add(format: AudioFormat, pcm: Uint8Array): void;
  /** Mono PCM at 16 kHz of everything so far, and the sound is forgotten. */
  finish(): Float32Array;
  /** Forgets the sound. */
  drop(): void;
}

export function createHeardSound(budget: SoundBudget): HeardSound {
  /** One entry as long as the format stays the same. */
  let runs: { format: AudioFormat; pieces: Uint8Array[] }[] = [];
  let seconds = 0;
  let bytes = 0;

  function drop(): void {
    budget.give(bytes);
    runs = [];
    seconds = 0;
    bytes = 0;
  }

  return {
    add(format, pcm) {
      if (pcm.length === 0) return;
      const { rate, width, channels } = format;
      const after = seconds + pcm.length / (rate * width * channels);
      const room = pcm.length + PIECE_BYTES;
      if (after > MOST_SECONDS || bytes + room > MOST_BYTES) {
        throw new EmohealError('too-large', `A spoken feeling may have ${MOST_SECONDS} s and 25 MB.`, {
          remedy: 'Say it in fewer words.',
        });
      }
      if (!budget.take(room)) {
        throw new EmohealError('busy', 'Too many people are speaking at once.', {
          retryable: true,
          remedy: 'Say it again in a moment.',
        });
      }
      seconds = after;
      bytes += room;
      const last = runs.at(-1);
      const same =
        last && last.format.rate === rate && last.format.width === width && last.format.channels === channels;
      if (same) last.pieces.push(pcm);
      else runs.push({ format, pieces: [pcm] });
    },
    finish() {
      const parts = runs.map(({ format, pieces }) => speechFromPcm(Buffer.concat(pieces), format));
      drop();
      const whole = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
      let at = 0;
      for (const part of parts) {
        whole.set(part, at);
        at += part.length;
      }
      return whole;
    },
    drop,
  };
}
