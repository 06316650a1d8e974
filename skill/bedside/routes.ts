/** The bedside page and its files: everything from this server, nothing from anywhere else. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Router } from 'express';
import { moduleFolder, packageRoot } from '../../models/paths.js';
import { pageLocale } from '../http/page-locale.js';
import { styleSheet } from '../palette/style-sheet.js';
import { ICON_SIZES, ICON_SVG, icon } from './icon.js';
import { bedsidePage } from './page.js';

/** In this order: what stands later wins. */
const STYLE = [
  'frame.css',
  'lamp.css',
  'asking.css',
  'pad.css',
  'playing.css',
  'lights.css',
  'help.css',
  'sheets.css',
  'sizes.css',
] as const;
const NAME = 'EmoHeal Bedside';
const GROUND = '#0b0908';

/** What makes the page one that can be put on a home screen. */
const MANIFEST = {
  id: '/',
  name: NAME,
  short_name: 'Bedside',
  start_url: '/',
  scope: '/',
  display: 'standalone',
  background_color: GROUND,
  theme_color: GROUND,
  icons: [
    { src: '/favicon.ico', sizes: 'any', type: 'image/svg+xml' },
    ...ICON_SIZES.filter((size) => size !== 180).flatMap((size) =>
      ['any', 'maskable'].map((purpose) => ({
        src: `/bedside/icon-${size}.png`,
        sizes: `${size}x${size}`,
        type: 'image/png',
        purpose,
      })),
    ),
  ],
};

export function bedsideRoutes(): Router {
  const router = Router();
  const root = packageRoot();
  const built = path.join(root, 'dist', 'skill', 'bedside', 'page');
  router.get('/', (request, response) => {
    response
      .type('html')
      .set({ 'cache-control': 'no-cache', vary: 'Accept-Language' })
      .send(bedsidePage(pageLocale(request)));
  });
  router.get('/bedside/main.js', (_request, response) => response.sendFile(path.join(built, 'main.js')));
  // At the root: a service worker sees only what lies below its own address.
  router.get('/service-worker.js', (_request, response) =>
    response.set('cache-control', 'no-cache').sendFile(path.join(built, 'service-worker.js')),
  );
  router.get('/bedside/style.css', styleSheet('skill/bedside/page/style', STYLE));
  router.get('/manifest.webmanifest', (_request, response) => {
    response.type('application/manifest+json').send(JSON.stringify(MANIFEST));
  });
  router.get('/favicon.ico', (_request, response) => {
    response.type('image/svg+xml').send(ICON_SVG);
  });
  for (const size of ICON_SIZES)
    router.get(`/bedside/icon-${size}.png`, (_request, response) => {
      response
        .type('png')
        .set('cache-control', 'public, max-age=86400')
        .send(Buffer.from(icon(size)));
    });
  const fonts = path.join(moduleFolder('@fontsource/atkinson-hyperlegible'), 'files');
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
