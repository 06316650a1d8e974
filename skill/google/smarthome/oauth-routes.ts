/** The page at which a listener's code links a Google account, and the door where Google changes codes for tokens. */
import OAuth2Server from '@node-oauth/oauth2-server';
import express, { type Request, type Response, Router } from 'express';
import { rateLimit } from 'express-rate-limit';
import { z } from 'zod';
import { EmohealError } from '../../../engine/errors.js';
import type { GoogleLinks } from './links.js';
import { type OAuthClient, redirectUris, SCOPE } from './oauth.js';

/** A code is one of 900,000 and holds for ten minutes. */
const TRIES = 10;
const WINDOW_MS = 15 * 60_000;

const Short = z.string().min(1).max(2000);
const Asked = z.object({
  client_id: Short,
  redirect_uri: Short,
  response_type: z.literal('code'),
  state: Short,
  scope: Short,
});
type Asked = z.infer<typeof Asked>;

export interface OAuthDoor {
  client: OAuthClient;
  server: OAuth2Server;
  links: GoogleLinks;
}

export function oauthRoutes({ client, server, links }: OAuthDoor): Router {
  const router = Router();
  const form = express.urlencoded({ extended: false, limit: '16kb' });
  const limited = rateLimit({
    windowMs: WINDOW_MS,
    limit: TRIES,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    handler: (_request, _response, next) =>
      next(
        new EmohealError('busy', 'Too many codes were tried.', {
          remedy: 'Wait a quarter of an hour.',
          retryable: true,
        }),
      ),
  });

  router.get('/oauth/authorize', (request, response) => page(response, asked(request.query)));
  router.post('/oauth/authorize', limited, form, async (request, response) => {
    const wish = asked(request.body);
    const code = /^\d{6}$/.test(String(request.body.code)) ? String(request.body.code) : '';
    const listener = code ? await links.takeCode(code) : null;
    if (listener === null) return page(response, wish, 'That code does not hold (any more). Have a new one read out.');
    const answer = new OAuth2Server.Response(response);
    await server.authorize(
      new OAuth2Server.Request({ ...plainRequest(request), query: {}, body: { ...wish } }),
      answer,
      {
        authenticateHandler: { handle: () => ({ listener }) },
      },
    );
    response.redirect(303, String(answer.get('location')));
    return undefined;
  });
  router.post('/oauth/token', form, async (request, response) => {
    const answer = new OAuth2Server.Response();
    // What is wrong is in the answer as RFC 6749 has it: {"error": "invalid_grant"}. What fails before there is an answer
    // leaves an empty one of status 200.
    const failed = await server.token(new OAuth2Server.Request(plainRequest(request)), answer).then(
      () => false,
      () => true,
    );
    const told = !failed || (answer.body as { error?: unknown } | undefined)?.error !== undefined;
    response
      .status(told ? (answer.status ?? 400) : 400)
      .set({ 'cache-control': 'no-store', pragma: 'no-cache' })
      .json(told ? answer.body : { error: 'invalid_request' });
  });
  return router;

  /** Throws `bad-input`: an address that is not Google's is told nothing and sent nowhere. */
  function asked(given: unknown): Asked {
    const parsed = Asked.safeParse(given);
    const fits =
      parsed.success &&
      parsed.data.client_id === client.clientId &&
      redirectUris(client).includes(parsed.data.redirect_uri) &&
      parsed.data.scope === SCOPE;
    if (!fits)
      throw new EmohealError('bad-input', 'This is no request of Google’s to link an account of this house.', {
        remedy: 'Begin in the Google Home app; the settings are in docs/google.md.',
      });
    return parsed.data;
  }
}

const plainRequest = (request: Request) => ({
  headers: request.headers as Record<string, string>,
  method: request.method,
  query: {},
  body: request.body ?? {},
});

function page(response: Response, wish: Asked, trouble = ''): void {
  const hidden = Object.entries(wish)
    .map(([name, value]) => `<input type="hidden" name="${name}" value="${escaped(value)}">`)
    .join('');
  response
    .status(trouble ? 403 : 200)
    .set({
      // The form's answer leads to Google.
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self' https://oauth-redirect.googleusercontent.com https://oauth-redirect-sandbox.googleusercontent.com; frame-ancestors 'none'; base-uri 'none'",
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
    })
    .type('html')
    .send(`<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Link this house to Google</title>
<style>body{background:#14110f;color:#eadfd2;font:1.25rem/1.5 sans-serif;max-width:32rem;margin:2rem auto;padding:0 1rem}input,button{font:inherit;padding:.5rem;background:#241f1b;color:inherit;border:1px solid #8a7866;border-radius:.4rem}</style>
<h1>Link this house to Google</h1>
<p>Whoever links it may begin and stop music on the bedside speaker and change its volume. Google is told what plays, never how anybody feels.</p>
<p>At home, have a code read out: <code>emoheal google code</code></p>
${trouble ? `<p role="alert">${escaped(trouble)}</p>` : ''}
<form method="post" action="/oauth/authorize">${hidden}
<label>Code <input name="code" inputmode="numeric" autocomplete="one-time-code" pattern="[0-9]{6}" required></label>
<button>Link</button></form></html>`);
}

const escaped = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
