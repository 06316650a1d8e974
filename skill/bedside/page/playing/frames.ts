/**
 * The stream as arithmetic: 128 kbit/s MP3 in frames of exactly 384 bytes and 24 ms, no bit reservoir
 * (docs/decisions/2026-11-23-streams-as-constant-frames.md). A second is a place in bytes, any frame is a place to cut.
 */
export const FRAME_BYTES = 384;
export const FRAME_SEC = 0.024;

/** The byte at which the frame begins that sounds at `sec`. */
export const byteAt = (sec: number): number => Math.max(0, Math.floor(sec / FRAME_SEC + 1e-6)) * FRAME_BYTES;
export const secondAt = (byte: number): number => (byte / FRAME_BYTES) * FRAME_SEC;

const SIDE_INFO_BIT = 32;
const FIRST_GAIN_BIT = SIDE_INFO_BIT + 9 + 3 + 8 + 12 + 9;
/** Of each of two granules and two channels. */
const NEXT_GAIN_BITS = 59;
const GAINS = 4;

/**
 * How loud a frame is, 0..255, from the step size that the encoder chose for it: 4 more is 6 dB. It is a good measure of
 * slow loudness and costs nothing: no decoding, no audio graph that a phone would stop in the background.
 */
export function gainOf(frame: Uint8Array): number {
  let most = 0;
  for (let i = 0; i < GAINS; i += 1) {
    const bit = FIRST_GAIN_BIT + i * NEXT_GAIN_BITS;
    const byte = bit >> 3;
    const pair = ((frame[byte] ?? 0) << 8) | (frame[byte + 1] ?? 0);
    most = Math.max(most, (pair >> (8 - (bit & 7))) & 0xff);
  }
  return most;
}
