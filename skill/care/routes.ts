/** The caregivers' console: its page at /care, and everything below /api/v1/care. */
import path from 'node:path';
import { Router } from 'express';
import type { MusicSearch } from '../../engine/ports.js';
import type { SessionService } from '../../engine/session-service.js';
import type { Library } from '../../media-index/library/library.js';
import { packageRoot } from '../../models/paths.js';
import { pageLocale } from '../http/page-locale.js';
import type { RoutineRouteDeps } from '../http/routines.js';
import { PAPER, styleSheet } from '../palette/style-sheet.js';
import { createDoor, type Door, limited } from './door.js';
import { greetingRoutes } from './greeting-routes.js';
import { listenerRoutes } from './listener-routes.js';
import type { CaregiversOfHouse } from './open-caregivers.js';
import type { OverviewDeps } from './overview.js';
import { ownRoutes } from './own-routes.js';
import { carePage } from './page.js';
import { createPasskeys, type Passkeys } from './passkeys.js';
import { signInRoutes } from './sign-in-routes.js';

/** More than a person with a phone asks for, and too few to try things out. */
const REQUESTS = 1500;

export interface CareRouteDeps extends Omit<OverviewDeps, 'caregivers'>, Pick<RoutineRouteDeps, 'zone'> {
  house: CaregiversOfHouse;
  service: () => Promise<Pick<SessionService, 'prepare'>>;
  search: () => Promise<MusicSearch>;
  library: () => Promise<Pick<Library, 'tracks'>>;
  key: Buffer;
  publicUrl: string | undefined;
}

export type CareHouse = Omit<CareRouteDeps, 'house'> & CaregiversOfHouse & { door: Door; passkeys: Passkeys };

export function careRoutes({ house, ...deps }: CareRouteDeps): Router {
  const { key, publicUrl, nowMs } = deps;
  const whole: CareHouse = {
    ...deps,
    ...house,
    door: createDoor({ sessions: house.sessions, key, publicUrl }),
    passkeys: createPasskeys({ accounts: house.accounts, key, nowMs }),
  };
  const router = Router();
  const root = packageRoot();
  router.get('/care', (request, response) => {
    response
      .type('html')
      .set({ 'cache-control': 'no-cache', vary: 'Accept-Language' })
      .send(carePage(pageLocale(request)));
  });
  router.get('/care/main.js', (_request, response) =>
    response.sendFile(path.join(root, 'dist', 'skill', 'care', 'page', 'main.js')),
  );
  router.get('/care/style.css', styleSheet('skill/care/page', [PAPER, 'style.css']));
  router.use('/api/v1/care', limited(REQUESTS, 'requests'), (_request, response, next) => {
    // Nothing of a listener stays in a browser or a proxy on the way.
    response.set('cache-control', 'no-store');
    next();
  });
  router.use(ownRoutes(whole), signInRoutes(whole), listenerRoutes(whole), greetingRoutes(whole));
  return router;
}
