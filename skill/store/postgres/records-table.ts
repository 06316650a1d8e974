/**
 * Records by listener as rows. A change locks its collection, sees what others made of it, and writes the rows that became
 * different; reading costs one small question while nothing has changed.
 */
import { EmohealError } from '../../../engine/errors.js';
import type { Records, RecordsKind } from '../../../engine/records.js';
import { newerThanWe } from '../files/whole-file.js';
import { copyOf, recordsIn } from '../records-of-kind.js';
import type { Database, Turn } from './database.js';

interface Collection {
  revision: string;
  schema_version: number;
}

/** Throws `store-newer` for records of a newer version, which stay untouched. */
export async function openRecordsTable<T>(kind: RecordsKind<T>, database: Database): Promise<Records<T>> {
  const { name } = kind;
  const where = `The collection "${name}" of the database`;
  let known: { revision: string; texts: Map<string, string>; all: Record<string, T> } | null = null;

  async function readAll(
    turn: Pick<Turn, 'query'>,
    { revision, schema_version: version }: Collection,
  ): Promise<NonNullable<typeof known>> {
    if (version > kind.version) throw newerThanWe(where, version);
    if (known?.revision === revision) return known;
    const { rows } = await turn.query<{ key: string; body: string }>(
      'SELECT key, body::text AS body FROM emoheal_records WHERE collection = $1 ORDER BY key',
      [name],
    );
    const written = Object.assign(
      Object.create(null),
      Object.fromEntries(rows.map(({ key, body }) => [key, JSON.parse(body)])),
    );
    const all = recordsIn(kind, { schemaVersion: version, records: written }, where);
    known = { revision, all, texts: new Map(rows.map(({ key, body }) => [key, body])) };
    return known;
  }

  async function collection(turn: Pick<Turn, 'query'>, lock: '' | 'FOR UPDATE'): Promise<Collection> {
    const { rows } = await turn.query<Collection>(
      `SELECT revision, schema_version FROM emoheal_collections WHERE name = $1 ${lock}`,
      [name],
    );
    if (rows[0]) return rows[0];
    throw new EmohealError('internal', `${where} is not there.`, {
      remedy: 'Start EmoHeal again; it is made at the start.',
    });
  }

  /** What became different, and nothing else: thousands of listeners, one changed. */
  function write(turn: Turn, texts: ReadonlyMap<string, string>, draft: Record<string, T>): Map<string, string> {
    const now = new Map(Object.entries(draft).map(([key, record]) => [key, JSON.stringify(record)]));
    const gone = [...texts.keys()].filter((key) => !now.has(key));
    const other = [...now].filter(([key, text]) => texts.get(key) !== text);
    if (gone.length > 0) turn.send('DELETE FROM emoheal_records WHERE collection = $1 AND key = ANY($2)', [name, gone]);
    if (other.length > 0) {
      const owners = other.map(([key]) => kind.listenerOf?.(key, draft[key]!) ?? key);
      turn.send(
        `INSERT INTO emoheal_records (collection, key, listener, body)
         SELECT $1, * FROM unnest($2::text[], $3::text[], $4::json[])
         ON CONFLICT (collection, key) DO UPDATE SET listener = excluded.listener, body = excluded.body`,
        [name, other.map(([key]) => key), owners, other.map(([, text]) => text)],
      );
    }
    return now;
  }

  await database.transaction(async (turn) => {
    turn.send('INSERT INTO emoheal_collections (name, schema_version) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
      name,
      kind.version,
    ]);
    const found = await collection(turn, 'FOR UPDATE');
    const { all, texts } = await readAll(turn, found);
    if (found.schema_version === kind.version) return;
    // Records of an older version, brought up to date once.
    write(turn, texts, all);
    turn.send('UPDATE emoheal_collections SET schema_version = $2, revision = revision + 1 WHERE name = $1', [
      name,
      kind.version,
    ]);
    known = null;
  });

  const outside = { query: database.once };
  return {
    read: async () => (await readAll(outside, await collection(outside, ''))).all,
    async change(work) {
      const { result, next } = await database.transaction(async (turn) => {
        const found = await readAll(turn, await collection(turn, 'FOR UPDATE'));
        const draft = copyOf(found.all);
        const result = work(draft);
        const texts = write(turn, found.texts, draft);
        turn.send('UPDATE emoheal_collections SET revision = revision + 1 WHERE name = $1', [name]);
        // Nobody else changes it meanwhile.
        return { result, next: { revision: String(BigInt(found.revision) + 1n), all: draft, texts } };
      });
      // Of two changes that end at once, either may come here last: only the newer one is remembered.
      if (!known || BigInt(next.revision) > BigInt(known.revision)) known = next;
      return result;
    },
    async close() {},
  };
}
