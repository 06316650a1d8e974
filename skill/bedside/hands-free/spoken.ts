/**
 * Sentences that the page may hear for a little while: those with a name or number in them, which no file holds, and why
 * this music. Spoken by Kokoro while the page already plays the first of them.
 */
import { randomUUID } from 'node:crypto';
import type { Response } from 'express';
import { LRUCache } from 'lru-cache';
import { EmohealError } from '../../../engine/errors.js';
import type { Synthesiser } from '../../../engine/ports.js';
import { speechMp3 } from '../../../media-index/audio/speech-mp3.js';
import { nightVoice } from './night-voice.js';
import { promptFile, voiceOfLocale } from './prompt-files.js';

const MOST_WAITING = 100;
const WAITS_MS = 120_000;

export interface Sentence {
  text: string;
  locale: string;
}

export interface SpokenSentences {
  /** The address of a sentence as sound; undefined where no voice of ours speaks it. */
  addressOf(text: string, locale: string): string | undefined;
  /** The sentence that was given this id, for two minutes. */
  waiting(id: string): Sentence | undefined;
}

export function createSpokenSentences(
  folders: readonly string[],
  synthesiser: Pick<Synthesiser, 'state'>,
): SpokenSentences {
  const waiting = new LRUCache<string, Sentence>({ max: MOST_WAITING, ttl: WAITS_MS });
  return {
    addressOf(text, locale) {
      const file = promptFile(folders, locale, text);
      if (file) return `/bedside/voice/${file.split(/[\\/]/).slice(-2).join('/')}`;
      if (!canSpeak(synthesiser, locale) || text === '') return undefined;
      const id = randomUUID();
      waiting.set(id, { text, locale });
      return `/api/v1/spoken/${id}`;
    },
    waiting: (id) => waiting.get(id),
  };
}

/** A voice that reads another language aloud is worse than the browser's own. */
export const canSpeak = (synthesiser: Pick<Synthesiser, 'state'>, locale: string): boolean =>
  voiceOfLocale(locale) !== undefined && synthesiser.state().status === 'ready';

/** MP3, sentence by sentence as each is ready; ends where the client is gone. Throws before the first byte only. */
export async function sendSpoken(
  response: Response,
  synthesiser: Synthesiser,
  { text, locale }: Sentence,
): Promise<void> {
  const voice = voiceOfLocale(locale);
  const state = synthesiser.state();
  if (!voice || state.status !== 'ready')
    throw new EmohealError('speech-unavailable', voice ? state.detail : `No voice here speaks ${locale}.`, {
      ...(voice && state.remedy ? { remedy: state.remedy } : {}),
    });
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  const sentences = synthesiser
    .speak(text, { voice: voice.name, language: locale, signal: gone.signal })
    [Symbol.asyncIterator]();
  try {
    // The first one is waited for, so that a failure is still a clear answer.
    let next = await sentences.next();
    response.type('audio/mpeg').set('cache-control', 'no-store').flushHeaders();
    for (; !next.done; next = await sentences.next()) response.write(speechMp3(nightVoice(next.value.pcm)));
    response.end();
  } catch (error) {
    if (gone.signal.aborted) return;
    if (!response.headersSent) throw error;
    response.destroy();
  }
}
