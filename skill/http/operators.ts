/** For whoever runs it: alive, ready, measured, described. */
import { Router } from 'express';
import type { PartState } from '../../engine/ports.js';
import { isFromOwnNetwork, ownNetworkOnly } from '../care/own-network.js';
import type { HttpDeps } from './app.js';
import { openApiDocument } from './openapi.js';

/** Without one of these no session can begin. */
const NEEDED = ['emotion', 'music', 'state'];

export function operatorRoutes(deps: HttpDeps): Router {
  const router = Router();
  router.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });
  // `?exclude=state` does not ask about that part, as in Kubernetes' own /readyz: where several servers share a database, none
  // of them is taken away from its listeners because that one is.
  router.get('/readyz', async (request, response) => {
    response.set('cache-control', 'no-store');
    if (deps.ending?.()) {
      response.status(503).json({ status: 'stopping' });
      return;
    }
    const parts = await deps.parts();
    const named = (which: (status: PartState['status']) => boolean) =>
      Object.keys(parts).filter((name) => which(parts[name]!.status));
    const unavailable = named((status) => status === 'unavailable');
    const degraded = named((status) => status === 'degraded');
    // Typed feelings work without speech: only what every session needs decides.
    const works = (status: PartState['status'] | undefined) => status !== 'unavailable' && status !== 'starting';
    const excluded: unknown[] = [request.query.exclude].flat();
    const ready = NEEDED.every((name) => excluded.includes(name) || works(parts[name]?.status));
    const whole = unavailable.length === 0 && degraded.length === 0;
    const status = !ready ? 'not ready' : whole ? 'ready' : 'degraded';
    // To a stranger only whether: the details name folders and servers of the house.
    const shown = isFromOwnNetwork(request, deps.publicUrl) ? { degraded, unavailable, parts } : {};
    response.status(ready ? 200 : 503).json({ status, ...shown });
  });
  // How many sleep badly in this house is nobody's business outside it.
  if (deps.publicUrl) router.use('/metrics', ownNetworkOnly(deps.publicUrl));
  router.get('/metrics', async (_request, response) => {
    response.type(deps.metrics.registry.contentType).send(await deps.metrics.registry.metrics());
  });
  router.get('/openapi.json', (_request, response) => {
    response.json(openApiDocument());
  });
  return router;
}
