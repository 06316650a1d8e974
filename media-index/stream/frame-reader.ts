/**
 * Frames out of a track's blocks, as many as are wanted. The last quarter second before the sound stops, for whatever
 * reason, is faded: a track that breaks off makes no click.
 */
import { SAMPLE_RATE } from '../track-source.js';

const TAIL = (SAMPLE_RATE / 4) * 2;

export interface FrameReader {
  /**
   * Up to `frames` frames, good until the next call; empty at the end. Throws what the track's maker threw, once what it gave
   * is used up.
   */
  read(frames: number): Promise<Float32Array>;
  /** What lies ahead, up to `frames` frames, without taking it; good until the next call. */
  peek(frames: number): Promise<Float32Array>;
  close(): Promise<void>;
}

export function createReader(blocks: AsyncIterable<Float32Array>): FrameReader {
  const iterator = blocks[Symbol.asyncIterator]();
  /** What was read and not taken yet lies in `store` from `at` to `end`; the room is used again and again. */
  let store = new Float32Array(0);
  let [at, end] = [0, 0];
  let ended = false;
  let failure: unknown;

  function add(block: Float32Array): void {
    const length = end - at;
    if (end + block.length > store.length) {
      const most = length + block.length;
      // The old room is left to whoever still reads it.
      const fresh = most * 2 > store.length ? new Float32Array(most * 2) : store;
      if (fresh === store) store.copyWithin(0, at, end);
      else fresh.set(store.subarray(at, end));
      store = fresh;
      [at, end] = [0, length];
    }
    store.set(block, end);
    end += block.length;
  }

  /** Holds at least `samples` and the tail, or all that there is. */
  async function hold(samples: number): Promise<void> {
    while (!ended && end - at < samples + TAIL) {
      const next = await iterator.next().catch((error: unknown) => {
        failure = error;
        return { done: true as const, value: undefined };
      });
      if (next.done) ended = true;
      else add(next.value as Float32Array);
      if (ended) fadeTail(store.subarray(at, end));
    }
  }

  return {
    async read(frames) {
      await hold(frames * 2);
      if (end === at && failure) throw failure;
      const length = Math.min(frames * 2, ended ? end - at : end - at - TAIL);
      at += length;
      return store.subarray(at - length, at);
    },
    async peek(frames) {
      await hold(frames * 2);
      return store.subarray(at, Math.min(end, at + frames * 2));
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
