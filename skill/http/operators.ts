/** For whoever runs it: alive, ready, measured, described. */
import { Router } from 'express';
import type { HttpDeps } from './app.js';
import { openApiDocument } from './openapi.js';

export function operatorRoutes(deps: HttpDeps): Router {
  const router = Router();
  router.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });
  router.get('/readyz', async (_request, response) => {
    const parts = await deps.parts();
    // Typed feelings work without speech: only what every session needs decides.
    const needed = ['emotion', 'music'];
    const each = needed.map((name) => parts[name]?.status);
    const ready = each.every((status) => status === 'ready' || status === 'degraded');
    const status = !ready ? 'not ready' : each.includes('degraded') ? 'degraded' : 'ready';
    response.status(ready ? 200 : 503).json({ status, parts });
  });
  router.get('/metrics', async (_request, response) => {
    response.type(deps.metrics.registry.contentType).send(await deps.metrics.registry.metrics());
  });
  router.get('/openapi.json', (_request, response) => {
    response.json(openApiDocument());
  });
  return router;
}
