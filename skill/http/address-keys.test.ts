import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { createSecretBox } from '../../engine/secrets/secret-box.js';
import { signingKey } from '../secrets/signing-key.js';
import { openKeyRing, rotateKeys } from './address-keys.js';
import { checkQuery, signQuery } from './signed-address.js';

const root = mkdtempSync(path.join(os.tmpdir(), 'emoheal-keys-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let folders = 0;
const HOUR = 3600 * 1000;
const START = Date.UTC(2026, 10, 29);
const query = (text: string) => Object.fromEntries(new URLSearchParams(text));

function installation() {
  const dataDir = path.join(root, String(folders++));
  const key = signingKey(dataDir, createSecretBox([Buffer.alloc(32, 1)]));
  const ring = openKeyRing(dataDir, key);
  return {
    dataDir,
    key,
    sign: (nowMs: number, lifeMs: number) => query(signQuery(ring, 's', 1, nowMs + lifeMs, 'session', nowMs)),
    opens: (address: Record<string, string>, nowMs: number) => checkQuery(ring, 's', 'session', address, nowMs),
  };
}

describe('keys that are rotated', () => {
  it('open what they signed until it expires, and sign nothing more', async () => {
    const { dataDir, key, sign, opens } = installation();
    const before = sign(START, 15 * HOUR);
    await rotateKeys(dataDir, { nowMs: START + HOUR });
    const after = sign(START + 2 * HOUR, 15 * HOUR);
    expect(opens(before, START + 14 * HOUR)).toBe(true);
    expect(opens(before, START + 16 * HOUR)).toBe(false);
    expect(opens(after, START + 16 * HOUR)).toBe(true);
    expect(checkQuery(key, 's', 'session', after, START + 2 * HOUR)).toBe(false);
  });

  it('open nothing that they can only have signed after they were replaced', async () => {
    const { dataDir, key, opens } = installation();
    await rotateKeys(dataDir, { nowMs: START });
    // Whoever has the old key still makes addresses with it.
    const forged = query(signQuery(key, 's', 1, START + 60 * HOUR));
    expect(opens(forged, START + 20 * HOUR)).toBe(false);
  });

  it('open nothing at all where they were lost', async () => {
    const { dataDir, sign, opens } = installation();
    const [first] = [sign(START, 15 * HOUR)];
    await rotateKeys(dataDir, { nowMs: START + 2000 });
    const second = sign(START + 4000, 15 * HOUR);
    expect(await rotateKeys(dataDir, { nowMs: START + 6000, lost: true })).toEqual({ before: 0, untilMs: null });
    for (const each of [first, second]) expect(opens(each, START + 8000)).toBe(false);
    expect(opens(sign(START + 9000, HOUR), START + 9000)).toBe(true);
  });

  it('never close a stream that plays, however often they are rotated, and are forgotten in time', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            waitMs: fc.integer({ min: 1500, max: 30 * HOUR }),
            lifeMs: fc.integer({ min: 1, max: 40 * HOUR }),
          }),
          {
            minLength: 2,
            maxLength: 12,
          },
        ),
        async (steps) => {
          const { dataDir, sign, opens } = installation();
          const given: { address: Record<string, string>; untilMs: number }[] = [];
          let nowMs = START;
          for (const { waitMs, lifeMs } of steps) {
            given.push({ address: sign(nowMs, lifeMs), untilMs: nowMs + lifeMs });
            nowMs += waitMs;
            await rotateKeys(dataDir, { nowMs });
            nowMs += 1500;
            for (const { address, untilMs } of given)
              if (Math.abs(untilMs - nowMs) > 1000) expect(opens(address, nowMs)).toBe(untilMs > nowMs);
          }
          const { keys } = JSON.parse(readFileSync(path.join(dataDir, 'state', 'address-keys.json'), 'utf8'));
          for (const { retiredMs } of keys.slice(1)) expect(nowMs - retiredMs).toBeLessThan(49 * HOUR);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('are readable by their owner only, and a damaged file is told of without showing them', async () => {
    const { dataDir, key, sign, opens } = installation();
    await rotateKeys(dataDir, { nowMs: START });
    const file = path.join(dataDir, 'state', 'address-keys.json');
    expect(statSync(file).mode & 0o077).toBe(0);
    const address = sign(START, HOUR);
    const whole = readFileSync(file, 'utf8');
    writeFileSync(file, whole.slice(0, -20));
    // A server that runs goes on with the keys that it read; one that starts says what is wrong.
    expect(opens(address, START + 5000)).toBe(true);
    expect(() => openKeyRing(dataDir, key)).toThrow(/address-keys\.json cannot be understood/);
    await expect(rotateKeys(dataDir, { nowMs: START })).rejects.toThrow(
      expect.objectContaining({ message: expect.not.stringContaining(JSON.parse(whole).keys[0].key) }),
    );
  });
});
