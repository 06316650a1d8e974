/** The speakers of the house over HTTP: for who is at home, checked at the door, done once. */
import express from 'express';
import request from 'supertest';
import { afterEach, describe, expect, it } from 'vitest';
import { ownNetworkOnly } from '../care/own-network.js';
import { openSpeakerHouse } from '../speakers/house.fixture.js';
import { problemHandler } from './problems.js';
import { SpeakerAnswer, SpeakersAnswer, SpeakerVolumeAnswer, speakersRoutes } from './speakers.js';

let house: Awaited<ReturnType<typeof openSpeakerHouse>>;
afterEach(() => house?.close());

async function served() {
  house = await openSpeakerHouse();
  const app = express();
  app.use('/api/v1/speakers', ownNetworkOnly(undefined));
  app.use(speakersRoutes({ speakers: house.speakers }));
  app.use(problemHandler(() => {}));
  const at = (path: string) => `/api/v1/speakers/${path}`;
  return { app, at, renderer: await house.renderer({ name: 'Bedroom & hall', uuid: 'u1' }) };
}

describe('/api/v1/speakers', () => {
  it('lists, plays, turns, pauses, moves, and answers in the shapes that are promised', async () => {
    const { app, at, renderer } = await served();
    const cast = await house.receiver({ name: 'Kitchen', id: 'k' });
    const { id } = await house.begun();
    const list = await request(app).get('/api/v1/speakers').expect(200);
    expect(
      SpeakersAnswer.strict()
        .parse(list.body)
        .speakers.map(({ name }) => name),
    ).toEqual(['Bedroom & hall', 'Kitchen']);
    const bedroom = encodeURIComponent('Bedroom & hall');
    const played = await request(app)
      .post(at(`${bedroom}/play`))
      .send({ sessionId: id })
      .expect(200);
    expect(SpeakerAnswer.strict().parse(played.body).sessionId).toBe(id);
    const volume = await request(app)
      .put(at(`${bedroom}/volume`))
      .send({ percent: 28, overSec: 0 })
      .expect(202);
    expect(SpeakerVolumeAnswer.strict().parse(volume.body)).toMatchObject({ from: 30, to: 28, overSec: 0.2 });
    await request(app)
      .post(at(`${bedroom}/actions`))
      .send({ action: 'pause' })
      .expect(200);
    expect(renderer.clock.status()).toBe('paused');
    await request(app)
      .post(at(`${bedroom}/actions`))
      .send({ action: 'resume' })
      .expect(200);
    await request(app)
      .post(at(`${bedroom}/move`))
      .send({ to: 'kitchen' })
      .expect(200);
    expect(cast.clock.status()).toBe('playing');
    await request(app)
      .post(at(`${bedroom}/follow`))
      .expect(200);
    expect(renderer.clock.status()).toBe('playing');
    await request(app)
      .put(at(`${bedroom}/group`))
      .send({ members: ['Kitchen'] })
      .expect(200);
    expect(cast.clock.status()).toBe('playing');
    await request(app)
      .post(at(`${bedroom}/actions`))
      .send({ action: 'release' })
      .expect(200);
    expect(renderer.clock.status()).toBe('stopped');
    expect((await house.where(id)).status).toBe('playing');
  });

  it('begins once for a request that comes twice', async () => {
    const { app, at, renderer } = await served();
    await house.begun();
    const ask = () => request(app).post(at('bedroom/play')).set('Idempotency-Key', 'one').send({});
    const [first, second] = [await ask(), await ask()];
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(renderer.fetched).toHaveLength(1);
  });

  it('tells what is wrong, and with what', async () => {
    const { app, at } = await served();
    await request(app).post(at('bedroom/play')).send({}).expect(404);
    await house.begun();
    const problem = await request(app).post(at('attic/play')).send({}).expect(404);
    expect(problem.body.detail).toContain('Bedroom & hall');
    await request(app).post(at('bedroom/play')).send({ sessionId: 'no-such' }).expect(404);
    for (const body of [{ percent: 101 }, { percent: -1 }, {}, { percent: 'loud' }, { percent: 30, overSec: 1e9 }])
      await request(app).put(at('bedroom/volume')).send(body).expect(400);
    await request(app).post(at('bedroom/actions')).send({ action: 'explode' }).expect(400);
    await request(app).post(at('bedroom/actions')).send({ action: 'pause' }).expect(409);
    await request(app)
      .put(at('bedroom/group'))
      .send({ members: Array(31).fill('x') })
      .expect(400);
    await request(app)
      .put(at('bedroom/group'))
      .send({ members: ['Bedroom & hall'] })
      .expect(400);
  });

  it('is not for strangers, nor for a foreign page in a browser of the house', async () => {
    const { app, at } = await served();
    await request(app).get('/api/v1/speakers').set('x-forwarded-for', '203.0.113.9').expect(403);
    await request(app).get('/api/v1/speakers').set('host', 'music.example.org').expect(403);
    await request(app).post(at('bedroom/play')).set('origin', 'https://evil.example').send({}).expect(403);
  });
});
