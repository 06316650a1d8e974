/** GET /docs/…: how to use the speaker, on the speaker itself, where no network is needed. */
import path from 'node:path';
import { type RequestHandler, Router } from 'express';
import { packageRoot } from '../../models/paths.js';
import { PAPER, styleSheet } from '../palette/style-sheet.js';
import { decisionsPage, docsPage, fileAt } from './pages.js';

export function docsRoutes(): Router {
  const router = Router({ strict: true });
  router.get('/docs', (_request, response) => response.redirect('/docs/'));
  router.get('/docs/style.css', styleSheet('skill/docs/page', [PAPER, 'style.css']));
  router.get('/docs/decisions/', (_request, response) => void response.type('html').send(decisionsPage()));
  router.get('/docs/{*file}', give);
  return router;
}

/** Made once: a page changes only with a new version. */
const made = new Map<string, string>();

const give: RequestHandler = (request, response, next) => {
  const file = fileAt(request.path);
  if (!file) return next();
  // A picture opened by itself brings its own style, and nothing else.
  if (file.endsWith('.svg')) response.set('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'");
  if (!file.endsWith('.md')) return response.sendFile(path.join(packageRoot(), file), (error) => error && next());
  try {
    const page = made.get(file) ?? docsPage(file);
    made.set(file, page);
    response.type('html').set('cache-control', 'no-cache').send(page);
  } catch (error) {
    // A page that was never there is "not found", as every other address of ours.
    next((error as NodeJS.ErrnoException).code === 'ENOENT' ? undefined : error);
  }
};
