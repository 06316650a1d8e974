/** The doors of Alexa, Dialogflow, Google Home and of caregivers' codes, described by the schemas that parse them. */
import type { OpenAPIRegistry } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
import { PairingBody } from '../alexa/pairing-route.js';
import { CxRequest } from '../google/dialogflow/cx.js';
import { EsRequest } from '../google/dialogflow/es.js';
import { HomeRequest } from '../google/smarthome/shapes.js';
import { json, problem } from './openapi-shapes.js';

export function describePlatforms(registry: OpenAPIRegistry): void {
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
}
