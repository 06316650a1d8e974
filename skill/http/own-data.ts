/** A listener's own data: all of it as one file, or all of it erased. */
import { Router } from 'express';
import { EmohealError } from '../../engine/errors.js';
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

function named(given: string): string {
  const listener = Listener.safeParse(given);
  if (listener.success) return listener.data;
  throw new EmohealError('bad-input', `listener: ${listener.error.issues[0]!.message}.`, {
    remedy: 'Ask for /api/v1/listeners/bedside/data, or the name that you gave.',
  });
}
