/**
 * Locks between processes that the operating system itself ends with the process that holds them: after a kill or a loss
 * of power nobody waits for a lock to go stale, and no timer wakes the disk to keep one fresh.
 */
import { type FileHandle, open } from 'node:fs/promises';
import { tryLock } from 'fs-native-extensions';

const POLL_MS = { first: 2, longest: 100 };

/** Null where another holds it for longer than `waitMs`. The file itself stays: it is empty. */
export async function lockFile(file: string, { waitMs = 0 } = {}): Promise<(() => Promise<void>) | null> {
  const handle: FileHandle = await open(file, 'a+', 0o600);
  const untilMs = performance.now() + waitMs;
  for (let pause = POLL_MS.first; !tryLock(handle.fd); pause = Math.min(pause * 2, POLL_MS.longest)) {
    if (performance.now() >= untilMs) {
      await handle.close();
      return null;
    }
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
  return () => handle.close();
}
