/** GET /graph for people, GET /api/v1/graph for programs. Both are made once: the graph changes only with a restart. */
import { createHash } from 'node:crypto';
import path from 'node:path';
import { type Request, type Response, Router } from 'express';
import type { KnowledgeGraph } from '../../engine/knowledge/graph.js';
import { packageRoot } from '../../models/paths.js';
import { PAPER, styleSheet } from '../palette/style-sheet.js';
import { graphPage } from './page.js';
import { graphView } from './view.js';

export function graphRoutes(deps: { knowledge: () => KnowledgeGraph }): Router {
  const router = Router();
  const root = packageRoot();
  let made: Record<'json' | 'html', { text: string; etag: string }> | undefined;
  const whole = (kind: 'json' | 'html') => {
    if (!made) {
      const view = graphView(deps.knowledge());
      made = { json: tagged(JSON.stringify(view)), html: tagged(graphPage(view)) };
    }
    return made[kind];
  };
  const send = (kind: 'json' | 'html') => (request: Request, response: Response) => {
    const { text, etag } = whole(kind);
    response.type(kind).set('cache-control', 'no-cache').set('etag', etag);
    if (request.fresh) response.status(304).end();
    else response.send(text);
  };
  router.get('/graph', send('html'));
  router.get('/api/v1/graph', send('json'));
  router.get('/graph/main.js', (_request, response) =>
    response.sendFile(path.join(root, 'dist', 'skill', 'graph-page', 'page', 'main.js')),
  );
  router.get('/graph/style.css', styleSheet('skill/graph-page/page', [PAPER, 'style.css']));
  return router;
}

const tagged = (text: string) => ({
  text,
  etag: `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`,
});
