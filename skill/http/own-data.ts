/** A listener's own data: all of it as one file, or all of it erased. */
import { Router } from 'express';
import { readAs } from '../../engine/read-as.js';
import { eraseOwnData, exportOwnData, type OwnDataDeps } from '../privacy/own-data.js';
import { Listener } from './taste.js';

export function ownDataRoutes(deps: OwnDataDeps): Router {
  const router = Router();
  router.get('/api/v1/listeners/:listener/data', async (request, response) => {
    const listener = named(request.params.listener);
    response.attachment('emoheal-data.json').json(await exportOwnData(listener, deps));
  });
  router.delete('/api/v1/listeners/:listener/data', async (request, response) => {
    await eraseOwnData(named(request.params.listener), deps);
    response.status(204).end();
  });
  return router;
}

const named = (given: string): string =>
  readAs(Listener, given, {
    whole: 'listener',
    remedy: 'Ask for /api/v1/listeners/bedside/data, or the name that you gave.',
  });
