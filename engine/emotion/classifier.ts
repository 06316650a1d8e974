/** Texts in, emotion readings out, in the same order. The model runs in a worker thread that is restarted when it dies. */
import os from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { workerUrl } from '../../models/paths.js';
import { readCrisisNetwork } from '../crisis/network-folder.js';
import { joined, openWordScore, type WordScore } from '../crisis/word-score.js';
import { EmohealError } from '../errors.js';
import type { EmotionClassifier } from '../ports.js';
import type { EmotionReading } from '../vocabulary.js';
import { readBodyState } from './body-state.js';
import { detectLanguage } from './language.js';
import { mismatch, REMEDY, readModelFolder } from './model-folder.js';
import { listFor, plainFeelings } from './plain-feelings.js';
import { type ModelRead, poolReads, readableText } from './prepare.js';
import { affectAfter, basicFrom, nothingToRead, readingFrom } from './reading.js';
import { intensityAs, plainly, reworded, wordingOf } from './wording.js';
import type { FromWorker, ReadsFor, ToWorker, WorkerSettings } from './worker.js';

/**
 * ONNX Runtime 1.30 searches the process's command line with a recursive regular expression when it loads; a feeling of
 * 20,000 characters given as an argument overflowed the usual 4 MB. 100,000 characters need about 20.
 */
const STACK_MB = 64;
const CORES = Math.min(4, os.availableParallelism());
/** From so many texts on, threads share them. */
const MANY = 32;
/** Longest text that is read at all, in characters; whoever takes texts from outside refuses longer ones first. */
export const MOST_CHARACTERS = 100_000;

/**
 * Loads the model of a folder: ours, or an exported Hugging Face sequence classification (see `model-folder.ts`).
 * Throws `model-missing`, or `model-mismatch` with every difference named.
 */
export async function loadClassifier(folder: string, options: { verify?: boolean } = {}): Promise<EmotionClassifier> {
  const model = await readModelFolder(folder, options);
  // One sentence is read by all cores together; of many, each core reads its share, which wastes less.
  const crisis = readCrisisNetwork(model);
  let wordScore: WordScore | undefined;
  const alone = await startThread({ ...model, crisis, threads: CORES });
  let together: Promise<Thread[]> | undefined;

  async function rowsOf(texts: string[], signal?: AbortSignal, reads: ReadsFor = 'feeling'): Promise<ModelRead[]> {
    if (texts.length === 0) return [];
    if (texts.length < MANY || CORES === 1) return alone.classify(texts, reads, signal);
    together ??= Promise.all(Array.from({ length: CORES }, () => startThread({ ...model, crisis, threads: 1 })));
    const threads = await together;
    const share = Math.ceil(texts.length / threads.length);
    const parts = threads.map((thread, i) => {
      const some = texts.slice(i * share, (i + 1) * share);
      return some.length > 0 ? thread.classify(some, reads, signal) : [];
    });
    return (await Promise.all(parts)).flat();
  }

  return {
    async classify(texts, signal) {
      signal?.throwIfAborted();
      const plain = texts.map((text) => readableText(text.slice(0, MOST_CHARACTERS)));
      const readable = plain.filter((text): text is string => text !== null);
      const wordings = readable.map(wordingOf);
      const turns = wordings.flatMap(({ turn }) => (turn === null ? [] : [turn]));
      const reading = rowsOf([...readable, ...turns].map(plainly), signal);
      // While the model reads, this thread looks at the words.
      const looked = plain.map((text) => {
        if (text === null) return null;
        const language = detectLanguage(text);
        return { text, state: readBodyState(text), language, list: listFor(text, language, model.languages) };
      });
      const rows = await reading;
      let next = 0;
      let nextTurn = readable.length;
      return looked.map((words): EmotionReading & { language: string } => {
        if (words === null) return { ...nothingToRead(), language: 'und' };
        const wording = wordings[next]!;
        const whole = rows[next++] ?? poolReads([]);
        const afterTurn = wording.turn === null ? null : (rows[nextTurn++]?.labels ?? null);
        if (words.list !== null) {
          const listed = readingFrom(plainFeelings(words.text, words.list), model.thresholds);
          return { ...listed, ...(words.state.length > 0 ? { bodyState: words.state } : {}), language: words.list };
        }
        const read = readingFrom(reworded(whole.labels, wording, afterTurn), model.thresholds);
        return {
          ...read,
          ...(whole.affect ? affectAfter(whole.affect, whole.labels, read) : {}),
          ...(whole.basic ? { basic: basicFrom(whole.basic) } : {}),
          intensity: intensityAs(read.intensity, wording),
          ...(words.state.length > 0 ? { bodyState: words.state } : {}),
          language: words.language,
        };
      });
    },
    async vectors(texts, signal) {
      if (model.outputs.trunk === null) return null;
      const plain = texts.map((text) => readableText(text.slice(0, MOST_CHARACTERS)));
      const rows = await rowsOf(
        plain.map((text) => plainly(text ?? '')),
        signal,
      );
      return rows.map(({ trunk }, i) => (plain[i] === null ? null : trunk));
    },
    async dangers(texts, signal) {
      if (!crisis) return null;
      const plain = texts.map((text) => readableText(text.slice(0, MOST_CHARACTERS)));
      const rows = await rowsOf(
        plain.map((text) => text ?? ''),
        signal,
        'danger',
      );
      return rows.map(({ danger }, i) => {
        const text = plain[i];
        // Where the network was not trained it hears danger in "good night" as often as in danger: the patterns stand alone.
        if (!text || !danger || listFor(text, detectLanguage(text), model.languages) !== null) return null;
        const [network = 0, networkAcute = 0, ...kinds] = danger;
        const { weight } = crisis.words;
        wordScore ??= openWordScore(path.join(crisis.folder, crisis.words.file), crisis.words);
        const [words, wordsAcute] = wordScore(text);
        const any = joined(network, words, weight);
        const acute = joined(networkAcute, wordsAcute, weight);
        const category = crisis.categories[kinds.indexOf(Math.max(...kinds))] ?? 'suicide';
        const level =
          acute >= crisis.thresholds.crisis ? 'crisis' : any >= crisis.thresholds.danger ? 'concern' : 'none';
        const { unlikely, sure } = crisis.thresholds;
        return { level, category, lessBy: any < sure ? 2 : any < unlikely ? 1 : 0 } as const;
      });
    },
    info: () => ({ model: model.name, sha256: model.sha256 }),
    async close() {
      await Promise.all([alone, ...((await together?.catch(() => [])) ?? [])].map((thread) => thread.close()));
    },
  };
}

