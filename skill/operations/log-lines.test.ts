/** Lines reach the log whole, once and in order, however poorly it takes them; and nobody suffers where it takes none. */
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { logLines } from './log-lines.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/**
 * A place that takes so many bytes of each piece, or fails where that is null; it takes everything once that list is at its end.
 */
function poorPlace(takes: (number | null)[]) {
  const taken: Buffer[] = [];
  const put = (_fd: number, bytes: Buffer, done: (error: Error | null, written: number) => void) =>
    void setTimeout(() => {
      const most = takes.length > 0 ? takes.shift()! : bytes.length;
      if (most === null) return done(Object.assign(new Error('no room'), { code: 'ENOSPC' }), 0);
      const part = Buffer.from(bytes.subarray(0, most));
      taken.push(part);
      done(null, part.length);
    }, 1);
  return { put, text: () => Buffer.concat(taken).toString() };
}

it('writes every line whole, once and in order, through failures and pieces', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ maxLength: 200 }).map((text) => `${JSON.stringify(text)}\n`)),
      fc.array(fc.option(fc.integer({ min: 1, max: 90 }), { nil: null }), { maxLength: 30 }),
      fc.infiniteStream(fc.integer({ min: 0, max: 3 })),
      (lines, takes, pauses) => {
        const { put, text } = poorPlace(takes);
        const log = logLines(9, put);
        for (const line of lines) {
          log.write(line);
          vi.advanceTimersByTime(pauses.next().value!);
        }
        vi.runAllTimers();
        expect(text()).toBe(lines.join(''));
      },
    ),
  );
});

it('keeps a bounded part of what nobody takes, and tells how many lines are missing', () => {
  let room = false;
  const taken: string[] = [];
  const log = logLines(
    9,
    (_fd, bytes, done) => {
      if (!room) return done(new Error('no room'), 0);
      taken.push(bytes.toString());
      done(null, bytes.length);
    },
    () => 7,
  );
  const line = `${'x'.repeat(1023)}\n`;
  for (let i = 0; i < 3000; i += 1) log.write(line);
  room = true;
  vi.runAllTimers();
  const lines = taken.join('').trimEnd().split('\n');
  expect(lines.length).toBe(1024 + 1);
  expect(JSON.parse(lines.at(-1)!)).toMatchObject({ level: 40, time: 7, msg: expect.stringMatching(/: 1976$/) });
  log.write('the next one\n');
  expect(taken.at(-1)).toBe('the next one\n');
});
