/**
 * What the skill remembers between requests: for each device its queue, for each listener a few settings. No feeling,
 * no word of what was said; Amazon's ids only as keyed hashes. One small file. What a listener set is written before the
 * reply; what a device plays is written a moment later, because the device says it again with every request.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import path from 'node:path';
import { z } from 'zod';
import { openStateFile } from '../store/state-file.js';

const SCHEMA_VERSION = 1;
const MOST_DEVICES = 20_000;
const MOST_CHECK_INS = 400;
const KEPT_MS = 400 * 24 * 3600 * 1000;

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

export const AlexaListener = z.object({
  /** Hash of the account, so that "skill disabled" finds every voice of the household. */
  account: z.string(),
  welcomedAtMs: z.number().nullable(),
  slowSpeech: z.boolean(),
  checkInsOn: z.boolean(),
  checkIns: z.array(
    z.object({
      atMs: z.number(),
      sessionId: z.string(),
      before: z.number().int().min(1).max(5),
      after: z.number().int().min(1).max(5).nullable(),
    }),
  ),
  caregivers: z.array(z.object({ id: z.string(), name: z.string(), pairedAtMs: z.number() })),
  pairing: z.object({ codeHash: z.string(), untilMs: z.number() }).nullable(),
  seenAtMs: z.number(),
});
export type AlexaListener = z.infer<typeof AlexaListener>;

const AlexaFile = z.object({
  schemaVersion: z.literal(SCHEMA_VERSION),
  devices: z.record(z.string(), AlexaDevice),
  listeners: z.record(z.string(), AlexaListener),
});
type AlexaFile = z.infer<typeof AlexaFile>;

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
  /** Removes a listener with its devices; with `account`, every listener of that account. Gives the ids of their sessions. */
  forget(who: { listener: string } | { account: string }): Promise<string[]>;
  close(): Promise<void>;
}

export const newListener = (account: string, nowMs: number): AlexaListener => ({
  account,
  welcomedAtMs: null,
  slowSpeech: false,
  checkInsOn: false,
  checkIns: [],
  caregivers: [],
  pairing: null,
  seenAtMs: nowMs,
});

/** In memory where no folder is given (simulator, tests). Throws `store-newer` for a file of a newer version. */
export async function openAlexaState(options: {
  dataDir?: string;
  key: Buffer;
  onWarning?: (message: string) => void;
}): Promise<AlexaState> {
  const state = await openStateFile<AlexaFile>({
    ...(options.dataDir ? { file: path.join(options.dataDir, 'state', 'alexa.json') } : {}),
    schema: AlexaFile,
    version: SCHEMA_VERSION,
    empty: { schemaVersion: SCHEMA_VERSION, devices: {}, listeners: {} },
    afterMovingAway: 'listeners are then greeted as new.',
    ...(options.onWarning ? { onWarning: options.onWarning } : {}),
    tidy: forgetOldest,
  });
  const { devices, listeners } = state.data;
  const hash = (text: string) => createHmac('sha256', options.key).update(text).digest('base64url').slice(0, 24);

  return {
    keyOf: hash,
    device: (key) => devices[key] ?? null,
    listener: (key) => listeners[key] ?? null,
    putDevice(key, device) {
      devices[key] = device;
      state.keepSoon();
    },
    putListener(key, listener) {
      listeners[key] = { ...listener, checkIns: listener.checkIns.slice(-MOST_CHECK_INS) };
      return state.keep();
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
    async forget(who) {
      const gone = new Set(
        Object.keys(listeners).filter((key) =>
          'listener' in who ? key === who.listener : listeners[key]!.account === who.account,
        ),
      );
      const sessions: string[] = [];
      for (const [key, device] of Object.entries(devices)) {
        if (!gone.has(device.listener)) continue;
        if (device.sessionId) sessions.push(device.sessionId);
        if (device.standsIn) sessions.push(device.standsIn);
        delete devices[key];
      }
      for (const key of gone) delete listeners[key];
      await state.keep();
      return sessions;
    },
    close: () => state.close(),
  };
}

function forgetOldest({ devices }: AlexaFile): void {
  const keys = Object.keys(devices);
  if (keys.length <= MOST_DEVICES) return;
  keys.sort((a, b) => devices[a]!.seenAtMs - devices[b]!.seenAtMs);
  const newest = devices[keys[keys.length - 1]!]!.seenAtMs;
  keys.forEach((key, i) => {
    if (i < keys.length - MOST_DEVICES || newest - devices[key]!.seenAtMs > KEPT_MS) delete devices[key];
  });
}
