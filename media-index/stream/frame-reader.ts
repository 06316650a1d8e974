/**
 * Frames out of a track's blocks, as many as are wanted. The last quarter second before the sound stops, for whatever
 * reason, is faded: a track that breaks off makes no click.
 */
import { SAMPLE_RATE } from '../track-source.js';

const TAIL = (SAMPLE_RATE / 4) * 2;

export interface FrameReader {
  /** Up to `frames` frames; empty at the end. Throws what the track's maker threw, once what it gave is used up. */
  read(frames: number): Promise<Float32Array>;
  /** What lies ahead, up to `frames` frames, without taking it. */
  peek(frames: number): Promise<Float32Array>;
  close(): Promise<void>;
}

export function createReader(blocks: AsyncIterable<Float32Array>): FrameReader {
  const iterator = blocks[Symbol.asyncIterator]();
  let rest = new Float32Array(0);
  let ended = false;
  let failure: unknown;

  /** Holds at least `samples` and the tail, or all that there is. */
  async function hold(samples: number): Promise<void> {
    if (ended || rest.length >= samples + TAIL) return;
    const parts = [rest];
    let length = rest.length;
    while (length < samples + TAIL && !ended) {
      const next = await iterator.next().catch((error: unknown) => {
        failure = error;
        return { done: true as const, value: undefined };
      });
      if (next.done) ended = true;
      else {
        parts.push(next.value as Float32Array<ArrayBuffer>);
        length += next.value.length;
      }
    }
    const all = new Float32Array(length);
    let at = 0;
    for (const part of parts) {
      all.set(part, at);
      at += part.length;
    }
    rest = all;
    if (ended) fadeTail(rest);
  }

  return {
    async read(frames) {
      await hold(frames * 2);
      if (rest.length === 0 && failure) throw failure;
      const taken = rest.subarray(0, Math.min(frames * 2, ended ? rest.length : rest.length - TAIL));
      rest = rest.subarray(taken.length);
      return taken;
    },
    async peek(frames) {
      await hold(frames * 2);
      return rest.subarray(0, frames * 2);
    },
    async close() {
      await iterator.return?.();
    },
  };
}

function fadeTail(samples: Float32Array): void {
  const from = Math.max(0, samples.length - TAIL);
  const length = samples.length - from;
  for (let i = from; i < samples.length; i += 1) samples[i] = samples[i]! * (1 - (i - from) / length);
}
