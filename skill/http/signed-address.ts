/**
 * Stream addresses that expire and cannot be made up: HMAC-SHA256 over session, revision, scope and expiry.
 *
 * Rules:
 * 1. The installation's own key never signs. Each period of thirty days has a key derived from it (HKDF, RFC 5869), and
 *    an address is signed by the key of the period in which it expires.
 * 2. So keys change by themselves, without a restart: for a time addresses of two keys are valid side by side, and an old
 *    key opens nothing any more once its period is over.
 * 3. No address lives longer than two days, whoever signed it: what one lost key can open is bounded.
 * 4. The key can be rotated by hand (`address-keys.ts`): the new one signs, the ones before open until their addresses
 *    expire.
 */
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Stage } from '../../engine/vocabulary.js';
import { LONGEST_LIFE_SEC, openingOf, type SigningKey, signingOf } from './address-keys.js';

/** What an address opens: everything of a session, or one stage of it. */
export type StreamScope = Stage | 'session';

const PERIOD_SEC = 30 * 24 * 3600;

/** Derived keys by period, of keys in use: every answer signs an address. As many as may be asked about at one time. */
const derived = new WeakMap<Buffer, LRUCache<number, Buffer>>();
const PERIODS_KEPT = 4;
const KEY_BYTES = 32;

function keyOfPeriod(key: Buffer, period: number): Buffer {
  const known = derived.get(key) ?? new LRUCache<number, Buffer>({ max: PERIODS_KEPT });
  derived.set(key, known);
  const found = known.get(period) ?? Buffer.from(hkdfSync('sha256', key, '', `stream addresses ${period}`, KEY_BYTES));
  known.set(period, found);
  return found;
}

function signature(key: Buffer, sessionId: string, scope: StreamScope, rev: string, exp: string): string {
  const period = Math.floor(Number(exp) / PERIOD_SEC);
  return createHmac('sha256', keyOfPeriod(key, period))
    .update([sessionId, scope, rev, exp].join('\n'))
    .digest('base64url');
}

/** Query string for the streams of one revision of a session, valid until `expMs`; for one stage where `scope` names it. */
export function signQuery(
  key: SigningKey,
  sessionId: string,
  revision: number,
  expMs: number,
  scope: StreamScope = 'session',
  nowMs = Date.now(),
): string {
  const exp = String(Math.ceil(expMs / 1000));
  const rev = String(revision);
  const part = scope === 'session' ? '' : `&for=${scope}`;
  const signing = signingOf(key, nowMs);
  return `rev=${rev}&exp=${exp}&sig=${signature(signing, sessionId, scope, rev, exp)}${part}`;
}

/**
 * True only for a query that we made for this very session, for the wanted scope or the whole session, and that has not
 * expired. The signature covers the words as they came: "010" is not "10".
 */
export function checkQuery(
  key: SigningKey,
  sessionId: string,
  wanted: StreamScope,
  query: { rev?: unknown; exp?: unknown; sig?: unknown; for?: unknown },
  nowMs: number,
): boolean {
  const { rev, exp, sig } = query;
  const scope = query.for === undefined ? 'session' : query.for === wanted ? wanted : null;
  if (
    scope === null ||
    typeof rev !== 'string' ||
    typeof exp !== 'string' ||
    typeof sig !== 'string' ||
    !/^\d{1,6}$/.test(rev) ||
    !/^\d{1,12}$/.test(exp)
  )
    return false;
  const given = Buffer.from(sig);
  const leftSec = Number(exp) - nowMs / 1000;
  let signed = false;
  for (const each of openingOf(key, Number(exp), nowMs)) {
    const expected = Buffer.from(signature(each, sessionId, scope, rev, exp));
    if (given.length === expected.length && timingSafeEqual(given, expected)) signed = true;
  }
  return signed && leftSec > 0 && leftSec <= LONGEST_LIFE_SEC;
}
