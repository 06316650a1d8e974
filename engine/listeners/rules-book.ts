/** The house rules of each listener, kept: read for every session, changed as a whole. */
import { EmohealError } from '../errors.js';
import { readAs } from '../read-as.js';
import { createMemoryRecords, type Records } from '../records.js';
import { checkZone } from '../routines/schedule.js';
import { HouseRules } from './house-rules.js';

/** In one house. */
const MOST_LISTENERS = 10_000;

export type RulesBook = ReturnType<typeof createRulesBook>;

export const createMemoryRules = (): RulesBook => createRulesBook(createMemoryRecords<HouseRules>());

export function createRulesBook(records: Records<HouseRules>) {
  return {
    /** Null where nobody settled anything. */
    load: async (listener: string): Promise<HouseRules | null> => {
      const all = await records.read();
      return Object.hasOwn(all, listener) ? all[listener]! : null;
    },
    /** Of everybody at once; for whoever starts many sessions in one minute. */
    all: () => records.read(),
    /**
     * Takes the place of what was settled before; of rules without any in them nothing is kept. Throws `bad-input` for rules
     * or a zone that cannot be.
     */
    async save(listener: string, wish: HouseRules): Promise<HouseRules> {
      const rules = readAs(HouseRules, wish, { whole: 'rules' });
      if (rules.quietHours) checkZone(rules.quietHours.zone);
      if (Object.keys(rules).length === 0) await this.remove(listener);
      else
        await records.change((all) => {
          if (!Object.hasOwn(all, listener) && Object.keys(all).length >= MOST_LISTENERS)
            throw new EmohealError('too-large', `The rules of ${MOST_LISTENERS} listeners are kept; there is no room.`);
          all[listener] = rules;
        });
      return rules;
    },
    /** Removing what is not there is no error. */
    async remove(listener: string): Promise<void> {
      if (!Object.hasOwn(await records.read(), listener)) return;
      await records.change((all) => {
        delete all[listener];
      });
    },
  };
}
