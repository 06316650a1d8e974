/** The fragments of AAC out of their slots of constant size (`audio/aac-encoder.ts`). */
import { EmohealError } from '../../engine/errors.js';
import type { SessionStream } from '../../engine/ports.js';
import { SLOT_BYTES } from '../audio/aac-encoder.js';

/**
 * The fragment of one slot, once it is rendered; null beyond the end. Throws `cancelled` when `signal` fires, and what
 * the rendering threw.
 */
export async function readSlot(
  stream: Pick<SessionStream, 'totalBytes' | 'read'>,
  slot: number,
  signal?: AbortSignal,
): Promise<Uint8Array | null> {
  const start = slot * SLOT_BYTES;
  if (start >= stream.totalBytes) return null;
  const bytes = new Uint8Array(SLOT_BYTES);
  let filled = 0;
  let length = 0;
  // What lies behind the fragment in its slot is nothing, and is not read.
  for await (const part of stream.read(start, start + SLOT_BYTES, signal)) {
    bytes.set(part, filled);
    filled += part.length;
    if (filled < 4) continue;
    length = new DataView(bytes.buffer).getUint32(0);
    if (length === 0 || length + 4 > SLOT_BYTES)
      throw new EmohealError('internal', 'A fragment of the session is damaged.', { retryable: true });
    if (filled >= length + 4) break;
  }
  return bytes.subarray(4, 4 + length);
}
