/**
 * A greeting that a caregiver recorded: what the browser sent is decoded, measured and written anew as MP3, so that nothing
 * but its sound is kept: no place, no device, nothing that hides in a file. One file each, below `greetings/`.
 */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { EmohealError } from '../../engine/errors.js';
import type { AudioPool } from '../../media-index/audio/audio-pool.js';
import { FRAME_SAMPLES } from '../../media-index/audio/mp3-encoder.js';

export const MOST_GREETING_SEC = 20;
const LEAST_GREETING_SEC = 0.5;
/** Twenty seconds of uncompressed stereo. */
export const MOST_GREETING_BYTES = 4_000_000;
/** A recorder stops a little late. */
const LATE_SEC = 0.6;
const SAMPLES_A_SECOND = 96_000;
/** Below this nothing can be heard: the microphone was off (-60 dBFS). */
const SILENT = 0.001;

export interface GreetingDeps {
  dataDir: string;
  audio: () => Promise<Pick<AudioPool, 'decodeFile' | 'encode'>>;
  newId: () => string;
}

export type Greetings = ReturnType<typeof createGreetings>;

export function createGreetings({ dataDir, audio, newId }: GreetingDeps) {
  const folder = path.join(dataDir, 'greetings');
  const fileOf = (id: string) => path.join(folder, id.replace(/[^a-z0-9]/g, ''));
  return {
    /** Throws `bad-input` for what is no sound, is silent or too short, `too-large` for more than twenty seconds. */
    async keep(bytes: Uint8Array): Promise<{ id: string; durationSec: number }> {
      const id = newId();
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const coming = `${fileOf(id)}.coming`;
      try {
        await writeFile(coming, bytes, { mode: 0o600 });
        const pool = await audio();
        const pcm = await soundOf(pool, coming);
        const frames = Math.floor(pcm.length / 2 / FRAME_SAMPLES);
        await writeFile(fileOf(id), await pool.encode(pcm, 0, frames), { mode: 0o600 });
        return { id, durationSec: Math.round((frames * FRAME_SAMPLES * 100) / 48_000) / 100 };
      } finally {
        await rm(coming, { force: true });
      }
    },
    /** MP3; null where it is gone. */
    load: (id: string): Promise<Buffer | null> =>
      readFile(fileOf(id)).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return null;
        throw error;
      }),
    remove: (id: string): Promise<void> => rm(fileOf(id), { force: true }),
  };
}

async function soundOf(pool: Pick<AudioPool, 'decodeFile'>, file: string): Promise<Float32Array> {
  const most = (MOST_GREETING_SEC + LATE_SEC) * SAMPLES_A_SECOND;
  const pcm = new Float32Array(most);
  let filled = 0;
  let loudest = 0;
  const read = async () => {
    for await (const block of pool.decodeFile(file, {})) {
      if (filled + block.length > most)
        throw new EmohealError('too-large', `A greeting has ${MOST_GREETING_SEC} seconds at most.`, {
          remedy: 'Say it in fewer words.',
        });
      for (const sample of block) loudest = Math.max(loudest, Math.abs(sample));
      pcm.set(block, filled);
      filled += block.length;
    }
  };
  await read().catch((error) => {
    if (error instanceof EmohealError && error.code === 'too-large') throw error;
    throw new EmohealError('bad-input', 'This is no sound that can be read.', {
      remedy: 'Record it once more.',
      cause: error,
    });
  });
  if (filled < LEAST_GREETING_SEC * SAMPLES_A_SECOND || loudest < SILENT)
    throw new EmohealError('bad-input', 'There is nothing to be heard in this recording.', {
      remedy: 'Check the microphone and record it once more.',
    });
  return pcm.slice(0, filled);
}
