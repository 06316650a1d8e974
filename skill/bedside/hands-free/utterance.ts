/**
 * One sentence while it is being said. Its transcription begins at the first short silence and is used where nothing
 * more was said: the wait that decides that a sentence is over is then not lost.
 */
import { EmohealError } from '../../../engine/errors.js';
import type { Transcriber, Transcript } from '../../../engine/ports.js';
import { RATE_HZ } from './messages.js';

const MOST_SECONDS = 60;
/** Sound after the last pause that counts as something said: less is the frame or two on their way. */
const MORE_SAID_SEC = 0.9;

export interface SpokenUtterance {
  /** Throws `too-large` over 60 s. */
  add(pcm: Float32Array): void;
  /** Seconds of sound so far. */
  saidSec(): number;
  /** What was said so far, soon rather than surely; whatever is said after. */
  glance(): Early;
  /** A short silence: perhaps it is over. What it would be then; void as soon as more is said, and where nothing is new. */
  pause(): Early | null;
  /** The words, and for how long they had been worked at before. */
  end(): Promise<Transcript & { aheadMs: number }>;
  drop(): void;
}

export interface Early {
  words: Promise<Transcript>;
  /** Aborted when it is of no use any more: the sentence goes on (but for a glance) or is dropped. */
  signal: AbortSignal;
}

export function createUtterance(
  transcribe: Transcriber['transcribe'],
  language: string,
  nowMs: () => number = () => performance.now(),
): SpokenUtterance {
  const pieces: Float32Array[] = [];
  let samples = 0;
  let early: { at: number; startedMs: number; answer: Promise<Transcript>; stop: AbortController } | undefined;
  const glances = new AbortController();

  function begin() {
    early?.stop.abort();
    const stop = new AbortController();
    const answer = transcribe(whole(pieces, samples), { language, signal: stop.signal });
    // Whoever still wants it hears of a failure.
    answer.catch(() => {});
    early = { at: samples, startedMs: nowMs(), answer, stop };
    return early;
  }

  return {
    add(pcm) {
      if (samples + pcm.length > MOST_SECONDS * RATE_HZ)
        throw new EmohealError('too-large', `A spoken feeling may have ${MOST_SECONDS} s.`, {
          remedy: 'Say it in fewer words.',
        });
      pieces.push(pcm);
      samples += pcm.length;
    },
    saidSec: () => samples / RATE_HZ,
    glance() {
      const { signal } = glances;
      const words = transcribe(whole(pieces, samples), { language, brief: true, signal });
      words.catch(() => {});
      return { words, signal };
    },
    pause() {
      if (samples <= (early?.at ?? 0)) return null;
      const { answer, stop } = begin();
      return { words: answer, signal: stop.signal };
    },
    async end() {
      const endMs = nowMs();
      const usable = early && samples - early.at < MORE_SAID_SEC * RATE_HZ ? early : begin();
      const heard = await usable.answer;
      return { ...heard, aheadMs: Math.max(0, endMs - usable.startedMs) };
    },
    drop() {
      early?.stop.abort();
      glances.abort();
      pieces.length = 0;
    },
  };
}

function whole(pieces: readonly Float32Array[], samples: number): Float32Array {
  const out = new Float32Array(samples);
  let at = 0;
  for (const piece of pieces) {
    out.set(piece, at);
    at += piece.length;
  }
  return out;
}
