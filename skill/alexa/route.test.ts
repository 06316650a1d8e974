/** The door of the skill over HTTP: signed requests in, everything else stays out with a clear word. */
import express from 'express';
import request from 'supertest';
import { beforeAll, describe, expect, it } from 'vitest';
import { RELAY_HEADER, relayHeader } from './relay.js';
import { type AlexaDoor, alexaRoute } from './route.js';
import { launchEnvelope } from './simulator/envelopes.js';
import { SKILL_ID, type SkillFixture, skillFixture } from './skill.fixture.js';
import { authority, sign } from './verify/authority.fixture.js';
import { createVerifier } from './verify/verifier.js';

const SECRET = 'a secret of more than thirty-two characters';
let ca: Awaited<ReturnType<typeof authority>>;
let fixture: SkillFixture;
beforeAll(async () => {
  ca = await authority();
  fixture = await skillFixture();
});

function app(changes: Partial<AlexaDoor> = {}) {
  const door: AlexaDoor = {
    skill: async () => ({ answer: async (envelope) => fixture.ask(envelope as never) }),
    verifier: createVerifier({
      fetchText: async () => `${ca.leaf.pem}\n${ca.intermediate.pem}`,
      nowMs: () => fixture.clock.nowMs,
      roots: ca.trusted,
    }),
    skillId: SKILL_ID,
    relaySecret: SECRET,
    nowMs: () => fixture.clock.nowMs,
    ...changes,
  };
  const server = express();
  server.use(alexaRoute(door));
  return server;
}

const opening = (changes: object = {}) =>
  Buffer.from(
    JSON.stringify({
      ...launchEnvelope(fixture.callerOn('dot'), { sessionId: 's', isNew: true, attributes: {} }),
      ...changes,
    }),
  );

async function post(server: express.Express, body: Buffer, headers: Record<string, string> = {}) {
  return request(server)
    .post('/alexa')
    .set({ 'content-type': 'application/json', ...headers })
    .serialize((raw) => raw as unknown as string)
    .send(body as unknown as string);
}

const signedHeaders = async (body: Buffer) => ({
  SignatureCertChainUrl: 'https://s3.amazonaws.com/echo.api/echo-api-cert.pem',
  'Signature-256': await sign(ca.leaf, body),
});

describe('POST /alexa', () => {
  it('answers a signed request of its own skill, once', async () => {
    const server = app();
    const body = opening();
    const headers = await signedHeaders(body);
    const reply = await post(server, body, headers);
    expect(reply.status).toBe(200);
    expect(reply.body).toMatchObject({ version: '1.0', response: { shouldEndSession: false } });
    expect((await post(server, body, headers)).status).toBe(400);
  });

  it('refuses what is not signed, signed for another body, or meant for another skill', async () => {
    const server = app();
    expect((await post(server, opening())).status).toBe(400);
    expect((await post(server, opening(), await signedHeaders(Buffer.from('{}')))).status).toBe(400);
    const other = opening({ context: { System: { application: { applicationId: 'amzn1.ask.skill.other' } } } });
    const refused = await post(server, other, await signedHeaders(other));
    expect(refused.status).toBe(400);
    expect(refused.body.detail).toMatch(/another one/);
  });

  it.each(['', '{', 'null', '[1]', '{"request":{"type":"LaunchRequest"}}'])(
    'refuses a body that is no request: %j',
    async (text) => {
      const body = Buffer.from(text);
      const reply = await post(app(), body, await signedHeaders(body));
      expect(reply.status).toBe(400);
      expect(reply.headers['content-type']).toMatch(/problem\+json/);
    },
  );

  it('refuses a body larger than Amazon ever sends', async () => {
    expect((await post(app(), Buffer.alloc(200_000, 32))).status).toBe(413);
  });

  it('takes what our own Lambda function hands on, and nobody else who says so', async () => {
    const body = opening();
    const server = app();
    const good = relayHeader(SECRET, body, fixture.clock.nowMs);
    expect((await post(server, body, { [RELAY_HEADER]: good })).status).toBe(200);
    const again = opening();
    for (const header of [
      relayHeader('another secret of thirty-two characters!', again, fixture.clock.nowMs),
      relayHeader(SECRET, Buffer.from('{}'), fixture.clock.nowMs),
      relayHeader(SECRET, again, fixture.clock.nowMs - 200_000),
      't=1,sig=x',
    ])
      expect((await post(server, again, { [RELAY_HEADER]: header })).status).toBe(400);
  });

  it('says what is missing where no skill is set up', async () => {
    const reply = await post(app({ skillId: undefined }), opening());
    expect(reply.status).toBe(503);
    expect(reply.body.detail).toMatch(/EMOHEAL_ALEXA_SKILL_ID/);
  });

  it('shows the pictures of the stages', async () => {
    const picture = await request(app()).get('/alexa/art/match-512.png');
    expect(picture.status).toBe(200);
    expect(picture.headers['content-type']).toBe('image/png');
    expect((await request(app()).get('/alexa/art/../lambda.ts')).status).toBe(404);
  });
});
