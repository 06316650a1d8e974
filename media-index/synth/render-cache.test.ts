/**
 * Whoever asks for which part of a piece when, and whoever leaves when: each hears the piece. Its maker here only counts, at
 * any speed.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { SoundJob } from './messages.js';
import type { SynthPool } from './pool.js';
import { createRenderCache } from './render-cache.js';
import { BLOCK_FRAMES } from './render-score.js';

const BLOCKS = 9;
const FRAMES = (BLOCKS - 1) * BLOCK_FRAMES + 1000;
const framesIn = (block: number) => Math.min(BLOCK_FRAMES, FRAMES - block * BLOCK_FRAMES);

const turns = async (count: number) => {
  for (let i = 0; i < count; i += 1) await setImmediate();
};

/** Block n holds n in each of its samples. */
const counting = (speed: number[]): SynthPool => ({
  prepare: async () => {},
  render: (_job, { skipBlocks = 0, signal } = {}) => ({
    setPriority() {},
    async *[Symbol.asyncIterator]() {
      for (let at = skipBlocks; at < BLOCKS; at += 1) {
        await turns(speed[at % speed.length]!);
        signal?.throwIfAborted();
        yield new Int16Array(framesIn(at) * 2).fill(at);
      }
    },
  }),
  close: async () => {},
  state: () => ({ workers: 1, running: 0, waiting: 0, restarts: 0 }),
});

const asker = fc.record({
  afterTurns: fc.nat({ max: 40 }),
  /** One of two over one folder; the second to begin takes the other's files under way for those of a maker that is gone. */
  cache: fc.nat({ max: 1 }),
  from: fc.nat({ max: BLOCKS - 1 }),
  needs: fc.integer({ min: 1, max: BLOCKS }),
  /** Null: only wants it made. */
  hears: fc.option(fc.record({ most: fc.integer({ min: 1, max: BLOCKS }), pause: fc.nat({ max: 4 }) }), { freq: 4 }),
});

it('everyone hears each block of a piece once and in order, whoever else begins, leaves or needs more of it', async () => {
  const root = mkdtempSync(path.join(os.tmpdir(), 'emoheal-renders-'));
  let run = 0;
  try {
    await fc.assert(
      fc.asyncProperty(
        fc.array(asker, { minLength: 1, maxLength: 8 }),
        fc.array(fc.nat({ max: 6 }), { minLength: 1, maxLength: 5 }),
        async (askers, speed) => {
          const dataDir = path.join(root, String(run++));
          const caches = [0, 1].map(() => createRenderCache({ dataDir, pool: counting(speed) }));
          const job = { kind: 'score', score: { id: 'counted' } } as unknown as SoundJob;
          await Promise.all(
            askers.map(async ({ afterTurns, cache, from, needs, hears }) => {
              await turns(afterTurns);
              const untilFrames = needs * BLOCK_FRAMES;
              if (!hears) return caches[cache]!.warm(job, FRAMES, untilFrames);
              let heard = 0;
              for await (const pcm of caches[cache]!.open(job, FRAMES, from * BLOCK_FRAMES, { untilFrames })) {
                const at = from + heard;
                expect(pcm.length).toBe(framesIn(at) * 2);
                expect([pcm[0]!, pcm.at(-1)!].map((sample) => Math.round(sample * 32_768))).toEqual([at, at]);
                heard += 1;
                if (heard === hears.most) break;
                await turns(hears.pause);
              }
              expect(heard).toBe(Math.min(hears.most, BLOCKS - from));
            }),
          );
        },
      ),
      { numRuns: 150 },
    );
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
});
