/** Nothing that is read, thought about and kept again is undone by the same at the same moment. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createInTurn } from './in-turn.js';

it('counts every change of every key, whatever waits for how long, and whatever fails', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ key: fc.constantFrom('a', 'b', 'c'), ticks: fc.nat(6), fails: fc.boolean() }), {
        maxLength: 40,
      }),
      async (works) => {
        const inTurn = createInTurn();
        const kept: Record<string, number> = { a: 0, b: 0, c: 0 };
        const results = await Promise.allSettled(
          works.map(({ key, ticks, fails }) =>
            inTurn(key, async () => {
              const before = kept[key]!;
              for (let i = 0; i < ticks; i++) await null;
              if (fails) throw new Error('no');
              kept[key] = before + 1;
            }),
          ),
        );
        for (const key of ['a', 'b', 'c'])
          expect(kept[key]).toBe(works.filter((work) => work.key === key && !work.fails).length);
        expect(results.map(({ status }) => status === 'rejected')).toEqual(works.map(({ fails }) => fails));
      },
    ),
  );
});
