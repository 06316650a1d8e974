/**
 * A programme as one unbroken sound: tracks brought to their loudness, laid over one another with equal-power
 * cross-fades, levelled, faded out at the end, and limited.
 *
 * Rules:
 * 1. A track's gain comes from its measured loudness, and never lifts its true peak above +3 dBTP (the limiter's work).
 * 2. Cross-fades are equal-power (sine and cosine): two different pieces neither dip nor swell.
 * 3. At a stage boundary the loudness goal glides over eight seconds, about the middle of the cross-fade.
 * 4. The end fades in decibels, evenly for the ear, with a soft knee, down to nothing.
 * 5. A track that cannot be read, or ends early, is replaced from that moment by another round of a neighbour.
 */
import type { Programme, ScheduledTrack, Track } from '../../engine/vocabulary.js';
import { SAMPLE_RATE, type TrackSource } from '../track-source.js';
import { createLeveller } from './leveller.js';
import { createLimiter, LOOK_AHEAD } from './limiter.js';

/** Frames a step: half a second, the same as the synthesiser's blocks. */
const STEP = SAMPLE_RATE / 2;
const MOST_TRUE_PEAK_DBTP = 3;
const GLIDE_SEC = 8;
/** The end fade goes down this far before it is silence. */
const FADE_FLOOR_DB = 36;
/** Tracks whose beginning is near are prepared ahead of time. */
const WARM_AHEAD = 3;

export interface MixDeps {
  source: TrackSource;
  tracks: (id: string) => Track | null;
  /** Told once for each track that had to be replaced; the text names the track, nothing else. */
  onTrouble?: (message: string) => void;
}

interface Voice {
  scheduled: ScheduledTrack;
  reader: FrameReader;
  gain: number;
}

/** Interleaved stereo blocks at 48 kHz, exactly `frames` in all (the programme's length when not told). */
export async function* mixProgramme(
  programme: Programme,
  deps: MixDeps,
  options: { frames?: number; signal?: AbortSignal } = {},
): AsyncGenerator<Float32Array> {
  const total = options.frames ?? Math.round(programme.durationSec * SAMPLE_RATE);
  const leveller = createLeveller();
  const limiter = createLimiter();
  const voices = new Map<number, Voice>();
  let warmed = 0;
  let dropped = 0;
  let given = 0;
  try {
    for (let start = 0; given < total; start += STEP) {
      options.signal?.throwIfAborted();
      const block = new Float32Array(STEP * 2);
      for (let i = 0; i < programme.tracks.length; i += 1) {
        const scheduled = programme.tracks[i]!;
        if (scheduled.endSec * SAMPLE_RATE <= start) {
          await voices.get(i)?.reader.close();
          voices.delete(i);
          continue;
        }
        if (scheduled.startSec * SAMPLE_RATE >= start + STEP) break;
        for (; warmed < Math.min(programme.tracks.length, i + 1 + WARM_AHEAD); warmed += 1) warm(warmed);
        let voice = voices.get(i);
        if (!voice) {
          voice = openVoice(i);
          voices.set(i, voice);
        }
        await addVoice(block, start, voice);
      }
      const startSec = start / SAMPLE_RATE;
      leveller.apply(block, goalLufs(programme, startSec));
      endFade(block, start, programme, total);
      limiter.apply(block);
      // The limiter's delay is dropped at the start, so that nothing shifts; silence flushes it at the end.
      const skip = Math.min(LOOK_AHEAD - dropped, STEP);
      dropped += skip;
      const frames = Math.min(STEP - skip, total - given);
      given += frames;
      if (frames > 0) yield block.subarray(skip * 2, (skip + frames) * 2);
    }
  } finally {
    await Promise.all([...voices.values()].map(({ reader }) => reader.close()));
  }

  /** Also for the track that plays: one that is left early is still made whole, for the next time. */
  function warm(index: number): void {
    const track = deps.tracks(programme.tracks[index]!.trackId);
    if (track) void deps.source.warm(track);
  }

  function openVoice(index: number): Voice {
    const scheduled = programme.tracks[index]!;
    const track = deps.tracks(scheduled.trackId);
    if (!track) {
      deps.onTrouble?.(`The track ${scheduled.trackId} is gone; another takes its place.`);
      return substitute(index, 0);
    }
    return {
      scheduled,
      gain: gainFor(track, scheduled),
      reader: createReader(deps.source.open(track, scheduled.offsetSec, options.signal)),
    };
  }

  /** Rule 5: the nearest other track of the programme, from its beginning. */
  function substitute(index: number, tries: number): Voice {
    const scheduled = programme.tracks[index]!;
    const others = [...programme.tracks.keys()].sort((a, b) => Math.abs(a - index) - Math.abs(b - index));
    const other = others
      .map((i) => deps.tracks(programme.tracks[i]!.trackId))
      .filter((track) => track && track.id !== scheduled.trackId)[tries % Math.max(1, others.length)];
    if (!other) return { scheduled, gain: 0, reader: createReader(nothing()) };
    return {
      scheduled,
      gain: gainFor(other, scheduled),
      reader: createReader(deps.source.open(other, other.analysis.leadingSilenceSec, options.signal)),
    };
  }

  async function addVoice(block: Float32Array, start: number, voice: Voice): Promise<void> {
    const { scheduled } = voice;
    const first = Math.max(start, Math.round(scheduled.startSec * SAMPLE_RATE));
    const last = Math.min(start + STEP, Math.round(scheduled.endSec * SAMPLE_RATE));
    let at = first;
    for (let tries = 0; at < last; tries += 1) {
      const got = await voice.reader.read(last - at).catch((error: unknown) => {
        if (options.signal?.aborted) throw error;
        deps.onTrouble?.(`The track ${scheduled.trackId} could not be read; another takes its place.`);
        return null;
      });
      if (got && got.length > 0) {
        lay(block, got, at - start, at, voice);
        at += got.length >> 1;
        continue;
      }
      if (tries > 6) return;
      await voice.reader.close();
      const replacement = substitute(programme.tracks.indexOf(scheduled), tries);
      voice.reader = replacement.reader;
      voice.gain = replacement.gain;
    }
  }

  function lay(block: Float32Array, pcm: Float32Array, place: number, frameInSession: number, voice: Voice): void {
    const { scheduled, gain } = voice;
    const frames = pcm.length >> 1;
    const steady = isSteady(scheduled, frameInSession / SAMPLE_RATE, (frameInSession + frames) / SAMPLE_RATE);
    for (let i = 0; i < frames; i += 1) {
      const level = steady ? gain : gain * fade(scheduled, (frameInSession + i) / SAMPLE_RATE);
      const at = 2 * (place + i);
      block[at] = block[at]! + pcm[2 * i]! * level;
      block[at + 1] = block[at + 1]! + pcm[2 * i + 1]! * level;
    }
  }
}

