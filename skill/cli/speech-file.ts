/** A spoken feeling from a file: read with a bound, parsed at the door. */
import { readFile, stat } from 'node:fs/promises';
import { EmohealError } from '../../engine/errors.js';
import { readWav } from '../../engine/transcription/wav.js';

const MOST_BYTES = 25 * 1024 * 1024;

/** Mono PCM at 16 kHz in -1..1. Throws `bad-input` or `too-large`, each saying what to do. */
export async function readSpeechFile(file: string): Promise<Float32Array> {
  const { size } = await stat(file);
  if (size > MOST_BYTES) {
    throw new EmohealError(
      'too-large',
      `${file} is ${Math.round(size / 1024 / 1024)} MB; a spoken feeling may have 25 MB.`,
      {
        remedy: 'Cut it to the sentence itself.',
      },
    );
  }
  return readWav(await readFile(file));
}
