/** The rehearsal at a start: enough of it, and nothing that delays an end. */
import { expect, it } from 'vitest';
import type { Programme } from '../engine/vocabulary.js';
import { rehearse } from './rehearse.js';

/** Parts that answer at once and count how often they were asked. */
function countedParts() {
  const asked = { gate: 0, read: 0, thought: 0, sounded: 0, soundSec: 0 };
  const app = {
    gate: async () => {
      asked.gate += 1;
      return [{ level: 'none' }];
    },
    classifier: async () => ({
      classify: async () => {
        asked.read += 1;
        return [{ labels: [] }];
      },
    }),
    service: async () => ({
      prepare: async () => {
        asked.thought += 1;
        return { programme: { tracks: [0, 1, 2].map((i) => ({ startSec: 90 * i, endSec: 90 * i + 98 })) } };
      },
    }),
    mixer: async () => ({
      async *encode({ tracks }: Programme) {
        asked.sounded += 1;
        asked.soundSec += tracks.reduce((sum, { startSec, endSec }) => sum + endSec - startSec, 0);
        for (;;) yield new Uint8Array(1);
      },
    }),
  } as unknown as Parameters<typeof rehearse>[0];
  return { app, asked };
}

it('reads, thinks and sounds until nothing gets faster any more', async () => {
  const { app, asked } = countedParts();
  await rehearse(app, { stopped: () => false });
  expect(asked.sounded).toBe(3);
  // What is scheduled is made ahead: of whole sessions it would be twenty minutes of music, for nobody.
  expect(asked.soundSec).toBeLessThanOrEqual(90);
  expect(asked.thought).toBeGreaterThanOrEqual(50);
  expect(asked.gate).toBe(asked.thought);
  expect(asked.read).toBe(asked.thought);
});

it('ends after the sentence under way when the server ends', async () => {
  const { app, asked } = countedParts();
  await rehearse(app, { stopped: () => asked.thought >= 10 });
  expect(asked.thought).toBe(10);
});
