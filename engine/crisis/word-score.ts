/**
 * What words and letters alone say of danger: a logistic regression over hashed n-grams, beside the network, which is wrong
 * about other lines. Pure counting, well under a millisecond for a sentence. Fitted by `models/train/crisis/word_score.py`,
 * which counts in the same way.
 */
import { readFileSync } from 'node:fs';

export interface WordWeights {
  letters: number;
  words: number;
  /** A long text is read in pieces of so many words, `step` words apart; the highest counts. */
  piece: number;
  step: number;
  scales: readonly number[];
  biases: readonly number[];
}

/** Log-odds of danger at all, and of a crisis. */
export type WordScore = (text: string) => [any: number, crisis: number];

/** FNV-1a over code points, 32 bits, its upper half folded in. */
function fnv(text: string, seed: number): number {
  let value = 2166136261 ^ seed;
  for (const letter of text) value = Math.imul(value ^ letter.codePointAt(0)!, 16777619);
  value >>>= 0;
  return (value ^ (value >>> 15)) >>> 0;
}

export function wordsOf(text: string): string[] {
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\u2019/g, "'")
    .replace(/[^\p{L}\p{M}\p{N}']+/gu, ' ')
    .trim();
  return plain === '' ? [] : plain.split(' ');
}

export function openWordScore(file: string, weights: WordWeights): WordScore {
  const table = readFileSync(file);
  const row = weights.letters + weights.words;
  if (table.length !== row * weights.biases.length) throw new Error('the table of word weights has another size');
  return (text) => {
    const words = wordsOf(text);
    let highest: [number, number] = [-Infinity, -Infinity];
    const pieces = Math.max(1, Math.ceil((words.length - (weights.piece - weights.step)) / weights.step));
    for (let i = 0; i < pieces; i++) {
      const at = i * weights.step;
      const [any, crisis] = scoreOf(words.slice(at, at + weights.piece));
      highest = [Math.max(highest[0], any), Math.max(highest[1], crisis)];
    }
    return highest;
  };

  function scoreOf(words: readonly string[]): [number, number] {
    const sums: [number, number] = [weights.biases[0]!, weights.biases[1]!];
    for (const group of [lettersIn(words), rowsIn(words)]) {
      let square = 0;
      for (const count of group.values()) square += count * count;
      const length = Math.sqrt(square) || 1;
      for (const [bucket, count] of group) {
        sums[0] += (table.readInt8(bucket) * weights.scales[0]! * count) / length;
        sums[1] += (table.readInt8(row + bucket) * weights.scales[1]! * count) / length;
      }
    }
    return sums;
  }

  function lettersIn(words: readonly string[]): Map<number, number> {
    const found = new Map<number, number>();
    for (const word of words) {
      const framed = [...` ${word} `];
      for (let size = 2; size <= 5; size++)
        for (let at = 0; at <= Math.max(0, framed.length - size); at++)
          count(found, fnv(framed.slice(at, at + size).join(''), 1) % weights.letters);
    }
    return found;
  }

  function rowsIn(words: readonly string[]): Map<number, number> {
    const found = new Map<number, number>();
    for (let size = 1; size <= 3; size++)
      for (let at = 0; at + size <= words.length; at++)
        count(found, weights.letters + (fnv(words.slice(at, at + size).join(' '), 2) % weights.words));
    return found;
  }
}

const count = (of: Map<number, number>, bucket: number) => of.set(bucket, (of.get(bucket) ?? 0) + 1);

/** A probability of the network and log-odds of the words as one probability. */
export function joined(probability: number, logOdds: number, weight: number): number {
  const kept = Math.min(1 - 1e-6, Math.max(1e-6, probability));
  return 1 / (1 + Math.exp(-(Math.log(kept / (1 - kept)) + weight * logOdds)));
}
