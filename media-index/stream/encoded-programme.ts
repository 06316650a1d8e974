/**
 * A programme's mix as units of a format (`formats.ts`), in order, as they are made. Stretches are encoded side by side
 * on the audio threads: each begins some frames early and ends some late, so that they join as if encoded in one go. The
 * first stretches are short, so that the first bytes come soon.
 */
import type { Programme } from '../../engine/vocabulary.js';
import type { AudioPool } from '../audio/audio-pool.js';
import { FORMATS, type StreamFormatName, unitsOf } from './formats.js';
import { type MixDeps, mixProgramme } from './programme-mix.js';

/** Stretches that may be under way at once; bounds memory and keeps the order short. */
const AT_ONCE = 4;

export const framesOf = (programme: Programme): number => FORMATS.mp3.framesOf(programme);

export interface EncodeDeps extends MixDeps {
  audio: Pick<AudioPool, 'encode' | 'transcode'>;
  /** Sees every block of the mix, for measuring. */
  onPcm?: (block: Float32Array) => void;
}

/** Whole units, each stretch as one array. Exactly `unitsOf(format, programme)` units in all. */
export async function* encodeProgramme(
  programme: Programme,
  deps: EncodeDeps,
  signal?: AbortSignal,
  name: StreamFormatName = 'mp3',
): AsyncGenerator<Uint8Array> {
  const format = FORMATS[name];
  const { frameSamples, primeFrames, afterFrames, stretches } = format;
  const totalFrames = format.framesOf(programme);
  const units = unitsOf(format, programme);
  const pcm = mixProgramme(programme, deps, { frames: totalFrames * frameSamples, signal });
  // Samples from the first frame that a stretch to come still needs.
  let held = new Float32Array(primeFrames * frameSamples * 2);
  let heldFrom = -primeFrames;
  let ended = false;
  let unit = 0;
  let stretch = 0;
  const queue: Promise<Uint8Array>[] = [];
  try {
    while (unit < units || queue.length > 0) {
      while (queue.length < AT_ONCE && unit < units) {
        const count = Math.min(stretches[Math.min(stretch, stretches.length - 1)]!, units - unit);
        const frame = format.frameAt(unit);
        const frames = Math.min(totalFrames, format.frameAt(unit + count)) - frame;
        const needed = (frame + frames + afterFrames - heldFrom) * frameSamples * 2;
        while (held.length < needed && !ended) {
          const next = await pcm.next();
          if (next.done) ended = true;
          else {
            deps.onPcm?.(next.value);
            held = grow(held, next.value);
          }
        }
        const from = (frame - primeFrames - heldFrom) * frameSamples * 2;
        const piece = new Float32Array((primeFrames + frames + afterFrames) * frameSamples * 2);
        piece.set(held.subarray(from, Math.min(held.length, from + piece.length)));
        const encoding = deps.audio.encode(piece, primeFrames, frames, { format: name, frame, unit });
        encoding.catch(() => {});
        queue.push(encoding);
        unit += count;
        stretch += 1;
        const keepFrom = frame + frames - primeFrames;
        held = held.slice((keepFrom - heldFrom) * frameSamples * 2);
        heldFrom = keepFrom;
        // The very first sound goes out before more is mixed.
        if (stretch < stretches.length + 1) break;
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
