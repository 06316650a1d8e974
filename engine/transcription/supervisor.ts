/**
 * Keeps one resident whisper process alive: starts it when first needed, gives it one utterance at a time, restarts it
 * with growing pauses when it dies, and tries the utterance it died on once more. Frames: deploy/native/whisper-resident.cpp.
 */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { EmohealError } from '../errors.js';

export interface SpeechRequest {
  pcm: Float32Array;
  audioCtx: number;
  /** A word or two: never heard a second time with the full context. */
  brief?: boolean;
  /** ISO 639-1; '' = detect. */
  language: string;
  /** Wins over an unsure detection; '' = none. */
  expected: string;
}

const Answer = z.object({
  id: z.number(),
  text: z.string(),
  language: z.string(),
  languageP: z.number(),
  noSpeechP: z.number(),
  meanLogP: z.number(),
  ms: z.number(),
});
export type SpeechAnswer = z.infer<typeof Answer>;
const Reply = z.union([
  Answer,
  z.object({ ready: z.literal(true) }),
  z.object({ id: z.number(), pong: z.literal(true) }),
  z.object({ id: z.number(), error: z.string() }),
  z.object({ fatal: z.string() }),
]);

export interface SupervisorOptions {
  command: string;
  args: string[];
  /** Utterances that may wait, 8 by default; more get `busy`. */
  queueLimit?: number;
  startLimitMs?: number;
  /** Limit for one utterance of this length. */
  answerLimitMs?: (seconds: number) => number;
  /** Pause before the n-th start after n deaths in a row. */
  backOffMs?: (deaths: number) => number;
}

export interface Supervisor {
  ask(request: SpeechRequest, signal?: AbortSignal): Promise<SpeechAnswer>;
  /** Starts the process ahead of the first utterance. */
  warm(): Promise<void>;
  isAlive(): boolean;
  pid(): number | undefined;
  close(): Promise<void>;
}

/** Added to the encoder positions of a frame. */
const BRIEF = 1 << 16;
const MOST_LINE = 64 * 1024;
const unavailable = (message: string) =>
  new EmohealError('speech-unavailable', message, { retryable: true, remedy: 'Say it again, or type how you feel.' });

interface Running {
  child: ChildProcessWithoutNullStreams;
  ended: Promise<void>;
  hasEnded: boolean;
  next(limitMs: number): Promise<z.infer<typeof Reply>>;
}

export function supervise(options: SupervisorOptions): Supervisor {
  const queueLimit = options.queueLimit ?? 8;
  const startLimitMs = options.startLimitMs ?? 60_000;
  const answerLimitMs = options.answerLimitMs ?? ((seconds) => 60_000 + seconds * 4000);
  const backOffMs = options.backOffMs ?? ((deaths) => (deaths < 1 ? 0 : Math.min(30_000, 200 * 2 ** deaths)));
  let running: Running | undefined;
  let starting: Promise<Running> | undefined;
  let deaths = 0;
  let waiting = 0;
  let nextId = 1;
  let closed = false;
  let turn: Promise<unknown> = Promise.resolve();

  async function start(): Promise<Running> {
    await wait(backOffMs(deaths));
    if (closed) throw unavailable('The speech recogniser is closed.');
    const process = launch(options.command, options.args);
    try {
      const first = await process.next(startLimitMs);
      if (!('ready' in first)) throw unavailable('The speech recogniser could not load its model.');
    } catch (error) {
      process.child.kill('SIGKILL');
      deaths += 1;
      throw error;
    }
    running = process;
    return process;
  }

  function ready(): Promise<Running> {
    if (running && !running.hasEnded) return Promise.resolve(running);
    // A failed start is forgotten, so that the next utterance tries again.
    starting ??= start().finally(() => {
      starting = undefined;
    });
    return starting;
  }

  async function once(request: SpeechRequest): Promise<SpeechAnswer> {
    const process = await ready();
    const id = nextId;
    nextId += 1;
    try {
      process.child.stdin.write(frame(id, request));
      const reply = await process.next(answerLimitMs(request.pcm.length / 16_000));
      if ('error' in reply) throw new EmohealError('inference-failed', `The speech recogniser says: ${reply.error}.`);
      if (!('text' in reply) || reply.id !== id) throw unavailable('The speech recogniser answered out of turn.');
      deaths = 0;
      return reply;
    } catch (error) {
      if (error instanceof EmohealError && error.code === 'inference-failed') throw error;
      // Late answers must not meet the next utterance: the process goes.
      process.child.ref();
      process.child.kill('SIGKILL');
      await process.ended;
      deaths += 1;
      throw error;
    }
  }

  const isRetryable = (error: unknown) => error instanceof EmohealError && error.retryable && !closed;

  return {
    async ask(request, signal) {
      if (closed) throw unavailable('The speech recogniser is closed.');
      if (waiting >= queueLimit) {
        throw new EmohealError('busy', 'Too many people are speaking at once.', {
          retryable: true,
          remedy: 'Say it again in a moment.',
        });
      }
      throwIfAborted(signal);
      waiting += 1;
      const mine = turn.then(async () => {
        throwIfAborted(signal);
        return once(request).catch((error) => {
          if (!isRetryable(error)) throw error;
          throwIfAborted(signal);
          return once(request);
        });
      });
      turn = mine.then(
        () => {},
        () => {},
      );
      const settled = mine.finally(() => {
        waiting -= 1;
      });
      if (!signal) return settled;
      // An utterance already under way cannot be taken back; its answer is dropped.
      settled.catch(() => {});
      return new Promise((resolve, reject) => {
        const onAbort = () => reject(cancelled());
        signal.addEventListener('abort', onAbort, { once: true });
        settled.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
      });
    },
    warm: async () => void (await ready()),
    isAlive: () => running !== undefined && !running.hasEnded,
    pid: () => (running && !running.hasEnded ? running.child.pid : undefined),
    async close() {
      closed = true;
      await starting?.catch(() => {});
      if (!running || running.hasEnded) return;
      running.child.ref();
      running.child.kill('SIGKILL');
      await running.ended;
    },
  };
}

