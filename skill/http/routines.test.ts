import express from 'express';
import request from 'supertest';
import { beforeEach, describe, expect, it } from 'vitest';
import { createMemoryRecords } from '../../engine/records.js';
import type { Routine } from '../../engine/routines/routine.js';
import { createRoutines } from '../../engine/routines/routines.js';
import { createRoutineRunner } from '../../engine/routines/runner.js';
import { problemHandler } from './problems.js';
import { routineRoutes } from './routines.js';

const NOON = Date.parse('2026-01-15T12:00Z');
const EVENING = { when: 'weekdays 21:30', minutes: 40, intention: 'fall-asleep' };
let app: express.Express;
let tick: (nowMs: number) => Promise<void>;
beforeEach(() => {
  let ids = 0;
  const book = createMemoryRecords<Routine[]>();
  const routines = createRoutines({ book, nowMs: () => NOON, newId: () => `r${ids++}` });
  tick = (nowMs) => createRoutineRunner({ book, nowMs: () => nowMs, start: async () => {} }).tick();
  app = express();
  app.use(routineRoutes({ routines: async () => routines, look: () => tick(NOON), zone: () => 'Europe/Berlin' }));
  app.use(problemHandler(() => {}));
});
const add = (body: object = EVENING) => request(app).post('/api/v1/routines').send(body);

describe('routines over HTTP', () => {
  it('one is made, listed with its next time, changed and removed', async () => {
    const made = await add().expect(201);
    expect(made.headers.location).toBe('/api/v1/routines/r0');
    expect(made.body).toMatchObject({ when: '30 21 * * 1-5', next: '2026-01-15T20:30:00.000Z', enabled: true });
    await request(app).patch('/api/v1/routines/r0').send({ when: 'daily 22:00', zone: 'UTC' }).expect(200);
    const { body } = await request(app).get('/api/v1/routines').expect(200);
    expect(body.routines).toMatchObject([{ id: 'r0', minutes: 40, next: '2026-01-15T22:00:00.000Z' }]);
    await request(app).delete('/api/v1/routines/r0').expect(204);
    await request(app).delete('/api/v1/routines/r0').expect(204);
    expect((await request(app).get('/api/v1/routines')).body).toEqual({ routines: [] });
  });

  it('tonight is skipped or put off; what it began can be found by the speaker', async () => {
    await add();
    const put = await request(app).post('/api/v1/routines/r0/snooze').send({ minutes: 20 }).expect(200);
    expect(put.body.next).toBe('2026-01-15T20:50:00.000Z');
    // At its old time it waits; twenty minutes later it begins.
    await tick(Date.parse('2026-01-15T20:30:00Z'));
    expect((await request(app).get('/api/v1/routines/started')).body).toEqual({ started: null });
    await tick(Date.parse('2026-01-15T20:50:00Z'));
    expect((await request(app).get('/api/v1/routines/started')).body.started).toMatchObject({
      sessionId: `routine-r0-${Date.parse('2026-01-15T20:30:00Z')}`,
      planned: '2026-01-15T20:30:00.000Z',
    });
    expect((await request(app).post('/api/v1/routines/r0/skip').send({})).body.skipped).toBe(true);
  });

  it('one can be begun at once, also one that is switched off, and goes on as before', async () => {
    await add();
    await request(app).patch('/api/v1/routines/r0').send({ enabled: false }).expect(200);
    const { body } = await request(app).post('/api/v1/routines/r0/start').send({}).expect(200);
    expect(body.history).toMatchObject([{ plannedMs: NOON, outcome: 'started', sessionId: `routine-r0-${NOON}` }]);
    expect(body.next).toBeNull();
    await request(app).post('/api/v1/routines/r1/start').send({}).expect(404);
    await request(app).post('/api/v1/routines/r0/start').send({ listener: 'ben' }).expect(404);
  });

  it('a nap comes once', async () => {
    const nap = await request(app).post('/api/v1/routines/nap').send({ inMinutes: 25, minutes: 20 }).expect(201);
    expect(nap.body.next).toBe('2026-01-15T12:25:00.000Z');
  });

  it('asked twice under one key, one is made', async () => {
    for (let i = 0; i < 2; i += 1) await add().set('Idempotency-Key', 'same').expect(201);
    expect((await request(app).get('/api/v1/routines')).body.routines).toHaveLength(1);
  });

  it.each([
    [{ when: '2026-02-31 20:00' }, 'There is no 2026-02-31'],
    [{ when: '30 21 31 2 *' }, 'never comes'],
    [{ when: '* * * * *' }, 'more than 6 times'],
    [{ when: 'daily 21:30', zone: 'Nowhere/X' }, 'no such time zone'],
    [{ when: 'daily 21:30', minutes: 1000 }, 'minutes'],
    [{ when: 'daily 21:30', listener: '<script>' }, 'listener'],
    [{ when: 'daily 21:30', wake: { at: '99:99' } }, 'no time of day'],
    [{ when: 'daily 21:30', surprise: 1 }, 'surprise'],
    [{}, 'when'],
  ])('%j is refused as a problem document that says why', async (body, why) => {
    const { status, type, body: problem } = await add(body);
    expect([status, type]).toEqual([400, 'application/problem+json']);
    expect(problem.detail).toContain(why);
  });

  it("another listener's routine is not found, whatever is asked of it", async () => {
    await add({ ...EVENING, listener: 'anna' });
    const ben = { listener: 'ben' };
    await request(app)
      .patch('/api/v1/routines/r0')
      .send({ ...ben, minutes: 5 })
      .expect(404);
    await request(app).post('/api/v1/routines/r0/skip').send(ben).expect(404);
    await request(app)
      .post('/api/v1/routines/r0/snooze')
      .send({ ...ben, minutes: 5 })
      .expect(404);
    await request(app).delete('/api/v1/routines/r0?listener=ben').expect(204);
    expect((await request(app).get('/api/v1/routines?listener=anna')).body.routines).toHaveLength(1);
  });
});
