/** The console's part of the description of the HTTP interface, from the schemas that parse it. */
import type { OpenAPIRegistry } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
import { HouseRules } from '../../engine/listeners/house-rules.js';
import { problem } from '../http/openapi-shapes.js';
import { Listener } from '../http/taste.js';
import {
  CalledBody,
  CareInvitationBody,
  CareRoutine,
  CareRoutineBody,
  CareRoutineChange,
  CodeBody,
  CredentialBody,
  GreetingAnswer,
  InvitationAnswer,
  LinkAnswer,
  ListenerAnswer,
  MeAnswer,
  MusicAnswer,
  NowAnswer,
  OverviewAnswer,
  OwnAnswer,
  OwnInvitationBody,
  OwnPersonBody,
  OwnQuery,
  Person,
  PersonBody,
  PreviewAnswer,
  RulesBody,
  SessionsAnswer,
  TicketAnswer,
} from './schemas.js';

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';
interface Told {
  route: `${Method} ${string}`;
  summary: string;
  body?: z.ZodType;
  query?: z.ZodObject;
  /** Null: nothing comes back but that it is done. */
  answer: z.ZodType | 'sound' | null;
  status?: number;
}

const at = '/api/v1/care/listeners/{listener}';
const own = '/api/v1/care/own';
const ROUTES: Told[] = [
  {
    route: 'post /api/v1/care/codes',
    summary: 'Sign in, or see one more listener, by the six digits that a speaker read out',
    body: CodeBody,
    answer: MeAnswer,
    status: 201,
  },
  { route: 'post /api/v1/care/sign-in/options', summary: 'A challenge for a passkey', answer: TicketAnswer },
  {
    route: 'post /api/v1/care/sign-in',
    summary: 'Sign in by passkey',
    body: CredentialBody,
    answer: MeAnswer,
    status: 201,
  },
  { route: 'get /api/v1/care/me', summary: 'Who is signed in, with the token that changes need', answer: MeAnswer },
  { route: 'delete /api/v1/care/me', summary: 'Delete the account', answer: null },
  {
    route: 'get /api/v1/care/now',
    summary: 'What this caregiver may see now; does not keep the session alive',
    answer: NowAnswer,
  },
  { route: 'get /api/v1/care/sessions', summary: 'Where this caregiver is signed in', answer: SessionsAnswer },
  { route: 'delete /api/v1/care/sessions/{id}', summary: 'End one of these', answer: null },
  { route: 'post /api/v1/care/sign-out', summary: 'Sign out here', answer: null },
  { route: 'post /api/v1/care/sign-out-everywhere', summary: 'Sign out on every device', answer: null },
  { route: 'post /api/v1/care/passkeys/options', summary: 'A challenge for a new passkey', answer: TicketAnswer },
  {
    route: 'post /api/v1/care/passkeys',
    summary: 'Add a passkey',
    body: CredentialBody,
    answer: MeAnswer,
    status: 201,
  },
  { route: 'delete /api/v1/care/passkeys/{id}', summary: 'Remove a passkey', answer: null },
  {
    route: 'get /api/v1/care/listeners',
    summary: 'The listeners who agreed: tonight, and how the last nights went',
    answer: OverviewAnswer,
  },
  {
    route: `get ${at}`,
    summary: 'One listener: nights, plan, rules; for owners who else may see',
    answer: ListenerAnswer,
  },
  { route: `put ${at}/called`, summary: 'How this caregiver calls the listener', body: CalledBody, answer: LinkAnswer },
  { route: `delete ${at}/me`, summary: 'See this listener no more', answer: null },
  {
    route: `post ${at}/preview`,
    summary: 'The path of a session that is not yet planned',
    body: CareRoutineBody,
    answer: PreviewAnswer,
  },
  {
    route: `post ${at}/routines`,
    summary: 'Plan a session for a listener',
    body: CareRoutineBody,
    answer: CareRoutine,
    status: 201,
  },
  { route: `patch ${at}/routines/{id}`, summary: 'Change or pause it', body: CareRoutineChange, answer: CareRoutine },
  { route: `post ${at}/routines/{id}/skip`, summary: 'The next time does not sound', answer: CareRoutine },
  { route: `delete ${at}/routines/{id}`, summary: 'Remove it', answer: null },
  { route: `put ${at}/rules`, summary: 'Loudness, music and quiet hours', body: RulesBody, answer: HouseRules },
  {
    route: `get ${at}/music`,
    summary: 'Music to allow or ban',
    query: z.object({ q: z.string().optional() }),
    answer: MusicAnswer,
  },
  {
    route: `post ${at}/greeting`,
    summary: 'A recorded greeting (WebM, Ogg, MP4 or WAV, 20 seconds at most)',
    answer: GreetingAnswer,
    status: 201,
  },
  { route: `get ${at}/greeting`, summary: 'Hear the greeting', answer: 'sound' },
  { route: `delete ${at}/greeting`, summary: 'Delete the greeting', answer: null },
  {
    route: `post ${at}/invitations`,
    summary: 'Invite another caregiver; the listener has to agree',
    body: CareInvitationBody,
    answer: InvitationAnswer,
    status: 201,
  },
  {
    route: `patch ${at}/caregivers/{id}`,
    summary: 'Change the role of a caregiver; more than the listener agreed to waits for the listener',
    body: PersonBody,
    answer: Person,
  },
  { route: `delete ${at}/caregivers/{id}`, summary: 'Remove a caregiver', answer: null },
  {
    route: `get ${own}`,
    summary: "The listener's side: who may see my nights, and who looked",
    query: OwnQuery,
    answer: OwnAnswer,
  },
  {
    route: `post ${own}/invitations`,
    summary: 'A code to be read out',
    body: OwnInvitationBody,
    answer: InvitationAnswer,
    status: 201,
  },
  {
    route: `put ${own}/caregivers/{id}`,
    summary: 'Agree to a caregiver or to a larger role, or settle what they are told',
    body: OwnPersonBody,
    answer: OwnAnswer,
  },
  { route: `delete ${own}/caregivers`, summary: 'Nobody sees anything any more', query: OwnQuery, answer: OwnAnswer },
  {
    route: `delete ${own}/caregivers/{id}`,
    summary: 'This caregiver sees nothing any more',
    query: OwnQuery,
    answer: OwnAnswer,
  },
  { route: `get ${own}/greeting`, summary: 'Hear the greeting', query: OwnQuery, answer: 'sound' },
  { route: `delete ${own}/greeting`, summary: 'Delete the greeting', query: OwnQuery, answer: null },
];

export function describeCare(registry: OpenAPIRegistry): void {
  for (const { route, summary, body, query, answer, status = 200 } of ROUTES) {
    const [method, path] = route.split(' ') as [Method, string];
    const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
    const params = z.object(
      Object.fromEntries(names.map((name) => [name, name === 'listener' ? Listener : z.string()])),
    );
    const open = /care\/(codes|sign-in)/.test(path) || path.startsWith(own);
    registry.registerPath({
      method,
      path,
      summary,
      request: {
        ...(names.length > 0 ? { params } : {}),
        ...(query ? { query } : {}),
        ...(body ? { body: { content: { 'application/json': { schema: body } } } } : {}),
      },
      responses: {
        ...(answer === null
          ? { 204: { description: 'Done' } }
          : answer === 'sound'
            ? { 200: { description: 'MP3' } }
            : { [status]: { description: 'The answer', content: { 'application/json': { schema: answer } } } }),
        400: problem('Malformed'),
        ...(open ? {} : { 401: problem('Not signed in') }),
        403: problem('Not for this role, or not asked for by our own page'),
        404: problem('None that this caregiver may see'),
      },
    });
  }
}
