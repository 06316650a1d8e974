/** With a server of our own making that can be away, slow or emptied; a real one is asked in milvus.test.ts. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EmohealError } from '../../engine/errors.js';
import { createExactIndex } from './exact.js';
import { createServerIndex, type ServerIndex } from './server-index.js';
import { loadIndex } from './storage.js';
import { randomUnits, TEST_MODEL } from './vector-index.contract.js';
import type { HeldIndex, VectorIndex } from './vector-index.js';

const vectors = randomUnits(30, TEST_MODEL.dim, 31);
const ids = vectors.map((_, i) => `t${i}`);

let folder: string;
let remote: VectorIndex;
let away: boolean;
let asked: number;
const open: ServerIndex[] = [];
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'emoheal-server-'));
  remote = createExactIndex(TEST_MODEL);
  away = false;
  asked = 0;
});
afterEach(async () => {
  for (const index of open.splice(0)) await index.close();
  await rm(folder, { recursive: true, force: true });
});

/** Every call to the server fails while it is away. */
function reached(): VectorIndex {
  const through =
    <A extends unknown[], T>(call: (...given: A) => Promise<T>) =>
    async (...given: A): Promise<T> => {
      asked++;
      if (away) throw new EmohealError('busy', 'nobody answers', { retryable: true });
      return call(...given);
    };
  const { add, remove, ids: all, vectors: of, count, search } = remote;
  return {
    ...remote,
    add: through(add),
    remove: through(remove),
    ids: through(all),
    vectors: through(of),
    count: through(count),
    search: through(search),
    close: async () => {},
  };
}
function guarded(copy: HeldIndex = createExactIndex(TEST_MODEL), retryMs = 60_000): ServerIndex {
  const index = createServerIndex({ connect: async () => reached(), server: 'there:1', copy, folder, retryMs });
  open.push(index);
  return index;
}

describe('a server with a copy before it', () => {
  it('tells at the first question what the server holds, so that nothing is embedded twice', async () => {
    await remote.add(ids, vectors);
    expect((await guarded().ids()).sort()).toEqual([...ids].sort());
  });

  it('answers from the copy while the server is away, asks no more after three failures, and brings changes later', async () => {
    await remote.add(ids.slice(0, 20), vectors.slice(0, 20));
    const index = guarded();
    await index.opened;
    expect(index.state().status).toBe('ready');
    away = true;
    for (let i = 0; i < 10; i++) expect((await index.search(vectors[i]!, 1))[0]?.id).toBe(ids[i]);
    const soFar = asked;
    expect((await index.search(vectors[3]!, 1))[0]?.id).toBe('t3');
    expect(asked).toBe(soFar);
    await index.add(['new'], [vectors[25]!]);
    await index.remove(['t4']);
    expect((await index.search(vectors[25]!, 1))[0]?.id).toBe('new');
    expect(index.state()).toMatchObject({
      status: 'degraded',
      detail: expect.stringMatching(/nobody answers.*2 changes are still to be brought/),
      remedy: expect.stringContaining('EMOHEAL_VECTOR_URL'),
    });
    expect((await remote.ids()).includes('new')).toBe(false);
  });

  it('pays what it owes when the server is back', async () => {
    away = true;
    const index = guarded(createExactIndex(TEST_MODEL), 20);
    await index.opened;
    await index.add(ids, vectors);
    await index.remove(['t0']);
    away = false;
    for (let tries = 0; index.state().status !== 'ready'; tries++) {
      if (tries > 500) throw new Error('it stayed degraded');
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    expect((await remote.ids()).sort()).toEqual(ids.slice(1).sort());
  });

  it('makes the copy equal to the server and keeps it on the disk', async () => {
    await remote.add(ids.slice(0, 10), vectors.slice(0, 10));
    const copy = createExactIndex(TEST_MODEL);
    await copy.add(['gone elsewhere'], [vectors[29]!]);
    const index = guarded(copy);
    await index.opened;
    expect((await index.ids()).sort()).toEqual(ids.slice(0, 10).sort());
    expect((await loadIndex(folder, TEST_MODEL))?.rows.ids.length).toBe(10);
  });
});
