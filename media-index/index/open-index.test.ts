import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadFaiss } from './faiss-native.js';
import { openIndex, openSavedIndex } from './open-index.js';
import { randomUnits, TEST_MODEL, unit } from './vector-index.contract.js';

const notBuilt = {
  load: () => {
    throw new Error('Could not locate the bindings file');
  },
};
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'emoheal-index-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function saved(): Promise<void> {
  const index = openIndex(TEST_MODEL, notBuilt);
  await index.add(['a', 'b', 'c'], randomUnits(3, 4, 1));
  await index.save(folder);
}

describe('openIndex', () => {
  it('falls back to exact search where the native module is missing, and says so with a way out', async () => {
    const index = openIndex(TEST_MODEL, notBuilt);
    expect(index.kind).toBe('exact');
    expect(index.state()).toMatchObject({ status: 'ready', detail: expect.stringMatching(/not built/) });
    expect(index.state().remedy).toBeTruthy();
    await index.add(['a'], [unit(1, 0, 0, 0)]);
    expect((await index.search(unit(1, 0, 0, 0), 1))[0]?.id).toBe('a');
  });

  it('goes on with FAISS over the same vectors once the module was built beside it, without a new start', async () => {
    let isBuilt = false;
    let nowMs = 0;
    const ids = Array.from({ length: 50 }, (_, i) => `t${i}`);
    const vectors = randomUnits(50, TEST_MODEL.dim, 2);
    await openIndex(TEST_MODEL, notBuilt).save(folder);
    const index = await openSavedIndex(folder, TEST_MODEL, {
      load: () => (isBuilt ? loadFaiss() : notBuilt.load()),
      nowMs: () => nowMs,
    });
    await index.add(ids, vectors);
    const before = await index.search(vectors[7] as Float32Array, 5);
    isBuilt = true;
    nowMs += 60_000;
    expect(index.state().detail).toMatch(/^faiss-flat over 50 vectors/);
    expect(index.kind).toBe('faiss-flat');
    expect(await index.search(vectors[7] as Float32Array, 5)).toEqual(before);
    await index.remove(['t7']);
    await index.add(['new'], [vectors[7] as Float32Array]);
    expect((await index.search(vectors[7] as Float32Array, 1))[0]?.id).toBe('new');
    await index.save(folder);
    await index.close();
    expect(await (await openSavedIndex(folder, TEST_MODEL)).count()).toBe(50);
  });
});

describe('a saved index', () => {
  it('opens again, and an absent one is empty', async () => {
    expect(await (await openSavedIndex(folder, TEST_MODEL)).count()).toBe(0);
    await saved();
    const index = await openSavedIndex(folder, TEST_MODEL);
    expect((await index.ids()).sort()).toEqual(['a', 'b', 'c']);
    await index.add(['d'], [unit(0, 0, 0, 1)]);
    expect((await index.search(unit(0, 0, 0, 1), 1))[0]?.id).toBe('d');
  });

  it('names both models when they differ', async () => {
    await saved();
    const other = { ...TEST_MODEL, id: 'other-model' };
    await expect(openSavedIndex(folder, other)).rejects.toMatchObject({
      code: 'index-mismatch',
      message: expect.stringMatching(/"test-model".*"other-model"/),
    });
    await expect(openSavedIndex(folder, { ...TEST_MODEL, dim: 5 })).rejects.toThrow(/4 numbers.*5 numbers/);
    await expect(openSavedIndex(folder, { ...TEST_MODEL, sha256: 'f'.repeat(64) })).rejects.toThrow(/aaaa.*ffff/);
  });

  const vectorsFile = async (): Promise<string> =>
    path.join(folder, (await readdir(folder)).find((name) => name.endsWith('.f32')) as string);

  it.each([
    [
      'one byte of the vectors is changed',
      async () => {
        const file = await vectorsFile();
        const data = await readFile(file);
        data[3] = (data[3] as number) ^ 1;
        await writeFile(file, data);
      },
      /damaged/,
    ],
    [
      'the vectors are cut short',
      async () => {
        const file = await vectorsFile();
        await writeFile(file, (await readFile(file)).subarray(0, 10));
      },
      /damaged/,
    ],
    ['the vectors are gone', async () => rm(await vectorsFile()), /lacks its file/],
    ['the header is no JSON', async () => writeFile(path.join(folder, 'header.json'), '{"version": 1,'), /header/],
    [
      'the header points elsewhere',
      async () => {
        const file = path.join(folder, 'header.json');
        await writeFile(file, (await readFile(file, 'utf8')).replace(/vectors-[0-9a-f]+/, '../../outside'));
      },
      /header/,
    ],
    [
      'the format is newer',
      async () => {
        const file = path.join(folder, 'header.json');
        await writeFile(file, (await readFile(file, 'utf8')).replace('"version": 1', '"version": 9'));
      },
      /format 9.*format 1/,
    ],
  ])('is refused when %s, and overwritten by the next whole one', async (_, spoil, reason) => {
    await saved();
    await spoil();
    await expect(openSavedIndex(folder, TEST_MODEL)).rejects.toMatchObject({
      code: 'index-mismatch',
      message: expect.stringMatching(reason),
    });
    const index = openIndex(TEST_MODEL);
    await index.add(['x'], [unit(1, 0, 0, 0)]);
    await index.save(folder);
    expect(await (await openSavedIndex(folder, TEST_MODEL)).ids()).toEqual(['x']);
    expect((await readdir(folder)).length).toBe(3);
  });
});
