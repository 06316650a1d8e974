/**
 * What the skill remembers between requests: for each device its queue, for each listener a few settings. No feeling,
 * no word of what was said; Amazon's ids only as keyed hashes. What a listener set is kept before the reply; what a device
 * plays is kept a moment later, because the device says it again with every request.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { createMemoryRecords, type Records, type RecordsKind } from '../../engine/records.js';
import { DAY_MS, DAYS } from '../privacy/ages.js';

const SOON_MS = 1000;
const MOST_DEVICES = 20_000;
const KEPT_MS = DAYS.alexa * DAY_MS;

export const AlexaDevice = z.object({
  listener: z.string(),
  /** The session that this device plays, or played last; null when it moved away or was forgotten. */
  sessionId: z.string().nullable(),
  /** A stage of this other session may still be sounding while `sessionId` was being prepared: it counts as ours. */
  standsIn: z.string().nullable(),
  /** The newest stream that the device told us about, and when it said so. */
  token: z.string().nullable(),
  /** When we last told it to play: what it reports from before then is history. */
  playedAtMs: z.number(),
  /** When it last stopped, by its own word or ours. */
  stoppedAtMs: z.number(),
  seenAtMs: z.number(),
});
export type AlexaDevice = z.infer<typeof AlexaDevice>;

const EarlierCheckIn = z.object({
  atMs: z.number(),
  sessionId: z.string(),
  before: z.number().int().min(1).max(5),
  after: z.number().int().min(1).max(5).nullable(),
});
export type EarlierCheckIn = z.infer<typeof EarlierCheckIn>;

export const AlexaListener = z.object({
  /** Hash of the account, so that "skill disabled" finds every voice of the household. */
  account: z.string(),
  welcomedAtMs: z.number().nullable(),
  slowSpeech: z.boolean(),
  /** Whether it asks. The answers are with those of every surface, in the house's check-ins. */
  checkInsOn: z.boolean(),
  /** Answers that an older EmoHeal kept here; the next start brings them to the house's check-ins. */
  checkIns: z.array(EarlierCheckIn).optional(),
  caregivers: z.array(z.object({ id: z.string(), name: z.string(), pairedAtMs: z.number() })),
  pairing: z.object({ codeHash: z.string(), untilMs: z.number() }).nullable(),
  seenAtMs: z.number(),
});
export type AlexaListener = z.infer<typeof AlexaListener>;

/** Under "device KEY" and "listener KEY". */
export const AlexaRecord = z.union([z.object({ device: AlexaDevice }), z.object({ listener: AlexaListener })]);
export type AlexaRecord = z.infer<typeof AlexaRecord>;

export const ALEXA: RecordsKind<AlexaRecord> = {
  name: 'alexa',
  schema: AlexaRecord,
  // 3 keeps no answers here; an EmoHeal that expects them must leave it alone.
  version: 3,
  afterMovingAway: 'listeners are then greeted as new.',
  listenerOf: (key, record) => ('device' in record ? record.device.listener : key.slice('listener '.length)),
  upgrades: {
    1: (before) => {
      const { devices = {}, listeners = {} } = before as { devices?: object; listeners?: object };
      return {
        records: Object.fromEntries([
          ...Object.entries(devices).map(([key, device]) => [`device ${key}`, { device }]),
          ...Object.entries(listeners).map(([key, listener]) => [`listener ${key}`, { listener }]),
        ]),
      };
    },
    2: (before) => before,
  },
};

export interface AlexaState {
  /** The key under which an id of Amazon's is kept. */
  keyOf(id: string): string;
  device(key: string): AlexaDevice | null;
  listener(key: string): AlexaListener | null;
  /** Changes in memory at once, is written soon. */
  putDevice(key: string, device: AlexaDevice): void;
  /** Changes in memory at once; the promise resolves when it is written. */
  putListener(key: string, listener: AlexaListener): Promise<void>;
  /** The device other than this one where the listener was heard last with a session. */
  deviceOf(listener: string, except: string): { key: string; device: AlexaDevice } | null;
  /** The listener that offers this code now; null where none does. */
  listenerWithCode(code: string, nowMs: number): { key: string; listener: AlexaListener } | null;
  codeHash(code: string): string;
  /** The keys of every listener of an account. */
  listenersOf(account: string): string[];
  listenerKeys(): string[];
  /** Settings and devices of a listener, for an export; null where nothing is kept. */
  keptOf(listener: string): { settings: AlexaListener | null; devices: AlexaDevice[] } | null;
  /** Removes a listener with its devices; with `account`, every listener of that account. Gives the ids of their sessions. */
  forget(who: { listener: string } | { account: string }): Promise<string[]>;
  close(): Promise<void>;
}

export const newListener = (account: string, nowMs: number): AlexaListener => ({
  account,
  welcomedAtMs: null,
  slowSpeech: false,
  checkInsOn: false,
  caregivers: [],
  pairing: null,
  seenAtMs: nowMs,
});

