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
export const EARS = 'musicnn-2';
/** Two minutes of three-second patches, spread over the piece, tell what it is like. */
const MOST_PATCHES = 40;
/** More at once is no faster and takes some 90 MB a patch. */
const AT_ONCE = 4;
const MODELS = ['msd', 'mtt'] as const;

export interface Heard {
  /** Mean probability of each tag, in the order of `tags.ts`. */
  msd: number[];
  mtt: number[];
  /** What listeners would probably feel, 0..1. */
  gems: Record<GemsFactor, number>;
  /** What the two models make of every three seconds before naming it: rows of 200 + 200 numbers, in order of time. */
  patches: Float32Array[];
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
  const hear = async (session: InferenceSession, patches: readonly Float32Array[]) => {
    const [tags, rows]: Float32Array[][] = [[], []];
    for (let start = 0; start < patches.length; start += AT_ONCE) {
      const some = patches.slice(start, start + AT_ONCE);
      const all = new Float32Array(some.length * PATCH_FRAMES * BANDS);
      for (const [i, patch] of some.entries()) all.set(patch, i * PATCH_FRAMES * BANDS);
      const mel = new Tensor('float32', all, [some.length, PATCH_FRAMES, BANDS]);
      const found = await session.run({ mel }, ['tags', 'embedding']);
      tags!.push(...rowsOf(found.tags!));
      rows!.push(...rowsOf(found.embedding!));
    }
    return { tags: meanOf(tags!), rows: rows! };
  };
  return {
    async listen(interleaved) {
      const patches = melPatches(toMono16k(interleaved), MOST_PATCHES);
      if (patches.length === 0) return null;
      const [byMsd, byMtt] = [await hear(msd!, patches), await hear(mtt!, patches)];
      return {
        msd: byMsd.tags,
        mtt: byMtt.tags,
        gems: feltByTags(byMsd.tags, byMtt.tags),
        patches: byMsd.rows.map((row, i) => Float32Array.from([...row, ...byMtt.rows[i]!])),
      };
    },
  };
}

/** A tensor [rows, width] as its rows. */
function rowsOf(tensor: Tensor): Float32Array[] {
  const [rows, width] = tensor.dims as [number, number];
  const values = tensor.data as Float32Array;
  return Array.from({ length: rows }, (_, row) => values.slice(row * width, (row + 1) * width));
}

const meanOf = (rows: readonly Float32Array[]): number[] =>
  Array.from(rows[0] ?? [], (_, i) => rows.reduce((sum, row) => sum + row[i]!, 0) / rows.length);
