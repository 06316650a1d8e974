import { readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../models/paths.js';
import { readModelFolder } from '../emotion/model-folder.js';
import { readCrisisNetwork } from './network-folder.js';
import { joined, openWordScore, type WordWeights, wordsOf } from './word-score.js';

const fixture = JSON.parse(readFileSync(new URL('./word-score.fixture.json', import.meta.url), 'utf8')) as {
  text: string;
  score: [number, number];
}[];

async function shipped() {
  const network = readCrisisNetwork(await readModelFolder(path.join(packageRoot(), 'models', 'emotion')))!;
  return openWordScore(path.join(network.folder, network.words.file), network.words);
}

describe('the words and letters of danger', () => {
  it('are counted as where they were fitted, in every script and length', async () => {
    const score = await shipped();
    expect(fixture.length).toBeGreaterThan(20);
    for (const { text, score: expected } of fixture)
      score(text).forEach((value, i) => {
        expect(value, text).toBeCloseTo(expected[i]!, 3);
      });
  });

  it('give a number for every text, and a longer text by its darkest piece', async () => {
    const score = await shipped();
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        for (const value of score(text)) expect(Number.isFinite(value)).toBe(true);
      }),
    );
    const calm = 'the kettle is on and the cat is asleep on the warm step '.repeat(5);
    const dark = 'I want to kill myself tonight and I have the pills here '.repeat(5);
    expect(score(`${calm} ${dark} ${calm}`)[1]).toBeGreaterThan(score(calm)[1] + 1);
  });

  it('refuse a table of another size', () => {
    const file = path.join(os.tmpdir(), `words-${process.pid}.bin`);
    writeFileSync(file, Buffer.alloc(10));
    const weights: WordWeights = { letters: 8, words: 8, piece: 60, step: 50, scales: [1, 1], biases: [0, 0] };
    expect(() => openWordScore(file, weights)).toThrow(/another size/);
  });

  it('split at everything that is no letter, mark, number or apostrophe', () => {
    expect(wordsOf(' I’m “here”,  बच्चा—3 ')).toEqual(["i'm", 'here', 'बच्चा', '3']);
    expect(wordsOf('…')).toEqual([]);
  });

  it('move a probability by their odds and never to nothing or certainty', () => {
    expect(joined(0.5, 0, 1)).toBeCloseTo(0.5);
    expect(joined(0.5, Math.log(3), 1)).toBeCloseTo(0.75);
    expect(joined(0, 5, 1)).toBeGreaterThan(0);
    expect(joined(1, -5, 1)).toBeLessThan(1);
  });
});
