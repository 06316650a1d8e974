/** The collections that the product keeps, whatever keeps them. */
import { z } from 'zod';
import { CheckInBook } from '../../engine/checkins/checkin.js';
import { Study } from '../../engine/checkins/study.js';
import { Taste } from '../../engine/listeners/taste.js';
import type { RecordsKind } from '../../engine/records.js';
import { Routine } from '../../engine/routines/routine.js';
import { ALEXA } from '../alexa/alexa-state.js';
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
  version: 1,
  afterMovingAway: 'routines are then to be made anew.',
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
  version: 1,
  afterMovingAway: 'the study, and who takes part in it, is then lost.',
  listenerOf: () => '',
};

export const ALL_KINDS: readonly RecordsKind<never>[] = [
  TASTES,
  ROUTINES,
  CHECK_INS,
  STUDY,
  ALEXA,
  DIALOGFLOW,
  GOOGLE_LINKS,
].map((kind) => kind as unknown as RecordsKind<never>);
