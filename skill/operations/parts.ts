/** What `/readyz` tells: each part of the server by name, whether it works, and what to do where it does not. */
import { statfs } from 'node:fs/promises';
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
    loaded(parts.search, 'the music index').then(async (found) =>
      found.status === 'ready' ? (await parts.kept()).index.state() : found,
    ),
    answering(async () => void (await (await parts.store()).load('ready-check'))),
    diskState(parts.dataDir),
    parts.sounds?.(),
    parts.transcriber().then((each) => each.state()),
  ]);
  return { emotion, music, state, speech, disk, ...(sounds ? { sounds } : {}) };
}

const unavailable = (error: unknown): PartState => ({
  status: 'unavailable',
  detail: (error as Error).message,
  ...((error as EmohealError).remedy ? { remedy: (error as EmohealError).remedy } : {}),
});

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

async function diskState(dataDir: string): Promise<PartState> {
  const { bavail, bsize } = await statfs(dataDir);
  const free = bavail * bsize;
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
