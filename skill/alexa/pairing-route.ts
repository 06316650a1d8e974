/** POST /api/v1/pairings: the code that the speaker read out makes whoever types it in a caregiver of that listener. */
import express, { Router } from 'express';
import { rateLimit } from 'express-rate-limit';
import { z } from 'zod';
import type { Caregivers } from '../../engine/caregivers/caregivers.js';
import { EmohealError } from '../../engine/errors.js';
import { readAs } from '../../engine/read-as.js';
import type { AlexaState } from './alexa-state.js';

export const PairingBody = z
  .object({
    code: z.string().regex(/^\d{6}$/, 'is the six digits that the speaker read out'),
    /** How the listener may call this caregiver. */
    name: z.string().trim().min(1).max(60),
  })
  .strict();

/** A code is one of 900,000 and holds for ten minutes: ten tries a quarter of an hour find none. */
const TRIES = 10;
const WINDOW_MS = 15 * 60_000;
const MOST_CAREGIVERS = 10;

export interface PairingDeps {
  state: AlexaState;
  nowMs: () => number;
  newId: () => string;
  /** Where a code becomes a link of the house; without it only this skill knows of the caregiver. */
  caregivers?: Caregivers | undefined;
}

export function pairingRoute({ state, nowMs, newId, caregivers }: PairingDeps): Router {
  const router = Router();
  router.post(
    '/api/v1/pairings',
    rateLimit({
      windowMs: WINDOW_MS,
      limit: TRIES,
      standardHeaders: 'draft-8',
      legacyHeaders: false,
      handler: (_request, _response, next) =>
        next(
          new EmohealError('too-often', 'Too many codes were tried.', {
            remedy: 'Wait a quarter of an hour.',
            retryable: true,
          }),
        ),
    }),
    express.json({ limit: '2kb' }),
    async (request, response) => {
      const { code, name } = readAs(PairingBody, request.body, { remedy: 'Send {"code": "123456", "name": "Anna"}.' });
      const redeemed = await caregivers?.redeem(code, { name });
      if (redeemed) {
        response.status(201).json({ id: redeemed.account.id, name: redeemed.account.name });
        return;
      }
      const found = state.listenerWithCode(code, nowMs());
      if (!found)
        throw new EmohealError('not-found', 'No speaker offers this code now.', {
          remedy: 'Say "give me a code for my caregiver" again; a code holds for ten minutes.',
        });
      const { key, listener } = found;
      if (listener.caregivers.length >= MOST_CAREGIVERS)
        throw new EmohealError('conflict', `A listener has ${MOST_CAREGIVERS} caregivers at most.`);
      const caregiver = { id: newId(), name, pairedAtMs: nowMs() };
      // A code is good for one caregiver.
      await state.putListener(key, { ...listener, pairing: null, caregivers: [...listener.caregivers, caregiver] });
      response.status(201).json({ id: caregiver.id, name });
    },
  );
  return router;
}
