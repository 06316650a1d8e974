/**
 * MP3 in frames of exactly 384 bytes and 24 ms: 48 kHz stereo, 128 kbit/s, no bit reservoir, no tag frame
 * (docs/decisions/2026-11-23-streams-as-constant-frames.md). Synchronous: made for worker threads.
 */
import { encodePackets, type PacketCodec } from './packet-encoder.js';

export const FRAME_SAMPLES = 1152;
export const FRAME_BYTES = 384;
export const FRAME_SEC = 0.024;

export const MP3: PacketCodec = {
  encoder: 'libmp3lame',
  bitRate: 128_000,
  frameSamples: FRAME_SAMPLES,
  planar: true,
  // The encoder's first packet is its own delay: without it, sound lies within 1 ms of where it was.
  ownDelay: 1,
  // LAME's quality 7: twice as fast as its default, and not to be told apart at this rate for quiet music.
  options: { reservoir: 0, compression_level: 7 },
};

/**
 * Encodes a stretch of interleaved samples that begins `primeFrames` frames before the frames that are wanted and ends
 * one frame after them, so that stretches encoded apart join as if encoded in one go. Returns `frames` whole frames.
 */
export function encodeStretch(interleaved: Float32Array, primeFrames: number, frames: number): Uint8Array {
  const out = new Uint8Array(frames * FRAME_BYTES);
  encodePackets(MP3, interleaved, primeFrames, frames).forEach((packet, i) => {
    out.set(packet.subarray(0, FRAME_BYTES), i * FRAME_BYTES);
  });
  return out;
}
