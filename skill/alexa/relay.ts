/**
 * The way through AWS Lambda: Amazon calls a small function, which trusts its caller because nobody else can invoke it,
 * and hands the request on to the home server. A shared secret proves to the home server that the function sent it.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { EmohealError } from '../../engine/errors.js';

export const RELAY_HEADER = 'x-emoheal-relay';
const TOLERANCE_SEC = 150;

const mac = (secret: string, sec: number, body: string | Buffer) =>
  createHmac('sha256', secret).update(`${sec}\n`).update(body).digest('base64url');

/** Value of the header for a body that is sent now. */
export function relayHeader(secret: string, body: string | Buffer, nowMs: number): string {
  const sec = Math.floor(nowMs / 1000);
  return `t=${sec},sig=${mac(secret, sec, body)}`;
}

/** Throws `forbidden` where the header was not made with our secret, for this body, just now. */
export function checkRelay(secret: string, header: string, body: Buffer, nowMs: number): void {
  const match = /^t=(\d{1,12}),sig=([A-Za-z0-9_-]{43})$/.exec(header);
  const sec = Number(match?.[1]);
  const expected = Buffer.from(mac(secret, sec, body));
  const given = Buffer.from(match?.[2] ?? '');
  const fits = given.length === expected.length && timingSafeEqual(given, expected);
  if (!fits || Math.abs(nowMs / 1000 - sec) > TOLERANCE_SEC)
    throw new EmohealError('forbidden', 'Not from our Lambda function: the relay header does not fit.');
}
