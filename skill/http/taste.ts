/** What the product has learned of a listener's taste: shown, agreed to, and forgotten, by the listener's own hand. */
import express, { type Request, Router } from 'express';
import { z } from 'zod';
import { BEDSIDE } from '../../engine/listeners/bedside.js';
import { TASTE_DIALS, type Taste, type TasteStore } from '../../engine/listeners/taste.js';
import { readAs } from '../../engine/read-as.js';

/** A speaker without accounts has one listener; a household may name several. */
export const Listener = z.string().regex(/^[\p{L}\p{N} _.-]{1,64}$/u, 'must be a name of up to 64 letters and digits');
export const TasteBody = z.object({ consent: z.boolean(), listener: Listener.default(BEDSIDE) }).strict();
export const TasteAnswer = z.object({
  listener: z.string(),
  consent: z.boolean(),
  liked: z.number(),
  skipped: z.number(),
  /** How far each dial is moved, in shares of its range, -0.2..0.2. */
  dials: z.record(z.enum(TASTE_DIALS), z.number()),
  styles: z.record(z.string(), z.number()),
});

export function tasteRoutes(deps: { tastes: () => Promise<TasteStore> }): Router {
  const router = Router();
  router.get('/api/v1/taste', async (request, response) => {
    const listener = listenerAsked(request);
    response.json(answer(listener, await (await deps.tastes()).load(listener)));
  });
  router.put('/api/v1/taste', express.json({ limit: '2kb' }), async (request, response) => {
    const { consent, listener } = readAs(TasteBody, request.body, {
      remedy: 'Send {"consent": true}, or {"consent": false} to have everything forgotten.',
    });
    const tastes = await deps.tastes();
    if (!consent) await tastes.forget(listener);
    response.json(answer(listener, consent ? await tastes.agree(listener) : null));
  });
  router.delete('/api/v1/taste', async (request, response) => {
    const listener = listenerAsked(request);
    await (await deps.tastes()).forget(listener);
    response.json(answer(listener, null));
  });
  return router;
}

/** Of `?listener=`; the bedside speaker's own where nobody is named. Throws `bad-input`. */
export const listenerAsked = (request: Request): string =>
  readAs(Listener, request.query.listener ?? BEDSIDE, { whole: 'listener', remedy: 'Say ?listener=bedside.' });

function answer(listener: string, taste: Taste | null): z.infer<typeof TasteAnswer> {
  const dials = Object.fromEntries(TASTE_DIALS.map((dial) => [dial, taste?.dials[dial] ?? 0])) as Taste['dials'];
  return {
    listener,
    consent: taste !== null,
    liked: taste?.liked ?? 0,
    skipped: taste?.skipped ?? 0,
    dials,
    styles: taste?.styles ?? {},
  };
}
