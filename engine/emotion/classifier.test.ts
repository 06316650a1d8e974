import { cpSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../../models/paths.js';
import type { EmotionClassifier } from '../ports.js';
import { EMOTION_LABELS, EmotionReading } from '../vocabulary.js';
import { loadClassifier } from './classifier.js';

const folder = path.join(packageRoot(), 'models/emotion');
let classifier: EmotionClassifier;
const scratch = mkdtempSync(path.join(os.tmpdir(), 'emoheal-emotion-'));

beforeAll(async () => {
  classifier = await loadClassifier(folder);
});
afterAll(async () => {
  await classifier.close();
  rmSync(scratch, { recursive: true, force: true });
});

const read = async (text: string) => (await classifier.classify([text]))[0]!;

describe('the emotion classifier', () => {
  it.each([
    ['I am so sad, I miss her every day', ['sadness', 'grief', 'disappointment']],
    ['thank you so much for helping me', ['gratitude']],
    ['I am so angry at him, this is outrageous', ['anger', 'annoyance']],
    ['I love you with all my heart', ['love']],
    ['I am scared of the operation tomorrow', ['fear', 'nervousness']],
    ['I am so happy today, what a wonderful day', ['joy', 'excitement', 'admiration']],
    ['I am so sorry for what I did', ['remorse']],
  ])('reads "%s"', async (text, expected) => {
    expect(expected).toContain((await read(text)).labels[0]);
  });

  it('puts sadness low and joy high in valence', async () => {
    expect((await read('I am so sad and lonely')).valence).toBeLessThan(-0.4);
    expect((await read('I am so happy and excited!')).valence).toBeGreaterThan(0.4);
  });

  it('reads a batch as it reads its lines alone, in order', async () => {
    const texts = [
      'I miss her',
      '',
      'thank you',
      'the meeting is on Tuesday '.repeat(60),
      'so tired',
      '😭',
      'I hate this',
    ];
    const batch = await classifier.classify(texts);
    for (const [i, text] of texts.entries()) {
      const alone = await read(text);
      for (const label of EMOTION_LABELS)
        expect(batch[i]!.probabilities[label]).toBeCloseTo(alone.probabilities[label]!, 5);
    }
    expect(batch).toHaveLength(texts.length);
  });

  it('hears one sad sentence at the end of a long story', async () => {
    const story = `${'The bus came at nine and we bought some bread. '.repeat(40)}I am heartbroken and so sad, I cannot stop crying.`;
    expect((await read(story)).labels).toContain('sadness');
  });

  it.each(['', '   ', '...', '\0\u0007', '\u200b\u200d', '12345', '\ud800'])(
    'finds nothing to read in %j',
    async (text) => {
      expect(await read(text)).toMatchObject({ labels: [], language: 'und' });
    },
  );

  it('survives anything', async () => {
    const odd = [
      '<b>sad</b><script>x</script>',
      '\u202eabc',
      'שלום, אני עצוב',
      'a'.repeat(1_000),
      'word '.repeat(1_000),
    ];
    const noise = fc.sample(fc.string({ unit: 'binary', maxLength: 200 }), 25);
    for (const reading of await classifier.classify([...odd, ...noise])) EmotionReading.parse(reading);
  });

  it.each(['classify', 'dangers'] as const)(
    'keeps nobody waiting for the end of somebody else’s long text (%s)',
    async (what) => {
      const letter = Array.from({ length: 900 }, (_, i) => `On day ${i} I was tired and lay awake.`).join(' ');
      const order: string[] = [];
      const long = classifier[what]!([letter]).then(() => order.push('long'));
      await classifier[what]!(['I am so sad']).then(() => order.push('short'));
      await long;
      expect(order).toEqual(['short', 'long']);
    },
  );

  it('lets go when it is called off', async () => {
    const stop = new AbortController();
    const promise = classifier.classify(['so sad '.repeat(10_000)], stop.signal);
    stop.abort();
    await expect(promise).rejects.toThrow();
    expect((await read('thank you')).labels[0]).toBe('gratitude');
  });
});

describe('a model folder that is not whole', () => {
  const copy = (name: string) => {
    const target = path.join(scratch, name);
    cpSync(folder, target, { recursive: true });
    return target;
  };

  it('is told apart: nothing there', async () => {
    await expect(loadClassifier(path.join(scratch, 'none'))).rejects.toMatchObject({ code: 'model-missing' });
  });

  it('names every file that differs, and what to do', async () => {
    const broken = copy('broken');
    truncateSync(path.join(broken, 'model.int8.onnx'), 1_000_000);
    writeFileSync(path.join(broken, 'tokenizer.json'), '{}');
    const error = await loadClassifier(broken).catch((e) => e);
    expect(error).toMatchObject({ code: 'model-mismatch' });
    expect(error.message).toMatch(/model\.int8\.onnx.*tokenizer\.json/s);
    expect(error.remedy).toMatch(/doctor --repair/);
  });

  it('gives an error, not a crash, where a damaged file is loaded unchecked', async () => {
    const broken = copy('unchecked');
    truncateSync(path.join(broken, 'model.int8.onnx'), 2_000_000);
    await expect(loadClassifier(broken, { verify: false })).rejects.toMatchObject({ code: 'model-mismatch' });
  });

  it('gives a model error for a config that is not JSON', async () => {
    const broken = copy('config');
    writeFileSync(path.join(broken, 'config.json'), '{"labels": [');
    await expect(loadClassifier(broken)).rejects.toMatchObject({ code: 'model-mismatch' });
  });
});
