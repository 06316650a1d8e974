/**
 * Rendered pieces on the disk, least recently used ones leave first; what is being made is shared by all who ask. A piece is made
 * as far as it is needed, and gone on with when somebody needs more: the synthesiser then plays its beginning once more, unheard.
 */
import { createHash } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import path from 'node:path';
import { threadId } from 'node:worker_threads';
import type { Priority, SoundJob } from './messages.js';
import { blocksIn, continuePcmFile, createPcmFile, openPcmFile, type PcmFile } from './pcm-file.js';
import { toFloat } from './pcm16.js';
import type { SynthPool } from './pool.js';
import { BLOCK_FRAMES, SYNTH_VERSION } from './render-score.js';
import { type Rendering, startRendering } from './rendering.js';

const DEFAULT_MAX_BYTES = 2 * 1024 ** 3;

export interface OpenOptions {
  /** How far it will be read; to its end unless told. Whoever reads on all the same is served too. */
  untilFrames?: number;
  signal?: AbortSignal;
}

export interface RenderCache {
  /** The sound from `offsetFrames` on (48 kHz), interleaved stereo float; from the disk, from who makes it, or anew. */
  open(job: SoundJob, totalFrames: number, offsetFrames: number, options?: OpenOptions): AsyncGenerator<Float32Array>;
  /** Makes so much of the piece as is not there yet. Resolves when done or given up, never throws. */
  warm(job: SoundJob, totalFrames: number, untilFrames?: number): Promise<void>;
  /** Where the piece lies or will lie. */
  fileOf(job: SoundJob): string;
}

/** What somebody needs of a piece: its blocks before `until`. */
interface Need {
  job: SoundJob;
  key: string;
  totalFrames: number;
  until: number;
  priority: Priority;
}

const blocksUntil = (totalFrames: number, untilFrames: number) =>
  Math.max(1, blocksIn(Math.min(totalFrames, Math.ceil(untilFrames))));

/** Names of files under way: no two caches of this process, in whatever thread, share one. */
let serial = threadId * 1e6;

const keys = new WeakMap<SoundJob, string>();

/** Content address: equal pieces share one rendering, a changed synthesiser makes all anew. */
export function renderKey(job: SoundJob): string {
  let key = keys.get(job);
  if (!key) {
    key = createHash('sha256').update(SYNTH_VERSION).update('\n').update(JSON.stringify(job)).digest('hex');
    keys.set(job, key);
  }
  return key;
}

