/** How long each kind of record is kept at most, in days: what the job removes by, and what the page says. */
export const DAYS = {
  /** Since it was begun. */
  sessions: 30,
  /** Since it was last used. */
  taste: 730,
  /** Since it came, for one that comes once. */
  onceRoutines: 30,
  /** Since the last time it came, for one that is switched off. */
  routinesSwitchedOff: 730,
  /** Since the answer. */
  checkIns: 1095,
  /** Since it began. */
  study: 1825,
  /** Since the device or the listener was last heard. */
  alexa: 400,
} as const;

export const DAY_MS = 24 * 3600 * 1000;
