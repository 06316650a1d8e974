/**
 * /privacy and /terms: one plain page each, as the skill stores want them. What is kept is told from the schemas of what is kept.
 */
import { Router } from 'express';
import { privacyText } from '../privacy/page.js';

const page = (title: string, body: string) => `<!doctype html>
<html lang="en-GB" data-palette="night"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${title} · EmoHeal Bedside</title><link rel="stylesheet" href="/bedside/style.css"></head>
<body class="document"><main><h1>${title}</h1>${body}</main></body></html>`;

const TERMS = `
<p>EmoHeal Bedside plays music for rest. It is no medical product: it does not diagnose, treat or prevent anything, and it
cannot call anyone. If you are in danger, call your local emergency number.</p>
<p>How much music helps differs from person to person; the research is promising and mixed. The software is offered as it
is, under the Apache License 2.0.</p>`;

export function legalRoutes(): Router {
  const router = Router();
  router.get('/privacy', (_request, response) => void response.type('html').send(page('Privacy', privacyText())));
  router.get('/terms', (_request, response) => void response.type('html').send(page('Terms', TERMS)));
  return router;
}
