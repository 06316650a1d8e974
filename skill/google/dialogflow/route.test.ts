/** The door of POST /dialogflow: who is let in, and what is sent away. */
import express from 'express';
import { createLocalJWKSet, exportJWK, generateKeyPair, SignJWT } from 'jose';
import request from 'supertest';
import { beforeAll, describe, expect, it } from 'vitest';
import { problemHandler } from '../../http/problems.js';
import { SECRET_HEADER } from './auth.js';
import { dialogflowFixture } from './dialogflow.fixture.js';
import { dialogflowRoute } from './route.js';

const SECRET = 'a secret of thirty-two characters or more';
const AGENT = 'service-123@gcp-sa-dialogflow.iam.gserviceaccount.com';
const AUDIENCE = 'https://bedside.example/dialogflow';
const NOW = Date.parse('2026-11-29T22:00:00Z');

let keys: Awaited<ReturnType<typeof generateKeyPair>>;
let foreign: Awaited<ReturnType<typeof generateKeyPair>>;
let asked: Record<string, unknown>;
const refused: string[] = [];

async function door(trust: { secret?: string; serviceAgent?: string }) {
  const fixture = await dialogflowFixture();
  asked = fixture.talk('es').request('I feel so sad tonight');
  const app = express();
  app.use(
    dialogflowRoute({
      webhook: async () => fixture.webhook,
      trust: {
        ...trust,
        audience: () => AUDIENCE,
        keys: createLocalJWKSet({ keys: [{ ...(await exportJWK(keys.publicKey)), kid: 'one', alg: 'RS256' }] }),
        nowMs: () => NOW,
      },
      onRefused: (reason) => refused.push(reason),
    }),
  );
  app.use(problemHandler((error) => refused.push(String(error))));
  const post = (body: string | object, headers: Record<string, string> = {}) =>
    request(app)
      .post('/dialogflow')
      .set({ 'content-type': 'application/json', ...headers })
      .send(body);
  return { post, store: fixture.store };
}

beforeAll(async () => {
  [keys, foreign] = await Promise.all([generateKeyPair('RS256'), generateKeyPair('RS256')]);
});

const token = (changes: Record<string, unknown> = {}, key = keys.privateKey) =>
  new SignJWT({ email: AGENT, email_verified: true, ...changes })
    .setProtectedHeader({ alg: 'RS256', kid: 'one' })
    .setIssuer(String(changes.iss ?? 'https://accounts.google.com'))
    .setAudience(String(changes.aud ?? AUDIENCE))
    .setIssuedAt(NOW / 1000 - 10)
    .setExpirationTime(Number(changes.exp ?? NOW / 1000 + 3600))
    .sign(key);

describe('POST /dialogflow', () => {
  it('answers nobody before it is set up, and says what to set', async () => {
    const { post } = await door({});
    const answer = await post(asked);
    expect(answer.status).toBe(503);
    expect(answer.body.detail).toMatch(/EMOHEAL_DIALOGFLOW_SECRET/);
  });

  it('answers who knows the secret, and nobody else', async () => {
    const { post, store } = await door({ secret: SECRET });
    for (const given of [undefined, '', 'x', `${SECRET}x`, SECRET.toUpperCase()])
      expect((await post(asked, given === undefined ? {} : { [SECRET_HEADER]: given })).status).toBe(401);
    expect(await store.ids()).toEqual([]);
    expect((await post(asked, { [SECRET_HEADER]: SECRET })).status).toBe(200);
  });

  it('believes a token of the service agent, made out to this address, while it is valid', async () => {
    const { post } = await door({ serviceAgent: AGENT });
    const as = async (jwt: string) => (await post(asked, { authorization: `Bearer ${jwt}` })).status;
    expect(await as(await token())).toBe(200);
    for (const wrong of [
      await token({ aud: 'https://elsewhere.example/dialogflow' }),
      await token({ email: 'somebody@project.iam.gserviceaccount.com' }),
      await token({ email_verified: false }),
      await token({ iss: 'https://elsewhere.example' }),
      await token({ exp: NOW / 1000 - 5 }),
      await token({}, foreign.privateKey),
      `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(JSON.stringify({ email: AGENT, aud: AUDIENCE })).toString('base64url')}.x`,
      'rubbish',
    ])
      expect(await as(wrong)).toBe(401);
    expect((await post(asked, { [SECRET_HEADER]: SECRET })).status).toBe(401);
  });

  it.each(['', '{', 'null', '17', '"words"', '[]', '{}', '{"queryResult":null}', '[{"queryResult":{}}]'])(
    'sends %s back as bad input',
    async (body) => {
      const { post } = await door({ secret: SECRET });
      const answer = await post(body, { [SECRET_HEADER]: SECRET });
      expect(answer.status).toBe(400);
      expect(answer.headers['content-type']).toMatch(/problem\+json/);
    },
  );

  it('takes no more than a request of Dialogflow’s can have', async () => {
    const { post } = await door({ secret: SECRET });
    const large = { ...asked, more: 'x'.repeat(300_000) };
    expect((await post(large, { [SECRET_HEADER]: SECRET })).status).toBe(413);
    expect((await post(large)).status).toBe(401);
  });

  it('writes down why it refused, and nothing of what was said', () => {
    expect(refused.length).toBeGreaterThan(10);
    expect(refused.join(' ')).not.toMatch(/sad|tonight/);
  });
});
