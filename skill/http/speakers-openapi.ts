/** The routes of /api/v1/speakers, described by the schemas that parse them. */
import type { OpenAPIRegistry } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
import { json, problem } from './openapi-shapes.js';
import {
  SpeakerActionBody,
  SpeakerAnswer,
  SpeakerGroupBody,
  SpeakerMoveBody,
  SpeakerPlayBody,
  SpeakersAnswer,
  SpeakerVolumeAnswer,
  SpeakerVolumeBody,
} from './speakers.js';

export function describeSpeakers(registry: OpenAPIRegistry): void {
  registry.registerPath({
    method: 'get',
    path: '/api/v1/speakers',
    summary: 'Chromecast, Sonos and UPnP speakers of the house; from its own network only',
    request: { query: z.object({ fresh: z.literal('1').optional() }) },
    responses: { 200: json(SpeakersAnswer, 'The speakers'), 403: problem('From outside the house') },
  });
  const params = z.object({ speaker: z.string() });
  const routes: ['post' | 'put', string, string, z.ZodType | null, z.ZodType, number][] = [
    ['post', 'play', 'Plays a session from the second where it is', SpeakerPlayBody, SpeakerAnswer, 200],
    [
      'post',
      'actions',
      'Pauses, resumes or stops the session; or only this speaker',
      SpeakerActionBody,
      SpeakerAnswer,
      200,
    ],
    ['put', 'volume', 'To a volume, step by step', SpeakerVolumeBody, SpeakerVolumeAnswer, 202],
    ['put', 'group', 'Which speakers follow it', SpeakerGroupBody, SpeakerAnswer, 200],
    ['post', 'move', 'Takes the session to another speaker at the same second', SpeakerMoveBody, SpeakerAnswer, 200],
    ['post', 'follow', 'Brings the session that is on here', null, SpeakerAnswer, 200],
  ];
  for (const [method, what, summary, body, answer, status] of routes)
    registry.registerPath({
      method,
      path: `/api/v1/speakers/{speaker}/${what}`,
      summary,
      request: { params, ...(body ? { body: { content: { 'application/json': { schema: body } } } } : {}) },
      responses: {
        [status]: json(answer, 'The speaker after it'),
        400: problem('Not a body of this route'),
        403: problem('From outside the house'),
        404: problem('No such speaker, or no session'),
        409: problem('Several of that name, or nothing of ours sounds there'),
        502: problem('The speaker refused'),
        503: problem('The speaker is away'),
      },
    });
}
