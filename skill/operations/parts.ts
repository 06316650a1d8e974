/** What `/readyz` tells: each part of the server by name, whether it works, and what to do where it does not. */
import { statfs, utimes } from 'node:fs/promises';
import path from 'node:path';
import type { EmohealError } from '../../engine/errors.js';
import type { PartState, Transcriber } from '../../engine/ports.js';
import type { SessionStore } from '../../engine/stores.js';

/** A part that is still being loaded is not waited for. */
const LOADING_MS = 50;
/** Longer than a busy database takes to answer, shorter than a probe waits. */
const ANSWER_MS = 1500;
/** Below this, sounds are not kept any more and every night renders anew. */
const LEAST_FREE_BYTES = 300e6;

export interface WatchedParts {
  classifier: () => Promise<unknown>;
  search: () => Promise<unknown>;
  kept: () => Promise<{ index: { state(): PartState } }>;
  transcriber: () => Promise<Pick<Transcriber, 'state'>>;
  store: () => Promise<Pick<SessionStore, 'load'>>;
  /** Where sounds are kept for several machines; not there on one. */
  sounds?: (() => Promise<PartState>) | undefined;
  dataDir: string;
}

export async function lookAtParts(parts: WatchedParts): Promise<Record<string, PartState>> {
  const [emotion, music, state, disk, sounds, speech] = await Promise.all([
    loaded(parts.classifier, 'the emotion model'),
    loaded(parts.search, 'the music index').then((found) =>
      found.status === 'ready' ? stateOf(async () => (await parts.kept()).index.state(), 'the music index') : found,
    ),
    answering(async () => void (await (await parts.store()).load('ready-check'))),
    within(ANSWER_MS, diskState(parts.dataDir), DISK_LATE),
    parts.sounds && stateOf(parts.sounds, 'shared sounds'),
    stateOf(async () => (await parts.transcriber()).state(), 'the recogniser'),
  ]);
  return { emotion, music, state, speech, disk, ...(sounds ? { sounds } : {}) };
}

const DISK_LATE: PartState = {
  status: 'degraded',
  detail: 'the disk of the data folder does not answer',
  remedy: 'Look after the disk or the network that it hangs on.',
};

const unavailable = (error: unknown): PartState => ({
  status: 'unavailable',
  detail: (error as Error).message,
  ...((error as EmohealError).remedy ? { remedy: (error as EmohealError).remedy } : {}),
});

/** A part that tells its state itself, once it has been made. */
const stateOf = (ask: () => Promise<PartState>, detail: string): Promise<PartState> =>
  within(LOADING_MS, ask().catch(unavailable), { status: 'starting', detail: `${detail} is being made ready` });

async function loaded(part: () => Promise<unknown>, detail: string): Promise<PartState> {
  return within(
    LOADING_MS,
    part().then((): PartState => ({ status: 'ready', detail }), unavailable),
    { status: 'starting', detail: `${detail} is being loaded` },
  );
}

async function answering(ask: () => Promise<void>): Promise<PartState> {
  const detail = 'where sessions are kept';
  return within(
    ANSWER_MS,
    ask().then((): PartState => ({ status: 'ready', detail }), unavailable),
    { status: 'unavailable', detail: `${detail} does not answer`, remedy: 'Look after the database.' },
  );
}

/**
 * Room alone says little: a disk that had a fault is turned read-only by the system, so something is written, too: the time of
 * a folder that is ours. The data folder itself may belong to somebody else and only let our group in, as in Kubernetes.
 */
async function diskState(dataDir: string): Promise<PartState> {
  let free: number;
  try {
    const { bavail, bsize } = await statfs(dataDir);
    free = bavail * bsize;
    await utimes(path.join(dataDir, 'state'), new Date(), new Date());
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    return {
      status: 'degraded',
      detail: `the data folder cannot be written (${code})`,
      remedy:
        'Look after the disk: until it can be written, sessions are kept in memory alone and end with the server.',
    };
  }
  const detail = `${Math.round(free / 1e6)} MB free`;
  if (free >= LEAST_FREE_BYTES) return { status: 'ready', detail };
  return { status: 'degraded', detail, remedy: 'Free some space: sounds are kept only while there is room.' };
}

async function within(ms: number, work: Promise<PartState>, late: PartState): Promise<PartState> {
  let timer: NodeJS.Timeout | undefined;
  const clock = new Promise<PartState>((resolve) => {
    timer = setTimeout(resolve, ms, late);
  });
  return Promise.race([work, clock]).finally(() => clearTimeout(timer));
}
