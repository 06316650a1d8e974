/**
 * A programme's mix as MP3 frames, in order, as they are made. Stretches are encoded side by side on the audio threads:
 * each begins four frames early and ends one late, so that they join as if encoded in one go. The first stretches are
 * short, so that the first bytes come soon.
 */
import type { Programme } from '../../engine/vocabulary.js';
import type { AudioPool } from '../audio/audio-pool.js';
import { FRAME_SAMPLES } from '../audio/mp3-encoder.js';
import { type MixDeps, mixProgramme } from './programme-mix.js';

const PRIME = 4;
const AFTER = 2;
/** Frames a stretch: half a second, one second, two … then six. */
const STRETCHES = [20, 40, 84, 167];
const LONG_STRETCH = 250;
/** Stretches that may be under way at once; bounds memory and keeps the order short. */
const AT_ONCE = 4;

export const framesOf = (programme: Programme): number =>
  Math.ceil((programme.durationSec * 48_000) / FRAME_SAMPLES - 1e-6);

export interface EncodeDeps extends MixDeps {
  audio: AudioPool;
  /** Sees every block of the mix, for measuring. */
  onPcm?: (block: Float32Array) => void;
}

/** Whole frames, each stretch as one array. Exactly `framesOf(programme)` frames in all. */
export async function* encodeProgramme(
  programme: Programme,
  deps: EncodeDeps,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const totalFrames = framesOf(programme);
  const pcm = mixProgramme(programme, deps, { frames: totalFrames * FRAME_SAMPLES, signal });
  // Samples from the first frame that a stretch to come still needs.
  let held = new Float32Array(0);
  let heldFrom = -PRIME;
  held = grow(held, new Float32Array(PRIME * FRAME_SAMPLES * 2));
  let ended = false;
  let frame = 0;
  let stretch = 0;
  const queue: Promise<Uint8Array>[] = [];
  try {
    while (frame < totalFrames || queue.length > 0) {
      while (queue.length < AT_ONCE && frame < totalFrames) {
        const frames = Math.min(STRETCHES[stretch] ?? LONG_STRETCH, totalFrames - frame);
        const needed = (frame + frames + AFTER - heldFrom) * FRAME_SAMPLES * 2;
        while (held.length < needed && !ended) {
          const next = await pcm.next();
          if (next.done) ended = true;
          else {
            deps.onPcm?.(next.value);
            held = grow(held, next.value);
          }
        }
        const from = (frame - PRIME - heldFrom) * FRAME_SAMPLES * 2;
        const piece = new Float32Array((PRIME + frames + AFTER) * FRAME_SAMPLES * 2);
        piece.set(held.subarray(from, Math.min(held.length, from + piece.length)));
        const encoding = deps.audio.encode(piece, PRIME, frames);
        encoding.catch(() => {});
        queue.push(encoding);
        frame += frames;
        stretch += 1;
        const keepFrom = frame - PRIME;
        held = held.slice((keepFrom - heldFrom) * FRAME_SAMPLES * 2);
        heldFrom = keepFrom;
        // The very first sound goes out before more is mixed.
        if (stretch <= STRETCHES.length) break;
      }
      yield await queue.shift()!;
    }
  } finally {
    await pcm.return(undefined);
  }
}

function grow(held: Float32Array<ArrayBuffer>, block: Float32Array): Float32Array<ArrayBuffer> {
  const grown = new Float32Array(held.length + block.length);
  grown.set(held);
  grown.set(block, held.length);
  return grown;
}
