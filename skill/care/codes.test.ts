/** Codes that are guessed, forged, or tried by a crowd; sessions that run out; names that want to be scripts. */
import request from 'supertest';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { MOST_WRONG_TRIES } from '../../engine/caregivers/invitation.js';
import { from, type HouseFixture, houseFixture, ORIGIN } from './house.fixture.js';
import { IDLE_CODE_MS, IDLE_PASSKEY_MS, LONGEST_MS } from './web-sessions.js';

const houses: HouseFixture[] = [];
let house: HouseFixture;
beforeEach(async () => {
  house = await houseFixture();
  houses.push(house);
});
afterAll(() => {
  for (const each of houses) each.remove();
});

const type = (code: string, address: string, name = 'Anna') =>
  request(house.app)
    .post('/api/v1/care/codes')
    .set({ host: 'bedside.test', origin: ORIGIN, 'x-forwarded-for': address })
    .send({ code, name });
const invite = () => house.caregivers.invite('bedside', { role: 'planner', how: 'spoken' });

describe('a code', () => {
  it('is not found by one stranger, who is stopped after ten tries and shuts nobody else out', async () => {
    const { code } = await invite();
    const tries = [];
    for (let i = 0; i < 14; i += 1) tries.push((await type(String(999_999 - i), '198.51.100.7')).status);
    expect(tries).toEqual([...Array(10).fill(404), ...Array(4).fill(429)]);
    // Also the right one is no longer heard from there.
    expect((await type(code, '198.51.100.7')).status).toBe(429);
    expect((await type(code, '198.51.100.8')).status).toBe(201);
  });

  it('is burned by a crowd, and a new one is simply asked for', async () => {
    const { code } = await invite();
    for (let i = 9; i < MOST_WRONG_TRIES; i += 1) await house.caregivers.redeem('999999', { name: 'X' });
    for (let i = 0; i < 9; i += 1) expect((await type('999999', `198.51.100.${100 + i}`)).status).toBe(404);
    expect((await type(code, '198.51.100.8')).status).toBe(404);
    expect((await type((await invite()).code, '198.51.100.8')).status).toBe(201);
  });

  it.each(['98765', '9876543', '98765a', '１２３４５６', '-98765', '      ', '../../', ''])(
    'is six digits, not %j',
    async (code) => {
      const { status, body } = await type(code, '198.51.100.9');
      expect(status).toBe(400);
      expect(body.detail).not.toContain(code || 'nothing');
    },
  );

  it.each([
    ['far too long', `{"code":"123456","name":"${'a'.repeat(100_000)}"}`, 413, 'too-large'],
    ['cut off', '{"code":', 400, 'bad-input'],
  ])(
    'in a body that is %s is refused by a name that a page of any language can tell',
    async (_what, body, status, code) => {
      const answer = await request(house.app)
        .post('/api/v1/care/codes')
        .set({ host: 'bedside.test', origin: ORIGIN, 'content-type': 'application/json' })
        .send(body);
      expect([answer.status, answer.body.code]).toEqual([status, code]);
    },
  );

  it('makes a session of its own: bits that nobody can guess, for this browser and no script', async () => {
    const { code } = await invite();
    const { headers, body } = await type(code, '198.51.100.8');
    const [cookie] = headers['set-cookie'] as unknown as string[];
    expect(cookie).toMatch(/^emoheal-care=[A-Za-z0-9_-]{43}; .*HttpOnly; SameSite=Strict/);
    expect(cookie).not.toMatch(/Secure/);
    const token = /=([^;]+)/.exec(cookie!)![1]!;
    for (const records of house.kept.values()) expect(JSON.stringify(await records.read())).not.toContain(token);
    expect(JSON.stringify(body)).not.toContain(token);
  });

  it('comes over https with a cookie for https alone', async () => {
    const secure = await houseFixture({ publicUrl: 'https://care.example.org' });
    houses.push(secure);
    const { code } = await secure.caregivers.invite('bedside', { role: 'viewer', how: 'spoken' });
    const { headers } = await request(secure.app)
      .post('/api/v1/care/codes')
      .set({ host: 'care.example.org', origin: 'https://care.example.org', 'x-forwarded-proto': 'https' })
      .send({ code, name: 'Anna' });
    expect(headers['set-cookie']![0]).toMatch(/^__Host-emoheal-care=.*Path=\/; .*HttpOnly; Secure; SameSite=Strict/);
  });

  it('adds a listener to an account that is signed in, with its token only', async () => {
    const anna = await house.joined('bedside', 'Anna', 'viewer');
    const { code } = await house.caregivers.invite('attic', { role: 'planner', how: 'tapped' });
    const { 'x-emoheal-csrf': _csrf, ...forged } = from(anna);
    await request(house.app).post('/api/v1/care/codes').set(forged).send({ code }).expect(403);
    const { body } = await request(house.app)
      .post('/api/v1/care/codes')
      .set(from(anna))
      .send({ code, called: 'Uncle' })
      .expect(201);
    expect(body.id).toBe(anna.caregiver);
    expect(body.links).toMatchObject([
      { listener: 'bedside' },
      { listener: 'attic', called: 'Uncle', role: 'planner' },
    ]);
  });
});

