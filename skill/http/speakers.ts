/** /api/v1/speakers: the speakers of the house, and what sounds on them. For who is in the house's own network. */
import express, { type Request, Router } from 'express';
import { z } from 'zod';
import { EmohealError } from '../../engine/errors.js';
import { readAs } from '../../engine/read-as.js';
import type { HouseSpeakers } from '../speakers/house-speakers.js';
import { idempotent } from './idempotency.js';

/** An id, or a name as its owner wrote it. */
const Named = z.string().trim().min(1).max(120);

export const SpeakerAnswer = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(['cast', 'sonos', 'upnp']),
  model: z.string(),
  address: z.string(),
  sessionId: z.string().nullable(),
  group: z.array(z.string()),
  trouble: z.enum(['lost', 'taken']).nullable(),
});
export const SpeakersAnswer = z.object({ speakers: z.array(SpeakerAnswer) });
export const SpeakerPlayBody = z.object({ sessionId: z.string().min(1).max(100).optional() }).strict();
export const SpeakerActionBody = z.object({ action: z.enum(['pause', 'resume', 'stop', 'release']) }).strict();
export const SpeakerVolumeBody = z
  .object({
    percent: z.number().min(0).max(100),
    /** How long the way takes at least; never faster than nobody starts at. */
    overSec: z.number().min(0).max(3600).optional(),
  })
  .strict();
export const SpeakerVolumeAnswer = z.object({
  from: z.number(),
  to: z.number(),
  overSec: z.number(),
  cappedBy: z.literal('quiet hours').nullable(),
});
export const SpeakerGroupBody = z.object({ members: z.array(Named).max(30) }).strict();
export const SpeakerMoveBody = z.object({ to: Named }).strict();

export interface SpeakersRouteDeps {
  speakers: HouseSpeakers;
}

export function speakersRoutes({ speakers }: SpeakersRouteDeps): Router {
  const router = Router();
  const body = express.json({ limit: '10kb' });

  router.get('/api/v1/speakers', async (request, response) => {
    const found = await speakers.list({ fresh: request.query.fresh === '1' });
    response.json({ speakers: found } satisfies z.infer<typeof SpeakersAnswer>);
  });
  router.post(
    '/api/v1/speakers/:speaker/play',
    body,
    idempotent(async (request, response) => {
      const { sessionId } = parsed(SpeakerPlayBody, request.body ?? {}, '{"sessionId": "…"}, or nothing');
      response.json(await speakers.play(named(request), { sessionId }));
    }),
  );
  router.post(
    '/api/v1/speakers/:speaker/actions',
    body,
    idempotent(async (request, response) => {
      const { action } = parsed(SpeakerActionBody, request.body, '{"action": "pause"}');
      const speaker = named(request);
      response.json(await (action === 'release' ? speakers.release(speaker) : speakers.act(speaker, action)));
    }),
  );
  router.put('/api/v1/speakers/:speaker/volume', body, async (request, response) => {
    const { percent, overSec } = parsed(SpeakerVolumeBody, request.body, '{"percent": 30, "overSec": 20}');
    response.status(202).json(await speakers.volume(named(request), percent, overSec));
  });
  router.put('/api/v1/speakers/:speaker/group', body, async (request, response) => {
    const { members } = parsed(
      SpeakerGroupBody,
      request.body,
      '{"members": ["Kitchen"]}; an empty list ends the group',
    );
    response.json(await speakers.group(named(request), members));
  });
  router.post(
    '/api/v1/speakers/:speaker/move',
    body,
    idempotent(async (request, response) => {
      const { to } = parsed(SpeakerMoveBody, request.body, '{"to": "Kitchen"}');
      response.json(await speakers.move(named(request), to));
    }),
  );
  router.post(
    '/api/v1/speakers/:speaker/follow',
    idempotent(async (request, response) => {
      response.json(await speakers.followTo(named(request)));
    }),
  );
  return router;
}

function named(request: Request): string {
  const given = Named.safeParse(request.params.speaker);
  if (!given.success)
    throw new EmohealError('bad-input', 'That is no name of a speaker.', {
      remedy: 'GET /api/v1/speakers lists names and ids.',
    });
  return given.data;
}

const parsed = <T>(schema: z.ZodType<T>, given: unknown, example: string): T =>
  readAs(schema, given, { remedy: `Send ${example}.` });
