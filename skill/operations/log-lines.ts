/**
 * Lines of a log on their way to a file descriptor. Nobody waits for them, and whatever becomes of them (a disk that is full,
 * a reader that has gone or stands still) touches nothing else: what could not be written is tried again, and beyond a
 * bound newer lines are left out and counted. The writer that pino brings lets such a fault end the process, and then tries
 * for ever to write its last lines.
 */
import { write, writeSync } from 'node:fs';
import type { DestinationStream } from 'pino';

/** About ten thousand lines. */
const MOST_BYTES = 1024 * 1024;
const AGAIN_MS = 1000;

type Write = (fd: number, bytes: Buffer, done: (error: Error | null, written: number) => void) => void;

export interface LogLines extends DestinationStream {
  /** What still waits is tried once more, at the end of the process. */
  end(): void;
}

export function logLines(fd: number, put: Write = write, nowMs: () => number = Date.now): LogLines {
  /** In order; the first may be the rest of a line. */
  let waiting: Buffer[] = [];
  let waitingBytes = 0;
  let leftOut = 0;
  let writing = false;
  let again: NodeJS.Timeout | undefined;

  function take(): Buffer {
    const all = Buffer.concat(waiting);
    waiting = [];
    waitingBytes = 0;
    return all;
  }

  function tell(): void {
    if (leftOut === 0) return;
    const told = { level: 40, time: nowMs(), msg: `lines of this log that could not be written: ${leftOut}` };
    leftOut = 0;
    add(Buffer.from(`${JSON.stringify(told)}\n`));
  }

  function add(bytes: Buffer): void {
    waiting.push(bytes);
    waitingBytes += bytes.length;
  }

  function next(): void {
    if (writing || again || waitingBytes === 0) return;
    writing = true;
    const bytes = take();
    put(fd, bytes, (error, written) => {
      writing = false;
      const rest = bytes.subarray(error ? 0 : written);
      if (rest.length > 0) {
        waiting.unshift(rest);
        waitingBytes += rest.length;
      }
      if (error) {
        again = setTimeout(() => {
          again = undefined;
          next();
        }, AGAIN_MS).unref();
        return;
      }
      tell();
      next();
    });
  }

  return {
    write(line) {
      const bytes = Buffer.from(line);
      if (waitingBytes + bytes.length > MOST_BYTES) leftOut += 1;
      else add(bytes);
      next();
    },
    end() {
      try {
        // What is being written just now is on its way already.
        if (waitingBytes > 0) writeSync(fd, take());
      } catch {
        // Nobody is left to tell.
      }
    },
  };
}

/** To standard error, to the last line of the process. */
export function linesOfProcess(): LogLines {
  const lines = logLines(2);
  process.once('exit', () => lines.end());
  return lines;
}