export function createRenderCache(deps: {
  dataDir: string;
  pool: SynthPool;
  maxBytes?: number;
  /** Told once when the disk first fails; sessions play on. */
  onWarning?: (message: string) => void;
}): RenderCache {
  const folder = path.join(deps.dataDir, 'cache', 'renders');
  const maxBytes = deps.maxBytes ?? DEFAULT_MAX_BYTES;
  const making = new Map<string, { rendering: Rendering; setPriority: (p: Priority) => void }>();
  const starting = new Map<string, Promise<unknown>>();
  const warming = new Map<string, { until: number; done: Promise<void> }>();
  let warned = false;
  let swept: Promise<void> | null = null;

  const nameOf = (key: string) => path.join(folder, `${key}.pcm`);

  const warn = (what: string, error: unknown) => {
    if (warned) return;
    warned = true;
    const code = (error as { code?: string })?.code ?? 'unknown fault';
    deps.onWarning?.(
      `${what} (${code}); music plays on, but has to be rendered anew each time. Free some space in the data folder.`,
    );
  };

  /** Half-written files of a process that is gone are removed before the first use. */
  async function sweep(): Promise<void> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    for (const name of await readdir(folder)) {
      const maker = /\.(\d+)\.\d+\.part$/.exec(name)?.[1];
      if (maker && !isRunning(Number(maker))) await rm(path.join(folder, name), { force: true });
    }
  }

  /** What is there of a piece is taken out of the readers' sight while it is gone on with: another process makes its own. */
  async function begin(key: string, totalFrames: number): Promise<{ file: PcmFile; part: string } | null> {
    try {
      swept ??= sweep();
      await swept;
      const part = path.join(folder, `${key}.${process.pid}.${serial++}.part`);
      const isThere = await rename(nameOf(key), part).then(
        () => true,
        () => false,
      );
      const before = isThere ? await continuePcmFile(part, totalFrames) : null;
      if (isThere && !before) await rm(part, { force: true });
      return { file: before ?? (await createPcmFile(part, totalFrames)), part };
    } catch (error) {
      swept = null;
      warn('The render cache cannot be written', error);
      return null;
    }
  }

  async function makeRoom(): Promise<void> {
    const files = await Promise.all(
      (await readdir(folder))
        .filter((name) => name.endsWith('.pcm'))
        .map(async (name) => {
          const file = path.join(folder, name);
          return stat(file).then(
            (s) => ({ file, size: s.size, usedMs: s.mtimeMs }),
            () => null,
          );
        }),
    );
    const known = files.filter((f) => f !== null).sort((a, b) => b.usedMs - a.usedMs);
    let sum = 0;
    for (const { file, size } of known) {
      sum += size;
      // The newest one stays even if it alone is over the bound: it is what plays now.
      if (sum > maxBytes && file !== known[0]!.file) await rm(file, { force: true });
    }
  }

  async function start({ job, key, totalFrames, until, priority }: Need): Promise<Rendering> {
    const begun = await begin(key, totalFrames);
    const control = new AbortController();
    const source = deps.pool.render(job, { priority, skipBlocks: begun?.file.blocks ?? 0, signal: control.signal });
    const discard = () => (begun ? rm(begun.part, { force: true }).catch(() => {}) : Promise.resolve());
    const rendering = startRendering({
      source,
      file: begun?.file ?? null,
      until,
      stop: () => control.abort(),
      onUnheard: () => source.setPriority('warm'),
      onDiskFault: (error) => {
        warn('The render cache cannot be written', error);
        void discard();
      },
      async onEnd(isKept) {
        if (isKept) {
          await rename(begun!.part, nameOf(key))
            .then(makeRoom)
            .catch((error) => {
              warn('The render cache cannot be written', error);
              return discard();
            });
        } else await discard();
        // Only now: whoever asks meanwhile still finds the rendering and does not begin a second one.
        if (making.get(key)?.rendering === rendering) making.delete(key);
      },
    });
    making.set(key, { rendering, setPriority: (p) => source.setPriority(p) });
    return rendering;
  }

  /** A file that holds the block, or who makes it. Requests for one piece wait for each other here. */
  async function find(need: Need, block: number): Promise<PcmFile | Rendering> {
    const { key, totalFrames, priority } = need;
    while (starting.has(key)) await starting.get(key);
    const search = async () => {
      const current = making.get(key);
      if (current?.rendering.canServe(block)) {
        if (priority === 'play') current.setPriority('play');
        return current.rendering;
      }
      await current?.rendering.ending();
      const file = await openPcmFile(nameOf(key), totalFrames);
      if (file === 'damaged') await rm(nameOf(key), { force: true });
      if (typeof file === 'object') {
        const now = new Date();
        await utimes(nameOf(key), now, now).catch(() => {});
        if (block < file.blocks) return file;
        await file.close();
      }
      return start(need);
    };
    const found = search();
    const settled = found.then(
      () => {},
      () => {},
    );
    starting.set(key, settled);
    void settled.then(() => starting.delete(key));
    return found;
  }

  /**
   * What the file holds. A damaged block is the end, and the file goes: it is made anew, and the listener hears no difference.
   */
  async function* inFile(file: PcmFile, key: string, from: number, signal?: AbortSignal): AsyncGenerator<Int16Array> {
    try {
      for (let at = from; at < file.blocks; at++) {
        signal?.throwIfAborted();
        const samples = await file.read(at);
        if (!samples) return await rm(nameOf(key), { force: true });
        yield samples;
      }
    } finally {
      await file.close();
    }
  }

  async function* blocks(need: Need, from: number, signal?: AbortSignal): AsyncGenerator<Int16Array> {
    const end = blocksIn(need.totalFrames);
    for (let at = from; at < end; ) {
      // Beyond what was said to be needed nobody knows how far it goes.
      const until = at < need.until ? need.until : end;
      const found = await find({ ...need, until }, at);
      const next = 'canServe' in found ? found.read(at, until, signal) : inFile(found, need.key, at, signal);
      for await (const samples of next) {
        at++;
        yield samples;
      }
    }
  }

  async function follow(need: Need): Promise<void> {
    try {
      const found = await find(need, need.until - 1);
      await ('canServe' in found ? found.follow(need.until) : found.close());
    } catch {
      // Warming is a courtesy: whoever plays the piece meets the fault and is told.
    }
  }

  return {
    async *open(job, totalFrames, offsetFrames, { untilFrames = totalFrames, signal } = {}) {
      const offset = Math.max(0, Math.min(totalFrames, Math.floor(offsetFrames)));
      const until = blocksUntil(totalFrames, untilFrames);
      const need: Need = { job, key: renderKey(job), totalFrames, until, priority: 'play' };
      let skip = (offset % BLOCK_FRAMES) * 2;
      for await (const block of blocks(need, Math.floor(offset / BLOCK_FRAMES), signal)) {
        yield toFloat(skip > 0 ? block.subarray(skip) : block);
        skip = 0;
      }
    },
    warm(job, totalFrames, untilFrames = totalFrames) {
      const key = renderKey(job);
      const until = blocksUntil(totalFrames, untilFrames);
      const known = warming.get(key);
      if (known && known.until >= until) return known.done;
      const done = follow({ job, key, totalFrames, until, priority: 'warm' }).finally(() => {
        if (warming.get(key)?.done === done) warming.delete(key);
      });
      warming.set(key, { until, done });
      return done;
    },
    fileOf: (job) => nameOf(renderKey(job)),
  };
}

function isRunning(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as { code?: string }).code === 'EPERM';
  }
}
