/**
 * The stream as arithmetic: 128 kbit/s MP3 in frames of exactly 384 bytes and 24 ms, no bit reservoir
 * (docs/decisions/2026-11-23-streams-as-constant-frames.md). A second is a place in bytes, any frame is a place to cut.
 */
export const FRAME_BYTES = 384;
export const FRAME_SEC = 0.024;

/** The byte at which the frame begins that sounds at `sec`. */
export const byteAt = (sec: number): number => Math.max(0, Math.floor(sec / FRAME_SEC + 1e-6)) * FRAME_BYTES;
export const secondAt = (byte: number): number => (byte / FRAME_BYTES) * FRAME_SEC;
