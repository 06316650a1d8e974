/** The rules of the house over HTTP: whole, checked at the door, and each listener's own. */
import express from 'express';
import request from 'supertest';
import { describe, expect, it } from 'vitest';
import { createMemoryRules } from '../../engine/listeners/rules-book.js';
import { houseRulesRoutes } from './house-rules.js';
import { problemHandler } from './problems.js';

function house(at = '2026-01-15T23:00Z') {
  const book = createMemoryRules();
  const app = express();
  app.use(houseRulesRoutes({ rules: async () => book, nowMs: () => Date.parse(at) }));
  app.use(problemHandler(() => {}));
  return { book, app };
}
const quietHours = { from: '22:30', until: '06:00', zone: 'Europe/Berlin' };

describe('house rules', () => {
  it('are settled as a whole, shown with whether it is quiet now, and cleared', async () => {
    const { app } = house();
    expect((await request(app).get('/api/v1/house-rules')).body).toEqual({
      listener: 'bedside',
      rules: {},
      quietNow: false,
    });
    const wish = { loudnessCapLufs: -30, quietHours, banned: { styles: ['rain'] } };
    const put = await request(app).put('/api/v1/house-rules?listener=anna').send(wish).expect(200);
    expect(put.body).toEqual({
      listener: 'anna',
      rules: { ...wish, banned: { styles: ['rain'], trackIds: [] } },
      quietNow: true,
    });
    expect((await request(app).get('/api/v1/house-rules?listener=anna')).body).toEqual(put.body);
    expect((await request(app).get('/api/v1/house-rules')).body.rules).toEqual({});
    await request(app).put('/api/v1/house-rules?listener=anna').send({ loudnessCapLufs: -20 }).expect(200);
    expect((await request(app).get('/api/v1/house-rules?listener=anna')).body.rules).toEqual({ loudnessCapLufs: -20 });
    await request(app).delete('/api/v1/house-rules?listener=anna').expect(200);
    expect((await request(app).get('/api/v1/house-rules?listener=anna')).body.rules).toEqual({});
  });

  it('that settle nothing are not kept', async () => {
    const { app, book } = house();
    await request(app).put('/api/v1/house-rules').send({ loudnessCapLufs: -20 }).expect(200);
    await request(app).put('/api/v1/house-rules').send({}).expect(200);
    expect(await book.load('bedside')).toBeNull();
    // Also where the last of them was a greeting that a caregiver took away.
    await book.save('bedside', { greeting: { id: 'g1', durationSec: 5 } });
    await book.save('bedside', {});
    expect(await book.load('bedside')).toBeNull();
  });

  it.each([
    [{ loudnessCapLufs: 3 }],
    [{ loudnessCapLufs: -60 }],
    [{ quietHours: { ...quietHours, from: '25:00' } }],
    [{ quietHours: { ...quietHours, zone: 'Nowhere/Else' } }],
    [{ banned: { trackIds: Array.from({ length: 501 }, (_, i) => `t${i}`) } }],
    [{ louder: true }],
    [{ greeting: { id: 'another', durationSec: 5 } }],
  ])('refuse %j and keep what was settled before', async (wish) => {
    const { app, book } = house();
    await book.save('bedside', { loudnessCapLufs: -25 });
    const { body } = await request(app).put('/api/v1/house-rules').send(wish).expect(400);
    expect(body).toMatchObject({ code: 'bad-input' });
    expect(await book.load('bedside')).toEqual({ loudnessCapLufs: -25 });
  });

  it('leave the greeting that was recorded where it is', async () => {
    const { app, book } = house();
    const greeting = { id: 'g1', durationSec: 5 };
    await book.save('bedside', { greeting });
    await request(app).put('/api/v1/house-rules').send({ greeting, loudnessCapLufs: -30 }).expect(200);
    expect(await book.load('bedside')).toEqual({ greeting, loudnessCapLufs: -30 });
    await request(app).put('/api/v1/house-rules').send({ loudnessCapLufs: -20 }).expect(200);
    expect(await book.load('bedside')).toEqual({ greeting, loudnessCapLufs: -20 });
    await request(app).delete('/api/v1/house-rules').expect(200);
    expect(await book.load('bedside')).toEqual({ greeting });
  });

  it('are of a listener with a name', async () => {
    await request(house().app)
      .get(`/api/v1/house-rules?listener=${encodeURIComponent('<b>')}`)
      .expect(400);
  });
});
