/**
 * Stream addresses that expire and cannot be made up: HMAC-SHA256 over session, revision, scope and expiry.
 *
 * The key is changed every month when the server starts. The one before it goes on opening what it signed for two days,
 * longer than any address lives, so that nobody's night ends with a change of keys.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Stage } from '../../engine/vocabulary.js';

/** What an address opens: everything of a session, or one stage of it. */
export type StreamScope = Stage | 'session';

const KEY_BYTES = 32;
const DAY_MS = 24 * 3600 * 1000;
const CHANGE_AFTER_MS = 30 * DAY_MS;
const OLD_KEY_LIVES_MS = 2 * DAY_MS;

/**
 * The keys of this installation, newest first, 32 bytes each; readable by their owner only. Made at the first call,
 * changed when a month old. A file that is no such key is replaced: addresses that were given out become invalid.
 */
export function signingKey(dataDir: string, nowMs = Date.now()): Buffer {
  const file = path.join(dataDir, 'state', 'stream-key');
  const keys = existsSync(file) ? readFileSync(file) : Buffer.alloc(0);
  if (keys.length === 0 || keys.length % KEY_BYTES !== 0) return write(file, randomBytes(KEY_BYTES), nowMs);
  const ageMs = nowMs - statSync(file).mtimeMs;
  if (ageMs > CHANGE_AFTER_MS) return rotateSigningKey(dataDir, nowMs);
  return ageMs > OLD_KEY_LIVES_MS ? keys.subarray(0, KEY_BYTES) : keys;
}

/** A new key now; the present one opens its addresses for two days more. */
export function rotateSigningKey(dataDir: string, nowMs = Date.now()): Buffer {
  const file = path.join(dataDir, 'state', 'stream-key');
  const present = existsSync(file) ? readFileSync(file).subarray(0, KEY_BYTES) : Buffer.alloc(0);
  const old = present.length === KEY_BYTES ? present : Buffer.alloc(0);
  return write(file, Buffer.concat([randomBytes(KEY_BYTES), old]), nowMs);
}

/** Beside its place and renamed: a key that is half written would lock every speaker out. */
function write(file: string, keys: Buffer, nowMs: number): Buffer {
  mkdirSync(path.dirname(file), { recursive: true });
  const part = `${file}.${process.pid}.part`;
  writeFileSync(part, keys, { mode: 0o600 });
  utimesSync(part, nowMs / 1000, nowMs / 1000);
  renameSync(part, file);
  return keys;
}

const signature = (key: Buffer, words: readonly (string | number)[]) =>
  createHmac('sha256', key).update(words.join('\n')).digest('base64url');

/** Query string for the streams of one revision of a session, valid until `expMs`; for one stage where `scope` names it. */
export function signQuery(
  keys: Buffer,
  sessionId: string,
  revision: number,
  expMs: number,
  scope: StreamScope = 'session',
): string {
  const exp = Math.ceil(expMs / 1000);
  const sig = signature(keys.subarray(0, KEY_BYTES), [sessionId, scope, revision, exp]);
  return `rev=${revision}&exp=${exp}${scope === 'session' ? '' : `&for=${scope}`}&sig=${sig}`;
}

/**
 * True only for a query that we made for this very session, for the wanted scope or the whole session, and that has not
 * expired. Each key is tried in constant time.
 */
export function checkQuery(
  keys: Buffer,
  sessionId: string,
  wanted: StreamScope,
  query: { rev?: unknown; exp?: unknown; sig?: unknown; for?: unknown },
  nowMs: number,
): boolean {
  const { rev, exp, sig } = query;
  const scope = query.for ?? 'session';
  if (
    typeof rev !== 'string' ||
    typeof exp !== 'string' ||
    typeof sig !== 'string' ||
    !/^\d{1,6}$/.test(rev) ||
    !/^\d{1,12}$/.test(exp) ||
    (scope !== 'session' && scope !== wanted)
  )
    return false;
  const given = Buffer.from(sig);
  let fits = false;
  for (let at = 0; at + KEY_BYTES <= keys.length; at += KEY_BYTES) {
    const expected = Buffer.from(signature(keys.subarray(at, at + KEY_BYTES), [sessionId, scope, rev, exp]));
    if (given.length === expected.length && timingSafeEqual(given, expected)) fits = true;
  }
  return fits && Number(exp) * 1000 > nowMs;
}
