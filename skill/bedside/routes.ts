/** The bedside page and its files: everything from this server, nothing from anywhere else. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Router } from 'express';
import { packageRoot } from '../../models/paths.js';
import { bedsidePage } from './page.js';

export function bedsideRoutes(): Router {
  const router = Router();
  const root = packageRoot();
  router.get('/', (request, response) => {
    const locale = request.acceptsLanguages()[0] ?? 'en-US';
    response
      .type('html')
      .set('cache-control', 'no-cache')
      .send(bedsidePage(locale === '*' ? 'en-US' : locale));
  });
  router.get('/bedside/main.js', (_request, response) =>
    response.sendFile(path.join(root, 'dist', 'skill', 'bedside', 'page', 'main.js')),
  );
  router.get('/bedside/style.css', (_request, response) =>
    response.sendFile(path.join(root, 'skill', 'bedside', 'page', 'style.css')),
  );
  router.get('/favicon.ico', (_request, response) => {
    response
      .type('image/svg+xml')
      .send(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><circle cx="16" cy="16" r="12" fill="#e8a565"/></svg>',
      );
  });
  const fonts = path.join(root, 'node_modules', '@fontsource', 'atkinson-hyperlegible', 'files');
  for (const weight of [400, 700]) {
    const file = `atkinson-hyperlegible-latin-${weight}-normal.woff2`;
    router.get(`/bedside/${file}`, (_request, response) =>
      response
        .type('font/woff2')
        .set('cache-control', 'public, max-age=31536000, immutable')
        .send(readFileSync(path.join(fonts, file))),
    );
  }
  return router;
}
