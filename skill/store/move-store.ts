/** Everything of one store into another: files to a database, and back. The source is not changed. */
import { isDeepStrictEqual } from 'node:util';
import { EmohealError } from '../../engine/errors.js';
import type { RecordsKind } from '../../engine/records.js';
import type { Store } from '../../engine/stores.js';

export interface MoveStoreOptions {
  kinds: readonly RecordsKind<never>[];
  /** What the target holds of the same name, and differently, is replaced. */
  replace?: boolean;
  /** After every session and every collection. */
  onProgress?: (done: number, all: number) => void;
}

export interface MovedStore {
  sessions: number;
  /** By the name of the collection. */
  records: Record<string, number>;
  /** Of all these, how many were there already, for instance from a run that was stopped. */
  already: number;
}

/**
 * Looks first, writes then, opens the target anew and compares every record. May be stopped and run again. Throws
 * `conflict`, with nothing changed, where the target holds something else under a name of the source, and `internal` where
 * the comparison fails.
 */
export async function moveStore(
  openFrom: () => Promise<Store>,
  openTo: () => Promise<Store>,
  options: MoveStoreOptions,
): Promise<MovedStore> {
  await using from = closing(await openFrom());
  const plan = await (async () => {
    await using to = closing(await openTo());
    const found = await compare(from.store, to.store, options.kinds);
    if (found.different > 0 && !options.replace)
      throw new EmohealError('conflict', `The target holds ${found.different} records that differ from the source.`, {
        remedy: 'Nothing was changed. Move into an empty store, or add --replace to let the source win.',
      });
    await write(from.store, to.store, found, options);
    return found;
  })();
  await using again = closing(await openTo());
  const left = await compare(from.store, again.store, options.kinds);
  if (left.sessions.length > 0 || Object.values(left.records).some((keys) => keys.length > 0))
    throw new EmohealError('internal', 'The target does not hold what was written to it.', {
      remedy: 'Run the command again; the source is unchanged.',
    });
  return plan.moved;
}

interface Comparison {
  /** What the target lacks, or holds differently. */
  sessions: string[];
  records: Record<string, string[]>;
  different: number;
  moved: MovedStore;
}

async function compare(from: Store, to: Store, kinds: readonly RecordsKind<never>[]): Promise<Comparison> {
  const found: Comparison = {
    sessions: [],
    records: {},
    different: 0,
    moved: { sessions: 0, records: {}, already: 0 },
  };
  const [source, target] = await Promise.all([from.sessions(), to.sessions()]);
  for (const id of await source.ids()) {
    const session = await source.load(id);
    if (!session) continue;
    const there = await target.load(id);
    if (isDeepStrictEqual(there, session)) found.moved.already += 1;
    else found.sessions.push(id);
    if (there && !isDeepStrictEqual(there, session)) found.different += 1;
    found.moved.sessions += 1;
  }
  for (const kind of kinds) {
    const [own, there] = await Promise.all([from, to].map(async (store) => (await store.records(kind)).read()));
    const keys = Object.keys(own!);
    found.moved.records[kind.name] = keys.length;
    found.records[kind.name] = keys.filter((key) => !isDeepStrictEqual(there![key], own![key]));
    found.different += found.records[kind.name]!.filter((key) => there![key] !== undefined).length;
    found.moved.already += keys.length - found.records[kind.name]!.length;
  }
  return found;
}

async function write(
  from: Store,
  to: Store,
  found: Comparison,
  { kinds, onProgress }: MoveStoreOptions,
): Promise<void> {
  const all = found.sessions.length + kinds.length;
  let done = 0;
  const [source, target] = await Promise.all([from.sessions(), to.sessions()]);
  for (const id of found.sessions) {
    const session = await source.load(id);
    if (session) await target.save(session);
    onProgress?.(++done, all);
  }
  for (const kind of kinds) {
    const own = await (await from.records(kind)).read();
    const keys = found.records[kind.name] ?? [];
    if (keys.length > 0)
      await (await to.records(kind)).change((there) => {
        for (const key of keys) there[key] = own[key]!;
      });
    onProgress?.(++done, all);
  }
}

const closing = (store: Store) => ({ store, [Symbol.asyncDispose]: () => store.close() });
