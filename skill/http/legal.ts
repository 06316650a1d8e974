/** /privacy and /terms: one plain page each, as the skill stores want them. What is kept is listed as it is. */
import { Router } from 'express';

const page = (title: string, body: string) => `<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${title} · EmoHeal Bedside</title><link rel="stylesheet" href="/bedside/style.css"></head>
<body class="document"><main><h1>${title}</h1>${body}</main></body></html>`;

const PRIVACY = `
<p>This server belongs to whoever runs it. Nothing goes anywhere else.</p>
<h2>What is never kept</h2>
<p>What you say or type, recordings of your voice, and the feelings that were read from them. They are used to choose the
music, held in memory while your question "why this music?" may come, and forgotten.</p>
<h2>What is kept on this server</h2>
<ul>
<li>A session: its plan (how the music goes), its pieces and where you are in it. Thirty days. The reasons of the
plan name the kind of feeling that it begins with; a session begun through Alexa keeps no reasons.</li>
<li>For an Alexa device: which session it plays, how fast the voice should speak, and the names of caregivers whom you
paired by a spoken code. Amazon's ids are kept only as keyed hashes.</li>
<li>Check-ins from one to five, only if you asked for them.</li>
</ul>
<h2>How to have it deleted</h2>
<p>Say "forget me" to the speaker, or switch the skill off: settings, check-ins and sessions of that account go at once.</p>`;

const TERMS = `
<p>EmoHeal Bedside plays music for rest. It is no medical product: it does not diagnose, treat or prevent anything, and it
cannot call anyone. If you are in danger, call your local emergency number.</p>
<p>How much music helps differs from person to person; the research is promising and mixed. The software is offered as it
is, under the Apache License 2.0.</p>`;

export function legalRoutes(): Router {
  const router = Router();
  router.get('/privacy', (_request, response) => void response.type('html').send(page('Privacy', PRIVACY)));
  router.get('/terms', (_request, response) => void response.type('html').send(page('Terms', TERMS)));
  return router;
}
