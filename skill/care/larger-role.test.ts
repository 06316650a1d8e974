/** Nobody gets more than the listener agreed to: an owner may ask for it, and the listener's word gives it. */
import request from 'supertest';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { type Browser, from, type HouseFixture, houseFixture } from './house.fixture.js';

const MINUTE = 60_000;
const PLAN = { when: 'weekdays 21:30', minutes: 40, intention: 'fall-asleep', approach: 'straight' };
const AT = '/api/v1/care/listeners/bedside';
const OWN = '/api/v1/care/own';

const houses: HouseFixture[] = [];
let house: HouseFixture;
let [olga, vera]: Browser[] = [];
beforeEach(async () => {
  house = await houseFixture();
  houses.push(house);
  olga = await house.joined('bedside', 'Olga', 'owner');
  vera = await house.joined('bedside', 'Vera', 'viewer');
  house.clock.nowMs += MINUTE;
});
afterAll(() => {
  for (const each of houses) each.remove();
});

const give = (role: string) =>
  request(house.app).patch(`${AT}/caregivers/${vera!.caregiver}`).set(from(olga!)).send({ role });
const plan = async () => (await request(house.app).post(`${AT}/routines`).set(from(vera!)).send(PLAN)).status;
const seen = async () => (await request(house.app).get(AT).set(from(vera!))).body;
/** What the bedside page shows the listener of Vera. */
const shown = async () =>
  (await request(house.app).get(OWN)).body.caregivers.find(({ name }: { name: string }) => name === 'Vera');
const answer = (body: object) => request(house.app).put(`${OWN}/caregivers/${vera!.caregiver}`).send(body);

describe('a larger role', () => {
  it('that an owner gives waits for the listener: until then it allows nothing, and nobody says that it was agreed to', async () => {
    const before = await seen();
    const { status, body } = await give('planner');
    expect([status, body.role, body.asked]).toEqual([200, 'viewer', 'planner']);
    expect(await plan()).toBe(403);
    expect(await seen()).toMatchObject({ role: 'viewer', consent: before.consent });
    expect(await shown()).toMatchObject({ role: 'viewer', asked: 'planner' });
  });

  it('holds with the listener’s tap, and the consent is of that moment', async () => {
    await give('planner');
    house.clock.nowMs += MINUTE;
    expect((await answer({ consent: true, role: 'planner' })).status).toBe(200);
    expect(await seen()).toMatchObject({ role: 'planner', consent: { atMs: house.clock.nowMs, how: 'tapped' } });
    expect(await plan()).toBe(201);
    expect(await shown()).not.toHaveProperty('asked');
  });

  it('is the one that the listener read, also where an owner asked for more in the meantime', async () => {
    await give('planner');
    await give('owner');
    await answer({ consent: true, role: 'planner' });
    expect(await shown()).toMatchObject({ role: 'planner' });
    expect((await request(house.app).post(`${AT}/invitations`).set(from(vera!)).send({ role: 'viewer' })).status).toBe(
      403,
    );
  });

  it('is asked for by a new code as well, which takes nothing away meanwhile', async () => {
    const made = await request(house.app).post(`${AT}/invitations`).set(from(olga!)).send({ role: 'owner' });
    const typed = await request(house.app)
      .post('/api/v1/care/codes')
      .set({ ...from(vera!), 'x-forwarded-for': '198.51.100.7' })
      .send({ code: made.body.code });
    expect(typed.status).toBe(201);
    expect(await seen()).toMatchObject({ role: 'viewer' });
    expect(await plan()).toBe(403);
    expect(await shown()).toMatchObject({ role: 'viewer', asked: 'owner' });
  });

  it('is asked for anew after an owner took it away; a smaller one holds at once', async () => {
    await answer({ role: 'planner' });
    expect(await plan()).toBe(201);
    await give('viewer');
    expect(await plan()).toBe(403);
    await give('planner');
    expect(await plan()).toBe(403);
    // Taken back before the listener said anything.
    await give('viewer');
    expect(await shown()).not.toHaveProperty('asked');
  });

  it('that the listener gives by their own word is told with the day of that word', async () => {
    house.clock.nowMs += 5 * MINUTE;
    await answer({ role: 'planner' });
    expect(await seen()).toMatchObject({ role: 'planner', consent: { atMs: house.clock.nowMs, how: 'tapped' } });
  });

  it('for somebody who is not let in yet is no consent', async () => {
    const { code } = await house.caregivers.invite('bedside', { role: 'viewer', how: null });
    const { account } = (await house.caregivers.redeem(code, { name: 'Willa' }))!;
    await request(house.app).put(`${OWN}/caregivers/${account.id}`).send({ role: 'owner' });
    const willa = await house.browserOf(account.id);
    expect((await request(house.app).get(AT).set(from(willa))).status).toBe(404);
  });
});
