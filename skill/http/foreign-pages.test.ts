/**
 * A page of somebody else's, open in a browser at home: it can send what browsers send without asking, and it can let a name
 * of its own point into the house (DNS rebinding). Neither begins, changes or reads anything, also before there is a door to
 * the outside. New routes are in it by themselves.
 */
import type { Router } from 'express';
import request from 'supertest';
import { describe, expect, it } from 'vitest';
import { createMemoryRules } from '../../engine/listeners/rules-book.js';
import { routesOf } from './routes-of.fixture.js';
import { standInApp } from './stand-in-app.fixture.js';

function server(publicUrl: string | undefined) {
  const rules = createMemoryRules();
  return standInApp({ publicUrl, rules: async () => rules });
}

const app = server(undefined);
const routes = [...new Set(routesOf((app as unknown as { router: Router }).router))];
const changing = routes.filter((route) => route.includes(' /api/') && !route.startsWith('get '));
/** What is kept of a listener, and what sounds in a bedroom. */
const own = routes.filter((route) =>
  /\/api\/v1\/(check-ins|house-rules|routines|speaker|speakers|taste|listeners|care\/own)\b/.test(route),
);
const parts = (route: string) => route.replace(/:\w+/g, 'bedside').split(' ') as ['get', string];

describe('a page of somebody else’s in a browser of the house', () => {
  it('has many doors to try', () => {
    expect(changing.length).toBeGreaterThan(45);
    expect(own.length).toBeGreaterThan(30);
  });

  it.each(changing)('%s is nothing that it can ask for without being asked', async (route) => {
    const [method, address] = parts(route);
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])
      for (const page of [{ origin: 'https://evil.example' }, { origin: 'null' }, { 'sec-fetch-site': 'cross-site' }]) {
        const { status, body } = await request(app)
          [method](address)
          .set({ host: 'bedside.local:8080', 'content-type': type, ...page })
          .send('{}')
          .timeout(5000);
        expect([type, page, status, body.code]).toEqual([type, page, 403, 'forbidden']);
      }
  });

  it.each(own)('%s answers to no name of its own that points into the house', async (route) => {
    const [method, address] = parts(route);
    for (const name of [
      'evil.example',
      'evil.example:8080',
      '192.168.1.4.evil.example',
      'bedside.local.evil.example',
    ]) {
      const page = { host: name, origin: `http://${name}`, 'x-forwarded-host': name };
      const { status, body } = await request(app)[method](address).set(page).timeout(5000);
      expect([name, status, body.code]).toEqual([name, 403, 'forbidden']);
      expect((await request(app)[method](address).set('host', name).timeout(5000)).status).toBe(403);
    }
  });
});

describe('our own page', () => {
  const put = (to: ReturnType<typeof server>, headers: Record<string, string>) =>
    request(to).put('/api/v1/house-rules').set(headers).send({ loudnessCapLufs: -30 });

  it.each([
    { host: 'bedside.local:8080', origin: 'http://bedside.local:8080' },
    { host: '192.168.1.4:8080', origin: 'http://192.168.1.4:8080' },
    { host: '[fd12::4]:8080', origin: 'http://[fd12::4]:8080' },
    { host: 'localhost', origin: 'http://localhost', 'sec-fetch-site': 'same-origin' },
    // The command line and Home Assistant say nothing of a page.
    { host: 'nas.fritz.box' },
  ])('is heard at %j', async (headers) => {
    await put(app, headers as Record<string, string>).expect(200);
  });

  it('is heard through a proxy that calls us by another name', async () => {
    const begin = (to: ReturnType<typeof server>, headers: Record<string, string>) =>
      request(to).post('/api/v1/quiet').set(headers).send({ locale: 'nonsense!' });
    const origin = 'https://music.example.org';
    await begin(app, { host: 'app-a:8080', origin, 'x-forwarded-host': 'music.example.org' }).expect(400);
    await begin(server(origin), { host: 'app-a:8080', origin }).expect(400);
    await begin(app, { host: 'app-a:8080', origin }).expect(403);
  });
});
