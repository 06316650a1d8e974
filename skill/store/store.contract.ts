/** What every store promises, whatever keeps it. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Records, RecordsKind } from '../../engine/records.js';
import type { Store } from '../../engine/stores.js';
import { COUNTS, sessionOf } from './session.fixture.js';

export interface House {
  /** Opens the same house again; an earlier opening may still be open. */
  open(options?: { onWarning?: (message: string) => void; waitForLockSec?: number }): Promise<Store>;
  remove(): Promise<void>;
}

const add = (records: Records<number>, name = 'anna', by = 1) =>
  records.change((all) => {
    all[name] = (all[name] ?? 0) + by;
  });

/** `makeHouse` makes a new, empty one each time. */
export function describeStore(name: string, makeHouse: () => Promise<House>): void {
  describe(name, () => {
    let house: House;
    const stores: Store[] = [];
    const open = async (options?: Parameters<House['open']>[0]) => {
      const store = await house.open(options);
      stores.push(store);
      return store;
    };
    beforeAll(async () => {
      house = await makeHouse();
    });
    afterAll(async () => {
      await Promise.all(stores.map((store) => store.close()));
      await house.remove();
    });

    it('keeps sessions over a restart, as they were', async () => {
      const store = await open();
      const sessions = await store.sessions();
      const kept = ['a', 'b', 'c'].map((id) => sessionOf(id));
      await Promise.all(kept.map((session) => sessions.save(session)));
      await store.close();
      const again = await open();
      const found = await again.sessions();
      expect(await found.load('b')).toEqual(kept[1]);
      expect(await found.load('x')).toBeNull();
      expect((await found.ids()).sort()).toEqual(['a', 'b', 'c']);
      await found.remove('b');
      expect(await found.load('b')).toBeNull();
      await again.close();
    });

    it('keeps the last of many changes that come at once, and an id is never a path', async () => {
      const store = await open();
      const sessions = await store.sessions();
      const one = sessionOf('many');
      await Promise.all(Array.from({ length: 50 }, (_, revision) => sessions.save({ ...one, revision })));
      await store.close();
      const again = await (await open()).sessions();
      expect((await again.load('many'))?.revision).toBe(49);
      expect(await again.load('../sessions/many')).toBeNull();
      await expect(again.save(sessionOf('../../x'))).rejects.toThrow(/letters, digits/);
      await stores.pop()?.close();
    });

    it('has its sessions with one server at a time, and its records with as many as like', async () => {
      const [one, two] = [await open(), await open()];
      await one.sessions();
      await expect(two.sessions()).rejects.toMatchObject({ code: 'conflict' });
      await add(await two.records(COUNTS), 'beside');
      expect((await (await one.records(COUNTS)).read()).beside).toBe(1);
      await one.close();
      await (await two.sessions()).load('a');
      await two.close();
    });

    it('gives what is to be kept "soon" at once, and keeps it', async () => {
      const store = await open();
      const sessions = await store.sessions();
      await sessions.save(sessionOf('soon'));
      await sessions.save({ ...sessionOf('soon'), revision: 3 }, 'soon');
      expect((await sessions.load('soon'))?.revision).toBe(3);
      await store.close();
      const again = await open();
      expect((await (await again.sessions()).load('soon'))?.revision).toBe(3);
      await again.close();
    });

    it('forgets what is older than a month', async () => {
      const store = await open();
      const sessions = await store.sessions();
      await sessions.save(sessionOf('old', undefined, Date.now() - 40 * 24 * 3600 * 1000));
      expect(await sessions.load('old')).toBeNull();
      await store.close();
    });

    it('gives a listener their own sessions, newest first, and nobody else their', async () => {
      const store = await open();
      const sessions = await store.sessions();
      const nowMs = Date.now();
      await sessions.save(sessionOf('anna-1', 'anna', nowMs - 2));
      await sessions.save(sessionOf('anna-2', 'anna', nowMs - 1));
      await sessions.save(sessionOf('ben-1', 'ben', nowMs));
      await sessions.save(sessionOf('star', '*', nowMs));
      await sessions.save(sessionOf('nameless', undefined, nowMs));
      const idsOf = async (listener: string | null) =>
        (await sessions.ofListener(listener)).sessions.map(({ id }) => id);
      expect(await idsOf('anna')).toEqual(['anna-2', 'anna-1']);
      expect(await idsOf('*')).toEqual(['star']);
      expect(await idsOf("' OR true --")).toEqual([]);
      expect(await idsOf(null)).toContain('nameless');
      expect(
        (await Promise.all((await idsOf(null)).map((id) => sessions.load(id)))).every((each) => !each?.listener),
      ).toBe(true);
      await store.close();
    });

    it('loses no change of two that change records side by side', async () => {
      const [one, two] = await Promise.all([open(), open()]);
      const both = await Promise.all([one.records(COUNTS), two.records(COUNTS)]);
      await Promise.all(Array.from({ length: 40 }, (_, i) => add(both[i % 2]!)));
      expect((await both[0].read()).anna).toBe(40);
      expect((await both[1].read()).anna).toBe(40);
      await Promise.all([one.close(), two.close()]);
    });

    it('changes nothing where the change throws', async () => {
      const records = await (await open()).records(COUNTS);
      await records.change((all) => {
        all.thrown = 1;
      });
      const broken = records.change((all) => {
        all.thrown = 2;
        throw new Error('no');
      });
      await expect(broken).rejects.toThrow('no');
      expect((await (await (await open()).records(COUNTS)).read()).thrown).toBe(1);
    });

    it('holds what any run of changes makes, and what an object would hold', async () => {
      const store = await open();
      const names = fc.constantFrom('__proto__', 'constructor', 'Änne', "o'neill", '名前', 'a b', '*', '', '\\', '%');
      let round = 0;
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.tuple(names, fc.option(fc.integer({ min: -1e6, max: 1e6 }))), { maxLength: 12 }),
          async (steps) => {
            const kind = { ...COUNTS, name: `any-${++round}` };
            const records = await store.records(kind);
            const model = new Map<string, number>();
            for (const [key, value] of steps) {
              if (value === null) model.delete(key);
              else model.set(key, value);
              await records.change((all) => {
                if (value === null) delete all[key];
                else all[key] = value;
              });
            }
            const again = await (await store.records(kind)).read();
            expect(new Map(Object.entries(again))).toEqual(model);
          },
        ),
        { numRuns: 15 },
      );
      await store.close();
    });

    it('brings records of an older version up to date, and refuses those of a newer one untouched', async () => {
      const store = await open();
      await (await store.records({ ...COUNTS, name: 'grown' })).change((all) => {
        all.anna = 7;
      });
      const grown: RecordsKind<{ count: number }> = {
        name: 'grown',
        schema: z.object({ count: z.number() }),
        version: 2,
        afterMovingAway: 'counts begin anew.',
        upgrades: {
          1: (before) => ({
            records: Object.fromEntries(
              Object.entries((before as { records: Record<string, number> }).records).map(([key, count]) => [
                key,
                { count },
              ]),
            ),
          }),
        },
      };
      const now = await store.records(grown);
      expect(await now.read()).toEqual({ anna: { count: 7 } });
      await now.change((all) => {
        all.ben = { count: 1 };
      });
      await expect(store.records({ ...COUNTS, name: 'grown' })).rejects.toMatchObject({ code: 'store-newer' });
      expect(await (await store.records(grown)).read()).toEqual({ anna: { count: 7 }, ben: { count: 1 } });
      await store.close();
    });

    it('says which place is damaged, and no word of what it holds', async () => {
      const store = await open();
      const texts = { ...COUNTS, name: 'other', schema: z.string() } as unknown as RecordsKind<number>;
      await (await store.records(texts)).change((all) => {
        all['Anna Secret'] = 'private' as unknown as number;
      });
      const refused = await store.records({ ...COUNTS, name: 'other' }).catch((error: Error) => error as Error);
      expect(String(refused)).toMatch(/other.* is damaged/);
      expect(String(refused)).not.toMatch(/Secret|private/);
      await store.close();
    });
  });
}
