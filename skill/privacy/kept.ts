/**
 * Everything that the product keeps about people, kind by kind: what for, where, and for how long. The data-protection page is
 * made from this list and from the schemas of what is kept, so that it cannot say something else than the code does; a test
 * holds the list against the files that a used server has.
 */
import { z } from 'zod';
import { CaregiverAccount } from '../../engine/caregivers/account.js';
import { ListenerCare } from '../../engine/caregivers/care-record.js';
import { CheckInBook } from '../../engine/checkins/checkin.js';
import { Study } from '../../engine/checkins/study.js';
import { HouseRules } from '../../engine/listeners/house-rules.js';
import { Taste } from '../../engine/listeners/taste.js';
import { Routine } from '../../engine/routines/routine.js';
import { Session } from '../../engine/session.js';
import { AlexaDevice, AlexaListener } from '../alexa/alexa-state.js';
import { WebSession } from '../care/web-sessions.js';
import { GoogleLink } from '../google/smarthome/links.js';
import { DAYS } from './ages.js';

export interface KeptKind {
  name: string;
  /** Below the data folder; a folder ends with "/". */
  where: string;
  whatFor: string;
  howLong: string;
  /** Whether the listener must have agreed before anything of this kind is kept. */
  consent: boolean;
  /** Of one record; null for what holds nothing that has fields. */
  schema: z.ZodType | null;
}

