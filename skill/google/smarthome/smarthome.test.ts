/** The bedside speaker in Google's smart home: linked by a code that is read out at home, steered, reported. */
import { randomBytes, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { smarthome } from 'actions-on-google';
import express from 'express';
import { exportPKCS8, exportSPKI, generateKeyPair, importSPKI, jwtVerify } from 'jose';
import request from 'supertest';
import { afterEach, describe, expect, it } from 'vitest';
import { createMemoryRecords } from '../../../engine/records.js';
import { makeRoutine } from '../../../engine/routines/routine.js';
import { positionAt } from '../../../engine/session.js';
import { skillFixture } from '../../alexa/skill.fixture.js';
import { createRunningSession } from '../../house/running-session.js';
import { problemHandler } from '../../http/problems.js';
import { SPEAKER_ID } from './home.js';
import type { GoogleLink } from './links.js';
import { openHome } from './open-home.js';
import { createReport, type Report } from './report-state.js';
import { homeRoutes } from './route.js';
import { createSpeaker } from './speaker.js';

const CLIENT = {
  clientId: 'google-client',
  clientSecret: 'a client secret of more than thirty-two characters',
  projectId: 'my-house-1234',
};
const REDIRECT = `https://oauth-redirect.googleusercontent.com/r/${CLIENT.projectId}`;
const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function house(report?: Report) {
  const base = await skillFixture();
  const { clock, store } = base;
  const running = createRunningSession((session) => positionAt(session, clock.nowMs));
  const service = running.around(base.service);
  const records = createMemoryRecords<GoogleLink>();
  const speaker = createSpeaker();
  const faults: unknown[] = [];
  const routine = makeRoutine(
    { when: 'weekdays 21:30', zone: 'UTC', name: 'After the late shift', minutes: 25, intention: 'let-it-out' },
    { id: 'r1', listener: 'anna', nowMs: clock.nowMs },
  );
  const home = openHome({
    client: CLIENT,
    records,
    key: randomBytes(32),
    service: async () => service,
    running,
    speaker,
    routines: async (listener) => (listener === 'anna' ? [routine] : []),
    ...(report ? { report } : {}),
    nowMs: () => clock.nowMs,
    onFault: (error) => faults.push(error),
  });
  closing.push(() => home.close());
  const app = express();
  app.set('trust proxy', 'loopback');
  app.use(homeRoutes(home.door));
  app.use(problemHandler((error) => faults.push(error)));

  /** The page as the Google Home app opens it, and what was typed there. */
  const wish = (changes: Record<string, string> = {}) => ({
    client_id: CLIENT.clientId,
    redirect_uri: REDIRECT,
    response_type: 'code',
    state: 'of-google',
    scope: 'home',
    ...changes,
  });
  let callers = 0;
  const approve = (code: string, changes: Record<string, string> = {}) => {
    callers += 1;
    return (
      request(app)
        .post('/oauth/authorize')
        // Tries are counted by address: each test's caller is another.
        .set('x-forwarded-for', `203.0.113.${callers}`)
        .type('form')
        .send({ ...wish(changes), code })
    );
  };
  const token = (body: Record<string, string>) =>
    request(app)
      .post('/oauth/token')
      .type('form')
      .send({ client_id: CLIENT.clientId, client_secret: CLIENT.clientSecret, ...body });
  const change = (code: string) => token({ grant_type: 'authorization_code', code, redirect_uri: REDIRECT });
  async function codeFor(listener: string): Promise<string> {
    const answer = await approve(await home.door.links.sayCode(listener));
    expect(answer.status).toBe(303);
    const to = new URL(answer.headers.location!);
    expect(`${to.origin}${to.pathname}`).toBe(REDIRECT);
    expect(to.searchParams.get('state')).toBe('of-google');
    return to.searchParams.get('code')!;
  }
  async function link(listener: string) {
    const { body } = await change(await codeFor(listener));
    return body as { access_token: string; refresh_token: string; expires_in: number; token_type: string };
  }
  const send = (accessToken: string, body: unknown) =>
    request(app)
      .post('/smarthome')
      .set({ authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' })
      .send(typeof body === 'string' ? body : JSON.stringify(body));
  const ask = (accessToken: string, intent: string, payload?: object, requestId: string = randomUUID()) =>
    send(accessToken, { requestId, inputs: [{ intent: `action.devices.${intent}`, ...(payload ? { payload } : {}) }] });
  const execute = async (accessToken: string, id: string, command: string, params: object = {}, requestId?: string) => {
    const { body } = await ask(
      accessToken,
      'EXECUTE',
      { commands: [{ devices: [{ id }], execution: [{ command: `action.devices.commands.${command}`, params }] }] },
      requestId,
    );
    return body.payload.commands[0];
  };
  return {
    app,
    clock,
    store,
    running,
    speaker,
    records,
    faults,
    home,
    wish,
    approve,
    token,
    change,
    codeFor,
    link,
    send,
    ask,
    execute,
  };
}

describe('linking an account', () => {
  it('says of a request for a token that is none what is wrong, and never that it is well', async () => {
    const { app } = await house();
    for (const [type, body] of [
      ['form', ''],
      ['json', '{}'],
      ['text/plain', 'hello'],
    ] as const) {
      const answer = await request(app).post('/oauth/token').type(type).send(body);
      expect([type, answer.status]).toEqual([
        type,
        expect.toSatisfy((status: number) => status >= 400 && status < 500),
      ]);
      expect(answer.body).toMatchObject({ error: expect.stringMatching(/^[a-z_]+$/) });
    }
  });

  it('shows a page that asks for the code of the house, to Google’s client only', async () => {
    const { app, wish } = await house();
    const page = await request(app)
      .get('/oauth/authorize')
      .query(wish({ state: '"><script>' }));
    expect(page.status).toBe(200);
    expect(page.text).toContain('&quot;&gt;&lt;script&gt;');
    expect(page.headers['content-security-policy']).toContain("frame-ancestors 'none'");
    for (const wrong of [
      { client_id: 'another' },
      { redirect_uri: 'https://elsewhere.example/r/my-house-1234' },
      { redirect_uri: `${REDIRECT}/..` },
      { response_type: 'token' },
      { scope: 'everything' },
      { scope: '' },
      { scope: 'home everything' },
      { state: '' },
    ] as Record<string, string>[]) {
      const answer = await request(app).get('/oauth/authorize').query(wish(wrong));
      expect(answer.status, JSON.stringify(wrong)).toBe(400);
      expect(answer.headers.location).toBeUndefined();
    }
  });

  it('gives tokens for a code that was said at home, once, and to who knows the secret', async () => {
    const { codeFor, change, token } = await house();
    const code = await codeFor('anna');
    const guessed = await token({
      grant_type: 'authorization_code',
      code,
      redirect_uri: REDIRECT,
      client_secret: 'wrong',
    });
    expect([guessed.status, guessed.body.error]).toEqual([400, 'invalid_client']);
    const elsewhere = await token({
      grant_type: 'authorization_code',
      code,
      redirect_uri: REDIRECT.replace('redirect.', 'redirect-sandbox.'),
    });
    expect(elsewhere.body.error).toBe('invalid_request');
    // A code that came with a wrong address is worth nothing any more.
    const { body, headers } = await change(await codeFor('anna'));
    expect(body).toMatchObject({ token_type: 'Bearer' });
    expect(body.expires_in).toBeGreaterThan(3500);
    expect(headers['cache-control']).toBe('no-store');
  });

  it('takes a code of the house for ten minutes and once', async () => {
    const { home, approve, clock } = await house();
    const { links } = home.door;
    const said = await links.sayCode('anna');
    expect((await approve('000000')).status).toBe(403);
    clock.nowMs += 11 * 60_000;
    expect((await approve(said)).status).toBe(403);
    const fresh = await links.sayCode('anna');
    expect((await approve(fresh)).status).toBe(303);
    expect((await approve(fresh)).status).toBe(403);
  });

  it('ends the link where a code of Google’s is played twice', async () => {
    const { codeFor, change, ask } = await house();
    const code = await codeFor('anna');
    const { body } = await change(code);
    expect((await ask(body.access_token, 'SYNC')).status).toBe(200);
    const again = await change(code);
    expect([again.status, again.body.error]).toEqual([400, 'invalid_grant']);
    expect((await ask(body.access_token, 'SYNC')).status).toBe(401);
    const twice = await codeFor('anna');
    const both = await Promise.all([change(twice), change(twice)]);
    expect(both.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(1);
  });

  it('renews what is over, and lets go at DISCONNECT', async () => {
    const { link, token, ask, clock } = await house();
    const { access_token: access, refresh_token: refresh } = await link('anna');
    clock.nowMs += 3601_000;
    expect((await ask(access, 'SYNC')).status).toBe(401);
    const renewed = await token({ grant_type: 'refresh_token', refresh_token: refresh });
    const { access_token: next } = renewed.body;
    expect((await ask(next, 'SYNC')).status).toBe(200);
    expect((await ask(next, 'DISCONNECT')).body).toEqual({});
    expect((await ask(next, 'SYNC')).status).toBe(401);
    expect((await token({ grant_type: 'refresh_token', refresh_token: refresh })).body.error).toBe('invalid_grant');
  });

  it('keeps no code and no token in the clear', async () => {
    const { home, link, records } = await house();
    const said = await home.door.links.sayCode('bela');
    const { access_token: access, refresh_token: refresh } = await link('anna');
    const kept = JSON.stringify(await records.read());
    for (const secret of [said, access, refresh]) expect(kept).not.toContain(secret);
  });

  it('lets nobody guess', async () => {
    const { app, wish } = await house();
    const statuses = [];
    for (let i = 0; i < 12; i += 1) {
      const answer = await request(app)
        .post('/oauth/authorize')
        .type('form')
        .send({ ...wish(), code: '123456' });
      statuses.push(answer.status);
    }
    expect(statuses.slice(0, 10).every((status) => status === 403)).toBe(true);
    expect(statuses.slice(10)).toEqual([503, 503]);
  });
});

describe('the smart home', () => {
  it('is open to linked accounts with the scope only', async () => {
    const { app, ask, link, records } = await house();
    expect((await request(app).post('/smarthome').send({})).status).toBe(401);
    expect((await ask('rubbish', 'SYNC')).status).toBe(401);
    const { access_token: access } = await link('anna');
    await records.change((all) => {
      for (const each of Object.values(all)) if (each.kind === 'access') each.scope = [];
    });
    const short = await ask(access, 'SYNC');
    expect([short.status, short.headers['www-authenticate']]).toEqual([
      403,
      'Bearer error="insufficient_scope", scope="home"',
    ]);
  });

  it('shows the speaker, two scenes and the routines of its listener', async () => {
    const { ask, link } = await house();
    const { body } = await ask((await link('anna')).access_token, 'SYNC', undefined, 'one');
    expect(body.requestId).toBe('one');
    const { devices, agentUserId } = body.payload;
    expect(agentUserId).toMatch(/^[0-9a-f]{32}$/);
    expect(devices.map(({ id }: { id: string }) => id)).toEqual([
      SPEAKER_ID,
      'scene-bedtime',
      'scene-calm-down',
      'scene-routine-r1',
    ]);
    expect(devices.at(-1).name.name).toBe('After the late shift');
    const other = await ask((await link('bela')).access_token, 'SYNC');
    expect(other.body.payload.devices).toHaveLength(3);
    expect(other.body.payload.agentUserId).not.toBe(agentUserId);
  });

  it('begins a scene once, however often it is asked, and the speaker says that it plays', async () => {
    const { ask, link, execute, store, speaker, running } = await house();
    const { access_token: access } = await link('anna');
    const same = await Promise.all(
      [1, 2, 3].map(() => execute(access, 'scene-bedtime', 'ActivateScene', { deactivate: false }, 'night')),
    );
    expect(same.every(({ status }) => status === 'SUCCESS')).toBe(true);
    const ids = await store.ids();
    expect(ids).toHaveLength(1);
    expect(speaker.state().wanted).toBe(ids[0]);
    expect(running.latest()!.session).toMatchObject({ listener: 'anna', plan: { intention: 'fall-asleep' } });
    const { body } = await ask(access, 'QUERY', {
      devices: [{ id: SPEAKER_ID }, { id: 'scene-bedtime' }, { id: 'lamp' }],
    });
    expect(body.payload.devices).toEqual({
      [SPEAKER_ID]: {
        status: 'SUCCESS',
        online: true,
        playbackState: 'PLAYING',
        activityState: 'ACTIVE',
        currentVolume: 80,
        isMuted: false,
      },
      'scene-bedtime': { status: 'SUCCESS', online: true },
      lamp: { status: 'ERROR', online: false, errorCode: 'deviceNotFound' },
    });
    expect((await execute(access, 'scene-bedtime', 'ActivateScene', { deactivate: true })).states.playbackState).toBe(
      'STOPPED',
    );
  });

  it('begins a routine as its listener made it', async () => {
    const { link, execute, running } = await house();
    await execute((await link('anna')).access_token, 'scene-routine-r1', 'ActivateScene', { deactivate: false });
    expect(running.latest()!.session.plan).toMatchObject({ intention: 'let-it-out', minutes: 25 });
    expect(await execute((await link('bela')).access_token, 'scene-routine-r1', 'ActivateScene')).toMatchObject({
      errorCode: 'deviceNotFound',
    });
  });

  it('pauses, goes on, skips and stops what plays, and nobody else’s', async () => {
    const { link, execute } = await house();
    const { access_token: anna } = await link('anna');
    const { access_token: bela } = await link('bela');
    expect(await execute(anna, SPEAKER_ID, 'mediaPause')).toMatchObject({
      status: 'ERROR',
      errorCode: 'alreadyStopped',
    });
    await execute(anna, 'scene-calm-down', 'ActivateScene', { deactivate: false });
    expect(await execute(bela, SPEAKER_ID, 'mediaPause')).toMatchObject({ errorCode: 'alreadyStopped' });
    const states = [];
    for (const command of ['mediaPause', 'mediaPause', 'mediaResume', 'mediaNext', 'mediaStop'])
      states.push(await execute(anna, SPEAKER_ID, command));
    expect(states.map(({ errorCode, states: told }) => errorCode ?? told.playbackState)).toEqual([
      'PAUSED',
      'alreadyInState',
      'PLAYING',
      'PLAYING',
      'STOPPED',
    ]);
  });

  it('sets the volume within its bounds', async () => {
    const { link, execute, speaker } = await house();
    const { access_token: access } = await link('anna');
    await execute(access, SPEAKER_ID, 'setVolume', { volumeLevel: 20 });
    await execute(access, SPEAKER_ID, 'volumeRelative', { relativeSteps: -2 });
    expect(speaker.state().volume).toBe(10);
    expect((await execute(access, SPEAKER_ID, 'mute', { mute: true })).states.isMuted).toBe(true);
    for (const [command, params, code] of [
      ['setVolume', { volumeLevel: 101 }, 'valueOutOfRange'],
      ['setVolume', { volumeLevel: 'loud' }, 'valueOutOfRange'],
      ['volumeRelative', {}, 'protocolError'],
      ['mute', { mute: 'yes' }, 'protocolError'],
      ['OnOff', { on: true }, 'functionNotSupported'],
    ] as const)
      expect(await execute(access, SPEAKER_ID, command, params)).toMatchObject({ status: 'ERROR', errorCode: code });
    expect(speaker.state()).toMatchObject({ volume: 10, muted: true });
  });

  it.each([
    '',
    '{',
    'null',
    '[]',
    '7',
    '{}',
    '{"requestId":"1","inputs":[]}',
    '{"requestId":"1","inputs":[{"intent":"action.devices.OTHER"}]}',
    '{"requestId":"1","inputs":[{"intent":"action.devices.QUERY"}]}',
  ])('sends %s back as bad input', async (body) => {
    const { link, send, faults } = await house();
    expect((await send((await link('anna')).access_token, body)).status).toBe(400);
    expect(faults).toEqual([]);
  });

  it('speaks as Google’s own library lets a house speak', async () => {
    const { link, ask } = await house();
    const { access_token: access } = await link('anna');
    const ours = await ask(access, 'SYNC', undefined, 'compared');
    const app = smarthome();
    app.onSync(() => ({ requestId: 'compared', payload: ours.body.payload }));
    const theirs = await app.handler({ requestId: 'compared', inputs: [{ intent: 'action.devices.SYNC' }] }, {});
    expect(ours.body).toEqual(JSON.parse(JSON.stringify(theirs.body)));
  });
});

describe('reports of the state', () => {
  it('tell Google of each change once, by a token of the service account, and only where an account is linked', async () => {
    const keys = await generateKeyPair('RS256', { extractable: true });
    const posted: { path: string; body: string; authorization?: string | undefined }[] = [];
    const google = createServer((incoming, outgoing) => {
      let body = '';
      incoming.on('data', (chunk) => {
        body += chunk;
      });
      incoming.on('end', () => {
        posted.push({ path: incoming.url!, body, authorization: incoming.headers.authorization });
        outgoing.setHeader('content-type', 'application/json');
        outgoing.end(JSON.stringify(incoming.url === '/token' ? { access_token: 'of-google', expires_in: 3600 } : {}));
      });
    });
    await new Promise<void>((resolve) => google.listen(0, '127.0.0.1', resolve));
    closing.push(() => new Promise((resolve) => google.close(resolve)));
    const url = `http://127.0.0.1:${(google.address() as AddressInfo).port}`;
    const nowMs = Date.now();
    const report = createReport({
      account: {
        client_email: 'house@my-house-1234.iam.gserviceaccount.com',
        private_key: await exportPKCS8(keys.privateKey),
        token_uri: `${url}/token`,
      },
      nowMs: () => nowMs,
      newId: () => 'report',
      homegraphUrl: url,
    });
    const { link, execute, speaker, home, ask, faults } = await house(report);
    speaker.change({ volume: 50 });
    await home.reported();
    expect(posted).toEqual([]);

    const { access_token: access } = await link('anna');
    await execute(access, 'scene-bedtime', 'ActivateScene', { deactivate: false });
    await home.reported();
    speaker.change({ volume: 50 });
    await home.reported();
    await execute(access, SPEAKER_ID, 'mediaPause');
    await home.reported();
    expect(faults).toEqual([]);
    const [token, ...reports] = posted;
    const form = new URLSearchParams(token!.body);
    expect(form.get('grant_type')).toBe('urn:ietf:params:oauth:grant-type:jwt-bearer');
    const { payload } = await jwtVerify(
      form.get('assertion')!,
      await importSPKI(await exportSPKI(keys.publicKey), 'RS256'),
      { audience: `${url}/token` },
    );
    expect(payload).toMatchObject({
      iss: 'house@my-house-1234.iam.gserviceaccount.com',
      scope: 'https://www.googleapis.com/auth/homegraph',
    });
    expect(
      reports.every(
        ({ path, authorization }) =>
          path === '/v1/devices:reportStateAndNotification' && authorization === 'Bearer of-google',
      ),
    ).toBe(true);
    const { agentUserId } = (await ask(access, 'SYNC')).body.payload;
    const told = reports.map(({ body }) => JSON.parse(body));
    expect(told.every((each) => each.agentUserId === agentUserId && each.requestId === 'report')).toBe(true);
    expect(told.map((each) => each.payload.devices.states[SPEAKER_ID].playbackState)).toEqual(['PLAYING', 'PAUSED']);
  });

  it('that fail are told to nobody but the operator, and the speaker plays on', async () => {
    const { link, execute, home, faults } = await house(() => Promise.reject(new Error('no way to Google')));
    const { access_token: access } = await link('anna');
    expect((await execute(access, 'scene-bedtime', 'ActivateScene', { deactivate: false })).status).toBe('SUCCESS');
    await home.reported();
    expect(faults.length).toBeGreaterThan(0);
  });
});