interface Thread {
  classify(texts: string[], reads: ReadsFor, signal?: AbortSignal): Promise<ModelRead[]>;
  close(): Promise<void>;
}

interface Waiting {
  texts: string[];
  reads: ReadsFor;
  retried: boolean;
  resolve(rows: ModelRead[]): void;
  reject(error: Error): void;
}

/** Keeps one worker alive: what was in flight when it died is asked once more of its successor. */
async function startThread(settings: WorkerSettings): Promise<Thread> {
  const waiting = new Map<number, Waiting>();
  let nextId = 1;
  let closing = false;
  let worker = await spawn();

  function spawn(): Promise<Worker> {
    return new Promise((resolve, reject) => {
      const fresh = new Worker(workerUrl('engine/emotion/worker'), {
        workerData: settings,
        execArgv: [],
        resourceLimits: { stackSizeMb: STACK_MB },
      });
      const unusable = (reason: string, cause?: unknown) => reject(mismatch(settings.folder, [reason], REMEDY, cause));
      fresh.once('error', (error) => unusable('its thread stopped', error));
      fresh.on('message', (message: FromWorker) => {
        if (message.kind === 'ready') {
          fresh.unref();
          fresh.removeAllListeners('error');
          fresh.on('error', () => {});
          fresh.once('exit', () => void revive());
          resolve(fresh);
        } else if (message.kind === 'load-failed') {
          unusable('the graph is damaged or of another kind', new Error(message.reason));
          void fresh.terminate();
        } else {
          settle(message);
        }
      });
    });
  }

  function settle(message: Extract<FromWorker, { id: number }>): void {
    const job = waiting.get(message.id);
    waiting.delete(message.id);
    if (waiting.size === 0) worker.unref();
    if (message.kind === 'classified') job?.resolve(message.rows);
    else
      job?.reject(
        new EmohealError(
          'inference-failed',
          `The emotion model failed on ${job.texts.length} texts (${message.reason}).`,
          { retryable: true },
        ),
      );
  }

  async function revive(): Promise<void> {
    if (closing) return;
    const orphans = [...waiting.values()];
    waiting.clear();
    try {
      worker = await spawn();
      for (const job of orphans) {
        if (job.retried)
          job.reject(new EmohealError('inference-failed', 'The emotion model stopped twice on the same texts.'));
        else ask({ ...job, retried: true });
      }
    } catch (error) {
      for (const job of orphans) job.reject(error as Error);
    }
  }

  function ask(job: Waiting): number {
    const id = nextId++;
    waiting.set(id, job);
    worker.ref();
    worker.postMessage({ kind: 'classify', id, texts: job.texts, reads: job.reads } satisfies ToWorker);
    return id;
  }

  return {
    classify: (texts, reads, signal) =>
      new Promise((resolve, reject) => {
        const id = ask({ texts, reads, retried: false, resolve, reject });
        signal?.addEventListener(
          'abort',
          () => {
            if (!waiting.delete(id)) return;
            worker.postMessage({ kind: 'cancel', id } satisfies ToWorker);
            if (waiting.size === 0) worker.unref();
            reject(signal.reason);
          },
          { once: true },
        );
      }),
    async close() {
      closing = true;
      for (const job of waiting.values()) job.reject(new EmohealError('cancelled', 'The emotion model was closed.'));
      waiting.clear();
      await new Promise<void>((resolve) => {
        if (worker.threadId === -1) resolve();
        worker.ref();
        worker.once('exit', () => resolve());
        worker.postMessage({ kind: 'close' } satisfies ToWorker);
      });
    },
  };
}
