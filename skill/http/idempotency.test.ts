/** One answer for one key, and nobody else's. */
import express from 'express';
import request from 'supertest';
import { describe, expect, it } from 'vitest';
import { idempotent } from './idempotency.js';
import { problemHandler } from './problems.js';

function house(handle?: (text: string, response: express.Response) => void) {
  let done = 0;
  const app = express();
  app.post(
    '/said',
    express.json(),
    idempotent(async ({ body }, response) => {
      done += 1;
      if (handle) handle(body.text, response);
      else response.status(201).json({ heard: body.text, done });
    }),
  );
  app.use(problemHandler(() => {}));
  const say = (text: unknown, key = '1') => request(app).post('/said').set('Idempotency-Key', key).send({ text });
  return { app, say, done: () => done };
}

describe('a key', () => {
  it('gives the same answer for the same request, also while the first is being worked on', async () => {
    const { say, done } = house();
    const answers = await Promise.all([say('sad'), say('sad'), say('sad')]);
    expect(answers.map(({ status, body }) => [status, body])).toEqual(Array(3).fill([201, { heard: 'sad', done: 1 }]));
    expect(done()).toBe(1);
  });

  it('that somebody else guessed tells nothing of what was said with it', async () => {
    const { say } = house();
    await say('I miss her');
    expect((await say('anything')).body.heard).toBe('anything');
    expect((await say('I miss her')).body).toEqual({ heard: 'I miss her', done: 1 });
  });

  it('lets nobody wait for an answer that was of another kind', async () => {
    const { say, done } = house((_text, response) => void response.status(204).end());
    expect((await say('x')).status).toBe(204);
    expect((await say('x')).status).toBe(204);
    expect(done()).toBe(2);
  });

  it('with a body that nests without end is refused in words', async () => {
    const { app } = house();
    const { status, body } = await request(app)
      .post('/said')
      .set({ 'Idempotency-Key': '1', 'content-type': 'application/json' })
      .send(`{"text":${'['.repeat(20_000)}${']'.repeat(20_000)}}`);
    expect([status, body.code]).toEqual([400, 'bad-input']);
  });
});
