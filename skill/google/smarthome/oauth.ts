/**
 * OAuth 2.0 for Google's account linking: the authorisation-code flow with refresh tokens, by `@node-oauth/oauth2-server`.
 * One client (Google's, of one project), one scope. The one who approves types the code that was read out at home.
 */

import { createHash, timingSafeEqual } from 'node:crypto';
import OAuth2Server from '@node-oauth/oauth2-server';
import type { GoogleLinks } from './links.js';

/** What a linked account may do: steer the speaker of its listener. */
export const SCOPE = 'home';

const CODE_SEC = 10 * 60;
const ACCESS_SEC = 3600;
const REFRESH_SEC = 400 * 24 * 3600;

export interface OAuthClient {
  clientId: string;
  clientSecret: string;
  /** Google's project: its redirect addresses end with it. */
  projectId: string;
}

/** Where Google takes its codes, and where it does so while a project is tried out. */
export const redirectUris = ({ projectId }: Pick<OAuthClient, 'projectId'>): string[] =>
  ['oauth-redirect', 'oauth-redirect-sandbox'].map((host) => `https://${host}.googleusercontent.com/r/${projectId}`);

export function createOAuth(client: OAuthClient, links: GoogleLinks, nowMs: () => number): OAuth2Server {
  const known = {
    id: client.clientId,
    redirectUris: redirectUris(client),
    grants: ['authorization_code', 'refresh_token'],
  };
  const after = (sec: number) => nowMs() + sec * 1000;
  /** The library reads the system's clock; ours may be another. */
  const dated = (ms: number) => new Date(Date.now() + ms - nowMs());

  return new OAuth2Server({
    authorizationCodeLifetime: CODE_SEC,
    accessTokenLifetime: ACCESS_SEC,
    refreshTokenLifetime: REFRESH_SEC,
    // Google keeps the refresh token that it got first.
    alwaysIssueNewRefreshToken: false,
    allowExtendedTokenAttributes: false,
    model: {
      async getClient(id: string, secret: string | null) {
        if (!same(id, client.clientId)) return false;
        // At the authorisation page a client shows no secret; at the token door it must.
        return secret === null || same(secret, client.clientSecret) ? known : false;
      },
      async validateScope(_user: unknown, _client: unknown, scope?: string[]) {
        return scope && scope.length > 0 && scope.every((each) => each === SCOPE) ? [SCOPE] : false;
      },
      async saveAuthorizationCode(code: OAuth2Server.AuthorizationCode, _client: unknown, user: OAuth2Server.User) {
        await links.put(code.authorizationCode, {
          kind: 'code',
          listener: String(user.listener),
          untilMs: after(CODE_SEC),
          redirectUri: code.redirectUri,
          scope: code.scope ?? [],
          spent: false,
        });
        return { ...code, client: known, user };
      },
      async getAuthorizationCode(code: string) {
        const found = await links.get('code', code);
        if (!found) return false;
        if (found.spent) {
          // RFC 6749, 4.1.2: a code that comes twice was stolen, and so may be what it was changed for.
          await links.unlink(found.listener);
          return false;
        }
        return {
          authorizationCode: code,
          expiresAt: dated(found.untilMs),
          redirectUri: found.redirectUri,
          scope: found.scope,
          client: known,
          user: { listener: found.listener },
        };
      },
      revokeAuthorizationCode: (code: OAuth2Server.AuthorizationCode) => links.spend(code.authorizationCode),
      async saveToken(token: OAuth2Server.Token, _client: unknown, user: OAuth2Server.User) {
        const listener = String(user.listener);
        const scope = token.scope ?? [];
        await links.put(token.accessToken, {
          kind: 'access',
          listener,
          scope,
          untilMs: after(ACCESS_SEC),
        });
        if (token.refreshToken)
          await links.put(token.refreshToken, {
            kind: 'refresh',
            listener,
            scope,
            untilMs: after(REFRESH_SEC),
          });
        return { ...token, client: known, user };
      },
      async getAccessToken(accessToken: string) {
        const found = await links.get('access', accessToken);
        if (!found) return false;
        return {
          accessToken,
          accessTokenExpiresAt: dated(found.untilMs),
          scope: found.scope,
          client: known,
          user: { listener: found.listener },
        };
      },
      async getRefreshToken(refreshToken: string) {
        const found = await links.get('refresh', refreshToken);
        if (!found) return false;
        return {
          refreshToken,
          refreshTokenExpiresAt: dated(found.untilMs),
          scope: found.scope,
          client: known,
          user: { listener: found.listener },
        };
      },
      revokeToken: (token: OAuth2Server.RefreshToken) => links.drop('refresh', token.refreshToken),
      async verifyScope(token: OAuth2Server.Token, scope: string[]) {
        return scope.every((each) => token.scope?.includes(each));
      },
    } as never,
  });
}

function same(a: string, b: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(a), hash(b));
}
