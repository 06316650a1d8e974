/** Whole evenings with Google, on a clock that runs fast. */
import { describe, expect, it } from 'vitest';
import type { SessionStream } from '../../../engine/ports.js';
import { skillFixture } from '../../alexa/skill.fixture.js';
import { type GoogleWish, plainIn, simulateGoogle } from './simulate.js';

async function evening(said: string[], changes: Partial<GoogleWish> = {}) {
  const { service, gate, clock } = await skillFixture();
  const faults: unknown[] = [];
  const told = await simulateGoogle({
    app: { service: async () => service, streams: async () => ({ open: () => ({}) as SessionStream }), gate },
    time: clock,
    said,
    edition: 'es',
    client: 'assistant',
    locale: 'en-US',
    betweenSec: 60,
    onFault: (error) => faults.push(error),
    ...changes,
  });
  expect(faults).toEqual([]);
  return told;
}

describe('a simulated evening with Google', () => {
  it.each([
    { edition: 'es', client: 'assistant' },
    { edition: 'es', client: 'plain' },
    { edition: 'cx', client: 'plain' },
  ] as const)('plays every second of the session once: %o', async (kind) => {
    const { heard } = await evening(['open quiet bedside', 'I feel so sad tonight', 'stay here'], kind);
    expect(heard.map(({ stage, revision }) => `${stage} ${revision}`)).toEqual([
      // The minute before the first feeling is silent.
      'null null',
      'match 0',
      'match 1',
      'guide 1',
      'target 1',
    ]);
    const calm = await evening(['I feel so sad tonight'], kind);
    expect(calm.heard.reduce((sum, { sec }) => sum + sec, 0)).toBeCloseTo(1200, 0);
  });

  it('is quiet after danger, with a number to call', async () => {
    const { heard, turns } = await evening(['I want to end my life']);
    expect(heard.every(({ stage }) => stage === null)).toBe(true);
    expect(plainIn(turns[0]!.reply)!.say).toMatch(/988/);
  });
});
