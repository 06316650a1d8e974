/** A transcriber that says what it is told, and fails on command. */
import { EmohealError } from '../errors.js';
import type { PartState, Transcriber } from '../ports.js';

export interface FakeTranscriber extends Transcriber {
  /** What the next utterances are heard as; the last one stays. */
  hears(...texts: string[]): void;
  failsWith(error: EmohealError | null): void;
  is(state: PartState): void;
}

export function fakeTranscriber(): FakeTranscriber {
  let texts = ['I feel calm'];
  let error: EmohealError | null = null;
  let state: PartState = { status: 'ready', detail: 'fake' };
  return {
    hears: (...said) => {
      texts = said;
    },
    failsWith: (fault) => {
      error = fault;
    },
    is: (next) => {
      state = next;
    },
    state: () => state,
    async transcribe(pcm16k, { language, signal } = {}) {
      if (signal?.aborted) throw new EmohealError('cancelled', 'The transcription was cancelled.');
      if (error) throw error;
      if (state.status !== 'ready')
        throw new EmohealError('speech-unavailable', state.detail, { remedy: state.remedy });
      if (pcm16k.length > 60 * 16_000)
        throw new EmohealError('too-large', 'This recording is over 60 s.', { remedy: 'Cut it.' });
      const isSilent = pcm16k.every((value) => Math.abs(value) < 0.003);
      const text = isSilent ? '' : ((texts.length > 1 ? texts.shift() : texts[0]) ?? '');
      return { text, language: language ?? 'en', durationSec: pcm16k.length / 16_000, model: 'fake' };
    },
    close: async () => {},
  };
}
