/** Work that may wait gives way: a thread that renders ahead must not make an answer late. */
import { readlinkSync } from 'node:fs';
import os from 'node:os';

/**
 * Lowers the priority of the calling thread alone (Linux gives each thread its own; elsewhere nothing happens).
 * `nice` runs from 0 (as others) to 19 (only what nobody else wants).
 */
export function giveWay(nice: number): void {
  if (process.platform !== 'linux') return;
  try {
    // "<pid>/task/<tid>": the link is resolved on the thread that asks.
    const thread = Number(readlinkSync('/proc/thread-self').split('/').pop());
    os.setPriority(thread, nice);
  } catch {
    // Without /proc (some containers) all threads stay equal.
  }
}
