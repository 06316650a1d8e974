/**
 * A programme's mix as units of a format (`formats.ts`), in order, as they are made. Stretches are encoded side by side
 * on the audio threads: each begins some frames early and ends some late, so that they join as if encoded in one go. The
 * first stretches are short (`formats.ts`), so that the first bytes come soon.
 */
import type { Programme } from '../../engine/vocabulary.js';
import type { AudioPool } from '../audio/audio-pool.js';
import { FORMATS, type StreamFormatName, unitsOf } from './formats.js';
import { type MixDeps, mixProgramme } from './programme-mix.js';

/** Stretches that may be under way at once where nothing else is made; bounds memory and keeps the order short. */
const AT_ONCE = 4;

/** Handed out one by one: so soon nobody has anything in hand. */
const FIRST_STRETCHES = 4;

export const framesOf = (programme: Programme): number => FORMATS.mp3.framesOf(programme);

export interface EncodeDeps extends MixDeps {
  audio: Pick<AudioPool, 'encode' | 'transcode'>;
  /** Programmes that are being made together: each then waits for its turn, so that the last gets its first sound soon. */
  together?: () => number;
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
  // From the first frame that a stretch to come still needs; before the beginning there is silence.
  const held = createHeld(primeFrames * frameSamples * 2);
  let heldFrom = -primeFrames;
  let ended = false;
  let unit = 0;
  let stretch = 0;
  const queue: Promise<Uint8Array>[] = [];
  try {
    while (unit < units || queue.length > 0) {
      const atOnce = Math.max(1, Math.floor(AT_ONCE / (deps.together?.() ?? 1)));
      while (queue.length < atOnce && unit < units) {
        const count = Math.min(stretches[Math.min(stretch, stretches.length - 1)]!, units - unit);
        const frame = format.frameAt(unit);
        const frames = Math.min(totalFrames, format.frameAt(unit + count)) - frame;
        const needed = (frame + frames + afterFrames - heldFrom) * frameSamples * 2;
        while (held.length() < needed && !ended) {
          const next = await pcm.next();
          if (next.done) ended = true;
          else {
            deps.onPcm?.(next.value);
            held.add(next.value);
          }
        }
        held.drop((frame - primeFrames - heldFrom) * frameSamples * 2);
        heldFrom = frame - primeFrames;
        const piece = held.first((primeFrames + frames + afterFrames) * frameSamples * 2);
        const encoding = deps.audio.encode(piece, primeFrames, frames, { format: name, frame, unit });
        encoding.catch(() => {});
        queue.push(encoding);
        unit += count;
        stretch += 1;
        // The first sounds go out before more is mixed.
        if (stretch <= FIRST_STRETCHES) break;
      }
      yield await queue.shift()!;
    }
  } finally {
    await pcm.return(undefined);
  }
}

/** Samples in one line, begun with silence; its room is used again and again. */
function createHeld(silent: number) {
  let store = new Float32Array(silent);
  let length = silent;
  return {
    length: () => length,
    /** Takes a copy. */
    add(block: Float32Array) {
      if (length + block.length > store.length) {
        const longer = new Float32Array((length + block.length) * 2);
        longer.set(store.subarray(0, length));
        store = longer;
      }
      store.set(block, length);
      length += block.length;
    },
    /** Leaves out the first ones. */
    drop(samples: number) {
      store.copyWithin(0, samples, length);
      length -= samples;
    },
    /** A copy of the first ones; what is not there is silence. */
    first(samples: number): Float32Array {
      const copy = new Float32Array(samples);
      copy.set(store.subarray(0, Math.min(samples, length)));
      return copy;
    },
  };
}
