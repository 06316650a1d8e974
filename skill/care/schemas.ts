/** The words between the console's page and the server. */
import { z } from 'zod';
import { AccessEntry } from '../../engine/caregivers/access-log.js';
import { CaregiverName } from '../../engine/caregivers/account.js';
import { Consent } from '../../engine/caregivers/link.js';
import { NIGHT_OUTCOMES } from '../../engine/caregivers/night.js';
import { Role } from '../../engine/caregivers/role.js';
import { BEDSIDE } from '../../engine/listeners/bedside.js';
import { HouseRules } from '../../engine/listeners/house-rules.js';
import { readAs } from '../../engine/read-as.js';
import { Approach, Intention, Stage } from '../../engine/vocabulary.js';
import { RoutineAnswer, RoutineBody, RoutineChange } from '../http/routines.js';
import { Listener } from '../http/taste.js';

const Moment = z.string().describe('ISO 8601');
const Code = z.string().regex(/^\d{6}$/, 'is the six digits that the speaker read out');
const Ticket = z.string().max(200);
/** What a browser makes of a passkey: looked into only by the library that checks its signature. */
const Credential = z.looseObject({
  id: z.string().max(1400),
  type: z.literal('public-key'),
  response: z.looseObject({}),
});

export const CodeBody = z
  .object({ code: Code, name: CaregiverName.optional(), called: CaregiverName.optional() })
  .strict();
export const TicketAnswer = z.object({ ticket: Ticket, options: z.looseObject({ challenge: z.string() }) });
export const CredentialBody = z.object({ ticket: Ticket, response: Credential }).strict();

export const LinkAnswer = z.object({
  listener: Listener,
  called: z.string(),
  role: Role,
  consent: Consent.nullable(),
});
export const MeAnswer = z.object({
  id: z.string(),
  name: z.string(),
  /** To be sent as X-Emoheal-Csrf with everything that changes something. */
  csrf: z.string(),
  how: z.enum(['passkey', 'code']),
  ends: Moment,
  passkeys: z.array(z.object({ id: z.string(), added: Moment, used: Moment.nullable(), synced: z.boolean() })),
  links: z.array(LinkAnswer),
});
/** Small: asked for every few seconds by an open page. */
export const NowAnswer = z.object({
  links: z.array(z.object({ listener: Listener, role: Role, consent: z.boolean() })),
});
export const SessionsAnswer = z.object({
  sessions: z.array(
    z.object({
      id: z.string(),
      device: z.string(),
      how: z.enum(['passkey', 'code']),
      began: Moment,
      seen: Moment,
      here: z.boolean(),
    }),
  ),
});

/** `routine`: its name; null where nobody gave it one. */
const Night = z.object({ planned: Moment, routine: z.string().nullable(), outcome: z.enum(NIGHT_OUTCOMES) });
export const Overview = LinkAnswer.extend({
  /** The next session that begins by the clock; null where none is planned. */
  next: z
    .object({
      at: Moment,
      zone: z.string(),
      name: z.string().nullable(),
      minutes: z.number(),
      skipped: z.boolean(),
      quiet: z.boolean(),
    })
    .nullable(),
  /** Newest first. */
  nights: z.array(Night),
  helpCalls: z.array(Moment),
});
export const OverviewAnswer = z.object({ listeners: z.array(Overview), waiting: z.array(LinkAnswer) });
export const CareRoutine = RoutineAnswer.omit({ history: true, listener: true }).extend({
  approach: Approach.optional(),
});
export const Person = z.object({
  id: z.string(),
  name: z.string(),
  role: Role,
  /** More than the listener agreed to so far. */
  asked: Role.optional(),
  since: Moment,
  consent: Consent.nullable(),
});
export const ListenerAnswer = Overview.extend({
  zone: z.string(),
  routines: z.array(CareRoutine),
  rules: HouseRules,
  /** For owners. */
  people: z.array(Person).optional(),
});

export const CareRoutineBody = RoutineBody.omit({ listener: true });
export const CareRoutineChange = RoutineChange.omit({ listener: true });
export const CareRoutineAnswer = CareRoutine;
export const PreviewAnswer = z.object({
  next: Moment,
  intention: Intention,
  stages: z.array(z.object({ stage: Stage, startSec: z.number(), endSec: z.number() })),
  /** Pieces that would fit; tonight's may be others. */
  tracks: z.array(z.object({ title: z.string(), stage: Stage })),
  /** SVG, with the same in words as its title. */
  picture: z.string(),
});
/** All of them but the greeting; what is not named does not hold any more. */
export const RulesBody = HouseRules.omit({ greeting: true });
export const GreetingAnswer = z.object({ id: z.string(), durationSec: z.number() });
export const MusicAnswer = z.object({
  styles: z.array(z.object({ style: z.string(), tracks: z.number() })),
  tracks: z.array(z.object({ id: z.string(), title: z.string(), maker: z.string(), style: z.string() })),
  more: z.boolean(),
});
export const PersonBody = z.object({ role: Role }).strict();
export const CalledBody = z.object({ called: CaregiverName }).strict();
export const CareInvitationBody = z.object({ role: Role }).strict();
export const InvitationAnswer = z.object({ code: Code, until: Moment });

/** The listener's own side. */
const ofListener = { listener: Listener.default(BEDSIDE) };
export const OwnQuery = z.object(ofListener);
export const OwnInvitationBody = z
  .object({
    ...ofListener,
    role: Role.default('planner'),
    tellCrisis: z.boolean().default(false),
    caregiver: z.string().max(40).optional(),
  })
  .strict();
export const OwnPersonBody = z
  .object({
    ...ofListener,
    consent: z.literal(true).optional(),
    tellCrisis: z.boolean().optional(),
    role: Role.optional(),
  })
  .strict();
export const OwnAnswer = z.object({
  listener: Listener,
  caregivers: z.array(Person.extend({ tellCrisis: z.boolean() })),
  /** Newest first. */
  log: z.array(AccessEntry.extend({ says: z.string() })),
  helpCalls: z.array(Moment),
  greeting: GreetingAnswer.nullable(),
});

export const readBody = <T>(schema: z.ZodType<T>, given: unknown, remedy: string): T =>
  readAs(schema, given ?? {}, { remedy });

export const isoOf = (ms: number): string => new Date(ms).toISOString();
