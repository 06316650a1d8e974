/** CLaMP3 as one home uses it: the chosen model, opened, and what it has heard there. */
import path from 'node:path';
import { EmohealError } from '../../../engine/errors.js';
import { chosenClamp3 } from './choice.js';
import type { Clamp3Encoder, Clamp3Options } from './clamp3-encoder.js';
import { type HeardVectors, openHeard } from './heard.js';

export interface Clamp3Home {
  encoder: Clamp3Encoder;
  heard: HeardVectors;
}

/**
 * Null where CLaMP3 is not chosen, by the folder given here or by `use-clamp3` in this home. Also where it is chosen but
 * cannot be used, which `onWarning` is told with what to do: music is then found as it is without CLaMP3, rather than not at all.
 */
export async function openClamp3Home(
  dataDir: string,
  onWarning: (message: string) => void,
  { folder: given, ...options }: Clamp3Options & { folder?: string | undefined } = {},
): Promise<Clamp3Home | null> {
  try {
    const folder = given ? path.resolve(given) : chosenClamp3(dataDir);
    if (!folder) return null;
    const { openClamp3 } = await import('./clamp3-encoder.js');
    const encoder = await openClamp3(folder, options);
    return { encoder, heard: await openHeard(path.join(dataDir, 'clamp3'), encoder.model) };
  } catch (error) {
    if (!(error instanceof EmohealError)) throw error;
    onWarning(`Music is found without CLaMP3: ${error.message} ${error.remedy ?? ''}`.trim());
    return null;
  }
}
