/** The routes of sessions, what they sound like, and taste, described by the schemas that parse them. */
import type { OpenAPIRegistry } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
import { EmotionReading, SessionPlan, Utterance } from '../../engine/vocabulary.js';
import { id, json, ofListener, problem } from './openapi-shapes.js';
import { ActionBody } from './sessions.js';
import { TasteAnswer, TasteBody } from './taste.js';
import { PointBody, QuietBody, UtteranceBody } from './utterances.js';

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

export function describeSessions(registry: OpenAPIRegistry): void {
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
  registry.registerPath({
    method: 'get',
    path: '/api/v1/tracks/{id}/cover',
    summary: "The picture of an album of the listener's own",
    request: { params: id },
    responses: { 200: { description: 'JPEG or PNG' }, 404: problem('No such picture') },
  });
  registry.registerPath({
    method: 'get',
    path: '/stream/{id}/{name}',
    summary: 'The sound (signed, expiring; Range, HEAD, ETag)',
    request: {
      params: id.extend({
        name: z.enum(['master.m3u8', 'match.mp3', 'guide.mp3', 'target.mp3', 'session.mp3', 'session.webm']),
      }),
      query: z.object({
        rev: z.string().describe('the revision of the session that was signed'),
        exp: z.string().describe('until when it opens, seconds since 1970'),
        sig: z.string(),
        for: z.enum(['match', 'guide', 'target']).optional().describe('the one stage that it opens'),
        from: z.number().min(0).optional().describe('of an MP3, the second at which it begins'),
      }),
    },
    responses: {
      200: { description: 'MP3 or playlist' },
      206: { description: 'A byte range' },
      403: problem('Invalid address'),
      416: problem('Range not satisfiable'),
    },
  });
}
