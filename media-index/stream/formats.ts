/**
 * The formats of a stream, each as units of constant size: an MP3 frame, an Opus packet, a slot of six seconds of AAC.
 * So a place in time is a place in bytes before the sound exists, and one way of rendering serves all three.
 */
import type { Programme } from '../../engine/vocabulary.js';
import { AAC_SAMPLES, SLOT_BYTES } from '../audio/aac-encoder.js';
import { FRAME_BYTES, FRAME_SAMPLES } from '../audio/mp3-encoder.js';
import { OPUS_BYTES, OPUS_PRE_SKIP, OPUS_SAMPLES } from '../audio/opus-encoder.js';
import { SAMPLE_RATE } from '../track-source.js';

export type StreamFormatName = 'mp3' | 'aac' | 'opus';

export interface StreamFormat {
  name: StreamFormatName;
  unitBytes: number;
  frameSamples: number;
  /** Frames encoded before and after a stretch, so that stretches join; they are thrown away. */
  primeFrames: number;
  afterFrames: number;
  framesOf(programme: Programme): number;
  /** The first frame of a unit. */
  frameAt(unit: number): number;
  /** Units a stretch, one after the other; the last number goes on. Always the same, so that the bytes are. */
  stretches: readonly number[];
}

/** 281.25 frames of 1024 samples are six seconds: 281 and, every fourth time, 282. */
const AAC_FRAMES_A_SLOT = (6 * SAMPLE_RATE) / AAC_SAMPLES;

/**
 * Two seconds a stretch for the first minute, then six. Short, so that the first sound comes soon; equal, because where n
 * sessions are made in turn and take the share s of the machine, a round of stretches of L seconds takes s times L, and
 * whoever has L in hand lasts through it. Stretches that double outgrow what is in hand; after a minute six seconds are
 * (while s is below .9).
 */
const stretchesOf = (short: number, long: number): readonly number[] => [...new Array<number>(30).fill(short), long];

const framesIn = (programme: Programme, frameSamples: number) =>
  Math.ceil((programme.durationSec * SAMPLE_RATE) / frameSamples - 1e-6);

export const FORMATS: Readonly<Record<StreamFormatName, StreamFormat>> = {
  mp3: {
    name: 'mp3',
    unitBytes: FRAME_BYTES,
    frameSamples: FRAME_SAMPLES,
    primeFrames: 4,
    afterFrames: 2,
    framesOf: (programme) => framesIn(programme, FRAME_SAMPLES),
    frameAt: (unit) => unit,
    stretches: stretchesOf(84, 250),
  },
  opus: {
    name: 'opus',
    unitBytes: OPUS_BYTES,
    frameSamples: OPUS_SAMPLES,
    // Its packets lean on those before them; after a fifth of a second nothing of the start is left.
    primeFrames: 10,
    afterFrames: 2,
    // The end comes out later by what the encoder looks ahead.
    framesOf: (programme) => Math.ceil((programme.durationSec * SAMPLE_RATE + OPUS_PRE_SKIP) / OPUS_SAMPLES - 1e-6),
    frameAt: (unit) => unit,
    stretches: stretchesOf(100, 300),
  },
  aac: {
    name: 'aac',
    unitBytes: SLOT_BYTES,
    frameSamples: AAC_SAMPLES,
    primeFrames: 4,
    afterFrames: 3,
    framesOf: (programme) => framesIn(programme, AAC_SAMPLES),
    frameAt: (unit) => Math.round(unit * AAC_FRAMES_A_SLOT),
    stretches: [1],
  },
};

/** How many units a programme has in a format. */
export function unitsOf(format: StreamFormat, programme: Programme): number {
  const frames = format.framesOf(programme);
  let units = Math.floor(frames / (format.frameAt(1024) / 1024));
  while (format.frameAt(units) < frames) units += 1;
  return units;
}

/** Unit that is heard at a second. */
export function unitAt(format: StreamFormat, sec: number): number {
  return Math.round(sec / ((format.frameAt(1024) / 1024) * (format.frameSamples / SAMPLE_RATE)));
}

/** Seconds of each AAC slot, for the playlist. */
export function slotSeconds(programme: Programme): number[] {
  const { aac } = FORMATS;
  const frames = aac.framesOf(programme);
  return Array.from(
    { length: unitsOf(aac, programme) },
    (_, i) => ((Math.min(frames, aac.frameAt(i + 1)) - aac.frameAt(i)) * AAC_SAMPLES) / SAMPLE_RATE,
  );
}
