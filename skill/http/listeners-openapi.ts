/** The routes of routines, house rules, check-ins and a listener's data, described by the schemas that parse them. */
import type { OpenAPIRegistry } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
import { HouseRules } from '../../engine/listeners/house-rules.js';
import { CheckInBody, CheckInConsent, CheckInsAnswer } from './checkins.js';
import { RulesAnswer } from './house-rules.js';
import { id, json, ofListener, problem } from './openapi-shapes.js';
import { NapBody, RoutineAnswer, RoutineBody, RoutineChange, SkipBody, SnoozeBody, StartedAnswer } from './routines.js';
import { Listener } from './taste.js';

export function describeListeners(registry: OpenAPIRegistry): void {
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
    responses: {
      204: { description: 'It is gone' },
      400: problem('Malformed'),
      409: problem('Gone is all but sessions that a newer EmoHeal wrote, whoever’s they are'),
    },
  });
  registry.registerPath({
    method: 'put',
    path: '/api/v1/check-ins/consent',
    summary: 'Agree to check-ins, or have them forgotten',
    request: sent(CheckInConsent),
    responses: { 200: json(CheckInConsent, 'As it is now') },
  });
}
