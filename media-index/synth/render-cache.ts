/** Rendered pieces on the disk, least recently used ones leave first; what is being made is shared by all who ask. */
import { createHash } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import path from 'node:path';
import type { Priority, SoundJob } from './messages.js';
import { blocksIn, createPcmFile, openPcmFile, type PcmFile } from './pcm-file.js';
import { toFloat } from './pcm16.js';
import type { SynthPool } from './pool.js';
import { BLOCK_FRAMES, SYNTH_VERSION } from './render-score.js';
import { type Rendering, startRendering } from './rendering.js';

const DEFAULT_MAX_BYTES = 2 * 1024 ** 3;

export interface RenderCache {
  /** The sound from `offsetFrames` on (48 kHz), interleaved stereo float; from the disk, from who makes it, or anew. */
  open(job: SoundJob, totalFrames: number, offsetFrames: number, signal?: AbortSignal): AsyncGenerator<Float32Array>;
  /** Makes the piece if it is not there yet. Resolves when done or given up, never throws. */
  warm(job: SoundJob, totalFrames: number): Promise<void>;
  /** Where the finished piece lies or will lie. */
  fileOf(job: SoundJob): string;
}

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
  const warming = new Map<string, Promise<void>>();
  let warned = false;
  let serial = 0;
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

  async function begin(key: string, totalFrames: number): Promise<{ file: PcmFile; part: string } | null> {
    try {
      swept ??= sweep();
      await swept;
      const part = path.join(folder, `${key}.${process.pid}.${serial++}.part`);
      return { file: await createPcmFile(part, totalFrames), part };
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

  async function start(job: SoundJob, key: string, totalFrames: number, priority: Priority): Promise<Rendering> {
    const begun = await begin(key, totalFrames);
    const control = new AbortController();
    const source = deps.pool.render(job, { priority, signal: control.signal });
    const discard = () => (begun ? rm(begun.part, { force: true }).catch(() => {}) : Promise.resolve());
    const rendering = startRendering({
      source,
      file: begun?.file ?? null,
      totalBlocks: blocksIn(totalFrames),
      stop: () => control.abort(),
      onUnheard: () => source.setPriority('warm'),
      onDiskFault: (error) => {
        warn('The render cache cannot be written', error);
        void discard();
      },
      async onEnd(complete) {
        if (complete) {
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

  /** The finished file, or who makes the piece. Requests for one piece wait for each other here. */
  async function find(
    job: SoundJob,
    key: string,
    totalFrames: number,
    block: number,
    priority: Priority,
  ): Promise<PcmFile | Rendering> {
    while (starting.has(key)) await starting.get(key);
    const search = async () => {
      const current = making.get(key);
      if (current?.rendering.canServe(block)) {
        if (priority === 'play') current.setPriority('play');
        return current.rendering;
      }
      const file = await openPcmFile(nameOf(key), totalFrames);
      if (file === 'damaged') await rm(nameOf(key), { force: true });
      if (typeof file === 'object') {
        const now = new Date();
        await utimes(nameOf(key), now, now).catch(() => {});
        return file;
      }
      return start(job, key, totalFrames, priority);
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

  async function* blocks(
    job: SoundJob,
    totalFrames: number,
    from: number,
    signal?: AbortSignal,
  ): AsyncGenerator<Int16Array> {
    const key = renderKey(job);
    let found = await find(job, key, totalFrames, from, 'play');
    // A rendering may end and close between being found and being read; then the finished file is there.
    while ('canServe' in found && !found.canServe(from)) found = await find(job, key, totalFrames, from, 'play');
    if ('canServe' in found) return yield* found.read(from, signal);
    let at = from;
    try {
      for (; at < blocksIn(totalFrames); at++) {
        signal?.throwIfAborted();
        const samples = await found.read(at);
        if (!samples) break;
        yield samples;
      }
    } finally {
      await found.close();
    }
    if (at < blocksIn(totalFrames)) {
      // A damaged block: the file goes, the rest is made anew; the listener hears no difference.
      await rm(nameOf(key), { force: true });
      yield* blocks(job, totalFrames, at, signal);
    }
  }

  async function follow(job: SoundJob, key: string, totalFrames: number): Promise<void> {
    try {
      const found = await find(job, key, totalFrames, 0, 'warm');
      await ('canServe' in found ? found.follow() : found.close());
    } catch {
      // Warming is a courtesy: whoever plays the piece meets the fault and is told.
    }
  }

  return {
    async *open(job, totalFrames, offsetFrames, signal) {
      const offset = Math.max(0, Math.min(totalFrames, Math.floor(offsetFrames)));
      let skip = (offset % BLOCK_FRAMES) * 2;
      for await (const block of blocks(job, totalFrames, Math.floor(offset / BLOCK_FRAMES), signal)) {
        yield toFloat(skip > 0 ? block.subarray(skip) : block);
        skip = 0;
      }
    },
    warm(job, totalFrames) {
      const key = renderKey(job);
      const known = warming.get(key);
      if (known) return known;
      const warmed = follow(job, key, totalFrames).finally(() => warming.delete(key));
      warming.set(key, warmed);
      return warmed;
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
