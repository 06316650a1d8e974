/** A timer as an argument, so that tests never wait. Calls back once after `ms`; returns what takes it back. */
export type After = (ms: number, then: () => void) => () => void;

/** The real one; it keeps no process alive. */
export const realAfter: After = (ms, then) => {
  const timer = setTimeout(then, ms);
  timer.unref();
  return () => clearTimeout(timer);
};