describe('a session', () => {
  const me = (browser: Parameters<typeof from>[0]) => request(house.app).get('/api/v1/care/me').set(from(browser));

  it('holds half an hour after a passkey, a week after a code, and no longer than thirty days', async () => {
    const byCode = await house.joined('bedside', 'Anna', 'viewer');
    const byKey = await house.browserOf(byCode.caregiver, 'passkey');
    house.clock.nowMs += IDLE_PASSKEY_MS - 1;
    await me(byKey).expect(200);
    house.clock.nowMs += IDLE_PASSKEY_MS - 1;
    await me(byKey).expect(200);
    // What a page asks by itself keeps nothing alive.
    house.clock.nowMs += IDLE_PASSKEY_MS - 1;
    await request(house.app).get('/api/v1/care/now').set(from(byKey)).expect(200);
    house.clock.nowMs += 2;
    await me(byKey).expect(401);
    await me(byCode).expect(200);
    const beganMs = house.clock.nowMs;
    while (house.clock.nowMs + IDLE_CODE_MS - 1 < beganMs - 2 * IDLE_PASSKEY_MS + LONGEST_MS - IDLE_CODE_MS) {
      house.clock.nowMs += IDLE_CODE_MS - 1;
      await me(byCode).expect(200);
    }
    house.clock.nowMs += IDLE_CODE_MS - 1;
    await me(byCode);
    house.clock.nowMs += IDLE_CODE_MS - 1;
    await me(byCode).expect(401);
  });

  it('is seen and ended from another device, and all of them at once', async () => {
    const [here, there] = [await house.joined('bedside', 'Anna', 'viewer')].flatMap((each) => [each, each]);
    const other = await house.browserOf(there!.caregiver);
    const { body } = await request(house.app).get('/api/v1/care/sessions').set(from(here!));
    expect(body.sessions.length).toBe(2);
    const id = body.sessions.find((each: { here: boolean }) => !each.here).id;
    await request(house.app).delete(`/api/v1/care/sessions/${id}`).set(from(here!)).expect(204);
    await me(other).expect(401);
    await me(here!).expect(200);
    await request(house.app).post('/api/v1/care/sign-out-everywhere').set(from(here!)).expect(204);
    await me(here!).expect(401);
  });

  it('of one caregiver ends none of another', async () => {
    const [anna, ben] = [
      await house.joined('bedside', 'Anna', 'owner'),
      await house.joined('bedside', 'Ben', 'viewer'),
    ];
    const { body } = await request(house.app).get('/api/v1/care/sessions').set(from(ben));
    await request(house.app).delete(`/api/v1/care/sessions/${body.sessions[0].id}`).set(from(anna)).expect(204);
    await me(ben).expect(200);
  });
});

describe('what is asked twice under one key', () => {
  const plan = { when: 'daily 21:30', minutes: 40 };
  const at = '/api/v1/care/listeners/bedside/routines';
  it('is done once, and another caregiver with the same key gets their own', async () => {
    const [anna, ben] = [
      await house.joined('bedside', 'Anna', 'planner'),
      await house.joined('bedside', 'Ben', 'planner'),
    ];
    const ask = (who: typeof anna) =>
      request(house.app)
        .post(at)
        .set({ ...from(who), 'idempotency-key': 'same' })
        .send(plan);
    const [first, again, other] = [await ask(anna), await ask(anna), await ask(ben)];
    expect(again.body.id).toBe(first.body.id);
    expect(other.body.id).not.toBe(first.body.id);
    // An earlier answer is no way around a consent that was taken back.
    await house.caregivers.stopSharing('bedside', anna.caregiver);
    expect((await ask(anna)).status).toBe(404);
  });
});

describe('the answer', () => {
  it('holds nothing of what a listener said or felt, nor of their taste', async () => {
    const viewer = await house.joined('bedside', 'Anna', 'owner');
    await house.routines.add('bedside', { when: 'daily 21:30', zone: 'UTC' });
    const { body } = await request(house.app).get('/api/v1/care/listeners/bedside').set(from(viewer)).expect(200);
    const keys = JSON.stringify(body).match(/"\w+":/g)!;
    expect(keys.join()).not.toMatch(/text|feel|reading|utter|emotion|valence|taste|because|session/i);
    await request(house.app)
      .post('/api/v1/care/listeners/bedside/preview')
      .set(from(viewer))
      .send({ when: 'daily 21:30' })
      .expect(200);
    expect(house.prepared.at(-1)).not.toHaveProperty('listener');
  });

  it.each([
    ['2026-02-31 20:00', /no 2026-02-31/],
    ['0 0 31 2 *', /never comes/],
    ['* * * * *', /more than/],
  ])('says what is wrong with a plan for %j', async (when, says) => {
    const planner = await house.joined('bedside', 'Anna', 'planner');
    const { status, body } = await request(house.app)
      .post('/api/v1/care/listeners/bedside/routines')
      .set(from(planner))
      .send({ when });
    expect(status).toBe(400);
    expect(body.detail).toMatch(says);
  });

  it.each(['\u0000', 'a\u202eb', '', '   ', 'x'.repeat(61), '\n'])('knows no caregiver called %j', async (name) => {
    expect((await type((await invite()).code, '198.51.100.8', name)).status).toBe(400);
  });
});
