/** A caregiver's own greeting: recorded in the browser, heard again, deleted. */
import express, { type Request, Router } from 'express';
import { EmohealError } from '../../engine/errors.js';
import { idempotent } from '../http/idempotency.js';
import { signedIn } from './door.js';
import { MOST_GREETING_BYTES } from './greetings.js';
import { mayFirst } from './listener-routes.js';
import type { CareHouse } from './routes.js';

const isRecording = (request: Request) =>
  /^(audio|video)\/(webm|ogg|mp4|wav|x-wav|mpeg)\b/i.test(request.headers['content-type'] ?? '');

export function greetingRoutes(house: CareHouse): Router {
  const { door } = house;
  const router = Router();
  const at = '/api/v1/care/listeners/:listener/greeting';

  router.post(
    at,
    door.signedIn,
    mayFirst(house, 'rule', 'changed-greeting'),
    express.raw({ type: (request) => isRecording(request as Request), limit: MOST_GREETING_BYTES }),
    idempotent(
      async (request, response) => {
        if (!Buffer.isBuffer(request.body) || request.body.length === 0)
          throw new EmohealError('bad-input', 'This is no recording.', {
            remedy: 'Send WebM, Ogg, MP4 or WAV with its content type.',
          });
        const greeting = await house.greetings.keep(new Uint8Array(request.body));
        await keep(String(request.params.listener), greeting);
        response.status(201).json(greeting);
      },
      (response) => signedIn(response).session.caregiver,
    ),
  );
  router.get(at, door.signedIn, mayFirst(house, 'see', 'greeting'), async (request, response) => {
    await sendGreeting(house, String(request.params.listener), response);
  });
  router.delete(at, door.signedIn, mayFirst(house, 'rule', 'changed-greeting'), async (request, response) => {
    await removeGreeting(house, String(request.params.listener));
    response.status(204).end();
  });
  return router;

  /** The rules name the new one before the old one goes: no session ever finds a name without its sound. */
  async function keep(listener: string, greeting: { id: string; durationSec: number }): Promise<void> {
    const book = await house.rules();
    const before = await book.load(listener);
    await book.save(listener, { ...before, greeting });
    if (before?.greeting) await house.greetings.remove(before.greeting.id);
  }
}

export async function sendGreeting(house: CareHouse, listener: string, response: express.Response): Promise<void> {
  const greeting = (await (await house.rules()).load(listener))?.greeting;
  const bytes = greeting && (await house.greetings.load(greeting.id));
  if (!bytes) throw new EmohealError('not-found', 'There is no greeting.');
  response.type('audio/mpeg').set('cache-control', 'private, no-store').send(bytes);
}

export async function removeGreeting(house: CareHouse, listener: string): Promise<void> {
  const book = await house.rules();
  const { greeting, ...rules } = (await book.load(listener)) ?? {};
  if (!greeting) return;
  await book.save(listener, rules);
  await house.greetings.remove(greeting.id);
}
