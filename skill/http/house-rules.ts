/** The house rules of a listener, by their own hand: shown, settled and cleared. */
import express, { Router } from 'express';
import { z } from 'zod';
import { EmohealError } from '../../engine/errors.js';
import { HouseRules } from '../../engine/listeners/house-rules.js';
import { inQuietHours } from '../../engine/listeners/obeyed.js';
import type { RulesBook } from '../../engine/listeners/rules-book.js';
import { readAs } from '../../engine/read-as.js';
import { listenerAsked } from './taste.js';

export const RulesAnswer = z.object({
  listener: z.string(),
  /** Empty where nothing is settled. */
  rules: HouseRules,
  /** Whether it is quiet hours now. */
  quietNow: z.boolean(),
});

export interface RulesRouteDeps {
  rules: () => Promise<RulesBook>;
  nowMs?: () => number;
}

export function houseRulesRoutes({ rules, nowMs = Date.now }: RulesRouteDeps): Router {
  const router = Router();
  const answer = (listener: string, settled: HouseRules | null): z.infer<typeof RulesAnswer> => ({
    listener,
    rules: settled ?? {},
    quietNow: inQuietHours(settled, nowMs()),
  });
  router.get('/api/v1/house-rules', async (request, response) => {
    const listener = listenerAsked(request);
    response.json(answer(listener, await (await rules()).load(listener)));
  });
  router.put('/api/v1/house-rules', express.json({ limit: '256kb' }), async (request, response) => {
    const listener = listenerAsked(request);
    const wish = readAs(HouseRules, request.body, {
      remedy:
        'Send {"loudnessCapLufs": -30, "quietHours": {"from": "22:30", "until": "06:00", "zone": "Europe/Berlin"}}.',
    });
    response.json(answer(listener, await settle(await rules(), listener, wish)));
  });
  router.delete('/api/v1/house-rules', async (request, response) => {
    const listener = listenerAsked(request);
    response.json(answer(listener, await settle(await rules(), listener, {})));
  });
  return router;
}

/**
 * The rules in the place of those before, from the listener or a caregiver. A greeting has a recording, and both come and go
 * elsewhere: here the one that is there stays. Throws `bad-input` for another.
 */
export async function settle(book: RulesBook, listener: string, wish: HouseRules): Promise<HouseRules> {
  const greeting = (await book.load(listener))?.greeting;
  if (wish.greeting && JSON.stringify(wish.greeting) !== JSON.stringify(greeting))
    throw new EmohealError('bad-input', 'A greeting is not settled here.', {
      remedy: 'Record it in the console of the caregivers.',
    });
  return book.save(listener, { ...wish, ...(greeting ? { greeting } : {}) });
}
