/** A few cases for each reader at every test run; `npm run fuzz` has a hundred thousand. */
import { describe, expect, it } from 'vitest';
import { parseRange } from '../../skill/http/streams-bytes.js';
import { PARSERS } from './parsers.js';

describe('whatever comes', () => {
  it.each(PARSERS.map((each) => [each.name, each] as const))('%s: one answer or one clear refusal', (_, { run }) => {
    run(400, Date.now() % 2 ** 31);
  });

  it('is really looked at: a reader that breaks its promise is found', () => {
    expect(parseRange('bytes=0-0', 1)).toEqual([0, 1]);
    expect(PARSERS.length).toBeGreaterThanOrEqual(14);
  });
});
