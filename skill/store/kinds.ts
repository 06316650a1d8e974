/** The collections that the product keeps, whatever keeps them. */
import { z } from 'zod';
import { CARE } from '../../engine/caregivers/care-record.js';
import { CheckInBook } from '../../engine/checkins/checkin.js';
import { Study } from '../../engine/checkins/study.js';
import { HouseRules } from '../../engine/listeners/house-rules.js';
import { Taste } from '../../engine/listeners/taste.js';
import type { RecordsKind } from '../../engine/records.js';
import { Routine, withoutRepeatedName } from '../../engine/routines/routine.js';
import { ALEXA } from '../alexa/alexa-state.js';
import { CARE_SESSIONS } from '../care/web-sessions.js';
import { DIALOGFLOW } from '../google/kept.js';
import { GOOGLE_LINKS } from '../google/smarthome/links.js';

/** Nothing of a listener who has not said yes, and nothing of what was said. */
export const TASTES: RecordsKind<Taste> = {
  name: 'taste',
  schema: Taste,
  version: 2,
  afterMovingAway: 'what listeners like is then learned anew.',
  upgrades: { 1: (before) => ({ records: (before as { tastes?: unknown }).tastes }) },
};

export const ROUTINES: RecordsKind<Routine[]> = {
  name: 'routines',
  schema: z.array(Routine),
  // 2 knows evenings that were quiet hours, 3 routines without a name; an EmoHeal that does not must leave them alone.
  version: 3,
  afterMovingAway: 'routines are then to be made anew.',
  upgrades: { 1: (before) => before, 2: withoutRepeatedNames },
};

/** Of the house, by listener: how loud, which music, when nothing begins by itself. */
export const RULES: RecordsKind<HouseRules> = {
  name: 'house-rules',
  schema: HouseRules,
  version: 1,
  afterMovingAway: 'nights are then without rules until they are settled anew.',
};

export const CHECK_INS: RecordsKind<CheckInBook> = {
  name: 'check-ins',
  schema: CheckInBook,
  version: 1,
  afterMovingAway: 'listeners are then asked anew whether they agree.',
};

/** Of the whole house: one record, which is no listener's. */
export const STUDY: RecordsKind<Study> = {
  name: 'study',
  schema: Study,
  // 2 has its secret sealed; an EmoHeal that cannot open it must leave it alone.
  version: 2,
  afterMovingAway: 'the study, and who takes part in it, is then lost.',
  listenerOf: () => '',
  upgrades: { 1: (before) => before },
};

export const ALL_KINDS: readonly RecordsKind<never>[] = [
  TASTES,
  ROUTINES,
  RULES,
  CHECK_INS,
  STUDY,
  ALEXA,
  CARE,
  CARE_SESSIONS,
  DIALOGFLOW,
  GOOGLE_LINKS,
].map((kind) => kind as unknown as RecordsKind<never>);

/** What is no routine stays as it is, and is found out when the records are checked. */
function withoutRepeatedNames(before: unknown): unknown {
  const each = (given: unknown) => {
    const routine = Routine.safeParse(given);
    return routine.success ? withoutRepeatedName(routine.data) : given;
  };
  const all = Object.entries((before as { records?: object }).records ?? {});
  return {
    records: Object.fromEntries(all.map(([listener, own]) => [listener, Array.isArray(own) ? own.map(each) : own])),
  };
}
