/** Keeps the shelf in step with a folder: what is put there is imported when it has stopped growing. */
import { watch } from 'chokidar';
import type { ImportReport } from './import-folder.js';

export interface WatchOptions {
  /** Runs one import; never two at a time. */
  importNow: () => Promise<ImportReport>;
  onReport: (report: ImportReport) => void;
  /** An import that failed as a whole; watching goes on. */
  onTrouble: (error: Error) => void;
  signal: AbortSignal;
  /** How long a file must have kept its size, and how long after the last change an import begins. */
  settleMs?: number;
}

/** Resolves when the signal says so and the running import has ended. */
export async function watchFolder(dir: string, options: WatchOptions): Promise<void> {
  const { importNow, onReport, onTrouble, signal, settleMs = 2000 } = options;
  let running: Promise<void> | null = null;
  let again = false;
  let timer: NodeJS.Timeout | undefined;

  function soon(): void {
    clearTimeout(timer);
    timer = setTimeout(begin, settleMs);
  }
  function begin(): void {
    if (signal.aborted) return;
    if (running) {
      again = true;
      return;
    }
    running = importNow()
      .then(onReport, (error: Error) => {
        if (!signal.aborted) onTrouble(error);
      })
      .finally(() => {
        running = null;
        if (again) {
          again = false;
          begin();
        }
      });
  }
  const watcher = watch(dir, {
    ignoreInitial: true,
    awaitWriteFinish: { stabilityThreshold: settleMs, pollInterval: Math.min(500, settleMs) },
    ignored: (name) => /(^|[/\\])\.[^/\\]+$/.test(name),
  });
  watcher.on('all', soon);
  watcher.on('error', (error) => onTrouble(error as Error));
  begin();
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
  clearTimeout(timer);
  await watcher.close();
  await running;
}
