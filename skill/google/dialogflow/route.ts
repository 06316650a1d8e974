/** POST /dialogflow: the door. Size, caller, JSON; then one body goes in. */
import express, { Router } from 'express';
import { EmohealError } from '../../../engine/errors.js';
import { sendProblem } from '../../http/problems.js';
import { checkCaller, isSetUp, type WebhookTrust } from './auth.js';
import type { Webhook } from './webhook.js';

/** A request has some kilobytes; the longest conversation's contexts a few dozen. */
const MOST_BODY = '256kb';

export interface DialogflowDoor {
  webhook: () => Promise<Webhook>;
  trust: WebhookTrust;
  /** Hears why a request was refused; never what it said. */
  onRefused?: (reason: string) => void;
}

export function dialogflowRoute({ webhook, trust, onRefused }: DialogflowDoor): Router {
  const router = Router();
  // Who may not speak here is sent away before anything of the body is read.
  router.post('/dialogflow', async (request, response, next) => {
    if (!isSetUp(trust))
      return sendProblem(
        response,
        503,
        'The Dialogflow webhook is not set up',
        'Set EMOHEAL_DIALOGFLOW_SECRET, or EMOHEAL_DIALOGFLOW_SERVICE_AGENT (see docs/google.md).',
      );
    await checkCaller(trust, request).then(
      () => next(),
      (error: Error) => {
        onRefused?.(error.message);
        sendProblem(response, 401, 'Not answered', error.message);
      },
    );
    return undefined;
  });
  router.post(
    '/dialogflow',
    express.json({ type: () => true, limit: MOST_BODY, strict: false }),
    async (request, response) => {
      try {
        response.json(await (await webhook()).answer(request.body));
      } catch (error) {
        if (error instanceof EmohealError && error.code === 'bad-input') onRefused?.(error.message);
        throw error;
      }
    },
  );
  return router;
}
