/**
 * The keys that sign stream addresses, and their rotation. Until the first rotation that is the installation's own key;
 * afterwards a random one in `state/address-keys.json`, so that listeners' pseudonyms, which hang on the installation's
 * key, stay as they are.
 *
 * Rules:
 * 1. The newest key signs.
 * 2. One that was replaced still opens the addresses that it can have signed by then: those that expire within the
 *    longest life of an address after its replacement. Then it is forgotten.
 * 3. Rotated because a key was lost, the ones before open nothing from that moment.
 * 4. A running server takes up a rotation within a second, without a restart.
 */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { EmohealError } from '../../engine/errors.js';

/** No address lives longer than two days, whoever signed it: the longest session and the twelve hours after it are 15 h. */
export const LONGEST_LIFE_SEC = 48 * 3600;
/** A file is looked at again after so long. */
const FRESH_MS = 1000;
const MOST_KEYS = 100;

const FILE = z.object({
  version: z.literal(1),
  /** Newest first; the first one signs. */
  keys: z
    .array(
      z.object({
        key: z.string().regex(/^[\w-]{43}$/),
        madeMs: z.number().int().nonnegative(),
        retiredMs: z.number().int().nonnegative().nullable(),
      }),
    )
    .min(1)
    .max(MOST_KEYS),
  /** When the installation's own key signed last; null where it opens nothing any more. */
  installationRetiredMs: z.number().int().nonnegative().nullable(),
});
type KeyFile = z.infer<typeof FILE>;

export interface KeyRing {
  /** The key that signs now. */
  signing(nowMs: number): Buffer;
  /** The keys that may have signed an address which expires at `expSec`, newest first. */
  opening(expSec: number, nowMs: number): Buffer[];
}

/** One key for good, or keys that are rotated. */
export type SigningKey = Buffer | KeyRing;

export const signingOf = (key: SigningKey, nowMs: number): Buffer => (Buffer.isBuffer(key) ? key : key.signing(nowMs));
export const openingOf = (key: SigningKey, expSec: number, nowMs: number): Buffer[] =>
  Buffer.isBuffer(key) ? [key] : key.opening(expSec, nowMs);

export const addressKeysOf = (dataDir: string): string => path.join(dataDir, 'state', 'address-keys.json');

/** What the file holds; null where there is none. Throws `config-invalid` where it cannot be understood. */
function readKeys(dataDir: string): KeyFile | null {
  const file = addressKeysOf(dataDir);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  try {
    return FILE.parse(JSON.parse(text));
  } catch (cause) {
    // The cause would show keys.
    void cause;
    throw new EmohealError('config-invalid', `${file} cannot be understood.`, {
      remedy: 'Remove the file and run `emoheal key rotate`: addresses given out until now stop working.',
    });
  }
}

/** The keys of a data folder. Throws `config-invalid` at once where its file is damaged, not on a request. */
export function openKeyRing(dataDir: string, installation: Buffer): KeyRing {
  let kept = readKeys(dataDir);
  let readMs = Number.NEGATIVE_INFINITY;
  function current(nowMs: number): KeyFile | null {
    if (Math.abs(nowMs - readMs) >= FRESH_MS) {
      readMs = nowMs;
      try {
        kept = readKeys(dataDir);
      } catch {
        // A file that is damaged while we run does not close the streams that play: the keys read last go on.
      }
    }
    return kept;
  }
  return {
    signing(nowMs) {
      const file = current(nowMs);
      return file ? Buffer.from(file.keys[0]!.key, 'base64url') : installation;
    },
    opening(expSec, nowMs) {
      const file = current(nowMs);
      if (!file) return [installation];
      const mayHaveSigned = (retiredMs: number | null) =>
        retiredMs === null || (expSec * 1000 <= retiredMs + LONGEST_LIFE_SEC * 1000 && nowMs < expSec * 1000);
      return [
        ...file.keys
          .filter(({ retiredMs }) => mayHaveSigned(retiredMs))
          .map(({ key }) => Buffer.from(key, 'base64url')),
        ...(file.installationRetiredMs !== null && mayHaveSigned(file.installationRetiredMs) ? [installation] : []),
      ];
    },
  };
}

export interface Rotation {
  /** Keys whose addresses still open, beside the new one. */
  before: number;
  /** When the last address of a key before stops opening; null where none opens any more. */
  untilMs: number | null;
}

/**
 * Makes a new key that signs from now on. With `lost`, no key before opens anything any more. Throws `config-invalid`
 * where the file is damaged.
 */
export async function rotateKeys(
  dataDir: string,
  { nowMs, lost = false, fresh = randomBytes(32) }: { nowMs: number; lost?: boolean; fresh?: Buffer },
): Promise<Rotation> {
  const file = readKeys(dataDir);
  const open = (retiredMs: number) => retiredMs + LONGEST_LIFE_SEC * 1000 > nowMs;
  const before = lost
    ? []
    : (file?.keys ?? [])
        .map((each) => ({ ...each, retiredMs: each.retiredMs ?? nowMs }))
        .filter(({ retiredMs }) => open(retiredMs));
  const installationRetiredMs = lost
    ? null
    : file
      ? file.installationRetiredMs !== null && open(file.installationRetiredMs)
        ? file.installationRetiredMs
        : null
      : nowMs;
  if (before.length + 1 > MOST_KEYS)
    throw new EmohealError('busy', `The key was rotated ${MOST_KEYS} times within two days.`, {
      remedy: 'Use --lost, which forgets the keys before, or wait.',
    });
  const next: KeyFile = {
    version: 1,
    keys: [{ key: fresh.toString('base64url'), madeMs: nowMs, retiredMs: null }, ...before],
    installationRetiredMs,
  };
  await mkdir(path.dirname(addressKeysOf(dataDir)), { recursive: true, mode: 0o700 });
  await writeFileAtomic(addressKeysOf(dataDir), `${JSON.stringify(next)}\n`, { mode: 0o600 });
  const retired = [
    ...before.map(({ retiredMs }) => retiredMs),
    ...(installationRetiredMs === null ? [] : [installationRetiredMs]),
  ];
  return {
    before: retired.length,
    untilMs: retired.length > 0 ? Math.max(...retired) + LONGEST_LIFE_SEC * 1000 : null,
  };
}
