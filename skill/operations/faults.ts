/** What becomes of faults that nothing in the program waits for, and of warnings that Node and libraries give. */
import type { Logger } from 'pino';

/** Of a promise that failed with nobody to hear of it: a bug report. No test of a running server passes with one. */
export const NOBODY_WAITED = 'a fault that nothing waited for';

interface Fault {
  code?: unknown;
  name?: unknown;
  stack?: unknown;
}

const codeOf = (fault: Fault | undefined): string => String(fault?.code ?? fault?.name ?? 'unknown');

/** What the log may hold of anything that was thrown: never its message, which may quote what somebody said. */
export function faultFields(thrown: unknown): { code?: unknown; stack?: unknown } {
  const { code, stack } = (thrown ?? {}) as Fault;
  return { code, stack };
}

export function watchForFaults(log: Logger): void {
  // A fault that nobody waited for (a client that vanished in the middle of its sentence) ends nobody else's night. The log's
  // line is a bug report: where it comes from is to be mended.
  process.on('unhandledRejection', (error: Fault | undefined) => log.error({ code: codeOf(error) }, NOBODY_WAITED));
  // Node would print its message, which may quote what somebody said, and not as a line of the log.
  process.on('uncaughtException', (error: Fault | undefined) => {
    log.error({ code: codeOf(error), stack: error?.stack }, 'a fault that nothing caught; the server ends');
    process.exit(1);
  });
  // The same for warnings; a library that will want a newer Node one day writes ten lines at the first song of the night.
  process.removeAllListeners('warning');
  process.on('warning', (warning: Fault) =>
    log.warn({ code: codeOf(warning), stack: warning.stack }, 'a warning of Node or of a library'),
  );
}
