/** A house that is packed and unpacked elsewhere is the same house; a file that is damaged or set as a trap changes nothing. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { create } from 'tar';
import { afterAll, describe, expect, it } from 'vitest';
import { backUp, restore } from './backup.js';
import { openFileStore } from './files/file-store.js';
import { RULES } from './kinds.js';
import { sessionOf } from './session.fixture.js';

const home = mkdtempSync(path.join(os.tmpdir(), 'emoheal-backup-test-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));
let count = 0;
const newFolder = () => {
  const folder = path.join(home, `house${++count}`);
  mkdirSync(path.join(folder, 'state'), { recursive: true });
  return folder;
};
const opener = (dataDir: string) => () => openFileStore({ dataDir });
const nowMs = Date.now();

async function house() {
  const dataDir = newFolder();
  const store = await openFileStore({ dataDir });
  await (await store.sessions()).save(sessionOf('s1', undefined, nowMs));
  await (await store.records(RULES)).change((all) => {
    all.anna = { loudnessCapLufs: -30 };
  });
  await store.close();
  writeFileSync(path.join(dataDir, 'secret-key'), 'a key\n', { mode: 0o600 });
  mkdirSync(path.join(dataDir, 'greetings'));
  writeFileSync(path.join(dataDir, 'greetings', 'g1'), 'a voice');
  mkdirSync(path.join(dataDir, 'library', 'from-servers'), { recursive: true });
  writeFileSync(path.join(dataDir, 'library', 'servers.json'), '[]');
  writeFileSync(path.join(dataDir, 'library', 'from-servers', 'big.mp3'), 'music that the server gives again');
  mkdirSync(path.join(dataDir, 'cache'));
  writeFileSync(path.join(dataDir, 'cache', 'sound'), 'made anew when wanted');
  const file = path.join(home, `backup${count}.tar.gz`);
  await backUp({ dataDir, openCurrent: opener(dataDir), file, nowMs });
  return { dataDir, file };
}

describe('a backup', () => {
  it('brings a house to another machine: sessions, records, keys, greetings', async () => {
    const { file } = await house();
    expect(statSync(file).mode & 0o077).toBe(0);
    const dataDir = newFolder();
    await restore({ dataDir, openCurrent: opener(dataDir), file });
    const store = await openFileStore({ dataDir });
    expect(await (await store.sessions()).load('s1')).toEqual(sessionOf('s1', undefined, nowMs));
    expect(await (await store.records(RULES)).read()).toEqual({ anna: { loudnessCapLufs: -30 } });
    await store.close();
    expect(readFileSync(path.join(dataDir, 'secret-key'), 'utf8')).toBe('a key\n');
    expect(statSync(path.join(dataDir, 'secret-key')).mode & 0o077).toBe(0);
    expect(readFileSync(path.join(dataDir, 'greetings', 'g1'), 'utf8')).toBe('a voice');
    expect(() => statSync(path.join(dataDir, 'library', 'from-servers'))).toThrow();
    expect(() => statSync(path.join(dataDir, 'cache'))).toThrow();
    // Again changes nothing and harms nothing.
    expect((await restore({ dataDir, openCurrent: opener(dataDir), file })).already).toBe(2);
  });

  it('does not take the place of another house unless it is asked to', async () => {
    const { file } = await house();
    const dataDir = newFolder();
    writeFileSync(path.join(dataDir, 'secret-key'), 'another key\n');
    await expect(restore({ dataDir, openCurrent: opener(dataDir), file })).rejects.toMatchObject({ code: 'conflict' });
    expect(readFileSync(path.join(dataDir, 'secret-key'), 'utf8')).toBe('another key\n');
    await restore({ dataDir, openCurrent: opener(dataDir), file, replace: true });
    expect(readFileSync(path.join(dataDir, 'secret-key'), 'utf8')).toBe('a key\n');
  });

  it('that is damaged, cut off, or no backup at all is refused and changes nothing', async () => {
    const { file } = await house();
    const bytes = readFileSync(file);
    const dataDir = newFolder();
    const spoilt = path.join(home, 'spoilt.tar.gz');
    const flipped = Buffer.from(bytes);
    flipped[Math.floor(bytes.length / 2)]! ^= 0xff;
    for (const content of [flipped, bytes.subarray(0, bytes.length - 40), Buffer.from('hello'), Buffer.alloc(0)]) {
      writeFileSync(spoilt, content);
      await expect(restore({ dataDir, openCurrent: opener(dataDir), file: spoilt })).rejects.toMatchObject({
        code: 'bad-input',
      });
    }
    const store = await openFileStore({ dataDir });
    expect(await (await store.sessions()).ids()).toEqual([]);
    await store.close();
  });

  it('with links or paths that lead out is refused before anything is written outside', async () => {
    const trap = newFolder();
    const outside = path.join(home, 'outside');
    writeFileSync(outside, 'untouched');
    symlinkSync(outside, path.join(trap, 'secret-key'));
    writeFileSync(path.join(trap, 'state', 'x'), 'x');
    const links = path.join(home, 'links.tar.gz');
    await create({ file: links, gzip: true, cwd: trap }, ['secret-key']);
    const out = path.join(home, 'out.tar.gz');
    await create({ file: out, gzip: true, cwd: path.join(trap, 'state'), preservePaths: true }, ['../../outside']);
    for (const file of [links, out]) {
      const dataDir = newFolder();
      await expect(restore({ dataDir, openCurrent: opener(dataDir), file })).rejects.toMatchObject({
        code: 'bad-input',
      });
    }
    expect(readFileSync(outside, 'utf8')).toBe('untouched');
  });
});
