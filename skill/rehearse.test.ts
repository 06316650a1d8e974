/** The rehearsal at a start: enough of it, and nothing that delays an end. */
import { expect, it } from 'vitest';
import { rehearse } from './rehearse.js';

/** Parts that answer at once and count how often they were asked. */
function countedParts() {
  const asked = { gate: 0, read: 0, thought: 0, sounded: 0 };
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
        return { programme: {} };
      },
    }),
    mixer: async () => ({
      async *encode() {
        asked.sounded += 1;
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
  expect(asked.thought).toBeGreaterThanOrEqual(50);
  expect(asked.gate).toBe(asked.thought);
  expect(asked.read).toBe(asked.thought);
});

it('ends after the sentence under way when the server ends', async () => {
  const { app, asked } = countedParts();
  await rehearse(app, { stopped: () => asked.thought >= 10 });
  expect(asked.thought).toBe(10);
});
