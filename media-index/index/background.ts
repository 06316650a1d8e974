/**
 * Keeps a FAISS index in shape beside its searches, in slices of some milliseconds between which everything else has its
 * turn: fresh vectors go into the living segment; a segment of the wrong kind, with more than a fifth of dead labels, or
 * trained for a far smaller library, is replaced by a new one, which is built to the end before it answers. Beside a graph
 * that is not too large stand cells, which find what is about nearest sooner; until they are whole the graph does.
 *
 * In the same thread, since faiss-node cannot be loaded in a second one. Only the training of IVF is one long call.
 */
import { cellsBeside, cellsFor, type FaissKind } from './faiss-native.js';
import type { Rows } from './rows.js';
import type { Segment } from './segment.js';

export interface Upkeep {
  live(): Segment;
  /** The one to ask for what is about nearest. */
  quick(): Segment;
  /** Held, but not in the living segment. */
  fresh(): ReadonlySet<string>;
  /** After rows were put: their ids are fresh. Waits where so many are that searches would feel it. */
  changed(ids: ReadonlySet<string>): Promise<void>;
  /** After rows were dropped. */
  gone(ids: readonly string[]): void;
  settled(): Promise<void>;
  /** "rebuilding, 40 %", null when there is nothing to do. */
  progress(): string | null;
  trouble(): Error | null;
  close(): Promise<void>;
}

interface UpkeepDeps {
  rows: Rows;
  first: Segment;
  kindFor: (count: number) => FaissKind;
  newSegment: (kind: FaissKind) => Segment;
  /** Whether a graph of this many vectors has cells beside it. */
  wantsCells: (count: number) => boolean;
  newCells: () => Segment | null;
  onSwap: () => void;
}

/** Part of dead labels beyond which a segment is built anew, and a number below which it never pays. */
const DEAD_SHARE = 0.2;
const DEAD_LEAST = 64;
/** A slice: short enough for a stream's next packet to be in time. */
const SLICE_MS = 8;
const LARGEST_BLOCK = 2000;
/** Looking at this many one by one takes about a quarter of a millisecond. */
const FRESH_LIMIT = 5000;

const manyDead = (segment: Segment): boolean =>
  segment.dead() > DEAD_LEAST && segment.dead() > DEAD_SHARE * segment.total();

export function createUpkeep({ rows, first, kindFor, newSegment, wantsCells, newCells, onSwap }: UpkeepDeps): Upkeep {
  let live = first;
  /** Under construction, with what it still lacks. */
  let next: { segment: Segment; lacks: Set<string>; askedKind: FaissKind } | null = null;
  /** Cells beside the graph, with what they still lack. */
  let beside: { segment: Segment; lacks: Set<string> } | null = null;
  const fresh = new Set<string>();
  for (const id of rows.ids) if (!live.has(id)) fresh.add(id);
  let working: Promise<void> | null = null;
  let closed = false;
  let trouble: Error | null = null;
  let block = 64;

  function needsNew(): FaissKind | null {
    const wanted = kindFor(rows.ids.length);
    // Back to a smaller kind only with clear distance, so that a library at a limit does not go to and fro.
    if (wanted !== live.kind && kindFor(Math.ceil(rows.ids.length * 1.25)) !== live.kind) return wanted;
    // Twice the cells are due at four times the vectors, so all trainings together cost little more than the last one.
    if (live.kind === 'faiss-ivf' && cellsFor(rows.ids.length) >= 2 * live.cells) return live.kind;
    return manyDead(live) ? live.kind : null;
  }
  /** What the cells beside the graph are due: to be dropped, to be made, to be filled, or nothing. */
  function cellsDue(): 'none' | 'new' | 'more' | null {
    if (live.kind !== 'faiss-hnsw' || !wantsCells(rows.ids.length)) return beside ? 'none' : null;
    if (!beside || manyDead(beside.segment) || cellsBeside(rows.ids.length) >= 2 * beside.segment.cells) return 'new';
    return beside.lacks.size > 0 ? 'more' : null;
  }
  /** Moves one block of ids from `lacks` into the segment; the next block is sized by how long this one took. */
  function work(segment: Segment, lacks: Set<string>): void {
    const ids: string[] = [];
    for (const id of lacks) {
      ids.push(id);
      if (ids.length >= block) break;
    }
    const startMs = performance.now();
    segment.append(rows, ids);
    const tookMs = performance.now() - startMs;
    for (const id of ids) lacks.delete(id);
    block = Math.max(8, Math.min(LARGEST_BLOCK, Math.round((ids.length * SLICE_MS) / Math.max(tookMs, 0.1))));
  }
  /** One slice; false when there was nothing left to do. */
  function slice(): boolean {
    const wanted = needsNew();
    // A half-built segment that has become the wrong one is thrown away.
    if (next && wanted !== null && next.askedKind !== wanted) next = null;
    if (!next && wanted !== null) next = { segment: newSegment(wanted), lacks: new Set(rows.ids), askedKind: wanted };
    if (fresh.size > 0 && (!next || live.kind === 'faiss-flat' || fresh.size > FRESH_LIMIT)) work(live, fresh);
    else if (next && next.lacks.size > 0) work(next.segment, next.lacks);
    else if (next) {
      live = next.segment;
      next = null;
      for (const id of fresh) if (live.has(id)) fresh.delete(id);
      onSwap();
    } else return workOnCells();
    return true;
  }
  function workOnCells(): boolean {
    const due = cellsDue();
    if (due === 'more') work(beside!.segment, beside!.lacks);
    else if (due !== null) {
      const segment = due === 'new' ? newCells() : null;
      beside = segment && { segment, lacks: new Set(rows.ids) };
    }
    return due !== null;
  }
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  async function run(): Promise<void> {
    try {
      while (!closed && slice()) await turn();
    } catch (error) {
      trouble = error as Error;
    }
  }
  function wake(): void {
    if (closed || trouble || working) return;
    // Nothing to do is the usual case and must not cost a promise.
    if (fresh.size === 0 && !next && needsNew() === null && cellsDue() === null) return;
    working = turn()
      .then(run)
      .finally(() => {
        working = null;
        wake();
      });
  }
  function forget(id: string): void {
    live.retire(id);
    fresh.delete(id);
    next?.segment.retire(id);
    next?.lacks.delete(id);
    beside?.segment.retire(id);
    beside?.lacks.delete(id);
  }
  wake();

  return {
    live: () => live,
    quick: () => (beside && beside.lacks.size === 0 ? beside.segment : live),
    fresh: () => fresh,
    async changed(ids) {
      for (const id of ids) {
        forget(id);
        fresh.add(id);
        next?.lacks.add(id);
        beside?.lacks.add(id);
      }
      wake();
      while (fresh.size > FRESH_LIMIT && working) await turn();
    },
    gone(ids) {
      for (const id of ids) forget(id);
      wake();
    },
    async settled() {
      while (working) await working;
      if (trouble) throw trouble;
    },
    progress() {
      if (!next) return null;
      const { segment, lacks } = next;
      const share = segment.total() / Math.max(1, segment.total() + lacks.size);
      return `building ${segment.kind}, ${Math.floor(share * 100)} %`;
    },
    trouble: () => trouble,
    async close() {
      closed = true;
      await working;
    },
  };
}
