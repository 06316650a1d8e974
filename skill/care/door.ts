/** The door of the console: whose browser this is, that the request was made by our own page, and how often it may ask. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import { rateLimit } from 'express-rate-limit';
import { EmohealError } from '../../engine/errors.js';
import { hashOf, LONGEST_MS, type WebSession, type WebSessions } from './web-sessions.js';

export const CSRF_HEADER = 'x-emoheal-csrf';
const QUARTER_HOUR_MS = 15 * 60_000;

export interface DoorDeps {
  sessions: WebSessions;
  key: Buffer;
  publicUrl: string | undefined;
}

export interface SignedIn {
  token: string;
  session: WebSession;
}

/** Where our own page is, as its browser names it; null where the request was made by something else. */
export function originOf(request: Request, publicUrl: string | undefined): URL | null {
  const given = request.headers.origin;
  if (given === undefined || !URL.canParse(given)) return null;
  const origin = new URL(given);
  const ours = [`${request.protocol}://${request.headers.host}`, ...(publicUrl ? [publicUrl] : [])];
  return ours.some((each) => URL.canParse(each) && new URL(each).origin === origin.origin) ? origin : null;
}

export function createDoor({ sessions, key, publicUrl }: DoorDeps) {
  const isSecure = (request: Request) =>
    request.secure || (publicUrl?.startsWith('https:') === true && request.headers.host === new URL(publicUrl).host);
  /** "__Host-" holds the cookie to this very host and to https; browsers refuse it over plain HTTP. */
  const cookieName = (request: Request) => (isSecure(request) ? '__Host-emoheal-care' : 'emoheal-care');
  const tokenIn = (request: Request): string | undefined =>
    request.headers.cookie
      ?.split(';')
      .map((each) => each.trim().split('='))
      .find(([name]) => name === cookieName(request))?.[1];
  const cookie = (request: Request) =>
    ({ httpOnly: true, sameSite: 'strict', secure: isSecure(request), path: '/' }) as const;
  const csrfOf = (token: string) =>
    createHmac('sha256', key)
      .update(`care csrf ${hashOf(token)}`)
      .digest('base64url');

  /** Null for nobody. A page that asks by itself whether it still holds does not keep its session alive. */
  async function who(request: Request): Promise<SignedIn | null> {
    const token = tokenIn(request);
    const session = token ? await sessions.find(token, request.path.endsWith('/now') ? 'look' : 'use') : null;
    return session ? { token: token!, session } : null;
  }

  /** Throws `forbidden` for what another page made this browser ask for. */
  function hasToken(request: Request, token: string): void {
    const [given, wanted] = [request.get(CSRF_HEADER) ?? '', csrfOf(token)].map((each) => Buffer.from(each));
    const same = given!.length === wanted!.length && timingSafeEqual(given!, wanted!);
    if (!originOf(request, publicUrl) || !same) throw notOurPage();
  }

  return {
    csrfOf,
    hasToken,
    open(request: Request, response: Response, token: string): void {
      response.cookie(cookieName(request), token, { ...cookie(request), maxAge: LONGEST_MS });
    },
    shut(request: Request, response: Response): void {
      response.clearCookie(cookieName(request), cookie(request));
    },
    who,
    /** What changes something is asked for by our own page: a form of another page has another origin. */
    ownPage: ((request, _response, next) =>
      next(originOf(request, publicUrl) ? undefined : notOurPage())) satisfies RequestHandler,
    /** Lets in whom `who` knows; what changes something needs the origin and the token of this very session as well. */
    signedIn: (async (request, response, next) => {
      const found = await who(request);
      if (!found) throw new EmohealError('signed-out', 'You are not signed in.', { remedy: 'Sign in on /care.' });
      if (!['GET', 'HEAD'].includes(request.method)) hasToken(request, found.token);
      response.locals.care = found;
      next();
    }) satisfies RequestHandler,
  };
}
export type Door = ReturnType<typeof createDoor>;

export const signedIn = (response: Response): SignedIn => response.locals.care as SignedIn;

const notOurPage = () =>
  new EmohealError('forbidden', 'This was not asked for by the console.', { remedy: 'Load /care again.' });

/** So many an address in a quarter of an hour; `failed`: only tries that failed count. */
export const limited = (limit: number, what: string, failed = false): RequestHandler =>
  rateLimit({
    windowMs: QUARTER_HOUR_MS,
    limit,
    skipSuccessfulRequests: failed,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    // By the address that Express trusts; a header that anybody can write tells no two apart.
    validate: { forwardedHeader: false },
    handler: (_request, _response, next) =>
      next(
        new EmohealError('too-often', `Too many ${what}.`, { remedy: 'Wait a quarter of an hour.', retryable: true }),
      ),
  });
