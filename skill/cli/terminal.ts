/** What a command prints: results to stdout, progress and notices to stderr, errors as one line that says how to mend it. */

import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { CommanderError, InvalidArgumentError } from 'commander';
import { EmohealError, isCallersMistake } from '../../engine/errors.js';

export const EXIT = { done: 0, ourFailure: 1, callersMistake: 2 } as const;

export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, process.stdout.isTTY ? 2 : 0)}\n`);
}

export function printLine(line = ''): void {
  process.stdout.write(`${line}\n`);
}

export function notice(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** A progress line that rewrites itself on a terminal and prints every tenth elsewhere. `done` runs from 0 to 1. */
export function progressLine(label: string): (done: number) => void {
  let lastTenth = -1;
  const startMs = performance.now();
  return (done) => {
    const left = timeLeft(done, (performance.now() - startMs) / 1000);
    if (process.stderr.isTTY) {
      process.stderr.write(`\r\x1b[K${label} ${Math.round(done * 100)} %${left}${done >= 1 ? '\n' : ''}`);
      return;
    }
    const tenth = Math.floor(done * 10);
    if (tenth > lastTenth) {
      lastTenth = tenth;
      notice(`${label} ${tenth * 10} %${left}`);
    }
  };
}

/** At the pace so far; nothing in the first seconds and at the end, when it would be a guess or no news. */
export function timeLeft(done: number, spentSec: number): string {
  if (done <= 0.01 || done >= 1 || spentSec < 3) return '';
  const sec = (spentSec / done) * (1 - done);
  return sec < 90 ? `, ${Math.ceil(sec)} s left` : `, ${Math.ceil(sec / 60)} min left`;
}

/** The one error map of the command line: any error to a line on stderr and an exit code. */
export function reportError(error: unknown): number {
  if (error instanceof CommanderError) {
    // Commander has already printed its own line; help and version are no mistakes.
    return error.exitCode === 0 ? EXIT.done : EXIT.callersMistake;
  }
  if (error instanceof EmohealError) {
    notice(`emoheal: ${error.message}${error.remedy ? ` ${error.remedy}` : ''}`);
    return isCallersMistake(error) ? EXIT.callersMistake : EXIT.ourFailure;
  }
  const systemError = error as NodeJS.ErrnoException;
  if (systemError?.code === 'ENOENT' && systemError.path) {
    notice(`emoheal: there is no file ${systemError.path}. Check the path.`);
    return EXIT.callersMistake;
  }
  notice('emoheal: something went wrong on our side. Run "emoheal doctor" to see which part is unwell.');
  if (process.env.DEBUG) notice(String((error as Error)?.stack ?? error));
  else notice(`(${(error as Error)?.name ?? 'Error'}; set DEBUG=1 for details)`);
  return EXIT.ourFailure;
}

/** Minutes and seconds for people: 754 → "12:34". */
export function clock(seconds: number): string {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

/** Parser of a number on the command line. */
export function number(name: string): (value: string) => number {
  return (value) => {
    const parsed = Number(value);
    if (!Number.isFinite(parsed)) throw new InvalidArgumentError(`${name} must be a number.`);
    return parsed;
  };
}

/** A password or key: typed without being shown, or the first line of standard input. Throws `bad-input` for none. */
export async function secretFrom(question: string): Promise<string> {
  const shown = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: shown, terminal: process.stdin.isTTY === true });
  if (process.stdin.isTTY) process.stderr.write(question);
  try {
    for await (const line of lines) {
      if (process.stdin.isTTY) process.stderr.write('\n');
      if (line.trim() !== '') return line.trim();
      break;
    }
  } finally {
    lines.close();
  }
  throw new EmohealError('bad-input', 'Nothing was given.', { remedy: 'Type it, or give it on standard input.' });
}
