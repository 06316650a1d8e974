/** Pictures of the listener's own albums. */
import { Router } from 'express';
import { EmohealError } from '../../engine/errors.js';
import type { Cover } from '../../media-index/library/cover.js';

const A_DAY_SEC = 24 * 3600;

export function coverRoutes(deps: { coverOf?: (trackId: string) => Promise<Cover | null> }): Router {
  const router = Router();
  router.get('/api/v1/tracks/:id/cover', async (request, response) => {
    const cover = await deps.coverOf?.(request.params.id);
    if (!cover) throw new EmohealError('not-found', 'This track has no picture.');
    response
      .type(cover.type)
      .set('cache-control', `private, max-age=${A_DAY_SEC}`)
      // A picture of a stranger's file: shown as what it is and nothing else.
      .set('content-security-policy', "default-src 'none'")
      .set('x-content-type-options', 'nosniff')
      .send(Buffer.from(cover.bytes));
  });
  return router;
}
