/**
 * Sound that was made once and can be had by every server: parts of a rendering under its content address. Equal programmes
 * have equal bytes on every machine, so whoever has a part may take it, and one server goes on where another was killed.
 */
import type { PartState } from '../../engine/ports.js';
import { type StreamFormat, unitAt } from './formats.js';

/** Seconds a part: short enough that little is lost with a server, long enough that a night is few hundred objects. */
const PART_SEC = 12;

export interface SharedSounds {
  /** Part `n` of a rendering; null where nobody has made it, or it cannot be had in time. Never throws. */
  take(rendering: string, n: number): Promise<Uint8Array | null>;
  /** Resolves when it is kept, or was given up; never throws, as nobody who listens waits for it. */
  give(rendering: string, n: number, bytes: Uint8Array): Promise<void>;
  state(): PartState;
  close(): Promise<void>;
}

export const partBytes = (format: StreamFormat): number => unitAt(format, PART_SEC) * format.unitBytes;

/** Bytes as they come, given out as whole parts; those before `skipParts` are there already. */
export function partGiver(
  sounds: SharedSounds,
  rendering: string,
  format: StreamFormat,
  totalBytes: number,
  skipParts: number,
) {
  const size = partBytes(format);
  let next = skipParts;
  let held: Uint8Array[] = [];
  let heldBytes = 0;
  return {
    /** `bytes` follow those of the call before, from the first byte after the skipped parts. */
    add(bytes: Uint8Array): void {
      let rest = bytes;
      while (rest.length > 0) {
        const wanted = Math.min(size, totalBytes - next * size);
        const taken = rest.subarray(0, wanted - heldBytes);
        held.push(taken);
        heldBytes += taken.length;
        rest = rest.subarray(taken.length);
        if (heldBytes < wanted) return;
        void sounds.give(rendering, next, Buffer.concat(held));
        next += 1;
        held = [];
        heldBytes = 0;
      }
    },
  };
}
