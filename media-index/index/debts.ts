/**
 * What a server has still to be told: of each id only the last change, so that a long outage owes no more than the index holds.
 */

export type Change = 'add' | 'remove';

export interface Debts {
  owe(kind: Change, ids: readonly string[]): void;
  owed(id: string): boolean;
  count(): number;
  /** What is owed now, at most `size` ids of one kind at a time. Ids that become owed meanwhile wait for the next call. */
  blocks(size: number): { kind: Change; ids: string[] }[];
  /** To be called before ids are brought; the answer, called afterwards, strikes out those that were not changed since. */
  mark(ids: readonly string[]): () => void;
}

export function createDebts(): Debts {
  const owing = new Map<string, { kind: Change; change: number }>();
  let changes = 0;
  return {
    owe(kind, ids) {
      for (const id of ids) owing.set(id, { kind, change: ++changes });
    },
    owed: (id) => owing.has(id),
    count: () => owing.size,
    blocks(size) {
      const found: { kind: Change; ids: string[] }[] = [];
      for (const kind of ['remove', 'add'] as const) {
        const ids = [...owing].filter(([, owed]) => owed.kind === kind).map(([id]) => id);
        for (let from = 0; from < ids.length; from += size) found.push({ kind, ids: ids.slice(from, from + size) });
      }
      return found;
    },
    mark(ids) {
      const before = ids.map((id) => owing.get(id)?.change);
      return () => {
        ids.forEach((id, i) => {
          if (owing.get(id)?.change === before[i]) owing.delete(id);
        });
      };
    },
  };
}
