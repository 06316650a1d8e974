/** What the product has learned of a listener's taste: shown, agreed to, and forgotten, by the listener's own hand. */
import express, { type Request, Router } from 'express';
import { z } from 'zod';
import { EmohealError } from '../../engine/errors.js';
import { TASTE_DIALS, type Taste, type TasteStore } from '../../engine/listeners/taste.js';

/** A speaker without accounts has one listener; a household may name several. */
export const Listener = z.string().regex(/^[\p{L}\p{N} _.-]{1,64}$/u, 'must be a name of up to 64 letters and digits');
export const TasteBody = z.object({ consent: z.boolean(), listener: Listener.default('bedside') }).strict();
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
    const listener = named(request);
    response.json(answer(listener, await (await deps.tastes()).load(listener)));
  });
  router.put('/api/v1/taste', express.json({ limit: '2kb' }), async (request, response) => {
    const body = TasteBody.safeParse(request.body);
    if (!body.success) throw unreadable(body.error.issues[0]);
    const { consent, listener } = body.data;
    const tastes = await deps.tastes();
    if (!consent) await tastes.forget(listener);
    response.json(answer(listener, consent ? await tastes.agree(listener) : null));
  });
  router.delete('/api/v1/taste', async (request, response) => {
    const listener = named(request);
    await (await deps.tastes()).forget(listener);
    response.json(answer(listener, null));
  });
  return router;
}

function named(request: Request): string {
  const listener = Listener.safeParse(request.query.listener ?? 'bedside');
  if (!listener.success) throw unreadable({ path: ['listener'], message: listener.error.issues[0]!.message });
  return listener.data;
}

const unreadable = (issue: { path: PropertyKey[]; message: string } | undefined) =>
  new EmohealError('bad-input', `${issue?.path.join('.') || 'body'}: ${issue?.message}.`, {
    remedy: 'Send {"consent": true}, or {"consent": false} to have everything forgotten.',
  });

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
