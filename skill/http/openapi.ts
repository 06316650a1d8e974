/** The description of the HTTP interface, generated from the very schemas that parse it. */
import { extendZodWithOpenApi, OpenAPIRegistry, OpenApiGeneratorV31 } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
import { HouseRules } from '../../engine/listeners/house-rules.js';
import { EmotionReading, SessionPlan, Utterance } from '../../engine/vocabulary.js';
import { PairingBody } from '../alexa/pairing-route.js';
import { describeCare } from '../care/openapi.js';
import { CxRequest } from '../google/dialogflow/cx.js';
import { EsRequest } from '../google/dialogflow/es.js';
import { HomeRequest } from '../google/smarthome/shapes.js';
import { CheckInBody, CheckInConsent, CheckInsAnswer } from './checkins.js';
import { RulesAnswer } from './house-rules.js';
import { finished } from './openapi-finish.js';
import { NapBody, RoutineAnswer, RoutineBody, RoutineChange, SkipBody, SnoozeBody, StartedAnswer } from './routines.js';
import { ActionBody } from './sessions.js';
import { describeSpeakers } from './speakers-openapi.js';
import { Listener, TasteAnswer, TasteBody } from './taste.js';
import { PointBody, QuietBody, UtteranceBody } from './utterances.js';

extendZodWithOpenApi(z);

const json = (schema: z.ZodType, description: string) => ({ description, content: { 'application/json': { schema } } });
const problem = (description: string) => ({
  description,
  content: {
    'application/problem+json': {
      schema: z.object({
        type: z.string(),
        title: z.string(),
        status: z.number(),
        detail: z.string(),
        code: z.string().optional(),
      }),
    },
  },
});

const Position = z.object({
  status: z.enum(['playing', 'paused', 'ended']),
  atSec: z.number(),
  stage: z.enum(['match', 'guide', 'target']),
  stageLeftSec: z.number(),
  leftSec: z.number(),
});
const SessionAnswer = z.object({
  id: z.string(),
  status: z.string(),
  position: Position,
  revision: z.number(),
  durationSec: z.number(),
  plan: SessionPlan,
  /** A study chose the way, which is not told meanwhile. */
  blinded: z.literal(true).optional(),
  tracks: z.array(
    z.object({
      trackId: z.string(),
      title: z.string(),
      stage: z.string(),
      startSec: z.number(),
      endSec: z.number(),
      attribution: z.string(),
      score: z.number(),
    }),
  ),
  streams: z.object({
    master: z.string(),
    match: z.string(),
    guide: z.string(),
    target: z.string(),
    session: z.string(),
    webm: z.string(),
  }),
  why: z.string(),
  events: z.string(),
});
const Begun = SessionAnswer.extend({
  utterance: Utterance,
  reading: EmotionReading,
  concern: z.string().optional(),
  timingsMs: z.record(z.string(), z.number()),
});
const Help = z.object({
  help: z.object({
    level: z.string(),
    say: z.string(),
    service: z.string(),
    number: z.string(),
    emergency: z.string(),
    /** Quiet sound, where it is wanted: POST {} here. */
    quiet: z.string(),
  }),
});

let made: object | undefined;