export const KEPT: readonly KeptKind[] = [
  {
    name: 'Sessions',
    where: 'state/sessions/',
    whatFor:
      'To play on after a pause, a restart or on another speaker, and to answer "why this music?". The reasons of a plan name the kind of feeling that it began with; a session through Alexa keeps no reasons.',
    howLong: `${DAYS.sessions} days, then it is removed.`,
    consent: false,
    schema: Session,
  },
  {
    name: 'Taste',
    where: 'state/taste.json',
    whatFor: 'To choose music nearer to what a listener liked before.',
    howLong: `Until the listener takes the consent back or says "forget me", and ${DAYS.taste} days after it was last used.`,
    consent: true,
    schema: Taste,
  },
  {
    name: 'Routines',
    where: 'state/routines.json',
    whatFor: 'To begin a session at the time that was asked for, exactly once.',
    howLong: `Until the routine is removed; of its evenings the last forty. One that came once goes ${DAYS.onceRoutines} days later, one that is switched off after ${DAYS.routinesSwitchedOff} days.`,
    consent: false,
    schema: Routine,
  },
  {
    name: 'House rules',
    where: 'state/house-rules.json',
    whatFor: 'How loud, which music, and when nothing begins by itself, as the listener or a caregiver settled it.',
    howLong: 'Until the rules are cleared.',
    consent: false,
    schema: HouseRules,
  },
  {
    name: 'Greetings',
    where: 'greetings/',
    whatFor:
      'A few seconds that a caregiver recorded for the listener to hear before the music. Only its sound; what else was in the recording is not kept.',
    howLong: 'Until it is deleted or replaced, or the listener is erased.',
    consent: false,
    schema: null,
  },
  {
    name: 'Who may see what of a listener',
    where: 'state/care.json',
    whatFor:
      'Which caregivers may see whether an evening ran, by whose word and since when; a log of who looked, and when a listener asked for help, where somebody may be told.',
    howLong:
      'Consent until it is taken back; of the log the last 500 looks and 180 days; calls for help 30 days; codes ten minutes, as a keyed hash.',
    consent: true,
    schema: ListenerCare,
  },
  {
    name: 'Accounts of caregivers',
    where: 'state/care.json',
    whatFor: 'To sign in: a name, and the public halves of passkeys. No address, no password.',
    howLong: 'Until the caregiver deletes it, or a month after the last listener has gone.',
    consent: false,
    schema: CaregiverAccount,
  },
  {
    name: 'Who is signed in to the console',
    where: 'state/care-sessions.json',
    whatFor: 'That a browser need not sign in with every touch. The token itself is kept as a hash only.',
    howLong: 'Until signing out, half an hour (after a code: seven days) without use, thirty days at most.',
    consent: false,
    schema: WebSession,
  },
  {
    name: 'Check-ins',
    where: 'state/check-ins.json',
    whatFor: 'To show how evenings went, and to do again what helped. Numbers; words are read and forgotten.',
    howLong: `Until the listener takes the consent back, and ${DAYS.checkIns} days each.`,
    consent: true,
    schema: CheckInBook,
  },
  {
    name: 'Study',
    where: 'state/study.json',
    whatFor: 'Who takes part in a study of this house, and which of two ways each was given by lot.',
    howLong: `Until the study is ended, and ${DAYS.study} days after it began.`,
    consent: true,
    schema: Study,
  },
  {
    name: 'Alexa devices',
    where: 'state/alexa.json',
    whatFor: "Which session a device plays. Amazon's ids are kept as keyed hashes only.",
    howLong: `${DAYS.alexa} days after the device was last heard, or until the skill is switched off.`,
    consent: false,
    schema: AlexaDevice,
  },
  {
    name: 'Alexa listeners',
    where: 'state/alexa.json',
    whatFor:
      'How fast the voice should speak, whether it asks how one feels (answers are among the check-ins), caregivers who were paired.',
    howLong: `Until "forget me", until the skill is switched off, or ${DAYS.alexa} days after they were last heard.`,
    consent: false,
    schema: AlexaListener,
  },
  {
    name: 'The sealing key',
    where: 'secret-key',
    whatFor: 'Opens the secrets that lie sealed in the state. Not there where EMOHEAL_SECRET_KEY is set.',
    howLong: 'As long as the server is there, or until it is changed.',
    consent: false,
    schema: null,
  },
  {
    name: 'Dialogflow conversations',
    where: 'state/dialogflow.json',
    whatFor: "Which session a conversation plays. Google's names of conversations are kept as keyed hashes only.",
    howLong: `${DAYS.alexa} days after the conversation was last heard, or until "forget me".`,
    consent: false,
    schema: AlexaDevice,
  },
  {
    name: 'Dialogflow listeners',
    where: 'state/dialogflow.json',
    whatFor: 'The same settings as for Alexa listeners, for one conversation each.',
    howLong: `${DAYS.alexa} days after the conversation was last heard, or until "forget me".`,
    consent: false,
    schema: AlexaListener,
  },
  {
    name: 'Linked Google accounts',
    where: 'state/google-links.json',
    whatFor:
      'Whose bedside speaker a linked Google account may steer. Codes and tokens are kept as keyed hashes only; nothing of the account itself.',
    howLong: 'Codes ten minutes, access tokens an hour, refresh tokens four hundred days, or until the link is ended.',
    consent: true,
    schema: GoogleLink,
  },
  {
    name: 'The key of this server',
    where: 'state/stream-key',
    whatFor:
      "Signs the addresses of streams and makes the keyed hashes. Sealed (AES-256-GCM) by a key that lies outside of state/: EMOHEAL_SECRET_KEY, or the file secret-key, readable by the server's user only.",
    howLong: 'As long as the server is there.',
    consent: false,
    schema: null,
  },
];

/** Names of the fields of a record, nested ones with a dot, as deep as two steps: enough to see what is kept. */
export function fieldsOf(schema: z.ZodType): string[] {
  const root = z.toJSONSchema(schema, { unrepresentable: 'any', io: 'output' }) as JsonSchema;
  const named = (node: JsonSchema, prefix: string, depth: number): string[] =>
    Object.entries(propertiesOf(node, root)).flatMap(([name, child]) => {
      const path = `${prefix}${name}`;
      const within = depth > 0 ? named(child, `${path}.`, depth - 1) : [];
      return within.length > 0 ? within : [path];
    });
  return named(root, '', 1);
}

interface JsonSchema {
  $ref?: string;
  $defs?: Record<string, JsonSchema>;
  properties?: Record<string, JsonSchema>;
  items?: JsonSchema;
  anyOf?: JsonSchema[];
}

function propertiesOf(node: JsonSchema, root: JsonSchema): Record<string, JsonSchema> {
  if (node.$ref) return propertiesOf(root.$defs?.[node.$ref.split('/').at(-1) ?? ''] ?? {}, root);
  if (node.items) return propertiesOf(node.items, root);
  if (node.anyOf) return Object.assign({}, ...node.anyOf.map((each) => propertiesOf(each, root)));
  return node.properties ?? {};
}
