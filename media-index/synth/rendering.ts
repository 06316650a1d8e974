/**
 * One piece being made, shared by everyone who wants it: blocks go to a file as they come, and readers follow behind. It is made
 * as far as anybody has said to need it: of three minutes a session often plays half.
 * When the disk fails, blocks are held in memory instead and the maker waits for the slowest reader.
 */
import { EmohealError } from '../../engine/errors.js';
import type { PcmFile } from './pcm-file.js';

/** Without a file, the maker may be one minute ahead of the slowest reader (23 MB). */
const MEMORY_BLOCKS = 120;

export interface Rendering {
  /** False when blocks before `block` are gone (disk failed and others read on), or when it ends before it. */
  canServe(block: number): boolean;
  /**
   * Blocks from `block` to where it ends, which is `until` or later. Leaving early lets go; the last one to leave stops the work.
   * Throws what the source threw.
   */
  read(block: number, until: number, signal?: AbortSignal): AsyncGenerator<Int16Array>;
  /** Keeps the work going without listening until block `until` is made. Resolves when it ended, never throws. */
  follow(until: number): Promise<void>;
  /** Null while it goes on; then settles when what was made lies where it is kept. */
  ending(): Promise<void> | null;
}

export function startRendering(parts: {
  /** From the first block that `file` does not hold on. */
  source: AsyncIterable<Int16Array>;
  /** Null when no file could be begun. */
  file: PcmFile | null;
  /** How far it is needed, at first. */
  until: number;
  /** Stops the source. */
  stop: () => void;
  /** Nobody listens any more, and the rest is made for the next time only. */
  onUnheard: () => void;
  onDiskFault: (error: unknown) => void;
  /**
   * Called once, when nothing more is made; `isKept`: the file holds whole blocks, of now or of before, whatever became of the
   * rest.
   */
  onEnd: (isKept: boolean) => Promise<void>;
}): Rendering {
  const { source, file } = parts;
  const held = new Map<number, Int16Array>();
  const readers = new Set<{ at: number }>();
  const waiters = new Set<() => void>();
  let goal = parts.until;
  let made = file?.blocks ?? 0;
  let inFile = made;
  let lowestHeld = 0;
  let fileWorks = file !== null;
  let followers = 0;
  let stopped = false;
  let ended = false;
  let error: unknown = null;

  const pulse = () => {
    for (const wake of [...waiters]) wake();
  };
  const change = () =>
    new Promise<void>((resolve) => {
      const wake = () => {
        waiters.delete(wake);
        resolve();
      };
      waiters.add(wake);
    });
  const slowest = () => Math.min(made, ...[...readers].map((r) => r.at));

  async function keep(block: Int16Array): Promise<void> {
    if (fileWorks) {
      try {
        await file!.append(block);
        inFile = made + 1;
      } catch (fault) {
        fileWorks = false;
        lowestHeld = made;
        parts.onDiskFault(fault);
      }
    }
    if (!fileWorks) held.set(made, block);
    made++;
    pulse();
    while (!fileWorks && !stopped) {
      for (; lowestHeld < slowest(); lowestHeld++) held.delete(lowestHeld);
      // With nobody listening there is nothing to keep and no file to fill.
      if (readers.size === 0) halt();
      if (made - slowest() < MEMORY_BLOCKS) break;
      await change();
    }
  }

  function halt(): void {
    stopped = true;
    parts.stop();
  }

  async function make(): Promise<void> {
    try {
      for await (const block of source) {
        await keep(block);
        if (stopped || made >= goal) break;
      }
      if (!stopped && made < goal) throw new EmohealError('internal', `A rendering gave ${made} of ${goal} blocks.`);
    } catch (fault) {
      // Who was told to stop may say so as a fault.
      if (!stopped) error = fault;
    }
    ended = true;
    await parts.onEnd(fileWorks && made > 0);
    pulse();
    closeIfUnused();
  }

  let closed = false;
  function closeIfUnused(): void {
    if (!ended || readers.size > 0 || closed) return;
    closed = true;
    void file?.close().catch(() => {});
  }

  function leave(reader: { at: number }): void {
    readers.delete(reader);
    if (!ended && readers.size === 0) {
      if (followers === 0) halt();
      else parts.onUnheard();
    }
    pulse();
    closeIfUnused();
  }

  const finished = make();

  return {
    canServe: (block) => !stopped && !closed && (!ended || block < made) && (block < inFile || block >= lowestHeld),
    async *read(block, until, signal) {
      // It may have ended and closed between being found and being read: what it made lies where it is kept.
      if (closed && block < inFile) return;
      const reader = { at: block };
      readers.add(reader);
      goal = Math.max(goal, until);
      signal?.addEventListener('abort', pulse);
      try {
        for (;;) {
          if (signal?.aborted) throw new EmohealError('cancelled', 'Reading the piece was cancelled.');
          if (reader.at < made) {
            const samples = reader.at < inFile ? await file!.read(reader.at) : held.get(reader.at);
            if (!samples)
              throw new EmohealError('track-unreadable', 'The piece being rendered could not be read back.', {
                retryable: true,
              });
            reader.at++;
            if (!fileWorks) pulse();
            yield samples;
          } else if (ended) {
            if (error !== null) throw error;
            return;
          } else await change();
        }
      } finally {
        signal?.removeEventListener('abort', pulse);
        leave(reader);
      }
    },
    async follow(until) {
      followers++;
      goal = Math.max(goal, until);
      await finished;
    },
    ending: () => (stopped || ended ? finished : null),
  };
}
