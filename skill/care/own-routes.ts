/**
 * The listener's own side: who may see my nights, who looked, and an end to it. Without a password, as the bedside page is:
 * for who is in the house's own network (`own-network.ts`), and for nobody else.
 */

import express, { Router } from 'express';
import type { z } from 'zod';
import { ACCESS_WORDS } from '../../engine/caregivers/access-words.js';
import { idempotent } from '../http/idempotency.js';
import { removeGreeting, sendGreeting } from './greeting-routes.js';
import { personOf } from './overview.js';
import { ownNetworkOnly } from './own-network.js';
import type { CareHouse } from './routes.js';
import { isoOf, type OwnAnswer, OwnInvitationBody, OwnPersonBody, OwnQuery, readBody } from './schemas.js';

const HINT = 'Send {"listener": "bedside", "role": "planner"}.';

export function ownRoutes(house: CareHouse): Router {
  const router = Router();
  const body = express.json({ limit: '2kb' });
  const at = '/api/v1/care/own';
  const named = (request: express.Request) => readBody(OwnQuery, request.query, 'Say ?listener=bedside.').listener;
  router.use(at, ownNetworkOnly(house.publicUrl));

  async function answer(listener: string): Promise<z.infer<typeof OwnAnswer>> {
    const { links, helpCalls } = await house.caregivers.ownOf(listener);
    return {
      listener,
      caregivers: links.map((link) => ({ ...personOf(link), tellCrisis: link.tellCrisisSinceMs !== null })),
      log: (await house.caregivers.readLog(listener)).map((look) => ({ ...look, says: ACCESS_WORDS[look.what] })),
      helpCalls: helpCalls.map(({ atMs }) => isoOf(atMs)).reverse(),
      greeting: (await (await house.rules()).load(listener))?.greeting ?? null,
    };
  }

  router.get(at, async (request, response) => void response.json(await answer(named(request))));
  router.post(
    `${at}/invitations`,
    body,
    idempotent(async (request, response) => {
      const { listener, role, tellCrisis, caregiver } = readBody(OwnInvitationBody, request.body, HINT);
      const wish = { role, tellCrisis, how: 'tapped' as const, ...(caregiver ? { caregiver } : {}) };
      const { code, untilMs } = await house.caregivers.invite(listener, wish);
      response.status(201).json({ code, until: isoOf(untilMs) });
    }),
  );
  router.put(`${at}/caregivers/:id`, body, async (request, response) => {
    const { listener, consent, tellCrisis, role } = readBody(OwnPersonBody, request.body, 'Send {"consent": true}.');
    const id = request.params.id as string;
    if (consent) await house.caregivers.agree(listener, id, 'tapped', role);
    else if (role) await house.caregivers.setRole(listener, id, role, 'tapped');
    if (tellCrisis !== undefined) await house.caregivers.tellCrisis(listener, id, tellCrisis);
    response.json(await answer(listener));
  });
  for (const path of [`${at}/caregivers`, `${at}/caregivers/:id`])
    router.delete(path, async (request, response) => {
      const listener = named(request);
      const { id } = request.params as { id?: string };
      await house.caregivers.stopSharing(listener, id);
      response.json(await answer(listener));
    });
  router.get(`${at}/greeting`, async (request, response) => sendGreeting(house, named(request), response));
  router.delete(`${at}/greeting`, async (request, response) => {
    await removeGreeting(house, named(request));
    response.status(204).end();
  });
  return router;
}
