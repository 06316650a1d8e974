/** Check-ins: agreed to, answered, drawn, exported and forgotten. */
import { createHmac } from 'node:crypto';
import express, { type Request, Router } from 'express';
import { z } from 'zod';
import { CheckIn, changesOf, Moment } from '../../engine/checkins/checkin.js';
import type { CheckIns } from '../../engine/checkins/checkins.js';
import { toCsv, toFhirBundle } from '../../engine/checkins/export.js';
import { trendPicture } from '../../engine/checkins/trend-picture.js';
import { BEDSIDE } from '../../engine/listeners/bedside.js';
import { readAs } from '../../engine/read-as.js';
import { idempotent } from './idempotency.js';
import { Listener } from './taste.js';
import { LanguageTag } from './utterances.js';

const ofListener = { listener: Listener.default(BEDSIDE) };
const Points = z.number().int().min(1).max(5).optional();
export const CheckInBody = z
  .object({
    ...ofListener,
    moment: Moment,
    sessionId: z
      .string()
      .regex(/^[A-Za-z0-9-]{1,64}$/)
      .optional(),
    words: z.string().max(200).optional(),
    locale: LanguageTag.optional(),
    points: Points,
    sleepQuality: Points,
    understood: Points,
  })
  .strict();
export const CheckInConsent = z.object({ ...ofListener, consent: z.boolean() }).strict();
export const CheckInsAnswer = z.object({
  listener: z.string(),
  consent: z.boolean(),
  checkIns: z.array(CheckIn),
  changes: z.array(
    z.object({ sessionId: z.string(), atMs: z.number(), before: z.number(), after: z.number(), change: z.number() }),
  ),
});
const Query = z.object({ ...ofListener, format: z.enum(['json', 'svg', 'csv', 'fhir']).default('json') });

export interface CheckInRouteDeps {
  checkIns: () => Promise<CheckIns>;
  nowMs?: () => number;
  /** Names in an export are pseudonyms made with this. */
  pseudonymKey: Buffer;
}

/** The same for the same listener of this house, and no way back to the name without the key. */
export const pseudonym = (key: Buffer, listener: string): string =>
  createHmac('sha256', key).update(`check-in ${listener}`).digest('hex').slice(0, 16);

export function checkInRoutes(deps: CheckInRouteDeps): Router {
  const router = Router();
  const body = express.json({ limit: '4kb' });

  router.get('/api/v1/check-ins', async (request, response) => {
    const { listener, format } = read(Query, request.query);
    const book = await (await deps.checkIns()).book(listener);
    const checkIns = book?.checkIns ?? [];
    if (format === 'svg') return void response.type('image/svg+xml').send(trendPicture(checkIns));
    if (format === 'csv')
      return void response.attachment('check-ins.csv').type('text/csv; charset=utf-8').send(toCsv(checkIns));
    if (format === 'fhir') {
      const subject = pseudonym(deps.pseudonymKey, listener);
      const bundle = toFhirBundle(checkIns, { subject, nowMs: (deps.nowMs ?? Date.now)() });
      return void response.type('application/fhir+json').send(JSON.stringify(bundle));
    }
    response.json({ listener, consent: book !== null, checkIns, changes: changesOf(checkIns) });
  });
  router.put('/api/v1/check-ins/consent', body, async (request: Request, response) => {
    const { listener, consent } = read(CheckInConsent, request.body);
    const checkIns = await deps.checkIns();
    if (consent) await checkIns.agree(listener);
    else await checkIns.forget(listener);
    response.json({ listener, consent });
  });
  router.post(
    '/api/v1/check-ins',
    body,
    idempotent(async (request, response) => {
      const { listener, ...wish } = read(CheckInBody, request.body);
      response.status(201).json(await (await deps.checkIns()).add(listener, wish));
    }),
  );
  return router;
}

const read = <T>(schema: z.ZodType<T>, given: unknown): T =>
  readAs(schema, given, { remedy: 'Send {"moment": "before", "points": 2}.' });
