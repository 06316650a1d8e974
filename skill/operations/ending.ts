/** How a server learns that it is to end, and that it does end whatever still waits by then. */
import type { Logger } from 'pino';

/** After its streams, everything else of a server has this long to close. */
const LONGEST_CLOSE_SEC = 10;

export interface Ending {
  signal: NodeJS.Signals;
  /** Fires when the end is asked for a second time: at once, then. */
  hurry: AbortSignal;
}

/** Resolves at the first SIGINT or SIGTERM. */
export function untilToldToEnd(): Promise<Ending> {
  const hurry = new AbortController();
  let told = false;
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.on(signal, () => {
        if (told) hurry.abort();
        told = true;
        resolve({ signal, hurry: hurry.signal });
      });
  });
}

/** Whatever still waits after that (a thread that was lost, a network that is gone): what was acknowledged is on the disk. */
export function endAtTheLatest(log: Logger, drainSec: number): void {
  setTimeout(
    () => {
      const held = [...new Set(process.getActiveResourcesInfo())];
      log.warn(`ended before everything had closed; what was still open: ${held.join(', ')}`);
      process.exit(1);
    },
    1000 * (drainSec + LONGEST_CLOSE_SEC),
  ).unref();
}
