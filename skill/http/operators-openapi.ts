/** The routes for whoever runs it, described. */
import type { OpenAPIRegistry } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
import { json, problem } from './openapi-shapes.js';

const Readiness = z.object({
  status: z.enum(['ready', 'degraded', 'not ready', 'stopping']),
  /** Names of parts; told in the house's own network alone, as is what follows. */
  degraded: z.array(z.string()).optional(),
  unavailable: z.array(z.string()).optional(),
  parts: z.record(z.string(), z.looseObject({ status: z.string() })).optional(),
});

export function describeOperators(registry: OpenAPIRegistry): void {
  registry.registerPath({
    method: 'get',
    path: '/healthz',
    summary: 'Whether the process answers at all',
    responses: { 200: json(z.object({ status: z.literal('ok') }), 'It does') },
  });
  registry.registerPath({
    method: 'get',
    path: '/readyz',
    summary: 'Whether a session can begin, and in the house which part is not well',
    request: {
      query: z.object({ exclude: z.string().optional().describe('a part that is not asked about: "state"') }),
    },
    responses: {
      200: json(Readiness, 'Sessions can begin'),
      503: json(Readiness, 'None can begin, or the server is being stopped'),
    },
  });
  registry.registerPath({
    method: 'get',
    path: '/metrics',
    summary: 'Counters and times for Prometheus; in the house alone, once there is a public address',
    responses: {
      200: { description: 'Prometheus text', content: { 'text/plain': { schema: z.string() } } },
      403: problem('Not from the own network'),
    },
  });
  registry.registerPath({
    method: 'get',
    path: '/openapi.json',
    summary: 'This description',
    responses: { 200: json(z.looseObject({ openapi: z.string() }), 'OpenAPI 3.1') },
  });
}
