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

const block = fc.nat({ max: BLOCKS - 1 });
const asker = fc.record({
  afterTurns: fc.nat({ max: 40 }),
  /** One of two servers over one folder. */
  server: fc.nat({ max: 1 }),
  from: block,
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
          const servers = [0, 1].map(() => createRenderCache({ dataDir, pool: counting(speed) }));
          const job = { kind: 'score', score: { id: 'counted' } } as unknown as SoundJob;
          await Promise.all(
            askers.map(async ({ afterTurns, server, from, needs, hears }) => {
              await turns(afterTurns);
              const untilFrames = needs * BLOCK_FRAMES;
              if (!hears) return servers[server]!.warm(job, FRAMES, untilFrames);
              const heard: number[] = [];
              for await (const pcm of servers[server]!.open(job, FRAMES, from * BLOCK_FRAMES, { untilFrames })) {
                const at = from + heard.length;
                expect(pcm.length).toBe(framesIn(at) * 2);
                heard.push(Math.round(pcm[0]! * 32_768), Math.round(pcm.at(-1)! * 32_768));
                expect(heard.splice(-2)).toEqual([at, at]);
                heard.push(at);
                if (heard.length === hears.most) break;
                await turns(hears.pause);
              }
              expect(heard).toHaveLength(Math.min(hears.most, BLOCKS - from));
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
