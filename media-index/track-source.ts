/** Port between whoever makes a track's sound (synthesiser, nature, file decoder) and the stream that mixes it. */
import type { Track } from '../engine/vocabulary.js';

/** The one sample format inside the house: interleaved stereo float, 48 kHz. */
export const SAMPLE_RATE = 48_000;
export const CHANNELS = 2;

export interface TrackSource {
  /**
   * The sound of a track from `offsetSec` on, in blocks of interleaved stereo float at 48 kHz, as it comes from the
   * maker (no gain, no trimming); ends at the track's end. The first block must come soon: a piece that was never
   * rendered is handed over while it is being made. `untilSec`: about how far it will be read, to its end unless told; what
   * nobody needs is not made. Throws EmohealError `track-unreadable`.
   */
  open(track: Track, offsetSec: number, signal?: AbortSignal, untilSec?: number): AsyncIterable<Float32Array>;
  /**
   * Prepares a track in the background as far as it is needed (render into the cache); never throws, resolves when done or
   * given up.
   */
  warm(track: Track, untilSec?: number): Promise<void>;
}
