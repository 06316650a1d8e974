/** A running session: look at it, follow it, change it, ask why. */
import express, { Router } from 'express';
import { z } from 'zod';
import { reasonSentence } from '../../audio-prompts/explanations.js';
import { trackOf } from '../../engine/plan/made.js';
import { readAs } from '../../engine/read-as.js';
import type { SessionAction, SessionService } from '../../engine/session-service.js';
import type { Reason } from '../../engine/vocabulary.js';
import type { HttpDeps } from './app.js';
import { whyInStudy } from './blinded.js';
import { follow } from './followers.js';
import { idempotent } from './idempotency.js';
import { pathPicture } from './path-picture.js';
import { sessionAnswer } from './session-answer.js';

export const ActionBody = z
  .object({
    action: z.enum([
      'stay',
      'deeper',
      'straight-to-calm',
      'pause',
      'resume',
      'stop',
      'extend',
      'end-in',
      'restart',
      'like',
      'skip',
    ]),
    minutes: z.number().positive().max(180).optional(),
    /** Where the speaker really is, if it waited for the network: the action then counts from there. */
    atSec: z.number().min(0).max(86_400).optional(),
  })
  .strict();

const EVENT_EVERY_MS = 2000;
/** A speaker and the server's clock are never quite together; less than this is no reason to move the session. */
const AWAY_SEC = 3;

/** Believes a session's speaker where it is, also past the end by the clock alone. What was stopped stays stopped. */
async function placeIfAway(service: SessionService, id: string, atSec: number, requestId: string): Promise<void> {
  const { session, position } = await service.look(id);
  if (session.status === 'ended' || Math.abs(position.atSec - atSec) < AWAY_SEC) return;
  await service.place(id, { requestId: `${requestId} place`, atSec, status: session.status });
}

export function sessionRoutes(deps: HttpDeps): Router {
  const router = Router();

  router.get('/api/v1/sessions/:id', async (request, response) => {
    const { session } = await (await deps.service()).look(request.params.id);
    response.json(sessionAnswer(deps, session));
  });

  router.post(
    '/api/v1/sessions/:id/actions',
    express.json({ limit: '10kb' }),
    idempotent(async (request, response) => {
      const { action, minutes, atSec } = readAs(ActionBody, request.body, { remedy: 'Send {"action": "pause"}.' });
      const requestId = request.get('Idempotency-Key') ?? deps.newId();
      const service = await deps.service();
      const id = String(request.params.id);
      if (atSec !== undefined) await placeIfAway(service, id, atSec, requestId);
      const { session, tasteKept } = await service.act(id, action as SessionAction, { requestId, minutes });
      if (session.status === 'playing') (await deps.streams()).open(session.programme);
      response.json({ ...sessionAnswer(deps, session), ...(tasteKept === undefined ? {} : { tasteKept }) });
    }),
  );

  router.get('/api/v1/sessions/:id/events', async (request, response) => {
    const service = await deps.service();
    const { id } = request.params;
    await service.look(id);
    const follower = follow(response);
    let lastStage = '';
    let asking = false;
    const tell = async () => {
      // One question at a time: a store that is slow for a while is not asked a hundred times meanwhile.
      if (asking || follower.isGone()) return;
      asking = true;
      const found = await service.look(id).catch(() => null);
      asking = false;
      if (!found) return follower.end();
      const { session, position } = found;
      if (position.stage !== lastStage) {
        lastStage = position.stage;
        follower.send('stage', { stage: position.stage, atSec: position.atSec });
      }
      const sounding = session.programme.tracks.findLast((track) => track.startSec <= position.atSec);
      follower.send('position', {
        ...position,
        revision: session.revision,
        track: sounding ? { trackId: sounding.trackId, title: sounding.title } : null,
      });
      if (position.status === 'ended') follower.end();
      return undefined;
    };
    const timer = setInterval(() => void tell(), EVENT_EVERY_MS);
    follower.whenGone(() => clearInterval(timer));
    await tell();
  });

  router.get('/api/v1/sessions/:id/why', async (request, response) => {
    const { session } = await (await deps.service()).look(request.params.id);
    if (session.blinded) {
      response.json({
        summary: [whyInStudy(session.locale)],
        intention: session.plan.intention,
        stages: [],
        tracks: [],
      });
      return;
    }
    const search = await deps.search();
    const tracks = session.programme.tracks.map((scheduled) => {
      const track = trackOf(session.programme, search, scheduled.trackId);
      return {
        trackId: scheduled.trackId,
        title: scheduled.title,
        stage: scheduled.stage,
        startSec: scheduled.startSec,
        endSec: scheduled.endSec,
        maker: track?.maker ?? '',
        licence: scheduled.licence,
        attribution: scheduled.attribution,
        score: scheduled.score,
        parts: scheduled.parts,
        measured:
          track && !track.analysis.foretold
            ? { valence: track.analysis.valence, arousal: track.analysis.arousal }
            : null,
      };
    });
    if (request.query.format === 'svg' || request.accepts(['json', 'image/svg+xml']) === 'image/svg+xml') {
      response.type('image/svg+xml').send(pathPicture(session.plan, tracks, 'night', session.locale));
      return;
    }
    const { plan } = session;
    response.json({
      summary: plan.summary,
      approach: plan.approach,
      intention: plan.intention,
      stages: plan.stages.map(({ stage, startSec, endSec, profile, because }) => ({
        stage,
        startSec,
        endSec,
        profile,
        because: because.map((reason) => ({ ...reason, text: reasonIn(reason, session.locale) })),
      })),
      tracks,
      picture: `/api/v1/sessions/${session.id}/why?format=svg`,
    });
  });
  return router;
}

/** The knowledge graph tells its reasons in English; those that name a path through it are told in the listener's language. */
const reasonIn = (reason: Reason, locale: string): string =>
  (locale.startsWith('en') ? null : reasonSentence(reason, locale)) ?? reason.text;
