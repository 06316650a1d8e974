import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OptionMistake, readOptions } from './options.js';

const OPTIONS = {
  quick: 'flag',
  only: 'text',
  sessions: { least: 10, most: 1000, usual: 300 },
  euro: { least: 0, most: 100, usual: 15, fraction: true },
} as const;
const read = (...words: string[]) => readOptions(words, OPTIONS, ['listeners', 'sessions']);

describe('the options of a benchmark', () => {
  it('are what was given, and the usual ones where nothing was', () => {
    expect(read()).toEqual({ values: { quick: false, only: undefined, sessions: 300, euro: 15 }, words: [] });
    expect(read('--sessions', '10', 'listeners', '--quick', '--euro=0.5', '--only', 'wav')).toEqual({
      values: { quick: true, only: 'wav', sessions: 10, euro: 0.5 },
      words: ['listeners'],
    });
  });

  it.each([
    [['--sessions', '5'], '--sessions takes a whole number from 10 to 1000, not "5".'],
    [['--sessions', 'many'], '--sessions takes a whole number from 10 to 1000, not "many".'],
    [['--sessions', '10.5'], '--sessions takes a whole number from 10 to 1000, not "10.5".'],
    [['--sessions', ''], '--sessions takes a whole number from 10 to 1000, not "".'],
    [['--sessions'], '--sessions takes a whole number from 10 to 1000.'],
    [['--euro', '-1'], '--euro takes a number from 0 to 100, not "-1".'],
    [['--only'], '--only needs a value.'],
    [['--quick=yes'], '--quick takes no value.'],
    [['--quik'], 'There is no option --quik. It takes --quick, --only WORD, --sessions N, --euro N'],
    [['--constructor'], 'There is no option --constructor.'],
    [['-q'], 'There is no option -q.'],
    [['listener'], '"listener" means nothing here. It takes'],
  ])('are told in a sentence where they are wrong: %j', (words, sentence) => {
    expect(() => read(...words)).toThrow(OptionMistake);
    expect(() => read(...words)).toThrow(sentence);
  });

  it('hold their bounds or end in that one kind of mistake, whatever the words are', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string(), fc.constantFrom('--sessions', '--euro', '7', '70', '1e2'))),
        (words) => {
          try {
            const { values } = read(...words);
            expect(values.sessions).toBeGreaterThanOrEqual(10);
            expect(values.sessions).toBeLessThanOrEqual(1000);
            expect(values.euro).toBeLessThanOrEqual(100);
          } catch (error) {
            if (!(error instanceof OptionMistake)) throw error;
          }
        },
      ),
    );
  });
});
