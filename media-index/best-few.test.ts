import fc from 'fast-check';
import { expect, it } from 'vitest';
import { bestFew } from './best-few.js';

const items = fc.uniqueArray(fc.record({ id: fc.string(), score: fc.constantFrom(0, 0.25, 0.5, 1) }), {
  selector: ({ id }) => id,
  maxLength: 700,
  size: 'max',
});

it('keeps what sorting everything would keep, in that order, however few are wanted and whatever may not stay', () => {
  fc.assert(
    fc.property(items, fc.nat(600), fc.boolean(), (offered, most, choosy) => {
      const mayStay = ({ id }: { id: string }) => !choosy || id.length % 2 === 0;
      const best = bestFew<{ id: string; score: number }>(most, ({ id }) => id, mayStay);
      for (const item of offered) best.offer(item, item.score);
      const sorted = offered
        .filter(mayStay)
        .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
        .slice(0, most);
      expect(best.list().map(({ item }) => item)).toEqual(sorted);
      if (sorted.length === most && most > 0 && most <= 512) expect(best.bar()).toBe(sorted.at(-1)!.score);
    }),
  );
});
