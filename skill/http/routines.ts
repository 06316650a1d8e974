/** Routines of a listener: list, make, change, remove, skip tonight, put off; and what a routine has begun. */
import express, { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { EmohealError } from '../../engine/errors.js';
import { BEDSIDE } from '../../engine/listeners/bedside.js';
import { readAs } from '../../engine/read-as.js';
import { nextBeginsMs } from '../../engine/routines/due.js';
import { MOST_NAP_MINUTES, Occurrence, type Routine } from '../../engine/routines/routine.js';
import type { Routines } from '../../engine/routines/routines.js';
import { Approach, Intention } from '../../engine/vocabulary.js';
import { idempotent } from './idempotency.js';
import { Listener } from './taste.js';

const Minutes = z.number().min(2).max(180);
const TimeOfDay = z.string().regex(/^\d{1,2}[:.]\d{2}$/, 'must be a time of day such as 07:00');
const Wishes = {
  name: z.string().trim().min(1).max(80).optional(),
  minutes: Minutes.optional(),
  intention: Intention.optional(),
  approach: Approach.optional(),
  locale: z
    .string()
    .regex(/^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*$/, 'must be a language tag such as en-US')
    .optional(),
  wake: z
    .object({ at: TimeOfDay, minutes: z.number().min(5).max(20).optional() })
    .strict()
    .optional(),
  lateMinutes: z.number().min(0).max(180).optional(),
  enabled: z.boolean().optional(),
};
const Zone = z.string().min(1).max(64);
const ofListener = { listener: Listener.default(BEDSIDE) };

export const RoutineBody = z
  .object({ ...ofListener, ...Wishes, when: z.string().max(200), zone: Zone.optional() })
  .strict();
export const NapBody = z
  .object({ ...ofListener, ...Wishes, inMinutes: z.number().positive().max(MOST_NAP_MINUTES), zone: Zone.optional() })
  .strict();
export const RoutineChange = z
  .object({ ...ofListener, ...Wishes, when: z.string().max(200).optional(), zone: Zone.optional() })
  .strict();
export const SkipBody = z.object(ofListener).strict();
export const SnoozeBody = z.object({ ...ofListener, minutes: z.number().positive().max(180) }).strict();
export const RoutineAnswer = z.object({
  id: z.string(),
  listener: z.string(),
  /** Null where nobody gave it one. */
  name: z.string().nullable(),
  /** Cron pattern, or the one moment in ISO 8601. */
  when: z.string(),
  zone: z.string(),
  minutes: z.number(),
  intention: Intention.optional(),
  wake: z.object({ at: z.string(), minutes: z.number() }).optional(),
  lateMinutes: z.number(),
  enabled: z.boolean(),
  /** ISO 8601; null where nothing is to come. */
  next: z.string().nullable(),
  skipped: z.boolean(),
  history: z.array(Occurrence),
});
export const StartedAnswer = z.object({
  started: z
    .object({ sessionId: z.string(), routine: z.string(), session: z.string(), planned: z.string() })
    .nullable(),
});

export interface RoutineRouteDeps {
  routines: () => Promise<Routines>;
  /** Looks at the clock now rather than within seconds; resolves when what is due has begun. */
  look?: () => Promise<void>;
  /** IANA zone of the speaker, where a wish names none. */
  zone: () => string;
}

export function routineRoutes(deps: RoutineRouteDeps): Router {
  const router = Router();
  const body = express.json({ limit: '4kb' });
  const answer = (response: Response, status: number, routine: Routine) =>
    void response.status(status).json(routineAnswer(routine));

  router.get('/api/v1/routines', async (request, response) => {
    const listener = named(request);
    response.json({ routines: (await (await deps.routines()).list(listener)).map(routineAnswer) });
  });
  router.get('/api/v1/routines/started', async (request, response) => {
    const newest = await (await deps.routines()).newest(named(request));
    response.json({
      started: newest && {
        sessionId: newest.sessionId,
        routine: newest.routine.id,
        session: `/api/v1/sessions/${newest.sessionId}`,
        planned: new Date(newest.plannedMs).toISOString(),
      },
    });
  });
  router.post(
    '/api/v1/routines',
    body,
    idempotent(async (request, response) => {
      const { listener, zone, ...wish } = read(RoutineBody, request.body);
      const routine = await (await deps.routines()).add(listener, { ...wish, zone: zone ?? deps.zone() });
      response.location(`/api/v1/routines/${routine.id}`);
      answer(response, 201, routine);
    }),
  );
  router.post(
    '/api/v1/routines/nap',
    body,
    idempotent(async (request, response) => {
      const { listener, zone, inMinutes, ...wish } = read(NapBody, request.body);
      answer(
        response,
        201,
        await (await deps.routines()).nap(listener, inMinutes, { ...wish, zone: zone ?? deps.zone() }),
      );
    }),
  );
  router.patch('/api/v1/routines/:id', body, async (request, response) => {
    const { listener, ...wish } = read(RoutineChange, request.body);
    answer(response, 200, await (await deps.routines()).change(listener, String(request.params.id), wish));
  });
  router.delete('/api/v1/routines/:id', async (request, response) => {
    await (await deps.routines()).remove(named(request), String(request.params.id));
    response.status(204).end();
  });
  router.post(
    '/api/v1/routines/:id/start',
    body,
    idempotent(async (request, response) => {
      const { listener } = read(SkipBody, request.body ?? {});
      const routines = await deps.routines();
      const id = String(request.params.id);
      await routines.start(listener, id);
      await deps.look?.();
      const after = (await routines.list(listener)).find((routine) => routine.id === id);
      if (!after) throw new EmohealError('not-found', 'There is no such routine.');
      answer(response, 200, after);
    }),
  );
  router.post(
    '/api/v1/routines/:id/skip',
    body,
    idempotent(async (request, response) => {
      const { listener } = read(SkipBody, request.body ?? {});
      answer(response, 200, await (await deps.routines()).skip(listener, String(request.params.id)));
    }),
  );
  router.post(
    '/api/v1/routines/:id/snooze',
    body,
    idempotent(async (request, response) => {
      const { listener, minutes } = read(SnoozeBody, request.body);
      answer(response, 200, await (await deps.routines()).snooze(listener, String(request.params.id), minutes));
    }),
  );
  return router;
}

/** How a routine looks from outside. */
export function routineAnswer(routine: Routine): z.infer<typeof RoutineAnswer> {
  const { id, listener, name, when, zone, minutes, intention, wake, lateMinutes, enabled, history } = routine;
  const dueMs = nextBeginsMs(routine);
  return {
    id,
    listener,
    name: name ?? null,
    when: when.kind === 'once' ? new Date(when.atMs).toISOString() : when.pattern,
    zone,
    minutes,
    ...(intention ? { intention } : {}),
    ...(wake ? { wake } : {}),
    lateMinutes,
    enabled,
    next: dueMs === null ? null : new Date(dueMs).toISOString(),
    skipped: routine.skipMs !== undefined && routine.skipMs === routine.nextMs,
    history: history.slice(-10),
  };
}

const read = <T>(schema: z.ZodType<T>, given: unknown): T =>
  readAs(schema, given, { remedy: 'Send {"when": "weekdays 21:30", "zone": "Europe/Berlin", "minutes": 40}.' });

function named(request: Request): string {
  return read(SkipBody, request.query.listener === undefined ? {} : { listener: request.query.listener }).listener;
}
