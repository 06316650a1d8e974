/**
 * A file to which lines are added and flushed together: what is acknowledged outlasts a loss of power, and a thousand
 * writers wait for a few flushes instead of a thousand. Each line bears its checksum, so that a line cut by a kill or
 * spoilt by the disk is told from a whole one.
 */
import { type FileHandle, open, readFile } from 'node:fs/promises';
import path from 'node:path';
import { crc32 } from 'node:zlib';
import { cannotWrite, flushFolder } from './whole-file.js';

export interface Journal {
  /** Bytes that it holds now. */
  size(): number;
  /** Resolves when the text is on the disk. Throws `disk-full`; the journal is then as it was before. */
  add(text: string): Promise<void>;
  /** What was added before is gone, also after a loss of power; what is added after this call is kept. */
  empty(): Promise<void>;
  close(): Promise<void>;
}

const checked = (text: string) => `${crc32(text).toString(16).padStart(8, '0')} ${text}\n`;

/** The texts that were added since it was last emptied, oldest first; `spoilt` counts lines that cannot be trusted. */
export async function readJournal(file: string): Promise<{ texts: string[]; spoilt: number }> {
  const whole = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  const lines = whole.split('\n');
  // What comes after the last line's end was never acknowledged.
  lines.pop();
  const texts = lines.map((line) => line.slice(9)).filter((text, i) => checked(text) === `${lines[i]}\n`);
  return { texts, spoilt: lines.length - texts.length };
}

/** Goes on where the file ends. */
export async function openJournal(file: string): Promise<Journal> {
  const handle: FileHandle = await open(file, 'a', 0o600);
  await flushFolder(path.dirname(file));
  let size = (await handle.stat()).size;
  let waiting: { text: string; done: () => void; failed: (error: unknown) => void }[] = [];
  /** Adding and emptying follow one another in the order in which they were asked for. */
  let last: Promise<void> = Promise.resolve();

  async function flush(): Promise<void> {
    const group = waiting;
    waiting = [];
    const bytes = Buffer.from(group.map(({ text }) => checked(text)).join(''));
    try {
      await handle.appendFile(bytes);
      await handle.datasync();
      size += bytes.length;
      for (const { done } of group) done();
    } catch (cause) {
      await handle.truncate(size).catch(() => {});
      for (const { failed } of group) failed(cannotWrite(file, cause));
    }
  }

  return {
    size: () => size,
    add: (text) =>
      new Promise((done, failed) => {
        if (waiting.push({ text, done, failed }) === 1) last = last.then(flush);
      }),
    empty() {
      const emptied = last.then(async () => {
        if (size === 0) return;
        await handle.truncate(0);
        await handle.datasync();
        size = 0;
      });
      last = emptied.catch(() => {});
      return emptied;
    },
    async close() {
      await last;
      await handle.close();
    },
  };
}
