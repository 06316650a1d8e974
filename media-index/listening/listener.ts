/** Everything that can be told of a piece from its sound: our own measures, and what the models hear where they are there. */
import type { AudioAnalysis } from '../../engine/vocabulary.js';
import { analysePcm } from '../analysis/analyse.js';
import { type MiniEars, openMiniEars } from '../mini/mini.js';
import { blendHeard } from './blend.js';
import { type Ears, openEars } from './ears.js';

export interface Listener {
  ears: Ears;
  /** Null where the trained music model is not part of this copy. */
  mini: MiniEars | null;
}

/** `folder` is that of the ears. Throws where they cannot be opened. */
export async function openListener(folder: string): Promise<Listener> {
  const [ears, mini] = await Promise.all([openEars(folder), openMiniEars().catch(() => null)]);
  return { ears, mini };
}

/** `pcm`: interleaved stereo at 48 kHz. Without a listener the measures alone. */
export async function analyseHeard(pcm: Float32Array, listener: Listener | null): Promise<AudioAnalysis> {
  const measured = analysePcm(pcm);
  const heard = await listener?.ears.listen(pcm);
  if (!heard) return measured;
  const analysis = blendHeard(measured, heard);
  const vector = await listener?.mini?.ofSound(heard, measured);
  if (!vector) return analysis;
  const values = Array.from(vector, (value) => Math.round(value * 1e4) / 1e4);
  return { ...analysis, heardVector: { model: listener!.mini!.id, values } };
}
