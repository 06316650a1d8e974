/** Asks a classifier the behaviour suite: how many cases it keeps to, by kind and by language, and what it gets wrong. */
import type { EmotionClassifier } from '../../ports.js';
import type { EmotionReading } from '../../vocabulary.js';
import { type BehaviourCase, judge, textsOf } from './expectation.js';

export interface Tally {
  passed: number;
  cases: number;
  /** passed / cases; 0 where there are none. */
  rate: number;
}

export interface Failure extends BehaviourCase {
  /** Each part that did not hold, in words. */
  wrong: string[];
}

export interface BehaviourReport {
  all: Tally;
  byKind: Record<string, Tally>;
  byLanguage: Record<string, Tally>;
  failures: Failure[];
}

/** Texts that go to the classifier in one call; between two calls `onProgress` is told. */
const AT_ONCE = 32;

export async function runBehaviour(
  classifier: EmotionClassifier,
  cases: readonly BehaviourCase[],
  options: { signal?: AbortSignal; onProgress?: (done: number, all: number) => void } = {},
): Promise<BehaviourReport> {
  const texts = [...new Set(cases.flatMap(textsOf))];
  const readings = new Map<string, EmotionReading>();
  for (let start = 0; start < texts.length; start += AT_ONCE) {
    const some = texts.slice(start, start + AT_ONCE);
    const read = await classifier.classify(some, options.signal);
    for (const [i, text] of some.entries()) readings.set(text, read[i]!);
    options.onProgress?.(readings.size, texts.length);
  }
  const readingOf = (text: string): EmotionReading => readings.get(text)!;
  const judged = cases.map((each) => ({ ...each, wrong: judge(each.expect, readingOf(each.text), readingOf) }));
  return {
    all: tally(judged),
    byKind: tallies(judged, (each) => each.kind),
    byLanguage: tallies(judged, (each) => each.language),
    failures: judged.filter((each) => each.wrong.length > 0),
  };
}

function tally(judged: readonly Failure[]): Tally {
  const passed = judged.filter((each) => each.wrong.length === 0).length;
  return { passed, cases: judged.length, rate: judged.length === 0 ? 0 : passed / judged.length };
}

function tallies(judged: readonly Failure[], nameOf: (each: Failure) => string): Record<string, Tally> {
  const names = [...new Set(judged.map(nameOf))];
  return Object.fromEntries(names.map((name) => [name, tally(judged.filter((each) => nameOf(each) === name))]));
}
