/**
 * AAC-LC for HLS. Its packets vary in size, so each six seconds are one fragment of MP4 in a slot of constant size: the
 * length first (four bytes, big-endian), then the fragment, then nothing. Synchronous: made for worker threads.
 */
import { encodePackets, type PacketCodec } from './packet-encoder.js';

export const AAC_SAMPLES = 1024;
/** Six seconds at 128 kbit/s are 96 kB and 1.2 kB of boxes; a third more is room enough, and the rate gives way if not. */
export const SLOT_BYTES = 128 * 1024;

export const AAC: PacketCodec = {
  encoder: 'aac',
  bitRate: 128_000,
  frameSamples: AAC_SAMPLES,
  planar: true,
  // Each packet needs the one before it to be whole: the first one only carries the beginning of the second.
  ownDelay: 1,
  // Half the time of the default's search, and nearer to the sound; weighing middle and side for each band costs a quarter
  // more for .1 dB (docs/decisions/2026-11-29-streams-cost.md). No band above 15 kHz.
  options: { aac_coder: 'fast', aac_ms: 0, aac_is: 0, cutoff: 15_000 },
};

/** Rates that are tried in turn until the fragment fits its slot. */
const RATES = [128_000, 96_000, 64_000];

/** One slot: `frames` packets as the fragment that `fragment` makes of them. */
export function encodeSlot(
  interleaved: Float32Array,
  primeFrames: number,
  frames: number,
  fragment: (packets: Uint8Array[]) => Uint8Array,
): Uint8Array {
  for (const rate of RATES) {
    const bytes = fragment(encodePackets(AAC, interleaved, primeFrames, frames, rate));
    if (bytes.length + 4 > SLOT_BYTES) continue;
    const slot = new Uint8Array(SLOT_BYTES);
    new DataView(slot.buffer).setUint32(0, bytes.length);
    slot.set(bytes, 4);
    return slot;
  }
  throw new Error('six seconds of AAC do not fit their slot');
}
