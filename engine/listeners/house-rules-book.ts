/** Where the rules of listeners' nights are kept. No rules is a value: nothing is narrowed then. */
import type { Records, RecordsKind } from '../records.js';
import { HouseRules } from './house-rules.js';

export const HOUSE_RULES: RecordsKind<HouseRules> = {
  name: 'house-rules',
  schema: HouseRules,
  version: 1,
  afterMovingAway: 'loudness, allowed music and quiet hours are then to be set anew.',
};

export interface HouseRulesBook {
  load(listener: string): Promise<HouseRules>;
  /** `work` gets what holds now and gives what holds from now on, in one whole change. Gives the rules before and after. */
  change(listener: string, work: (rules: HouseRules) => HouseRules): Promise<{ before: HouseRules; after: HouseRules }>;
  forget(listener: string): Promise<void>;
}

export function createHouseRulesBook(records: Records<HouseRules>): HouseRulesBook {
  const known = (all: Readonly<Record<string, HouseRules>>, listener: string): HouseRules =>
    Object.hasOwn(all, listener) ? all[listener]! : {};
  return {
    load: async (listener) => known(await records.read(), listener),
    change: (listener, work) =>
      records.change((all) => {
        const before = known(all, listener);
        const after = HouseRules.parse(work(before));
        if (Object.keys(after).length > 0) all[listener] = after;
        else delete all[listener];
        return { before, after };
      }),
    forget: (listener) =>
      records.change((all) => {
        delete all[listener];
      }),
  };
}
