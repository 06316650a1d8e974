/** One stretch of samples to whole units of a stream format, for the audio threads. */
import { fragment } from '../stream/fmp4.js';
import { encodeSlot } from './aac-encoder.js';
import { encodeStretch } from './mp3-encoder.js';
import { encodeOpus } from './opus-encoder.js';

export interface EncodePlace {
  format: 'mp3' | 'aac' | 'opus';
  /** Where in the session the stretch begins, in frames of the codec and in units of the stream. */
  frame: number;
  unit: number;
}

export function encodeAs(place: EncodePlace, pcm: Float32Array, primeFrames: number, frames: number): Uint8Array {
  if (place.format === 'mp3') return encodeStretch(pcm, primeFrames, frames);
  if (place.format === 'opus') return encodeOpus(pcm, primeFrames, frames);
  return encodeSlot(pcm, primeFrames, frames, (packets) => fragment(packets, place.frame, place.unit + 1));
}
