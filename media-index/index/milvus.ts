/**
 * The index on a Milvus server, for many machines over one library. One collection for each model: vectors of another
 * model are beside, never between. Reads are fast and may be seconds old, except after an own write: then they wait for
 * it (`Strong`). Without a server every call rejects with `busy`; `server-index.ts` puts a copy before it.
 */
import { EmohealError } from '../../engine/errors.js';
import type { EncoderModel } from '../encoders/encoder.js';
import { connect, type ServerAddress, type Wire } from './milvus-client.js';
import { emptyRows, putRow } from './rows.js';
import { saveIndex } from './storage.js';
import { byScoreThenId, checkBatch, checkK, checkVector, type Hit, type VectorIndex } from './vector-index.js';

export interface MilvusIndex extends VectorIndex {
  readonly kind: 'milvus';
  /** Host and port. */
  readonly server: string;
  readonly collection: string;
  /** Removes the collection from the server. */
  drop(): Promise<void>;
}

/** Milvus answers at most this many at once. */
export const MILVUS_MOST = 16_384;
const PAGE = 4096;
const BLOCK = 2000;
/** In bytes of UTF-8. */
const LONGEST_ID = 1024;
/** By our own measurements with FAISS, whose IVF this is; small and growing parts are looked at whole anyway. */
const CELLS = 1024;
const CELLS_PROBED = 64;
const SPARE = 16;
const TIE = 1e-6;
/** How old a bounded read of Milvus may be, with a second to spare. */
const BOUNDED_MS = 6000;
/** Consistency levels of Milvus. */
const STRONG = 0;
const BOUNDED = 2;

/** A name that Milvus allows, different for every model and length. */
export const collectionOf = (model: EncoderModel): string => `emoheal_${model.sha256.slice(0, 16)}_${model.dim}`;

/** Text as Milvus's expressions write it: they read JSON's quoting. The SDK's own quoting is broken by a quote in an id. */
const quoted = (ids: readonly string[]): string => ids.map((id) => JSON.stringify(id)).join(', ');

/** Connects and makes the collection where it is missing. Rejects with `busy`, or `index-mismatch` for a foreign one. */
export async function openMilvus(model: EncoderModel, address: ServerAddress, limitMs = 10_000): Promise<MilvusIndex> {
  const wire = await connect(address, limitMs);
  const collection = collectionOf(model);
  try {
    await prepare(wire, collection, model, limitMs);
  } catch (error) {
    await wire.close().catch(() => {});
    throw error;
  }
  let wroteAtMs = performance.now();
  const level = () => (performance.now() - wroteAtMs < BOUNDED_MS ? STRONG : BOUNDED);

  async function query(filter: string, fields: string[], limit?: number): Promise<Record<string, unknown>[]> {
    const answer = await wire.ask('read', (client) =>
      client.query({
        collection_name: collection,
        filter,
        output_fields: fields,
        consistency_level: level(),
        ...(limit && { limit }),
      }),
    );
    return answer.data;
  }
  async function present(ids: readonly string[]): Promise<string[]> {
    return (await query(`id in [${quoted(ids)}]`, ['id'])).map((row) => row.id as string);
  }
  async function allIds(): Promise<string[]> {
    const ids: string[] = [];
    for (let filter = 'id >= ""'; ; ) {
      const page = await query(filter, ['id'], PAGE);
      for (const row of page) ids.push(row.id as string);
      if (page.length < PAGE) return ids;
      filter = `id > ${JSON.stringify(ids[ids.length - 1])}`;
    }
  }
  async function vectors(ids: readonly string[]): Promise<(Float32Array | null)[]> {
    const found = new Map<string, Float32Array>();
    for (const block of blocks(ids, BLOCK)) {
      for (const { id, vector } of await query(`id in [${quoted(block)}]`, ['id', 'vector']))
        found.set(id as string, Float32Array.from(vector as number[]));
    }
    return ids.map((id) => found.get(id) ?? null);
  }
  async function nearest(vector: Float32Array, limit: number): Promise<Hit[]> {
    const answer = await wire.ask('search', (client) =>
      client.search({
        collection_name: collection,
        data: Array.from(vector),
        limit,
        params: { nprobe: CELLS_PROBED },
        output_fields: ['id'],
        consistency_level: level(),
      }),
    );
    return (answer.results as unknown as Hit[]).map(({ id, score }) => ({ id, score })).sort(byScoreThenId);
  }

  return {
    model,
    kind: 'milvus',
    server: wire.shown,
    collection,
    async add(ids, given) {
      checkBatch(model.dim, ids, given);
      for (const id of ids) checkId(id);
      // Milvus keeps both of two rows with one id in a batch.
      const last = [...new Map(ids.map((id, i) => [id, given[i] as Float32Array]))];
      for (const block of blocks(last, BLOCK)) {
        const data = block.map(([id, vector]) => ({ id, vector: Array.from(vector) }));
        wroteAtMs = performance.now();
        await wire.ask('store', (client) => client.upsert({ collection_name: collection, data }));
        wroteAtMs = performance.now();
      }
    },
    async remove(ids) {
      let removed = 0;
      for (const block of blocks([...new Set(ids)], BLOCK)) {
        const there = await present(block);
        if (there.length === 0) continue;
        wroteAtMs = performance.now();
        await wire.ask('remove', (client) =>
          client.delete({ collection_name: collection, filter: `id in [${quoted(there)}]` }),
        );
        wroteAtMs = performance.now();
        removed += there.length;
      }
      return removed;
    },
    ids: allIds,
    vectors,
    count: async () => Number((await query('', ['count(*)']))[0]?.['count(*)'] ?? 0),
    async search(vector, k) {
      checkVector(vector, model.dim, 'The query');
      checkK(k);
      for (let ask = Math.min(MILVUS_MOST, k + SPARE); ; ask = Math.min(MILVUS_MOST, ask * 4)) {
        const hits = await nearest(vector, ask);
        const [kth, last] = [hits[k - 1], hits[hits.length - 1]];
        const all = hits.length < ask || ask === MILVUS_MOST;
        // Enough, and no equal of the k-th can be waiting behind the last candidate.
        if (all || (kth && last && last.score < kth.score - TIE)) return hits.slice(0, k);
      }
    },
    async save(folder) {
      const ids = await allIds();
      const rows = emptyRows(model.dim, ids.length);
      for (const block of blocks(ids, PAGE)) {
        for (const [i, vector] of (await vectors(block)).entries())
          if (vector) putRow(rows, block[i] as string, vector);
      }
      await saveIndex(folder, model, rows);
    },
    state: () => ({ status: 'ready', detail: `Milvus at ${wire.shown}, collection ${collection}` }),
    close: () => wire.close(),
    drop: async () => {
      await wire.ask('remove', (client) => client.dropCollection({ collection_name: collection }));
    },
  } satisfies MilvusIndex;
}

