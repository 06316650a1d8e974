/** What Google's surfaces keep between requests. */
import type { RecordsKind } from '../../engine/records.js';
import { ALEXA, AlexaRecord } from '../alexa/alexa-state.js';

/** Conversations through Dialogflow: the same as of Alexa's devices, under keyed hashes of the conversation's name. */
export const DIALOGFLOW: RecordsKind<AlexaRecord> = {
  name: 'dialogflow',
  schema: AlexaRecord,
  version: 1,
  afterMovingAway: 'conversations are then greeted as new.',
  ...(ALEXA.listenerOf ? { listenerOf: ALEXA.listenerOf } : {}),
};
