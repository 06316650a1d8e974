/**
 * The ears of the index: MusicNN (Pons & Serra 2019, ISC), which was trained on how people tag music. Its weights are not
 * ours; set-up fetches them (`deploy/setup/steps/listening.mjs`). Without them the index goes by its own measures alone.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { GemsFactor } from '../../engine/vocabulary.js';
import { feltByTags } from './feelings.js';
import { BANDS, melPatches, PATCH_FRAMES, toMono16k } from './mel.js';

/** Changes whenever the same sound would be heard otherwise. */
export const EARS = 'musicnn-1';
/** Two minutes of three-second patches, spread over the piece, tell what it is like. */
const MOST_PATCHES = 40;
const MODELS = ['msd', 'mtt'] as const;

export interface Heard {
  /** Mean probability of each tag, in the order of `tags.ts`. */
  msd: number[];
  mtt: number[];
  /** What listeners would probably feel, 0..1. */
  gems: Record<GemsFactor, number>;
}

export interface Ears {
  /** Interleaved stereo at 48 kHz; null where it is shorter than three seconds. */
  listen(interleaved: Float32Array): Promise<Heard | null>;
}

export const earsFolder = (dataDir: string): string => path.join(dataDir, 'models', 'musicnn');
export const earsAreHere = (folder: string): boolean =>
  MODELS.every(
    (name) => existsSync(path.join(folder, name, 'graph.onnx')) && existsSync(path.join(folder, name, 'weights')),
  );

/** `folder` holds msd/ and mtt/, each with graph.onnx and weights. */
export async function openEars(folder: string): Promise<Ears> {
  const [msd, mtt] = await Promise.all(
    MODELS.map((name) =>
      // One thread each: several pieces are listened to at once, each on a thread of its own.
      InferenceSession.create(path.join(folder, name, 'graph.onnx'), { intraOpNumThreads: 1, interOpNumThreads: 1 }),
    ),
  );
  const meanTags = async (session: InferenceSession, mel: Tensor, patches: number): Promise<number[]> => {
    const { tags } = await session.run({ mel }, ['tags']);
    const values = tags!.data as Float32Array;
    const width = values.length / patches;
    return Array.from({ length: width }, (_, tag) => {
      let sum = 0;
      for (let patch = 0; patch < patches; patch += 1) sum += values[patch * width + tag]!;
      return sum / patches;
    });
  };
  return {
    async listen(interleaved) {
      const patches = melPatches(toMono16k(interleaved), MOST_PATCHES);
      if (patches.length === 0) return null;
      const all = new Float32Array(patches.length * PATCH_FRAMES * BANDS);
      for (const [i, patch] of patches.entries()) all.set(patch, i * PATCH_FRAMES * BANDS);
      const mel = new Tensor('float32', all, [patches.length, PATCH_FRAMES, BANDS]);
      const heardMsd = await meanTags(msd!, mel, patches.length);
      const heardMtt = await meanTags(mtt!, mel, patches.length);
      return { msd: heardMsd, mtt: heardMtt, gems: feltByTags(heardMsd, heardMtt) };
    },
  };
}
