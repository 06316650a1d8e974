/**
 * One FAISS index with the ids of its labels. Labels are given in the order of adding and never change; a removed or
 * replaced one is dead: its id is struck out here, and searches pass over it.
 */
import type { FaissKind, NativeIndex } from './faiss-native.js';
import type { Rows } from './rows.js';

export interface Segment {
  readonly kind: FaissKind;
  readonly native: NativeIndex;
  /** Of IVF, 0 of the others: fixed by the training. */
  readonly cells: number;
  has(id: string): boolean;
  /** Labels, dead ones with them. */
  total(): number;
  dead(): number;
  /** Ids must be among the rows and not in the segment. */
  append(rows: Rows, ids: readonly string[]): void;
  /** Strikes out an id; false where it was not there. */
  retire(id: string): boolean;
  /** Living ids among the `ask` nearest labels, dearest first. */
  nearest(query: number[], ask: number): string[];
  /** The row of each label, -1 for a dead one: what is saved beside the native index. */
  rowsOfLabels(rows: Rows): Int32Array;
}

/** `idOf`: for a native index read from disk, the id of each of its labels. */
export function createSegment(
  kind: FaissKind,
  native: NativeIndex,
  { cells = 0, idOf = [] }: { cells?: number; idOf?: (string | null)[] } = {},
): Segment {
  const labelOf = new Map<string, number>();
  idOf.forEach((id, label) => {
    if (id !== null) labelOf.set(id, label);
  });
  return {
    kind,
    native,
    cells,
    has: (id) => labelOf.has(id),
    total: () => idOf.length,
    dead: () => idOf.length - labelOf.size,
    append(rows, ids) {
      // faiss-node takes plain arrays only.
      const numbers = new Array<number>(ids.length * rows.dim);
      ids.forEach((id, i) => {
        const at = (rows.rowOf.get(id) as number) * rows.dim;
        for (let d = 0; d < rows.dim; d++) numbers[i * rows.dim + d] = rows.data[at + d] as number;
      });
      native.add(numbers);
      for (const id of ids) {
        labelOf.set(id, idOf.length);
        idOf.push(id);
      }
    },
    retire(id) {
      const label = labelOf.get(id);
      if (label === undefined) return false;
      idOf[label] = null;
      return labelOf.delete(id);
    },
    nearest(query, ask) {
      const found: string[] = [];
      for (const label of native.search(query, ask).labels) {
        const id = label < 0 ? null : idOf[label];
        if (id != null) found.push(id);
      }
      return found;
    },
    rowsOfLabels: (rows) => Int32Array.from(idOf, (id) => (id === null ? -1 : (rows.rowOf.get(id) ?? -1))),
  };
}
