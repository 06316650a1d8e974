import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FaissIndex } from './faiss.js';
import { loadFaiss } from './faiss-native.js';
import { earlierFolder, indexFolder, type KeptIndex, openKeptIndex } from './kept-index.js';
import { randomUnits } from './vector-index.contract.js';

const model = { id: 'test-model', dim: 24, sha256: 'b'.repeat(64) };
const vectors = randomUnits(400, model.dim, 21);
const ids = vectors.map((_, i) => `t${i}`);
const native = (() => {
  try {
    return Boolean(loadFaiss());
  } catch {
    return false;
  }
})();

let dataDir: string;
let warnings: string[];
beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'emoheal-kept-'));
  warnings = [];
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

const open = (limits: { flatLimit?: number; ivfFrom?: number } = {}, of = model): Promise<KeptIndex> =>
  openKeptIndex(of, { dataDir, onWarning: (message) => warnings.push(message), ...limits });

describe('the kept index', () => {
  it('holds after a start what was kept before', async () => {
    const first = await open();
    await first.index.add(ids, vectors);
    first.keep();
    await first.close();
    const second = await open();
    expect(await second.index.count()).toBe(400);
    expect(warnings).toEqual([]);
    await second.close();
  });

  it.skipIf(!native).each([
    ['faiss-hnsw', { flatLimit: 100 }],
    ['faiss-ivf', { flatLimit: 100, ivfFrom: 200 }],
  ])(
    'keeps %s that was built in the background without anybody asking, so the next start builds nothing',
    async (kind, limits) => {
      const early = await open();
      await early.index.add(ids, vectors);
      early.keep();
      await early.close();
      const first = await open(limits);
      expect(first.index.kind).toBe('faiss-flat');
      await (first.index as FaissIndex).settled();
      await first.close();
      const second = await open(limits);
      expect(second.index.kind).toBe(kind);
      expect(second.index.state().detail).toBe(`${kind} over 400 vectors`);
      await second.close();
    },
  );

  it.each([
    ['another model', { ...model, id: 'newer-model', sha256: 'c'.repeat(64) }],
    ['vectors of another length', { ...model, dim: 8, sha256: 'd'.repeat(64) }],
  ])(
    'names both models when the index is of %s, begins a new one beside it, and goes back without building',
    async (_, other) => {
      const first = await open({ flatLimit: 100 });
      await first.index.add(ids, vectors);
      first.keep();
      await first.close();

      const changed = await open({ flatLimit: 100 }, other);
      expect(warnings).toHaveLength(1);
      expect(warnings[0]).toContain(`"${model.id}" (24 numbers`);
      expect(warnings[0]).toContain(`"${other.id}" (${other.dim} numbers`);
      expect(await changed.index.count()).toBe(0);
      await changed.index.add(['x'], randomUnits(1, other.dim, 2));
      changed.keep();
      await changed.close();

      warnings = [];
      // There and back as often as one likes: each finds its own again.
      for (const [each, count] of [
        [model, 400],
        [other, 1],
        [other, 1],
        [model, 400],
      ] as const) {
        const kept = await open({}, each);
        expect(await kept.index.count()).toBe(count);
        await kept.close();
      }
      expect(warnings).toEqual([]);
    },
  );

  it('leaves an index of a newer format beside its own, untouched', async () => {
    const newer = '{"version": 9, "what": "only its maker knows"}';
    await mkdir(indexFolder(dataDir));
    await writeFile(path.join(indexFolder(dataDir), 'header.json'), newer);
    const kept = await open();
    expect(warnings[0]).toMatch(/format 9.*format 1/);
    await kept.index.add(ids, vectors);
    kept.keep();
    await kept.close();
    expect(await readFile(path.join(earlierFolder(indexFolder(dataDir)), 'header.json'), 'utf8')).toBe(newer);
    expect(await (await open()).index.count()).toBe(400);
  });

  it('keeps no damaged one', async () => {
    await mkdir(indexFolder(dataDir));
    await writeFile(path.join(indexFolder(dataDir), 'header.json'), '{"version": 1,');
    const kept = await open();
    expect(warnings[0]).toMatch(/header/);
    await kept.index.add(ids, vectors);
    kept.keep();
    await kept.close();
    expect(await readdir(dataDir)).toEqual(['index']);
  });
});
