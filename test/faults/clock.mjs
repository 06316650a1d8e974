/**
 * Loaded before the server (`node --import`): its clock can then be set forward and back from outside, as NTP does, and may be
 * wrong from the start (CLOCK_AHEAD_MS).
 */
const real = Date.now;
globalThis.clockAheadMs = Number(process.env.CLOCK_AHEAD_MS ?? 0);
Date.now = () => real() + globalThis.clockAheadMs;
globalThis.Date = new Proxy(Date, {
  construct: (target, given) => (given.length === 0 ? new target(Date.now()) : new target(...given)),
});
