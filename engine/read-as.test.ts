import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { EmohealError } from './errors.js';
import { readAs } from './read-as.js';

const Body = z.object({ words: z.string().max(20), minutes: z.number().int().min(1).max(60) }).strict();

describe('data from outside', () => {
  it('names the first wrong field, what it should be, and what to send', () => {
    expect(() => readAs(Body, { words: 'calm', minutes: 90 }, { remedy: 'Send {"minutes": 20}.' })).toThrow(
      expect.objectContaining({
        code: 'bad-input',
        message: expect.stringMatching(/^minutes: .*60\.$/),
        remedy: 'Send {"minutes": 20}.',
      }),
    );
  });

  it('names the whole where no field of it is to blame', () => {
    expect(() => readAs(Body, 7, { what: 'No request', whole: 'its data' })).toThrow(/^No request: its data: .+\.$/);
  });

  it('never repeats what was sent: it may be what somebody said', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{12,40}$/), (said) => {
        for (const sent of [{ words: `${said} ${said}`, minutes: said }, said, [said]])
          try {
            readAs(Body, sent);
          } catch (error) {
            expect((error as EmohealError).message).not.toContain(said);
          }
      }),
    );
  });
});
