/**
 * A programme as one unbroken sound: tracks brought to their loudness, laid over one another with equal-power
 * cross-fades, levelled, faded out at the end, followed by the rest of the night, and limited.
 *
 * Rules:
 * 1. A track's gain comes from its measured loudness, and never lifts its true peak above +3 dBTP (the limiter's work).
 * 2. Cross-fades are equal-power (sine and cosine), as long as the content of both allows (`joins.ts`).
 * 3. At a stage boundary the loudness goal glides over eight seconds, about the middle of the cross-fade. No goal is
 *    followed above the night's cap.
 * 4. The end fades in decibels, evenly for the ear, with a soft knee, down to nothing (`sleep-end.ts`).
 * 5. Where house rules cap the loudness, no half second of the whole is louder (`ceiling.ts`).
 * 6. A greeting comes first, and the music up under its end (`greeting.ts`).
 * 7. Nothing below hearing takes room or moves the loudspeaker (`offset.ts`).
 * 8. A track that cannot be read, or ends early, is replaced from that moment by the next one that fits (`voices.ts`).
 */
import { musicEndSec } from '../../engine/plan/night.js';
import type { Programme } from '../../engine/vocabulary.js';
import { SAMPLE_RATE } from '../track-source.js';
import { createCeiling } from './ceiling.js';
import { gainUnderGreeting, levelled, type OpenGreeting } from './greeting.js';
import { withJoins } from './joins.js';
import { createLeveller } from './leveller.js';
import { createLimiter, LOOK_AHEAD } from './limiter.js';
import { createOffsetFilter } from './offset.js';
import { LOUDEST_NATURE_LUFS, LOUDEST_WAKE_LUFS, layerGain, musicGain, rounds } from './sleep-end.js';
import { createVoices, type VoiceDeps } from './voices.js';

/** Frames a step: half a second, the same as the synthesiser's blocks. */
const STEP = SAMPLE_RATE / 2;
const GLIDE_SEC = 8;
const RISE_LU_A_SEC = 0.4;
/** Nothing is louder at night, LUFS: the level of quiet speech beside the bed where the volume is set for music. */
export const LOUDEST_LUFS = -18;

export interface MixDeps extends VoiceDeps {
  /** The sound of a recorded greeting; nobody is greeted where not given. */
  greeting?: OpenGreeting;
}

/**
 * Interleaved stereo blocks at 48 kHz, exactly `frames` in all (the programme's length when not told). A block is good
 * until the next is asked for: its room is used again.
 */
export async function* mixProgramme(
  planned: Programme,
  library: MixDeps,
  options: { frames?: number; signal?: AbortSignal | undefined } = {},
): AsyncGenerator<Float32Array> {
  const { signal } = options;
  const deps: MixDeps = {
    ...library,
    tracks: (id) => planned.made?.find((track) => track.id === id) ?? library.tracks(id),
  };
  const total = options.frames ?? Math.round(planned.durationSec * SAMPLE_RATE);
  const { programme, beatSec } = withJoins(planned, deps.tracks);
  const leveller = createLeveller();
  const offset = createOffsetFilter();
  const limiter = createLimiter();
  const loudestLufs = Math.min(LOUDEST_LUFS, programme.loudestLufs ?? LOUDEST_LUFS);
  const ceiling = programme.loudestLufs === undefined ? null : createCeiling(loudestLufs);
  const music = createVoices(deps, { schedule: programme.tracks, beatSec, loudestLufs, signal });
  const greeting = await greetingOf(programme, deps, signal);
  const greetingSec = greeting ? greeting.length / 2 / SAMPLE_RATE : 0;
  const layers = nightLayers(programme, deps, signal);
  const musicFrames = musicEndSec(programme) * SAMPLE_RATE;
  const block = new Float32Array(STEP * 2);
  const layer = new Float32Array(layers.length > 0 ? STEP * 2 : 0);
  let dropped = 0;
  let given = 0;
  try {
    for (let start = 0; given < total; start += STEP) {
      signal?.throwIfAborted();
      block.fill(0);
      if (start < musicFrames) {
        await music.addTo(block, start);
        const goal = goalLufs(programme, start / SAMPLE_RATE);
        leveller.apply(block, Math.min(goal, music.risenLufs(start) ?? goal), music.isHollow(start));
        applyGain(block, start, (sec) => musicGain(programme, sec));
        if (greeting) {
          applyGain(block, start, (sec) => gainUnderGreeting(greetingSec, sec));
          addFrom(block, greeting, start);
        }
      }
      for (const { voices, part } of layers) {
        layer.fill(0);
        await voices.addTo(layer, start);
        applyGain(layer, start, (sec) => layerGain(programme, part, sec));
        for (let i = 0; i < layer.length; i += 1) block[i] = block[i]! + layer[i]!;
      }
      offset.apply(block);
      ceiling?.apply(block);
      limiter.apply(block);
      // The limiter's delay is dropped at the start, so that nothing shifts; silence flushes it at the end.
      const skip = Math.min(LOOK_AHEAD - dropped, STEP);
      dropped += skip;
      const frames = Math.min(STEP - skip, total - given);
      given += frames;
      if (frames > 0) yield block.subarray(skip * 2, (skip + frames) * 2);
    }
  } finally {
    await Promise.all([music, ...layers.map(({ voices }) => voices)].map((each) => each.close()));
  }
}

