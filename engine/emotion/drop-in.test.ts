/** A model of somebody else in the product: XLM-RoBERTa as Hugging Face exports it, held against PyTorch itself. */
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../../models/paths.js';
import { EMOTION_LABELS } from '../vocabulary.js';
import { loadClassifier } from './classifier.js';

const run = promisify(execFile);
const torch = await run('python3', ['-c', 'import torch, transformers, onnx, tokenizers']).then(
  () => true,
  () => false,
);
if (!torch) console.warn('skipped: no drop-in model is compared with PyTorch, python3 lacks torch or transformers');

const LINES = ['I feel sad', 'i feel so alone tonight, why?', 'FEELING sad, happy again!', 'x'];
const folder = mkdtempSync(path.join(os.tmpdir(), 'emoheal-xlmr-'));
const exported = path.join(folder, 'tiny');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.runIf(torch)('an exported XLM-RoBERTa', () => {
  beforeAll(async () => {
    const said = path.join(folder, 'said.txt');
    writeFileSync(said, `${LINES.join('\n')}\n`);
    const script = path.join(packageRoot(), 'models', 'train', 'export_xlmr.py');
    await run('python3', ['-B', script, '--tiny', '--out', exported, '--reference', said]);
  }, 120_000);

  const changed = (name: string, change: (config: Record<string, unknown>) => void) => {
    const target = path.join(folder, name);
    cpSync(exported, target, { recursive: true });
    const file = path.join(target, 'config.json');
    const config = JSON.parse(readFileSync(file, 'utf8'));
    change(config);
    writeFileSync(file, JSON.stringify(config));
    return target;
  };

  it('reads as PyTorch does, to 1e-4, with its own labels and tokeniser', async () => {
    const reference = JSON.parse(readFileSync(path.join(exported, 'reference.json'), 'utf8'));
    const classifier = await loadClassifier(exported);
    const readings = await classifier.classify(LINES);
    await classifier.close();
    for (const [row, reading] of readings.entries())
      for (const [column, label] of EMOTION_LABELS.entries())
        expect(
          Math.abs(reading.probabilities[label] - reference.probabilities[row][column]),
          `${LINES[row]} ${label}`,
        ).toBeLessThan(1e-4);
    // Random weights, but not all the same: the comparison could fail.
    expect(new Set(reference.probabilities.flat().map((p: number) => p.toFixed(3))).size).toBeGreaterThan(20);
  });

  it('may have its labels in another order, lack some and have others besides', async () => {
    const target = changed('other-order', (config) => {
      const names = config.id2label as Record<string, string>;
      config.id2label = { ...names, '0': names['25'], '25': names['0'], '1': 'happiness' };
    });
    const [plain, other] = await Promise.all([loadClassifier(exported), loadClassifier(target)]);
    const [a, b] = [(await plain.classify(['I feel sad']))[0]!, (await other.classify(['I feel sad']))[0]!];
    await Promise.all([plain.close(), other.close()]);
    expect(b.probabilities.sadness).toBeCloseTo(a.probabilities.admiration, 6);
    expect(b.probabilities.amusement).toBe(0);
    expect(b.labels).not.toContain('amusement');
  });

  it('says what is wrong when it reads something else than emotions, or is not whole', async () => {
    const stars = changed('stars', (config) => {
      config.id2label = Object.fromEntries(Array.from({ length: 28 }, (_, i) => [i, `${i} stars`]));
    });
    await expect(loadClassifier(stars)).rejects.toThrow(/only 0 of its 28 labels/);
    rmSync(path.join(stars, 'tokenizer.json'));
    await expect(loadClassifier(stars)).rejects.toThrow(/tokenizer\.json is missing/);
  });

  it('reads what is longer than it can hold in windows', async () => {
    const classifier = await loadClassifier(exported);
    const [reading] = await classifier.classify(['I feel sad and alone '.repeat(200)]);
    await classifier.close();
    expect(reading!.intensity).toBeGreaterThan(0);
  });
});