/** In memory where no records are given (simulator, tests). One process at a time has them open. */
export async function openAlexaState(options: {
  records?: Records<AlexaRecord>;
  key: Buffer;
  onWarning?: (message: string) => void;
}): Promise<AlexaState> {
  const records = options.records ?? createMemoryRecords<AlexaRecord>();
  // A listener may be called "constructor": what is found under a name must have been put there.
  const devices: Record<string, AlexaDevice> = Object.create(null);
  const listeners: Record<string, AlexaListener> = Object.create(null);
  for (const [name, record] of Object.entries(await records.read())) {
    const key = name.slice(name.indexOf(' ') + 1);
    if ('device' in record) devices[key] = record.device;
    else listeners[key] = record.listener;
  }
  const hash = (text: string) => createHmac('sha256', options.key).update(text).digest('base64url').slice(0, 24);

  /** Names of what was changed here and is not yet kept. */
  let changed = new Set<string>();
  let keeping: Promise<void> = Promise.resolve();
  let soon: NodeJS.Timeout | undefined;
  /** Resolves when everything that was changed before the call is kept; calls during a write share the next one. */
  function keep(): Promise<void> {
    clearTimeout(soon);
    soon = undefined;
    keeping = keeping.catch(() => {}).then(writeChanged);
    return keeping;
  }
  async function writeChanged(): Promise<void> {
    forgetOldest(devices, (key) => changed.add(`device ${key}`));
    const names = changed;
    if (names.size === 0) return;
    changed = new Set();
    await records
      .change((all) => {
        for (const name of names) {
          const key = name.slice(name.indexOf(' ') + 1);
          const record = name.startsWith('device ')
            ? devices[key] && { device: devices[key] }
            : listeners[key] && { listener: listeners[key] };
          if (record) all[name] = structuredClone(record);
          else delete all[name];
        }
      })
      .catch((error) => {
        for (const name of names) changed.add(name);
        throw error;
      });
  }
  const warn = (error: Error) => options.onWarning?.(error.message);

  return {
    keyOf: hash,
    device: (key) => devices[key] ?? null,
    listener: (key) => listeners[key] ?? null,
    putDevice(key, device) {
      devices[key] = device;
      changed.add(`device ${key}`);
      soon ??= setTimeout(() => void keep().catch(warn), SOON_MS);
    },
    putListener(key, listener) {
      listeners[key] = listener;
      changed.add(`listener ${key}`);
      return keep();
    },
    deviceOf(listener, except) {
      let found: { key: string; device: AlexaDevice } | null = null;
      for (const [key, device] of Object.entries(devices)) {
        if (key === except || device.listener !== listener || !device.sessionId) continue;
        if (!found || device.seenAtMs > found.device.seenAtMs) found = { key, device };
      }
      return found;
    },
    listenerWithCode(code, nowMs) {
      const wanted = Buffer.from(hash(`code ${code}`));
      for (const [key, listener] of Object.entries(listeners)) {
        if (!listener.pairing || listener.pairing.untilMs < nowMs) continue;
        const offered = Buffer.from(listener.pairing.codeHash);
        if (offered.length === wanted.length && timingSafeEqual(offered, wanted)) return { key, listener };
      }
      return null;
    },
    codeHash: (code) => hash(`code ${code}`),
    listenersOf: (account) => Object.keys(listeners).filter((key) => listeners[key]!.account === account),
    listenerKeys: () => Object.keys(listeners),
    keptOf(listener) {
      const settings = listeners[listener] ?? null;
      const own = Object.values(devices).filter((device) => device.listener === listener);
      return settings || own.length > 0 ? { settings, devices: own } : null;
    },
    async forget(who) {
      const gone = new Set(
        Object.keys(listeners).filter((key) =>
          'listener' in who ? key === who.listener : listeners[key]!.account === who.account,
        ),
      );
      // A device may be left of a listener whose settings are gone.
      if ('listener' in who) gone.add(who.listener);
      const sessions: string[] = [];
      for (const [key, device] of Object.entries(devices)) {
        if (!gone.has(device.listener)) continue;
        if (device.sessionId) sessions.push(device.sessionId);
        if (device.standsIn) sessions.push(device.standsIn);
        delete devices[key];
        changed.add(`device ${key}`);
      }
      for (const key of gone) {
        if (!listeners[key]) continue;
        delete listeners[key];
        changed.add(`listener ${key}`);
      }
      await keep();
      return sessions;
    },
    async close() {
      await keep().catch(warn);
      await records.close();
    },
  };
}

function forgetOldest(devices: Record<string, AlexaDevice>, gone: (key: string) => void): void {
  const byAge = Object.entries(devices).sort(([, a], [, b]) => b.seenAtMs - a.seenAtMs);
  const newestMs = byAge[0]?.[1].seenAtMs ?? 0;
  for (const [i, [key, { seenAtMs }]] of byAge.entries()) {
    if (i < MOST_DEVICES && newestMs - seenAtMs <= KEPT_MS) continue;
    delete devices[key];
    gone(key);
  }
}
