/** The same `Idempotency-Key` gets the same answer, also when it comes while the first is still being worked on. */
import { createHash } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import { LRUCache } from 'lru-cache';
import { mustBeShallow } from './shallow.js';

interface Kept {
  status: number;
  headers: Record<string, string>;
  body: string;
}

const DAY_MS = 24 * 3600 * 1000;
const LONGEST_KEY = 200;

/**
 * The same key with another body is another question: an answer tells what somebody said, and a key may be as easy to guess as
 * "1". `scope`: whose answers these are, where they are not everybody's: one caregiver's answer is never
 * another's. Throws `bad-input` for a body that is nested without end.
 */
export function idempotent(
  handle: (request: Request, response: Response) => Promise<void>,
  scope: (response: Response) => string = () => '',
): RequestHandler {
  const kept = new LRUCache<string, Promise<Kept | null>>({ max: 500, ttl: DAY_MS });
  return async (request, response, next) => {
    const given = request.get('Idempotency-Key');
    if (!given || given.length > LONGEST_KEY) {
      await handle(request, response).catch(next);
      return;
    }
    const key = `${scope(response)} ${request.path} ${given} ${fingerprint(request.body)}`;
    const known = await kept.get(key);
    if (known) {
      response.status(known.status).set(known.headers).send(known.body);
      return;
    }
    let tell: (answer: Kept | null) => void = () => {};
    kept.set(
      key,
      new Promise((resolve) => {
        tell = resolve;
      }),
    );
    const send = response.send.bind(response);
    response.send = (body: unknown) => {
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      const location = response.getHeader('location');
      tell({
        status: response.statusCode,
        headers: {
          'content-type': String(response.getHeader('content-type') ?? 'application/json'),
          ...(location ? { location: String(location) } : {}),
        },
        body: text,
      });
      response.send = send;
      return send(body as string);
    };
    try {
      await handle(request, response);
      // An answer of another kind is not kept; nobody waits for it in vain.
      if (response.send !== send) {
        kept.delete(key);
        tell(null);
      }
    } catch (error) {
      kept.delete(key);
      tell(null);
      next(error);
    }
  };
}

function fingerprint(body: unknown): string {
  if (!Buffer.isBuffer(body)) mustBeShallow(body);
  return createHash('sha256')
    .update(Buffer.isBuffer(body) ? body : JSON.stringify(body ?? null))
    .digest('base64url');
}
