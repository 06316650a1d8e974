/** POST /smarthome: a token of a linked account, then one request. */
import OAuth2Server from '@node-oauth/oauth2-server';
import express, { Router } from 'express';
import { sendProblem } from '../../http/problems.js';
import type { Home } from './home.js';
import { SCOPE } from './oauth.js';
import { type OAuthDoor, oauthRoutes } from './oauth-routes.js';

const MOST_BODY = '256kb';

export interface HomeDoor extends OAuthDoor {
  home: Home;
}

export function homeRoutes(door: HomeDoor): Router {
  const router = Router();
  router.use(oauthRoutes(door));
  router.post('/smarthome', async (request, response, next) => {
    const asked = new OAuth2Server.Request({
      headers: request.headers as Record<string, string>,
      method: request.method,
      query: {},
      body: {},
    });
    const token = await door.server
      .authenticate(asked, new OAuth2Server.Response(), { scope: [SCOPE] })
      .catch((error: { code?: number }) => error);
    if ('accessToken' in token) {
      response.locals.listener = token.user.listener;
      return next();
    }
    const short = token.code === 403;
    response.set(
      'www-authenticate',
      short ? `Bearer error="insufficient_scope", scope="${SCOPE}"` : 'Bearer error="invalid_token"',
    );
    sendProblem(response, short ? 403 : 401, 'Not allowed', 'No token of an account that is linked to this house.');
    return undefined;
  });
  router.post(
    '/smarthome',
    express.json({ type: () => true, limit: MOST_BODY, strict: false }),
    async (request, response) => {
      response.json(await door.home.answer(String(response.locals.listener), request.body));
    },
  );
  return router;
}
