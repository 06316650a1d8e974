/** Once the server can be reached from outside, what belongs to a listener is for who is in the house. */
import { pino } from 'pino';
import request from 'supertest';
import { describe, expect, it } from 'vitest';
import { createMemoryRules } from '../../engine/listeners/rules-book.js';
import { createMemoryTastes } from '../../engine/listeners/taste.js';
import { type AppDeps, createApp } from './app.js';

const PUBLIC = 'https://care.example.org';

/** Only what the routes that are asked for need. */
function server(publicUrl: string | undefined) {
  const tastes = createMemoryTastes();
  const rules = createMemoryRules();
  return createApp({
    log: pino({ level: 'silent' }),
    publicUrl,
    nowMs: () => 0,
    tastes: async () => tastes,
    signingKey: Buffer.alloc(32, 1),
    care: { rules: async () => rules, nowMs: () => 0 },
  } as unknown as AppDeps);
}

const OWN = ['/api/v1/taste', '/api/v1/house-rules', '/api/v1/routines', '/api/v1/check-ins', '/api/v1/speaker/events'];

describe('a server with a door to the outside', () => {
  it.each(OWN)('keeps %s from whoever comes by the public name or a proxy', async (path) => {
    const app = server(PUBLIC);
    const { body } = await request(app).get(path).set('host', 'care.example.org').expect(403);
    expect(body).toMatchObject({ code: 'forbidden' });
    await request(app).get(path).set('x-forwarded-for', '198.51.100.7').expect(403);
  });

  it('still shows it to who is in the house', async () => {
    const app = server(PUBLIC);
    await request(app).get('/api/v1/taste?listener=bedside').expect(200);
    await request(app).get('/api/v1/house-rules').expect(200);
  });
});

it('a server that only the house can reach asks nobody where they come from', async () => {
  const app = server(undefined);
  await request(app).get('/api/v1/house-rules').set('x-forwarded-for', '192.168.1.9').expect(200);
});
