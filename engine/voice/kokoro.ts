/** A voice by Kokoro-82M: sentence → sounds (espeak-ng) → numbers → sound, in a thread of its own, one at a time. */
import { Worker } from 'node:worker_threads';
import pLimit from 'p-limit';
import { workerUrl } from '../../models/paths.js';
import { EmohealError } from '../errors.js';
import type { SpokenSound, Synthesiser } from '../ports.js';
import { soundsOf } from './espeak.js';
import type { FromKokoro, KokoroSettings, ToKokoro } from './kokoro-worker.js';
import { type Clause, sentencesOf } from './phrases.js';
import { KOKORO_VOICES, readVocabulary, voiceFor, voicePartsState, voicePlaces } from './voice-parts.js';

const RATE_HZ = 24_000;
/** A little slower than people read: it is night. */
const SPEED = 0.9;
/** The model takes 510 sounds; longer sentences are cut before, this is the last fence. */
const MOST_TOKENS = 500;
const MOST_WAITING = 16;

/** What espeak-ng writes otherwise than the model was taught (npm kokoro-js maps the same letters). */
const LETTERS: readonly [RegExp, string][] = [
  [/\u200d|͡/gu, ''],
  [/ʲ/gu, 'j'],
  [/r/gu, 'ɹ'],
  [/x/gu, 'k'],
  [/ɬ/gu, 'l'],
  [/g/gu, 'ɡ'],
];

/** Numbers of the sounds that the model knows; others are left out. */
export function tokensOf(sounds: string, vocabulary: ReadonlyMap<string, number>): number[] {
  const written = LETTERS.reduce((text, [from, to]) => text.replace(from, to), sounds);
  return [...written].flatMap((letter) => vocabulary.get(letter) ?? []).slice(0, MOST_TOKENS);
}

/** Errors of `speak`: `speech-unavailable` with its remedy, `busy`, `inference-failed`, `cancelled`. */
export function createKokoroSynthesiser({ dataDir }: { dataDir: string }): Synthesiser {
  const places = voicePlaces(dataDir);
  const turns = pLimit(1);
  const asked = new Map<number, { resolve: (pcm: Float32Array) => void; reject: (error: EmohealError) => void }>();
  let vocabulary: ReadonlyMap<string, number> | undefined;
  let worker: Worker | undefined;
  let nextId = 1;
  let closed = false;
  /** What the thread is at: it must not be ended in the middle of the network. */
  let underWay: Promise<unknown> = Promise.resolve();

  function thread(): Worker {
    if (worker) return worker;
    const started = new Worker(workerUrl('engine/voice/kokoro-worker'), {
      workerData: { model: places.model, threads: 2 } satisfies KokoroSettings,
    });
    started.unref();
    started.on('message', (answer: FromKokoro) => {
      const waiting = asked.get(answer.id);
      asked.delete(answer.id);
      if ('pcm' in answer) waiting?.resolve(answer.pcm);
      else waiting?.reject(new EmohealError('inference-failed', `The voice failed: ${answer.failed}.`));
    });
    const gone = () => {
      // Told twice, by its error and by its end: those who wait by the second time wait for another thread.
      if (worker !== started) return;
      worker = undefined;
      const ended = new EmohealError('inference-failed', 'The voice stopped.', { retryable: true });
      for (const waiting of asked.values()) waiting.reject(ended);
      asked.clear();
    };
    started.on('error', gone);
    started.on('exit', gone);
    worker = started;
    return started;
  }

  function say(tokens: number[], styles: string): Promise<Float32Array> {
    const answer = new Promise<Float32Array>((resolve, reject) => {
      const id = nextId;
      nextId += 1;
      asked.set(id, { resolve, reject });
      thread().postMessage({ id, tokens, styles, speed: SPEED } satisfies ToKokoro);
    });
    underWay = answer.catch(() => {});
    return answer;
  }

  async function tokensOfSentence(clauses: readonly Clause[], espeak: string, signal?: AbortSignal): Promise<number[]> {
    vocabulary ??= readVocabulary(places.vocabulary);
    const sounds: string[] = [];
    for (const { words, mark } of clauses) sounds.push((await soundsOf(words, espeak, signal)) + mark);
    return tokensOf(sounds.join(' '), vocabulary);
  }

  function throwIfLeft(signal: AbortSignal | undefined): void {
    if (signal?.aborted || closed) throw new EmohealError('cancelled', 'The speech was cancelled.');
  }

  return {
    state: () => voicePartsState(dataDir),
    voices: () => KOKORO_VOICES,
    async *speak(text, { voice, language, signal } = {}): AsyncGenerator<SpokenSound> {
      const parts = voicePartsState(dataDir);
      if (parts.status !== 'ready')
        throw new EmohealError('speech-unavailable', parts.detail, { remedy: parts.remedy });
      const chosen = voiceFor({ ...(voice ? { voice } : {}), ...(language ? { language } : {}) });
      for (const clauses of sentencesOf(text)) {
        throwIfLeft(signal);
        if (turns.pendingCount >= MOST_WAITING)
          throw new EmohealError('busy', 'Too many texts wait to be spoken.', { retryable: true });
        const pcm = await turns(async () => {
          throwIfLeft(signal);
          const tokens = await tokensOfSentence(clauses, chosen.espeak, signal);
          return tokens.length === 0 ? null : say(tokens, places.voice(chosen.name));
        });
        throwIfLeft(signal);
        if (pcm) yield { pcm, rateHz: RATE_HZ };
      }
    },
    async close() {
      closed = true;
      await underWay;
      await worker?.terminate();
    },
  } satisfies Synthesiser;
}
