/** The listener's own music, imported by the real command: killed at any moment, doubled in other clothes, and watched. */
import { type ChildProcess, spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../models/paths.js';

const root = mkdtempSync(path.join(tmpdir(), 'emoheal-import-'));
const music = path.join(root, 'music');
/** `IMPORT_TEST_FILES=1000 npm test -- test/import.test.ts` for a shelf of real size. */
const FILES = Number(process.env.IMPORT_TEST_FILES || 40);
const STEP = Math.ceil(FILES / Math.max(3, FILES / 50));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Three seconds of a tone of its own as 16-bit WAV, with a title in its INFO chunk. */
function tone(hz: number, title: string, seconds = 3, rate = 16_000): Buffer {
  const samples = Buffer.alloc(seconds * rate * 2);
  for (let i = 0; i < seconds * rate; i++)
    samples.writeInt16LE(Math.round(8000 * Math.sin((2 * Math.PI * hz * i) / rate)), 2 * i);
  const chunk = (id: string, body: Buffer) => {
    const head = Buffer.alloc(8);
    head.write(id);
    head.writeUInt32LE(body.length, 4);
    return Buffer.concat([head, body]);
  };
  const format = Buffer.alloc(16);
  format.writeUInt16LE(1, 0);
  format.writeUInt16LE(1, 2);
  format.writeUInt32LE(rate, 4);
  format.writeUInt32LE(rate * 2, 8);
  format.writeUInt16LE(2, 12);
  format.writeUInt16LE(16, 14);
  const text = Buffer.from(title.padEnd(title.length + (title.length % 2 === 0 ? 2 : 1), '\0'));
  const info = chunk('LIST', Buffer.concat([Buffer.from('INFO'), chunk('INAM', text)]));
  const body = Buffer.concat([Buffer.from('WAVE'), chunk('fmt ', format), info, chunk('data', samples)]);
  return chunk('RIFF', body);
}

function emoheal(dataDir: string, ...words: string[]): ChildProcess & { said: () => string } {
  const child = spawn(process.execPath, [path.join(packageRoot(), 'bin', 'emoheal.mjs'), ...words], {
    env: { ...process.env, EMOHEAL_DATA_DIR: dataDir, EMOHEAL_LOG_LEVEL: 'silent' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let out = '';
  child.stdout?.on('data', (chunk) => {
    out += chunk;
  });
  return Object.assign(child, { said: () => out });
}
const ended = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve) => child.once('close', (code) => resolve(code)));
const records = (dataDir: string): string[] => {
  try {
    return readdirSync(path.join(dataDir, 'library', 'tracks')).filter((name) => name.endsWith('.json'));
  } catch {
    return [];
  }
};

beforeAll(() => {
  mkdirSync(music);
  for (let i = 0; i < FILES; i++)
    writeFileSync(
      path.join(music, `tone ${String(i).padStart(4, '0')}.wav`),
      tone(200 + (280 / FILES) * i, `Tone ${i}`),
    );
});

describe('an import', { timeout: 240_000 + 2000 * FILES }, () => {
  it('that is killed again and again is whole in the end: nothing lost, nothing doubled', async () => {
    const dataDir = path.join(root, 'killed');
    let kills = 0;
    for (let most = 1; most < FILES; most += STEP) {
      const child = emoheal(dataDir, 'library', 'import', music);
      const gone = ended(child);
      // As soon as some more are done, in the midst of the next ones.
      while (records(dataDir).length < most && child.exitCode === null)
        await new Promise((resolve) => setTimeout(resolve, 5));
      if (child.exitCode === null) kills += 1;
      child.kill('SIGKILL');
      await gone;
    }
    expect(kills).toBeGreaterThan(0);
    const last = emoheal(dataDir, 'library', 'import', music, '--json');
    expect(await ended(last)).toBe(0);
    const report = JSON.parse(last.said());
    expect(report.imported.length + report.alreadyThere.length).toBe(FILES);
    const paths = records(dataDir).map((name) => {
      const { track } = JSON.parse(readFileSync(path.join(dataDir, 'library', 'tracks', name), 'utf8'));
      return track.origin.path as string;
    });
    expect(paths.sort()).toEqual(
      readdirSync(music)
        .map((name) => path.join(music, name))
        .sort(),
    );
  });

  it('knows a recording again under another title and name, and lists what is no music beside all the rest', async () => {
    const [dataDir, mixed] = [path.join(root, 'mixed'), path.join(root, 'mixture')];
    mkdirSync(mixed);
    writeFileSync(path.join(mixed, 'a.wav'), tone(330, 'One name'));
    writeFileSync(path.join(mixed, 'b.wav'), tone(330, 'Another name altogether'));
    copyFileSync(path.join(music, 'tone 0001.wav'), path.join(mixed, 'wrongly named.mp3'));
    writeFileSync(path.join(mixed, 'low.wav'), tone(220, 'Low', 4, 8000));
    writeFileSync(path.join(mixed, 'empty.flac'), '');
    writeFileSync(path.join(mixed, 'cut.wav'), tone(440, 'Cut').subarray(0, 60));
    writeFileSync(path.join(mixed, 'words.ogg'), 'this is no music');
    const child = emoheal(dataDir, 'library', 'import', mixed, '--json');
    expect(await ended(child)).toBe(0);
    const report = JSON.parse(child.said());
    expect(report.imported.map((each: { title: string }) => each.title).sort()).toHaveLength(3);
    expect(report.alreadyThere).toHaveLength(1);
    expect(report.unreadable.map((each: { file: string }) => path.basename(each.file))).toEqual([
      'cut.wav',
      'empty.flac',
      'words.ogg',
    ]);
  });

  it('that watches brings what is put into the folder, and ends when it is told to', async () => {
    const [dataDir, folder] = [path.join(root, 'watched'), path.join(root, 'folder')];
    mkdirSync(folder);
    writeFileSync(path.join(folder, 'first.wav'), tone(250, 'First'));
    const child = emoheal(dataDir, 'library', 'import', folder, '--watch');
    const gone = ended(child);
    const until = async (count: number) => {
      while (records(dataDir).length < count && child.exitCode === null)
        await new Promise((resolve) => setTimeout(resolve, 50));
    };
    await until(1);
    writeFileSync(path.join(folder, 'second.wav'), tone(260, 'Second'));
    await until(2);
    expect(records(dataDir)).toHaveLength(2);
    child.kill('SIGTERM');
    expect(await gone).toBe(0);
  });
});
