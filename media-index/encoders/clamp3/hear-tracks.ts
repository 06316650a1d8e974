/** Lets CLaMP3 hear every track of the shelf that it has not heard yet, one after the other; may be stopped and run again. */
import { EmohealError } from '../../../engine/errors.js';
import type { Track } from '../../../engine/vocabulary.js';
import type { Clamp3Encoder } from './clamp3-encoder.js';
import type { HeardVectors } from './heard.js';
import { type Blocks, toMono24k } from './sound.js';

export interface HearDeps {
  encoder: Pick<Clamp3Encoder, 'embedSound'>;
  heard: HeardVectors;
  /** A track's sound from its beginning: interleaved stereo at 48 kHz. */
  open: (track: Track, signal?: AbortSignal) => Blocks;
}

export interface HearReport {
  heard: number;
  alreadyHeard: number;
  /** Tracks that could not be read; the others were heard all the same. */
  unreadable: { trackId: string; reason: string }[];
}

export interface HearOptions {
  signal?: AbortSignal;
  /** After each track: the share of all that is done, 0..1. */
  onProgress?: (done: number) => void;
}

/** Throws what the signal's reason is when called off; what was heard until then is kept. */
export async function hearTracks(
  tracks: readonly Track[],
  { encoder, heard, open }: HearDeps,
  { signal, onProgress }: HearOptions = {},
): Promise<HearReport> {
  const report: HearReport = { heard: 0, alreadyHeard: 0, unreadable: [] };
  for (const [i, track] of tracks.entries()) {
    signal?.throwIfAborted();
    if (heard.has(track.id)) report.alreadyHeard += 1;
    else {
      try {
        await heard.add(track.id, await encoder.embedSound(() => toMono24k(open(track, signal)), signal));
        report.heard += 1;
      } catch (error) {
        if (signal?.aborted || !(error instanceof EmohealError) || error.code !== 'track-unreadable') throw error;
        report.unreadable.push({ trackId: track.id, reason: error.message });
      }
    }
    onProgress?.((i + 1) / tracks.length);
  }
  return report;
}