async function prepare(wire: Wire, collection: string, model: EncoderModel, limitMs: number): Promise<void> {
  const there = await wire.ask('answer', (client) => client.hasCollection({ collection_name: collection }));
  if (!there.value) {
    const { DataType } = await import('@zilliz/milvus2-sdk-node');
    await wire.ask('create the collection', (client) =>
      client.createCollection({
        collection_name: collection,
        description: `emoheal, vectors of "${model.id}"`,
        // The SDK takes the level 0 of a search for none, and the collection's for it.
        consistency_level: 'Strong',
        fields: [
          { name: 'id', data_type: DataType.VarChar, is_primary_key: true, max_length: LONGEST_ID },
          { name: 'vector', data_type: DataType.FloatVector, dim: model.dim },
        ],
      }),
    );
  }
  const described = await wire.ask('describe the collection', (client) =>
    client.describeCollection({ collection_name: collection }),
  );
  const names = described.schema.fields.map((field) => field.name);
  if (!names.includes('id') || !names.includes('vector')) {
    throw new EmohealError('index-mismatch', `The collection ${collection} at ${wire.shown} is not one of ours.`, {
      remedy: 'Rename or remove it on the server, or name another database in EMOHEAL_VECTOR_URL.',
    });
  }
  if (!(await hasIndex(wire, collection))) {
    await wire.ask('create the index', (client) =>
      client.createIndex({
        collection_name: collection,
        field_name: 'vector',
        index_type: 'IVF_FLAT',
        metric_type: 'IP',
        params: { nlist: CELLS },
      }),
    );
  }
  await wire.ask('load the collection', (client) =>
    client.loadCollectionSync({ collection_name: collection, timeout: Math.max(limitMs, 60_000) }),
  );
}

const INDEX_NOT_FOUND = 700;

/**
 * Asked of every collection, not only of a new one: whoever made it may have been stopped, or may have stopped waiting for
 * a slow server, before its index was made; without one it can never be loaded.
 */
async function hasIndex(wire: Wire, collection: string): Promise<boolean> {
  let found = true;
  await wire.ask('describe the index', async (client) => {
    const answer = await client.describeIndex({ collection_name: collection, field_name: 'vector' });
    const { error_code: name, code } = answer.status;
    found = name !== 'IndexNotExist' && code !== INDEX_NOT_FOUND;
    return found ? answer : {};
  });
  return found;
}

function checkId(id: string): void {
  const bytes = Buffer.byteLength(id);
  if (bytes > LONGEST_ID) {
    throw new EmohealError('bad-input', `An id of ${bytes} bytes is longer than Milvus may hold (${LONGEST_ID}).`);
  }
}

function* blocks<T>(all: readonly T[], size: number): Generator<T[]> {
  for (let from = 0; from < all.length; from += size) yield all.slice(from, from + size);
}
