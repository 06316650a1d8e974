/**
 * The clock of the database, told on this machine: servers whose own clocks are minutes apart put a session at the same second.
 *
 * Rules
 * 1. A question about the time that came back after 2 d places the database's clock within ± d, taken at its middle.
 * 2. What is known grows more doubtful by 200 µs a second, as two quartzes drift. A measure that is surer takes its place, and
 *    so does one that contradicts it: the database went to another machine, or its clock was set.
 * 3. What was told never goes back, and never stands still: where it was ahead, it goes at half speed until it is right.
 * It counts on from a measure by this machine's monotonic time, so that setting the machine's clock changes nothing.
 */
const DRIFT = 2e-4;

export interface SharedClock {
  /** Whole milliseconds since 1970. This machine's own clock before the first measure. */
  nowMs(): number;
  /** What the database said, and when it was asked and answered by monotonic time. */
  heard(saidMs: number, askedMs: number, answeredMs: number): void;
}

export function createSharedClock(monotonicMs: () => number = () => performance.now()): SharedClock {
  let known: { offsetMs: number; doubtMs: number; atMs: number } | null = null;
  let told: { ms: number; atMs: number } | null = null;
  return {
    nowMs() {
      if (!known) return Date.now();
      const atMs = monotonicMs();
      const rightMs = atMs + known.offsetMs;
      told = { ms: told ? Math.max(rightMs, told.ms + (atMs - told.atMs) / 2) : rightMs, atMs };
      return Math.floor(told.ms);
    },
    heard(saidMs, askedMs, answeredMs) {
      const measured = {
        offsetMs: saidMs - (askedMs + answeredMs) / 2,
        doubtMs: (answeredMs - askedMs) / 2,
        atMs: answeredMs,
      };
      const doubtMs = known ? known.doubtMs + (answeredMs - known.atMs) * DRIFT : Number.POSITIVE_INFINITY;
      const contradicts = known && Math.abs(measured.offsetMs - known.offsetMs) > measured.doubtMs + doubtMs;
      if (contradicts || measured.doubtMs <= doubtMs) known = measured;
    },
  };
}
