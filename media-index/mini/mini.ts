/**
 * The small joint model of ours (`models/music-mini`): words, wishes and sounds as unit vectors of 64 numbers. Words come as
 * the trunk of the emotion model, sounds as what MusicNN heard and our own measures. How it was made:
 * `models/train/music/README.md`.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { z } from 'zod';
import { EmohealError } from '../../engine/errors.js';
import type { AudioAnalysis } from '../../engine/vocabulary.js';
import { readManifest } from '../../models/manifest.js';
import { packageRoot } from '../../models/paths.js';
import { type Aims, ATTRIBUTES, measuresOf } from '../encoders/attributes.js';
import type { Heard } from '../listening/ears.js';
import { readWishNetwork } from './wish-network.js';

export const MINI_DIM = 64;
const TRUNK_DIM = 768;
const PATCH_DIM = 400;

export const miniFolder = (): string => path.join(packageRoot(), 'models', 'music-mini');

interface Identity {
  /** Name, version and weights: vectors of different ones must not meet. */
  id: string;
  sha256: string;
  /** Sha256 of the emotion model whose trunk it reads, its first twelve characters. */
  trunk: string;
}

export interface MiniWords extends Identity {
  /** A text, as the emotion model's trunk gives it, to a unit vector. */
  ofText(trunk: Float32Array): Promise<Float32Array>;
  /** What is wished of the attributes to a unit vector. */
  ofWish(aims: Aims): Promise<Float32Array>;
}

export interface MiniEars extends Identity {
  ofSound(heard: Heard, analysis: AudioAnalysis): Promise<Float32Array>;
}

const Trunk = z.string().regex(/^[0-9a-f]{12}$/);

/** Null where the model is not part of this copy of the program. */
function identify(folder: string): Identity | null {
  if (!existsSync(path.join(folder, 'audio.onnx'))) return null;
  const manifest = readManifest(folder);
  const sha256 = manifest?.files['audio.onnx']?.sha256;
  const trunk = Trunk.safeParse(manifest?.reads);
  if (!manifest || !sha256 || !trunk.success)
    throw new EmohealError('model-mismatch', `The music model in ${folder} has no manifest that fits it.`, {
      remedy: 'Fetch the repository again.',
    });
  return { id: `${manifest.name}-${manifest.version}-${sha256.slice(0, 8)}`, sha256, trunk: trunk.data };
}

const open = (folder: string, part: string): Promise<InferenceSession> =>
  InferenceSession.create(path.join(folder, `${part}.onnx`), { intraOpNumThreads: 1, interOpNumThreads: 1 });

async function vectorOf(session: InferenceSession, feeds: Record<string, Tensor>): Promise<Float32Array> {
  const { vector } = await session.run(feeds, ['vector']);
  return (vector!.data as Float32Array).slice();
}

export async function openMiniWords(folder = miniFolder()): Promise<MiniWords | null> {
  const identity = identify(folder);
  if (!identity) return null;
  const words = await open(folder, 'words');
  const wish = readWishNetwork(path.join(folder, 'wish.f32'), MINI_DIM);
  return {
    ...identity,
    ofText: (trunk) => vectorOf(words, { trunk: new Tensor('float32', trunk, [1, TRUNK_DIM]) }),
    async ofWish(aims) {
      const wanted = new Float32Array(2 * ATTRIBUTES.length);
      ATTRIBUTES.forEach((attribute, i) => {
        const { x, confidence } = aims[attribute] ?? { x: 0, confidence: 0 };
        wanted[i] = x * confidence;
        wanted[ATTRIBUTES.length + i] = confidence;
      });
      return wish(wanted);
    },
  };
}

export async function openMiniEars(folder = miniFolder()): Promise<MiniEars | null> {
  const identity = identify(folder);
  if (!identity) return null;
  const audio = await open(folder, 'audio');
  return {
    ...identity,
    ofSound({ patches, msd, mtt }, analysis) {
      const rows = new Float32Array(patches.length * PATCH_DIM);
      for (const [i, patch] of patches.entries()) rows.set(patch, i * PATCH_DIM);
      const measures = measuresOf(analysis);
      return vectorOf(audio, {
        patches: new Tensor('float32', rows, [1, patches.length, PATCH_DIM]),
        mask: new Tensor('float32', new Float32Array(patches.length).fill(1), [1, patches.length]),
        tags: new Tensor('float32', Float32Array.from([...msd, ...mtt]), [1, msd.length + mtt.length]),
        measures: new Tensor('float32', Float32Array.from(measures), [1, measures.length]),
      });
    },
  };
}
