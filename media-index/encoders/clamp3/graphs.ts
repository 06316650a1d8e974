/** The three graphs of CLaMP3 in ONNX Runtime: windows of sound, vectors of windows and ids of tokens, each to a vector. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Tokenizer } from '@huggingface/tokenizers';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { EmohealError } from '../../../engine/errors.js';
import type { Clamp3Folder } from './folder.js';
import { tokenizerOf } from './words.js';

type Part = 'mert' | 'audio' | 'text';

export interface Graphs {
  /** One window, levelled: mean of MERT's hidden states over states and time. */
  ears(samples: Float32Array): Promise<Float32Array>;
  /** Up to a segment of windows' vectors to a joint vector. */
  audio(vectors: readonly Float32Array[]): Promise<Float32Array>;
  /** Up to a segment of token ids to a joint vector. */
  text(ids: readonly number[]): Promise<Float32Array>;
  tokenizer(): Tokenizer;
  /** Frees the memory; a later call loads again. */
  release(): Promise<void>;
}

/**
 * Nothing is loaded before it is needed: words need the text graph alone. A load is shared by all who wait for it, and one
 * that failed is forgotten. `threads` is how many cores one run may use.
 */
export function openGraphs({ folder, manifest }: Clamp3Folder, threads: number): Graphs {
  const sessions = new Map<Part, Promise<InferenceSession>>();
  let words: Tokenizer | undefined;

  const session = (part: Part): Promise<InferenceSession> => {
    const known = sessions.get(part);
    if (known) return known;
    const opening = InferenceSession.create(path.join(folder, `${part}.onnx`), {
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
    }).catch((cause) => {
      sessions.delete(part);
      const gone = !existsSync(path.join(folder, `${part}.onnx`));
      throw new EmohealError(
        gone ? 'model-missing' : 'model-mismatch',
        `${part}.onnx of CLaMP3 in ${folder} ${gone ? 'is missing' : 'cannot be loaded'}.`,
        { remedy: 'Make the folder again with models/train/export_clamp3.py (docs/clamp3.md).', cause },
      );
    });
    sessions.set(part, opening);
    return opening;
  };

  async function vectorOf(part: Part, feeds: Record<string, Tensor>, length: number): Promise<Float32Array> {
    const loaded = await session(part);
    const shapes = Object.entries(feeds).map(([name, tensor]) => `${name} ${tensor.dims.join('x')}`);
    let vector: Tensor | undefined;
    try {
      vector = (await loaded.run(feeds, ['vector'])).vector;
    } catch {
      // The runtime's own message may hold inputs, and those are what somebody said.
      throw new EmohealError('inference-failed', `${part}.onnx of CLaMP3 failed on ${shapes.join(', ')}.`);
    }
    if (vector?.data.length !== length)
      throw new EmohealError(
        'model-mismatch',
        `${part}.onnx of CLaMP3 gives ${vector?.data.length ?? 0} numbers, its manifest says ${length}.`,
        { remedy: 'Make the folder again with models/train/export_clamp3.py (docs/clamp3.md).' },
      );
    return (vector.data as Float32Array).slice();
  }

  /** Segments go in unpadded: a mask of ones on what is there gives what zeros behind a mask would. */
  const ones = (length: number) => new Tensor('float32', new Float32Array(length).fill(1), [1, length]);
  const { width, dim } = manifest.clamp3;
  return {
    ears: (samples) => vectorOf('mert', { samples: new Tensor('float32', samples, [1, samples.length]) }, width),
    audio(vectors) {
      const all = new Float32Array(vectors.length * width);
      for (const [i, vector] of vectors.entries()) all.set(vector, i * width);
      const feeds = { vectors: new Tensor('float32', all, [1, vectors.length, width]), mask: ones(vectors.length) };
      return vectorOf('audio', feeds, dim);
    },
    text: (ids) =>
      vectorOf(
        'text',
        { ids: new Tensor('int64', BigInt64Array.from(ids, BigInt), [1, ids.length]), mask: ones(ids.length) },
        dim,
      ),
    tokenizer() {
      words ??= tokenizerOf(JSON.parse(readFileSync(path.join(folder, 'tokenizer.json'), 'utf8')));
      return words;
    },
    async release() {
      const open = [...sessions.values()];
      sessions.clear();
      words = undefined;
      for (const each of open) await (await each.catch(() => null))?.release();
    },
  };
}
