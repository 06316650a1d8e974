/** Ways in and out of the console: a code that the speaker read out, a passkey, and the end of a session. */
import express, { type Request, type Response, Router } from 'express';
import type { z } from 'zod';
import type { CaregiverAccount } from '../../engine/caregivers/account.js';
import { EmohealError } from '../../engine/errors.js';
import { idempotent } from '../http/idempotency.js';
import { limited, originOf, signedIn } from './door.js';
import { linkAnswer } from './overview.js';
import type { CareHouse } from './routes.js';
import { CodeBody, CredentialBody, isoOf, type MeAnswer, readBody } from './schemas.js';
import { deviceWords, endsMs, type WebSession } from './web-sessions.js';

/** A code is one of 900,000 and holds for ten minutes: ten wrong ones a quarter of an hour find none. */
const WRONG_CODES = 10;
const CHALLENGES = 60;
const CODE_HINT = 'Send {"code": "123456", "name": "Anna"}.';
const KEY_HINT = 'Send {"ticket": …, "response": what the browser made}.';
const SMALL = express.json({ limit: '2kb' });
/** A signed challenge with its certificate is some kilobytes. */
const KEY = express.json({ limit: '32kb' });

export function signInRoutes(house: CareHouse): Router {
  const { door, publicUrl } = house;
  const router = Router();
  const own = (response: Response) => signedIn(response).session.caregiver;

  async function account(response: Response): Promise<CaregiverAccount> {
    const found = await house.accounts.find(own(response));
    if (!found) throw new EmohealError('signed-out', 'This account is gone.', { remedy: 'Sign in on /care.' });
    return found;
  }
  async function me(found: CaregiverAccount, token: string, session: WebSession): Promise<z.infer<typeof MeAnswer>> {
    const links = await house.caregivers.linksOf(found.id);
    return {
      id: found.id,
      name: found.name,
      csrf: door.csrfOf(token),
      how: session.how,
      ends: isoOf(endsMs(session)),
      passkeys: found.passkeys.map(({ id, addedAtMs, usedAtMs, synced }) => ({
        id,
        added: isoOf(addedAtMs),
        used: usedAtMs === null ? null : isoOf(usedAtMs),
        synced,
      })),
      links: links.map(({ listener, link }) => linkAnswer(listener, link)),
    };
  }
  /** A new session each time, never one that was there before. */
  async function enter(request: Request, response: Response, found: CaregiverAccount, how: WebSession['how']) {
    const token = await house.sessions.begin(found.id, how, deviceWords(request.headers['user-agent']));
    door.open(request, response, token);
    const session = await house.sessions.find(token);
    response.status(201).json(await me(found, token, session!));
  }

  router.post(
    '/api/v1/care/codes',
    limited(WRONG_CODES, 'codes were tried', true),
    door.ownPage,
    SMALL,
    async (request, response) => {
      const body = readBody(CodeBody, request.body, CODE_HINT);
      const here = await door.who(request);
      const { code, name, called } = body;
      const known = here && (await house.accounts.find(here.session.caregiver));
      if (!known && !name)
        throw new EmohealError('bad-input', 'name: is how the listener calls you.', { remedy: CODE_HINT });
      if (here && known) door.hasToken(request, here.token);
      const done = await house.caregivers.redeem(code, known ? { account: known.id, called } : { name: name!, called });
      if (!done)
        throw new EmohealError('not-found', 'Nobody offers this code now.', {
          remedy: 'A code holds for ten minutes and for one person; ask for a new one.',
        });
      if (here && known?.id === done.account.id)
        return void response.status(201).json(await me(known, here.token, here.session));
      await enter(request, response, done.account, 'code');
    },
  );

  router.post(
    '/api/v1/care/sign-in/options',
    limited(CHALLENGES, 'passkeys were asked for'),
    door.ownPage,
    async (request, response) => {
      response.json(await house.passkeys.optionsToSignIn(originOf(request, publicUrl)!));
    },
  );
  router.post(
    '/api/v1/care/sign-in',
    limited(CHALLENGES, 'passkeys were tried', true),
    door.ownPage,
    KEY,
    async (request, response) => {
      const { ticket, response: answer } = readBody(CredentialBody, request.body, KEY_HINT);
      const found = await house.passkeys.signIn(ticket, answer, originOf(request, publicUrl)!);
      await enter(request, response, found, 'passkey');
    },
  );

  router.get('/api/v1/care/me', door.signedIn, async (_request, response) => {
    const { token, session } = signedIn(response);
    response.json(await me(await account(response), token, session));
  });
  router.get('/api/v1/care/now', door.signedIn, async (_request, response) => {
    const links = await house.caregivers.linksOf((await account(response)).id);
    response.json({
      links: links.map(({ listener, link }) => ({ listener, role: link.role, consent: link.consent !== null })),
    });
  });
  router.delete('/api/v1/care/me', door.signedIn, async (request, response) => {
    await house.accounts.remove(own(response));
    await house.sessions.end(own(response));
    door.shut(request, response);
    response.status(204).end();
  });

  router.get('/api/v1/care/sessions', door.signedIn, async (_request, response) => {
    const here = signedIn(response).session.id;
    response.json({
      sessions: (await house.sessions.of(own(response))).map(({ id, device, how, createdAtMs, seenAtMs }) => ({
        id,
        device,
        how,
        began: isoOf(createdAtMs),
        seen: isoOf(seenAtMs),
        here: id === here,
      })),
    });
  });
  router.delete('/api/v1/care/sessions/:id', door.signedIn, async (request, response) => {
    await house.sessions.end(own(response), String(request.params.id));
    response.status(204).end();
  });
  router.post('/api/v1/care/sign-out', door.signedIn, async (request, response) => {
    await house.sessions.end(own(response), signedIn(response).session.id);
    door.shut(request, response);
    response.status(204).end();
  });
  router.post('/api/v1/care/sign-out-everywhere', door.signedIn, async (request, response) => {
    await house.sessions.end(own(response));
    door.shut(request, response);
    response.status(204).end();
  });

  router.post('/api/v1/care/passkeys/options', door.signedIn, async (request, response) => {
    response.json(await house.passkeys.optionsToAdd(await account(response), originOf(request, publicUrl)!));
  });
  router.post(
    '/api/v1/care/passkeys',
    door.signedIn,
    KEY,
    idempotent(async (request, response) => {
      const { ticket, response: answer } = readBody(CredentialBody, request.body, KEY_HINT);
      const after = await house.passkeys.add(await account(response), ticket, answer, originOf(request, publicUrl)!);
      const { token, session } = signedIn(response);
      response.status(201).json(await me(after, token, session));
    }, own),
  );
  router.delete('/api/v1/care/passkeys/:id', door.signedIn, async (request, response) => {
    await house.accounts.removePasskey(own(response), String(request.params.id));
    response.status(204).end();
  });
  return router;
}
