/** A voice that hums: a tenth of a second of tone a word, and fails on command. */
import type { EmohealError } from '../errors.js';
import type { PartState, Synthesiser } from '../ports.js';

export interface FakeSynthesiser extends Synthesiser {
  failsWith(error: EmohealError | null): void;
  is(state: PartState): void;
  /** Everything that it was asked to say. */
  said(): readonly string[];
}

export function fakeSynthesiser(): FakeSynthesiser {
  let error: EmohealError | null = null;
  let state: PartState = { status: 'ready', detail: 'fake' };
  const said: string[] = [];
  return {
    failsWith: (fault) => {
      error = fault;
    },
    is: (next) => {
      state = next;
    },
    said: () => said,
    state: () => state,
    voices: () => [{ name: 'hum', languages: ['en'], description: 'A hum' }],
    async *speak(text) {
      if (error) throw error;
      said.push(text);
      for (const _word of text.match(/\p{L}+/gu) ?? [])
        yield { pcm: Float32Array.from({ length: 2400 }, (_, i) => 0.5 * Math.sin(i / 10)), rateHz: 24_000 };
    },
    close: async () => {},
  };
}
