/** Texts in, emotion readings out, in the same order. The models run in worker threads, so that nothing here waits for them. */
import path from 'node:path';
import { readCrisisNetwork } from '../crisis/network-folder.js';
import { joined, openWordScore, type WordScore } from '../crisis/word-score.js';
import { giveWay } from '../give-way.js';
import type { EmotionClassifier } from '../ports.js';
import { openThreads } from '../threads.js';
import { EMOTION_LABELS, type EmotionReading } from '../vocabulary.js';
import { readBodyState } from './body-state.js';
import { detectLanguage } from './language.js';
import { mismatch, REMEDY, readModelFolder } from './model-folder.js';
import { listFor, plainFeelings } from './plain-feelings.js';
import { type ModelRead, poolReads, readableText } from './prepare.js';
import { affectAfter, basicFrom, nothingToRead, readingFrom } from './reading.js';
import { intensityAs, plainly, reworded, turnOf, wordingOf } from './wording.js';

/** Longest text that is read at all, in characters; whoever takes texts from outside refuses longer ones first. */
export const MOST_CHARACTERS = 100_000;

/**
 * Loads the model of a folder: ours, or an exported Hugging Face sequence classification (see `model-folder.ts`).
 * Throws `model-missing`, or `model-mismatch` with every difference named.
 */
export async function loadClassifier(folder: string, options: { verify?: boolean } = {}): Promise<EmotionClassifier> {
  const model = await readModelFolder(folder, options);
  const crisis = readCrisisNetwork(model);
  let wordScore: WordScore | undefined;
  const unusable = (reason: string, cause: unknown) => mismatch(model.folder, [reason], REMEDY, cause);
  const watching = crisis ? openThreads({ worker: 'engine/crisis/worker', settings: { crisis }, unusable }) : null;
  // Where the gate's network does not load, feelings are read all the same; whoever asks it hears of it.
  const [feelings] = await Promise.all([
    openThreads({ worker: 'engine/emotion/worker', settings: model, unusable }),
    watching?.catch(() => {}),
  ]);

  return {
    async classify(texts, signal) {
      signal?.throwIfAborted();
      const plain = texts.map((text) => readableText(text.slice(0, MOST_CHARACTERS)));
      const readable = plain.filter((text): text is string => text !== null);
      const turns = readable.flatMap((text) => turnOf(text)?.to ?? []);
      const reading = feelings.ask<ModelRead>('feeling', [...readable, ...turns].map(plainly), signal);
      // While the model reads, this thread looks at the words; before that it passes on what the gate's network waits for.
      const looking = giveWay().then(() =>
        plain.map((text) => {
          if (text === null) return null;
          const language = detectLanguage(text);
          const list = listFor(text, language, model.languages);
          return { text, state: readBodyState(text), language, list, wording: wordingOf(text) };
        }),
      );
      const [rows, looked] = await Promise.all([reading, looking]);
      let next = 0;
      let nextTurn = readable.length;
      return looked.map((words): EmotionReading & { language: string } => {
        if (words === null) return { ...nothingToRead(), language: 'und' };
        const { wording } = words;
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
      const rows = await feelings.ask<ModelRead>(
        'feeling',
        plain.map((text) => plainly(text ?? '')),
        signal,
      );
      return rows.map(({ trunk }, i) => (plain[i] === null ? null : trunk));
    },
    async dangers(texts, signal) {
      if (!crisis || !watching) return null;
      const watcher = await watching;
      const plain = texts.map((text) => readableText(text.slice(0, MOST_CHARACTERS)));
      const windows = await feelings.one.ask<number[][]>(
        'windows',
        plain.map((text) => ({ text: text ?? '', maxTokens: crisis.maxTokens })),
        signal,
      );
      const rows = await watcher.ask<number[] | null>('danger', windows, signal);
      return rows.map((danger, i) => {
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
    threshold: (label) => model.thresholds[EMOTION_LABELS.indexOf(label)]!,
    info: () => ({ model: model.name, sha256: model.sha256 }),
    async close() {
      await Promise.all([feelings, await watching?.catch(() => null)].map((threads) => threads?.close()));
    },
  };
}