async function greetingOf(
  { greeting }: Programme,
  deps: MixDeps,
  signal: AbortSignal | undefined,
): Promise<Float32Array | null> {
  if (!greeting || !deps.greeting) return null;
  const pcm = await deps.greeting(greeting.id, signal);
  if (!pcm) deps.onTrouble?.('A recorded greeting is gone; the music begins without it.');
  return pcm && levelled(pcm, greeting);
}

/** Adds what the recording holds of the frames from `start` on. */
function addFrom(block: Float32Array, recording: Float32Array, start: number): void {
  const from = start * 2;
  const length = Math.min(block.length, recording.length - from);
  for (let i = 0; i < length; i += 1) block[i] = block[i]! + recording[from + i]!;
}

/** Nature and wake as further voices; one whose track is gone is left out, and silence is what remains. */
function nightLayers(programme: Programme, deps: MixDeps, signal: AbortSignal | undefined) {
  const { night } = programme;
  const layer = (part: 'nature' | 'wake', id: string, fromSec: number, toSec: number, lufs: number) => {
    const track = deps.tracks(id);
    if (!track) deps.onTrouble?.(`The track ${id} is gone; the night goes on without it.`);
    const schedule = track && toSec > fromSec ? rounds(track, Math.max(0, fromSec), toSec, lufs) : [];
    const most = part === 'nature' ? LOUDEST_NATURE_LUFS : LOUDEST_WAKE_LUFS;
    const loudestLufs = Math.min(most, programme.loudestLufs ?? most);
    return { part, voices: createVoices(deps, { schedule, loudestLufs, signal }) };
  };
  const all: ReturnType<typeof layer>[] = [];
  if (night?.nature) {
    const { trackId, untilSec, loudnessLufs } = night.nature;
    all.push(layer('nature', trackId, night.musicEndSec - programme.endFadeSec, untilSec, loudnessLufs));
  }
  if (night?.wake) {
    const { trackId, startSec, loudnessLufs } = night.wake;
    all.push(layer('wake', trackId, startSec, programme.durationSec, loudnessLufs));
  }
  return all;
}

/** Loudness that the plan asks for at a second; a rise takes longer than a fall. */
function goalLufs({ stages, loudestLufs = LOUDEST_LUFS }: Programme, sec: number): number {
  const level = (i: number) => Math.min(LOUDEST_LUFS, loudestLufs, stages[i]!.loudnessLufs);
  let goal = level(0);
  for (let i = 1; i < stages.length; i += 1) {
    const rise = level(i) - level(i - 1);
    const glideSec = Math.max(GLIDE_SEC, rise / RISE_LU_A_SEC);
    goal += rise * Math.min(1, Math.max(0, (sec - stages[i]!.startSec + GLIDE_SEC / 2) / glideSec));
  }
  return goal;
}

/** Gains change so slowly that each step of 10 ms may be a straight line. */
const GAIN_STEP = SAMPLE_RATE / 100;

function applyGain(block: Float32Array, start: number, gainAt: (sec: number) => number): void {
  const frames = block.length >> 1;
  let from = gainAt(start / SAMPLE_RATE);
  for (let at = 0; at < frames; at += GAIN_STEP) {
    const to = gainAt((start + at + GAIN_STEP) / SAMPLE_RATE);
    if (from !== 1 || to !== 1) {
      for (let i = 0; i < GAIN_STEP; i += 1) {
        const gain = from + ((to - from) * i) / GAIN_STEP;
        block[2 * (at + i)] = block[2 * (at + i)]! * gain;
        block[2 * (at + i) + 1] = block[2 * (at + i) + 1]! * gain;
      }
    }
    from = to;
  }
}
