/** Stream addresses that expire and cannot be made up: HMAC-SHA256 over session, revision and expiry. */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** The key of this installation: made once, readable by its owner only. */
export function signingKey(dataDir: string): Buffer {
  const file = path.join(dataDir, 'state', 'stream-key');
  if (existsSync(file)) return readFileSync(file);
  mkdirSync(path.dirname(file), { recursive: true });
  const key = randomBytes(32);
  writeFileSync(file, key, { mode: 0o600, flag: 'wx' });
  chmodSync(file, 0o600);
  return key;
}

const signature = (key: Buffer, sessionId: string, revision: number, exp: number) =>
  createHmac('sha256', key).update(`${sessionId}\n${revision}\n${exp}`).digest('base64url');

/** Query string for the streams of one revision of a session, valid until `expMs`. */
export function signQuery(key: Buffer, sessionId: string, revision: number, expMs: number): string {
  const exp = Math.ceil(expMs / 1000);
  return `rev=${revision}&exp=${exp}&sig=${signature(key, sessionId, revision, exp)}`;
}

/** True only for a query that we made for this very session and revision, and that has not expired. */
export function checkQuery(
  key: Buffer,
  sessionId: string,
  query: { rev?: unknown; exp?: unknown; sig?: unknown },
  nowMs: number,
): boolean {
  const { rev, exp, sig } = query;
  if (
    typeof rev !== 'string' ||
    typeof exp !== 'string' ||
    typeof sig !== 'string' ||
    !/^\d{1,6}$/.test(rev) ||
    !/^\d{1,12}$/.test(exp)
  )
    return false;
  const expected = Buffer.from(signature(key, sessionId, Number(rev), Number(exp)));
  const given = Buffer.from(sig);
  return given.length === expected.length && timingSafeEqual(given, expected) && Number(exp) * 1000 > nowMs;
}