export function openApiDocument(): object {
  if (made) return made;
  const registry = new OpenAPIRegistry();
  registry.registerPath({
    method: 'post',
    path: '/api/v1/utterances',
    summary: 'Begin a session from a feeling',
    request: {
      body: {
        content: {
          'application/json': { schema: UtteranceBody },
          'audio/wav': { schema: z.string() },
          'audio/webm': { schema: z.string() },
          'audio/ogg': { schema: z.string() },
        },
      },
    },
    responses: {
      201: json(Begun, 'A session'),
      200: json(Help, 'Help instead of music'),
      400: problem('Malformed'),
      413: problem('Too large'),
      415: problem('Unknown kind of body'),
      422: problem('Nothing was heard'),
      503: problem('Speech is not ready'),
    },
  });
  const spoken = (description: string) => ({ description, content: { 'audio/mpeg': { schema: z.string() } } });
  registry.registerPath({
    method: 'get',
    path: '/api/v1/spoken/{id}',
    summary: 'A sentence that an answer at the bedside named, as sound, for two minutes',
    request: { params: z.object({ id: z.string() }) },
    responses: { 200: spoken('The sentence'), 404: problem('Said too long ago'), 503: problem('No voice') },
  });
  registry.registerPath({
    method: 'get',
    path: '/api/v1/sessions/{id}/why/spoken',
    summary: 'Why this music, spoken sentence by sentence',
    request: { params: z.object({ id: z.string() }) },
    responses: { 200: spoken('The sentences'), 404: problem('Unknown session'), 503: problem('No voice') },
  });
  registry.registerPath({
    method: 'post',
    path: '/api/v1/sessions',
    summary: 'Begin a session from a point on the plane of affect, without words',
    request: { body: { content: { 'application/json': { schema: PointBody } } } },
    responses: {
      201: json(Begun.omit({ utterance: true, concern: true }), 'A session'),
      400: problem('Malformed'),
    },
  });
  registry.registerPath({
    method: 'post',
    path: '/api/v1/quiet',
    summary: 'Stay with a listener: quiet sound, and no music',
    request: { body: { content: { 'application/json': { schema: QuietBody } } } },
    responses: { 201: json(SessionAnswer.extend({ say: z.string() }), 'A session'), 400: problem('Malformed') },
  });
  const id = z.object({ id: z.string() });
  registry.registerPath({
    method: 'get',
    path: '/api/v1/sessions/{id}',
    summary: 'A session',
    request: { params: id },
    responses: { 200: json(SessionAnswer, 'The session'), 404: problem('None of that id') },
  });
  registry.registerPath({
    method: 'post',
    path: '/api/v1/sessions/{id}/actions',
    summary: 'Change a session',
    request: { params: id, body: { content: { 'application/json': { schema: ActionBody } } } },
    responses: { 200: json(SessionAnswer, 'The session after it'), 409: problem('Not possible now') },
  });
  registry.registerPath({
    method: 'get',
    path: '/api/v1/sessions/{id}/events',
    summary: 'Stage and position as server-sent events',
    request: { params: id },
    responses: { 200: { description: 'text/event-stream' } },
  });
  registry.registerPath({
    method: 'get',
    path: '/api/v1/sessions/{id}/why',
    summary: 'Why this music',
    request: { params: id, query: z.object({ format: z.literal('svg').optional() }) },
    responses: { 200: { description: 'JSON, or the picture as SVG' } },
  });
  registry.registerPath({
    method: 'get',
    path: '/api/v1/sessions/{id}/sound',
    summary: 'How the session sounds over time, as far as it is rendered: waveform, loudness, events, brightness',
    request: { params: id, query: z.object({ format: z.literal('svg').optional() }) },
    responses: { 200: { description: 'JSON, or the picture as SVG' }, 404: problem('Nothing is rendered yet') },
  });
  registry.registerPath({
    method: 'get',
    path: '/api/v1/graph',
    summary: 'The knowledge graph: nodes, edges with their evidence, sources, principles, cautions',
    responses: { 200: { description: 'JSON' } },
  });
  const ofListener = { query: z.object({ listener: Listener.optional() }) };
  registry.registerPath({
    method: 'get',
    path: '/api/v1/taste',
    summary: "What was learned of a listener's taste, where they agreed",
    request: ofListener,
    responses: { 200: json(TasteAnswer, 'The taste') },
  });
  registry.registerPath({
    method: 'put',
    path: '/api/v1/taste',
    summary: 'Agree that taste is kept, or have it forgotten',
    request: { body: { content: { 'application/json': { schema: TasteBody } } } },
    responses: { 200: json(TasteAnswer, 'The taste'), 400: problem('Malformed') },
  });
  registry.registerPath({
    method: 'delete',
    path: '/api/v1/taste',
    summary: "Forget a listener's taste",
    request: ofListener,
    responses: { 200: json(TasteAnswer, 'Nothing is kept') },
  });
  const sent = (schema: z.ZodType) => ({ body: { content: { 'application/json': { schema } } } });
  const one = { 200: json(RoutineAnswer, 'The routine'), 400: problem('Malformed'), 404: problem('None of that id') };
  registry.registerPath({
    method: 'get',
    path: '/api/v1/routines',
    summary: 'The routines of a listener',
    request: ofListener,
    responses: { 200: json(z.object({ routines: z.array(RoutineAnswer) }), 'The routines') },
  });
  registry.registerPath({
    method: 'get',
    path: '/api/v1/routines/started',
    summary: 'The newest session that a routine began',
    request: ofListener,
    responses: { 200: json(StartedAnswer, 'The session, or null') },
  });
  for (const [path, schema, summary] of [
    ['/api/v1/routines', RoutineBody, 'Make a routine'],
    ['/api/v1/routines/nap', NapBody, 'A session some minutes from now'],
  ] as const)
    registry.registerPath({
      method: 'post',
      path,
      summary,
      request: sent(schema),
      responses: { 201: json(RoutineAnswer, 'The routine'), 400: problem('Never comes, too often, or malformed') },
    });
  registry.registerPath({
    method: 'patch',
    path: '/api/v1/routines/{id}',
    summary: 'Change a routine',
    request: { params: id, ...sent(RoutineChange) },
    responses: one,
  });
  registry.registerPath({
    method: 'delete',
    path: '/api/v1/routines/{id}',
    summary: 'Remove a routine',
    request: { params: id, ...ofListener },
    responses: { 204: { description: 'It is gone' } },
  });
  for (const [verb, schema, summary] of [
    ['start', SkipBody, 'It begins at once'],
    ['skip', SkipBody, 'The next time does not sound'],
    ['snooze', SnoozeBody, 'The next time comes later'],
  ] as const)
    registry.registerPath({
      method: 'post',
      path: `/api/v1/routines/{id}/${verb}`,
      summary,
      request: { params: id, ...sent(schema) },
      responses: { ...one, 409: problem('Nothing is to come') },
    });
  registry.registerPath({
    method: 'get',
    path: '/api/v1/house-rules',
    summary: 'How loud, which music and when nothing begins by itself, for one listener',
    request: ofListener,
    responses: { 200: json(RulesAnswer, 'The rules') },
  });
  registry.registerPath({
    method: 'put',
    path: '/api/v1/house-rules',
    summary: 'Settle the rules, in the place of those before',
    request: { ...ofListener, ...sent(HouseRules) },
    responses: { 200: json(RulesAnswer, 'The rules'), 400: problem('Malformed') },
  });
  registry.registerPath({
    method: 'delete',
    path: '/api/v1/house-rules',
    summary: 'Clear the rules',
    request: ofListener,
    responses: { 200: json(RulesAnswer, 'No rules') },
  });
  registry.registerPath({
    method: 'get',
    path: '/api/v1/check-ins',
    summary: 'Check-ins of a listener who agreed: JSON, a chart, CSV, or a FHIR R4 bundle',
    request: {
      query: ofListener.query.extend({ format: z.enum(['json', 'svg', 'csv', 'fhir']).optional() }),
    },
    responses: {
      200: {
        description: 'The check-ins',
        content: {
          'application/json': { schema: CheckInsAnswer },
          'image/svg+xml': { schema: z.string() },
          'text/csv': { schema: z.string() },
          'application/fhir+json': { schema: z.looseObject({}) },
        },
      },
    },
  });
  registry.registerPath({
    method: 'post',
    path: '/api/v1/check-ins',
    summary: 'How a listener feels before or after a session, or how they slept',
    request: sent(CheckInBody),
    responses: {
      201: { description: 'What is kept: numbers' },
      400: problem('Malformed'),
      403: problem('Not agreed'),
    },
  });
  const ofName = { params: z.object({ listener: Listener }) };
  registry.registerPath({
    method: 'get',
    path: '/api/v1/listeners/{listener}/data',
    summary: 'Everything that is kept of a listener, as one file',
    request: ofName,
    responses: {
      200: { description: 'Sessions, taste, routines, check-ins, place in a study' },
      400: problem('Malformed'),
    },
  });
  registry.registerPath({
    method: 'delete',
    path: '/api/v1/listeners/{listener}/data',
    summary: 'Erase everything that is kept of a listener',
    request: ofName,
    responses: { 204: { description: 'It is gone' }, 400: problem('Malformed') },
  });
  registry.registerPath({
    method: 'put',
    path: '/api/v1/check-ins/consent',
    summary: 'Agree to check-ins, or have them forgotten',
    request: sent(CheckInConsent),
    responses: { 200: json(CheckInConsent, 'As it is now') },
  });
  registry.registerPath({
    method: 'get',
    path: '/stream/{id}/{name}',
    summary: 'The sound (signed, expiring; Range, HEAD, ETag)',
    request: {
      params: id.extend({
        name: z.enum(['master.m3u8', 'match.mp3', 'guide.mp3', 'target.mp3', 'session.mp3', 'session.webm']),
      }),
    },
    responses: {
      200: { description: 'MP3 or playlist' },
      206: { description: 'A byte range' },
      403: problem('Invalid address'),
      416: problem('Range not satisfiable'),
    },
  });
  registry.registerPath({
    method: 'post',
    path: '/alexa',
    summary: 'A request of Alexa, signed by Amazon or handed on by our Lambda function',
    request: { body: { content: { 'application/json': { schema: z.looseObject({ request: z.looseObject({}) }) } } } },
    responses: {
      200: json(z.looseObject({ version: z.literal('1.0'), response: z.looseObject({}) }), 'The reply'),
      400: problem('Not from Alexa, or not for this skill'),
      503: problem('The skill is not set up'),
    },
  });
  registry.registerPath({
    method: 'post',
    path: '/dialogflow',
    summary: 'A webhook request of Dialogflow ES or CX, with the secret or a token of the service agent',
    request: { body: { content: { 'application/json': { schema: z.union([EsRequest, CxRequest]) } } } },
    responses: {
      200: json(z.looseObject({}), 'WebhookResponse of the same edition'),
      400: problem('Not of Dialogflow'),
      401: problem('Neither the secret nor a token that is believed'),
      503: problem('The webhook is not set up'),
    },
  });
  registry.registerPath({
    method: 'post',
    path: '/smarthome',
    summary: 'SYNC, QUERY, EXECUTE or DISCONNECT of Google Home, with an access token of scope "home"',
    request: { body: { content: { 'application/json': { schema: HomeRequest } } } },
    responses: {
      200: json(
        z.looseObject({ requestId: z.string().optional(), payload: z.looseObject({}).optional() }),
        'The reply',
      ),
      400: problem('Not of Google Home'),
      401: problem('No token of a linked account'),
      403: problem('The token lacks the scope'),
    },
  });
  registry.registerPath({
    method: 'get',
    path: '/oauth/authorize',
    summary: 'The page at which a code that was read out at home links a Google account',
    responses: {
      200: { description: 'The page', content: { 'text/html': { schema: z.string() } } },
      400: problem('Not a request of the client that is set up'),
    },
  });
  registry.registerPath({
    method: 'post',
    path: '/oauth/token',
    summary: 'Authorisation codes and refresh tokens become access tokens (RFC 6749)',
    responses: {
      200: json(
        z.looseObject({ access_token: z.string(), token_type: z.literal('Bearer'), expires_in: z.number() }),
        'Tokens',
      ),
      400: json(z.looseObject({ error: z.string() }), 'What is wrong, as in RFC 6749'),
    },
  });
  registry.registerPath({
    method: 'get',
    path: '/api/v1/speaker/events',
    summary: 'What the bedside page should play and how loud: server-sent events named "speaker"',
    responses: { 200: { description: 'Events', content: { 'text/event-stream': { schema: z.string() } } } },
  });
  registry.registerPath({
    method: 'post',
    path: '/api/v1/pairings',
    summary: 'A caregiver, by the code that a speaker read out',
    request: { body: { content: { 'application/json': { schema: PairingBody } } } },
    responses: {
      201: json(z.object({ id: z.string(), name: z.string() }), 'Paired'),
      400: problem('Not a code'),
      404: problem('No speaker offers this code'),
      429: problem('Too many tries'),
    },
  });
  describeSpeakers(registry);
  describeCare(registry);
  made = finished(
    new OpenApiGeneratorV31(registry.definitions).generateDocument({
      openapi: '3.1.0',
      info: { title: 'EmoHeal Bedside', version: '1' },
    }),
  );
  return made;
}
