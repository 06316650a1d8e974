/** Pairing a caregiver by the code that the speaker read out. */
import express from 'express';
import request from 'supertest';
import { beforeEach, describe, expect, it } from 'vitest';
import { problemHandler } from '../http/problems.js';
import { pairingRoute } from './pairing-route.js';
import { intentEnvelope } from './simulator/envelopes.js';
import { type SkillFixture, skillFixture } from './skill.fixture.js';

let fixture: SkillFixture;
let server: express.Express;
beforeEach(async () => {
  fixture = await skillFixture();
  server = express();
  const { state, caregivers, clock } = fixture;
  server.use(pairingRoute({ state, caregivers, nowMs: () => clock.nowMs, newId: () => 'caregiver-1' }));
  server.use(problemHandler(() => {}));
});

async function codeReadOut(): Promise<string> {
  const talk = { sessionId: 't', isNew: true, attributes: {} };
  const { response } = await fixture.ask(intentEnvelope(fixture.callerOn('dot'), talk, 'PairIntent'));
  return /\d{6}/.exec(JSON.stringify(response.outputSpeech))![0];
}
const seeing = () => fixture.caregivers.whoMaySee(fixture.state.keyOf('user user-1'));

describe('POST /api/v1/pairings', () => {
  it('makes who types the code a caregiver, once', async () => {
    const code = await codeReadOut();
    const paired = await request(server).post('/api/v1/pairings').send({ code, name: ' Anna ' });
    expect(paired.status).toBe(201);
    expect(paired.body).toMatchObject({ name: 'Anna' });
    expect(await seeing()).toMatchObject([{ caregiver: paired.body.id, name: 'Anna', consent: { how: 'spoken' } }]);
    expect((await request(server).post('/api/v1/pairings').send({ code, name: 'Bert' })).status).toBe(404);
  });

  it('knows no code after ten minutes, and none that was never read out', async () => {
    const code = await codeReadOut();
    const other = code === '123456' ? '654321' : '123456';
    expect((await request(server).post('/api/v1/pairings').send({ code: other, name: 'A' })).status).toBe(404);
    fixture.clock.nowMs += 11 * 60_000;
    expect((await request(server).post('/api/v1/pairings').send({ code, name: 'A' })).status).toBe(404);
    expect(await seeing()).toEqual([]);
  });

  it.each([
    {},
    { code: '12345', name: 'A' },
    { code: '123456' },
    { code: '123456', name: '' },
    { code: 123456, name: 'A' },
    { code: '123456', name: 'x'.repeat(61) },
  ])('says what is missing: %j', async (body) => {
    const reply = await request(server).post('/api/v1/pairings').send(body);
    expect(reply.status).toBe(400);
    expect(reply.body.detail).toMatch(/code|name/);
  });

  it('lets nobody try every code', async () => {
    const tries = await Promise.all(
      Array.from({ length: 15 }, (_, i) =>
        request(server)
          .post('/api/v1/pairings')
          .send({ code: String(200_000 + i), name: 'A' }),
      ),
    );
    expect(tries.filter(({ status }) => status === 429).length).toBe(5);
  });
});
