/** POST /alexa: the door. Raw bytes, signature, moment, skill id; then one parsed envelope goes in. */
import path from 'node:path';
import express, { Router } from 'express';
import { EmohealError } from '../../engine/errors.js';
import { readAs } from '../../engine/read-as.js';
import { packageRoot } from '../../models/paths.js';
import { sendProblem } from '../http/problems.js';
import { mustBeShallow } from '../http/shallow.js';
import type { AlexaSkill } from './handlers.js';
import { checkRelay, RELAY_HEADER } from './relay.js';
import { applicationOf, Envelope } from './requests.js';
import type { Verifier } from './verify/verifier.js';

const MOST_BODY = '100kb';
/** Drawn by us; shown beside the title on devices with a screen. */
const ART = path.join(packageRoot(), 'deploy', 'alexa', 'art');

export interface AlexaDoor {
  skill: () => Promise<AlexaSkill>;
  /** Null trusts every caller: only for trying the skill out on one's own machine. */
  verifier: Verifier | null;
  /** Unset: the skill is not set up, and only the unverified mode answers. */
  skillId: string | undefined;
  /** Shared with our Lambda function, where there is one. */
  relaySecret?: string;
  nowMs?: () => number;
  /** Hears why a request was refused; never what it said. */
  onRefused?: (reason: string) => void;
}

export function alexaRoute({ skill, verifier, skillId, relaySecret, nowMs = Date.now, onRefused }: AlexaDoor): Router {
  const router = Router();
  router.use('/alexa/art', express.static(ART, { maxAge: '30d', index: false, redirect: false }));
  router.post('/alexa', express.raw({ type: () => true, limit: MOST_BODY }), async (request, response) => {
    if (verifier && !skillId)
      return sendProblem(
        response,
        503,
        'The Alexa skill is not set up',
        'Set EMOHEAL_ALEXA_SKILL_ID to the id of your skill, or EMOHEAL_ALEXA_VERIFY=never to try it out.',
      );
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    try {
      const relayed = request.get(RELAY_HEADER);
      if (relayed && relaySecret) checkRelay(relaySecret, relayed, body, nowMs());
      else
        await verifier?.checkSignature({
          certificateUrl: request.get('SignatureCertChainUrl'),
          signature: request.get('Signature-256'),
          body,
        });
      const envelope = parseEnvelope(body);
      checkSkill(envelope, skillId);
      verifier?.checkMoment(envelope.request);
      response.json(await (await skill()).answer(envelope));
    } catch (error) {
      // Amazon tests that a request which does not verify is answered by 400.
      if (error instanceof EmohealError && ['forbidden', 'bad-input'].includes(error.code)) {
        onRefused?.(error.message);
        return sendProblem(response, 400, 'Not answered', error.message);
      }
      throw error;
    }
    return undefined;
  });
  return router;
}

/** Throws `bad-input`. */
export function parseEnvelope(body: Buffer | string): Envelope {
  let value: unknown;
  try {
    value = JSON.parse(body.toString());
  } catch {
    throw new EmohealError('bad-input', 'The body is not JSON.');
  }
  mustBeShallow(value);
  return readAs(Envelope, value, { what: 'The body is no Alexa request' });
}

/** Throws `forbidden` for a request that was meant for another skill. */
export function checkSkill(envelope: Envelope, skillId: string | undefined): void {
  if (skillId && applicationOf(envelope) !== skillId)
    throw new EmohealError('forbidden', 'Not for this skill: the application id is another one.');
}