const cancelled = () => new EmohealError('cancelled', 'The transcription was cancelled.');
function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw cancelled();
}

function frame(id: number, { pcm, audioCtx, brief, language, expected }: SpeechRequest): Buffer {
  const head = Buffer.alloc(32);
  head.write('EHW1', 0, 'latin1');
  head.writeUInt32LE(id, 4);
  head.writeUInt32LE(pcm.length, 8);
  head.writeUInt32LE(audioCtx + (brief ? BRIEF : 0), 12);
  head.write(language.slice(0, 7), 16, 'latin1');
  head.write(expected.slice(0, 7), 24, 'latin1');
  return Buffer.concat([head, Buffer.from(pcm.buffer, pcm.byteOffset, pcm.byteLength)]);
}

function launch(command: string, args: string[]): Running {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'], env: {} });
  const lines: string[] = [];
  let rest = '';
  let wake: () => void = () => {};
  let end: () => void = () => {};
  const process: Running = {
    child,
    hasEnded: false,
    ended: new Promise<void>((resolve) => {
      end = resolve;
    }),
    async next(limitMs) {
      const deadline = performance.now() + limitMs;
      while (lines.length === 0) {
        if (process.hasEnded) throw unavailable('The speech recogniser stopped.');
        const leftMs = deadline - performance.now();
        if (leftMs <= 0) throw unavailable('The speech recogniser took too long.');
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, leftMs);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      const parsed = Reply.safeParse(parseJson(lines.shift()!));
      // The line itself may hold what was said: it stays out of the error.
      if (!parsed.success) throw unavailable('The speech recogniser answered in an unknown form.');
      return parsed.data;
    },
  };
  const finish = () => {
    process.hasEnded = true;
    end();
    wake();
  };
  child.on('error', finish);
  child.on('exit', finish);
  // A dead process closes its pipe; the exit above tells.
  child.stdin.on('error', () => {});
  child.stderr.resume();
  child.stdout.setEncoding('utf8');
  child.stdout.on('data', (text: string) => {
    const parts = (rest + text).split('\n');
    rest = parts.pop() ?? '';
    if (rest.length > MOST_LINE) child.kill('SIGKILL');
    lines.push(...parts);
    wake();
  });
  // The server's other work decides how long this program lives, not an idle recogniser.
  child.unref();
  for (const stream of [child.stdin, child.stdout, child.stderr])
    (stream as unknown as { unref?: () => void }).unref?.();
  return process;
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
