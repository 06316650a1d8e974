/** What Google's surfaces keep between requests. */
import type { RecordsKind } from '../../engine/records.js';
import { ALEXA, AlexaRecord } from '../alexa/alexa-state.js';

/** Conversations through Dialogflow: the same as of Alexa's devices, under keyed hashes of the conversation's name. */
export const DIALOGFLOW: RecordsKind<AlexaRecord> = {
  name: 'dialogflow',
  schema: AlexaRecord,
  // As for Alexa, 3 and 2 there.
  version: 2,
  afterMovingAway: 'conversations are then greeted as new.',
  upgrades: { 1: (before) => before },
  ...(ALEXA.listenerOf ? { listenerOf: ALEXA.listenerOf } : {}),
};
