/** Against a real server; skipped, with the reason, where none can be had. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { createExactIndex } from './exact.js';
import { openKeptIndex } from './kept-index.js';
import { startMilvus } from './milvus.fixture.js';
import { type MilvusIndex, openMilvus } from './milvus.js';
import { connect, readAddress } from './milvus-client.js';
import { moveIndex } from './move-index.js';
import { createServerIndex } from './server-index.js';
import { randomUnits, TEST_MODEL, vectorIndexContract } from './vector-index.contract.js';

const server = await startMilvus(TEST_MODEL);
const reason = typeof server === 'string' ? server : null;
const url = typeof server === 'string' ? 'http://127.0.0.1:9' : server.url;
if (reason) process.stderr.write(`skipped: the tests with a Milvus server: ${reason}\n`);

const opened: MilvusIndex[] = [];
/** The one collection of a model, emptied. */
async function empty(model = TEST_MODEL): Promise<MilvusIndex> {
  const index = await openMilvus(model, readAddress(url));
  opened.push(index);
  await index.remove(await index.ids());
  return index;
}
afterEach(async () => {
  for (const index of opened.splice(0)) await index.close();
});
afterAll(async () => {
  if (typeof server !== 'string') await server.stop();
});

const until = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
  for (let tries = 0; !(await holds()); tries++) {
    if (tries > 200) throw new Error('it never came');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
};

describe.skipIf(reason)('with a real server', { timeout: 120_000 }, () => {
  vectorIndexContract('Milvus', empty, { runs: 3, steps: 12 });

  describe('a collection', () => {
    const modelOf = (sha: string) => ({ ...TEST_MODEL, sha256: sha.repeat(64) });

    it('is made once by servers that start together, and all of them search it', async () => {
      const model = modelOf('b');
      const all = await Promise.all([1, 2, 3, 4].map(() => openMilvus(model, readAddress(url))));
      opened.push(...all);
      const [vector] = randomUnits(1, model.dim, 9);
      await all[0]!.add(['a'], [vector!]);
      for (const each of all) expect((await each.ids()).sort()).toEqual(['a']);
      await all[0]!.drop();
    });

    it('that a server left half made, without its index, is finished by the next one', async () => {
      const model = modelOf('c');
      const whole = await openMilvus(model, readAddress(url));
      opened.push(whole);
      const wire = await connect(readAddress(url), 10_000);
      const named = { collection_name: whole.collection, field_name: 'vector' };
      await wire.ask('let go', (client) => client.releaseCollection(named));
      await wire.ask('drop the index', (client) => client.dropIndex(named));
      await wire.close();
      const next = await openMilvus(model, readAddress(url));
      opened.push(next);
      const [vector] = randomUnits(1, model.dim, 9);
      await next.add(['a'], [vector!]);
      expect((await next.search(vector!, 1))[0]?.id).toBe('a');
      await next.drop();
    });
  });

  describe('an index that is moved', () => {
    it('is whole on the server, goes on where it was stopped, and comes back the same', async () => {
      const count = 2500;
      const ids = Array.from({ length: count }, (_, i) => `track "${i}" \\ ü`);
      const vectors = randomUnits(count, TEST_MODEL.dim, 5);
      const home = createExactIndex(TEST_MODEL);
      await home.add(ids, vectors);
      const milvus = await empty();
      const stop = new AbortController();
      await expect(moveIndex(home, milvus, { signal: stop.signal, onProgress: () => stop.abort() })).rejects.toThrow();
      expect(await moveIndex(home, milvus)).toEqual({ moved: 1500, already: 1000, others: 0 });
      const back = createExactIndex(TEST_MODEL);
      expect(await moveIndex(milvus, back)).toEqual({ moved: count, already: 0, others: 0 });
      expect((await back.ids()).sort()).toEqual([...ids].sort());
      for (const [i, vector] of (await back.vectors(ids.slice(0, 50))).entries()) expect(vector).toEqual(vectors[i]);
    });
  });

  describe('a server that stops answering', () => {
    it('is felt by nobody: the copy answers, the state says so, and what was changed is brought later', async () => {
      const folder = await mkdtemp(path.join(tmpdir(), 'emoheal-copy-'));
      const milvus = await empty();
      const vectors = randomUnits(30, TEST_MODEL.dim, 3);
      const ids = vectors.map((_, i) => `t${i}`);
      await milvus.add(ids.slice(0, 20), vectors.slice(0, 20));
      const index = createServerIndex({
        connect: () => openMilvus(TEST_MODEL, readAddress(url)),
        server: 'the server',
        copy: createExactIndex(TEST_MODEL),
        folder,
        searchLimitMs: 300,
        writeLimitMs: 1000,
        retryMs: 500,
      });
      try {
        await index.opened;
        // On a busy machine the first answer may take longer than this index waits.
        await until(async () => (await index.count()) === 20);
        expect(index.state().status).toBe('ready');
        if (typeof server !== 'string') server.freeze();
        await index.add(ids.slice(20), vectors.slice(20));
        await index.remove(['t0']);
        expect((await index.search(vectors[25]!, 1))[0]?.id).toBe('t25');
        expect((await index.search(vectors[5]!, 1))[0]?.id).toBe('t5');
        expect(index.state()).toMatchObject({ status: 'degraded', remedy: expect.stringContaining('Milvus') });
        if (typeof server !== 'string') server.thaw();
        await until(() => index.state().status === 'ready');
        expect((await milvus.ids()).sort()).toEqual(ids.slice(1).sort());
      } finally {
        if (typeof server !== 'string') server.thaw();
        await index.close();
        await rm(folder, { recursive: true });
      }
    });
  });
});

describe('no server at all', () => {
  it('lets the program start and search; the state names what to do', async () => {
    const dataDir = await mkdtemp(path.join(tmpdir(), 'emoheal-alone-'));
    const { index, close } = await openKeptIndex(TEST_MODEL, {
      dataDir,
      vectorUrl: 'http://somebody:secret@127.0.0.1:9',
      onWarning: () => {},
    });
    try {
      const [vector] = randomUnits(1, TEST_MODEL.dim, 1);
      await index.add(['a'], [vector!]);
      expect((await index.search(vector!, 1))[0]?.id).toBe('a');
      const state = index.state();
      expect(state.status).toBe('degraded');
      expect(JSON.stringify(state)).not.toContain('secret');
      expect(state.remedy).toContain('EMOHEAL_VECTOR_URL');
    } finally {
      await close();
      await rm(dataDir, { recursive: true });
    }
  });
});