async function* nothing(): AsyncGenerator<Float32Array> {}

function gainFor(track: Track, scheduled: ScheduledTrack): number {
  const { integratedLufs, truePeakDbtp } = track.analysis;
  const wished = scheduled.loudnessLufs - Math.max(-60, integratedLufs);
  return 10 ** (Math.min(wished, MOST_TRUE_PEAK_DBTP - truePeakDbtp) / 20);
}

/** True where neither fade touches a stretch: most of every track. */
function isSteady(
  { startSec, endSec, fadeInSec, fadeOutSec }: ScheduledTrack,
  fromSec: number,
  toSec: number,
): boolean {
  return fromSec >= startSec + fadeInSec && toSec <= endSec - fadeOutSec;
}

function fade(scheduled: ScheduledTrack, sec: number): number {
  const rising =
    scheduled.fadeInSec > 0 ? Math.min(1, Math.max(0, (sec - scheduled.startSec) / scheduled.fadeInSec)) : 1;
  const falling =
    scheduled.fadeOutSec > 0 ? Math.min(1, Math.max(0, (scheduled.endSec - sec) / scheduled.fadeOutSec)) : 1;
  if (rising === 1 && falling === 1) return 1;
  return Math.sin((Math.PI / 2) * rising) * Math.sin((Math.PI / 2) * falling);
}

function goalLufs(programme: Programme, sec: number): number {
  const { stages } = programme;
  let goal = stages[0]!.loudnessLufs;
  for (let i = 1; i < stages.length; i += 1) {
    const share = Math.min(1, Math.max(0, (sec - stages[i]!.startSec + GLIDE_SEC / 2) / GLIDE_SEC));
    goal += (stages[i]!.loudnessLufs - stages[i - 1]!.loudnessLufs) * share;
  }
  return goal;
}

function endFade(block: Float32Array, start: number, programme: Programme, total: number): void {
  const fadeFrames = programme.endFadeSec * SAMPLE_RATE;
  if (fadeFrames <= 0 || start + STEP < total - fadeFrames) return;
  for (let i = 0; i < block.length >> 1; i += 1) {
    const position = (start + i - (total - fadeFrames)) / fadeFrames;
    if (position <= 0) continue;
    // Squared at first (the knee), then even in decibels; the last twentieth goes the rest of the way to nothing.
    const db = -FADE_FLOOR_DB * (position < 0.2 ? (position * position) / 0.4 : position - 0.1) * (1 / 0.9);
    const gain = position >= 1 ? 0 : 10 ** (db / 20) * Math.min(1, (1 - position) * 20);
    block[2 * i] = block[2 * i]! * gain;
    block[2 * i + 1] = block[2 * i + 1]! * gain;
  }
}

interface FrameReader {
  /** Up to `frames` frames; empty at the end. */
  read(frames: number): Promise<Float32Array>;
  close(): Promise<void>;
}

function createReader(blocks: AsyncIterable<Float32Array>): FrameReader {
  const iterator = blocks[Symbol.asyncIterator]();
  let rest = new Float32Array(0);
  return {
    async read(frames) {
      while (rest.length === 0) {
        const next = await iterator.next();
        if (next.done) return new Float32Array(0);
        rest = next.value as Float32Array<ArrayBuffer>;
      }
      const taken = rest.subarray(0, frames * 2);
      rest = rest.subarray(taken.length);
      return taken;
    },
    async close() {
      await iterator.return?.();
    },
  };
}
