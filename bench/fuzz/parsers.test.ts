/** A few cases for each reader at every test run; `npm run fuzz` has a hundred thousand. */
import { describe, expect, it } from 'vitest';
import { parseRange } from '../../skill/http/streams-bytes.js';
import { PARSERS } from './parsers.js';

describe('whatever comes', () => {
  it.each(PARSERS.map((each) => [each.name, each] as const))('%s: one answer or one clear refusal', (_, { run }) => {
    run(400, Date.now() % 2 ** 31);
  });

  it('is every reader of ours', () => {
    expect(PARSERS.length).toBeGreaterThanOrEqual(29);
    const known = [
      'WAV at the door',
      'Range',
      'routines',
      'knowledge graph files',
      'knowledge drop-ins',
      'voice intents',
    ];
    for (const name of [...known, 'Dialogflow requests', 'Cast frames', 'check-ins for other programs'])
      expect(PARSERS.map((each) => each.name)).toContain(name);
  });
});

describe('what was found so', () => {
  it('the last five bytes of nothing are no range', () => {
    expect(parseRange('bytes=-5', 0)).toBe('unsatisfiable');
    expect(parseRange('bytes=-5', 1)).toEqual([0, 1]);
  });
});
