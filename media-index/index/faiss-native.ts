/**
 * What we use of faiss-node, and the two settings that it has no call for. FAISS writes and reads its own format, in
 * which they stand: an empty index is written, the number is changed, the index is read again.
 *
 * faiss-node keeps its constructors in one place for the whole process, so it must not be loaded in a second thread;
 * and it ends the process where HNSW is asked to remove. Both are kept away from here.
 */
import { closeSync, openSync, readSync } from 'node:fs';
import { createRequire } from 'node:module';

export interface NativeIndex {
  ntotal(): number;
  getDimension(): number;
  isTrained(): boolean;
  train(x: number[]): void;
  add(x: number[]): void;
  toBuffer(): Buffer;
  write(file: string): void;
  search(x: number[], k: number): { distances: number[]; labels: number[] };
}
export interface FaissNode {
  Index: {
    fromFactory(dim: number, description: string, metric: number): NativeIndex;
    fromBuffer(buffer: Buffer): NativeIndex;
    read(file: string): NativeIndex;
  };
}
export type FaissKind = 'faiss-flat' | 'faiss-hnsw' | 'faiss-ivf';

/**
 * Throws what `require` throws where the native module was not built. FAISS works on one thread: its threads read their
 * number once, while loading, and a pool that wakes for one query of a millisecond costs ten on a busy small machine.
 */
export function loadFaiss(): FaissNode {
  const names = ['OMP_NUM_THREADS', 'OPENBLAS_NUM_THREADS'] as const;
  const before = names.map((name) => process.env[name]);
  for (const name of names) process.env[name] ??= '1';
  try {
    return createRequire(import.meta.url)('faiss-node') as FaissNode;
  } finally {
    names.forEach((name, i) => {
      if (before[i] === undefined) delete process.env[name];
    });
  }
}

/** For unit vectors the order is the same as by inner product, and HNSW's pruning of links assumes a true distance. */
const METRIC_L2 = 1;
const METRIC_INNER_PRODUCT = 0;
/** Candidates kept while searching: recall@10 .999 on 20,000 random vectors of 40 numbers; FAISS's own 16 gives .73. */
const EF_SEARCH = 192;
/** Candidates kept while linking: recall@10 1.0 on 100,000 grouped vectors of the shipped length; FAISS's own 40 gives .94. */
const EF_CONSTRUCTION = 100;
/** Cells of an IVF index that a search looks into; bench/index holds what it costs and finds. */
const CELLS_PROBED = 64;
/** Beside a graph the cells only find what is about nearest: few are trained in a blink, and few are looked into. */
const MOST_CELLS_BESIDE = 128;
const SHARE_PROBED_BESIDE = 1 / 20;
/** FAISS asks for 39 training points a cell; more take longer and find no more. */
const POINTS_PER_CELL = 40;

/** An exhaustive index. */
export function flatNative(faiss: FaissNode, dim: number): NativeIndex {
  return faiss.Index.fromFactory(dim, 'Flat', METRIC_INNER_PRODUCT);
}

/** Lengths at the end of an empty HNSW index: five settings, then the flat storage "IxF2". */
const SETTINGS_BYTES = 20;
const EMPTY_STORAGE_BYTES = 45;

/**
 * An empty HNSW index with our efSearch, or null where the library lays it out otherwise than we know: [entry point,
 * top level, efConstruction 40, efSearch 16, beam 1] before the storage.
 */
export function hnswNative(faiss: FaissNode, dim: number): { native: NativeIndex } | null {
  const buffer = Buffer.from(faiss.Index.fromFactory(dim, 'HNSW32,Flat', METRIC_L2).toBuffer());
  const storageAt = buffer.length - EMPTY_STORAGE_BYTES;
  const at = storageAt - SETTINGS_BYTES;
  const asKnown =
    at > 0 &&
    buffer.toString('latin1', storageAt, storageAt + 4) === 'IxF2' &&
    [-1, -1, 40, 16, 1].every((value, i) => buffer.readInt32LE(at + 4 * i) === value);
  if (!asKnown) return null;
  buffer.writeInt32LE(EF_CONSTRUCTION, at + 8);
  buffer.writeInt32LE(EF_SEARCH, at + 12);
  return { native: faiss.Index.fromBuffer(buffer) };
}

/** "IwFl", then dimension, count, two fillers, trained or not, metric: 33 bytes; then the numbers of cells and of probes. */
const CELLS_AT = 4 + 33;

/** `sample(n)` gives n spread-out rows, one after the other. */
type Sample = (n: number) => number[];
type Trained = { native: NativeIndex; cells: number } | null;

/**
 * An empty, trained IVF index with our number of probes, or null as `hnswNative`. Training is one native call: about two
 * seconds for a thousand cells.
 */
export const ivfNative = (faiss: FaissNode, dim: number, count: number, sample: Sample): Trained =>
  trained(faiss, dim, { count, cells: cellsFor(count), probed: CELLS_PROBED }, sample);

/** The same for standing beside a graph; trained in .1 to .2 s. */
export function cellsNative(faiss: FaissNode, dim: number, count: number, sample: Sample): Trained {
  const cells = cellsBeside(count);
  return trained(faiss, dim, { count, cells, probed: Math.ceil(cells * SHARE_PROBED_BESIDE) }, sample);
}

function trained(
  faiss: FaissNode,
  dim: number,
  { count, cells, probed }: { count: number; cells: number; probed: number },
  sample: Sample,
): Trained {
  const index = faiss.Index.fromFactory(dim, `IVF${cells},Flat`, METRIC_L2);
  index.train(sample(Math.min(count, cells * POINTS_PER_CELL)));
  const buffer = Buffer.from(index.toBuffer());
  const asKnown =
    buffer.toString('latin1', 0, 4) === 'IwFl' &&
    buffer.readBigUInt64LE(CELLS_AT) === BigInt(cells) &&
    buffer.readBigUInt64LE(CELLS_AT + 8) === 1n;
  if (!asKnown) return null;
  buffer.writeBigUInt64LE(BigInt(Math.min(cells, probed)), CELLS_AT + 8);
  return { native: faiss.Index.fromBuffer(buffer), cells };
}

/** The number of cells of an IVF index on disk. Throws where the file is none. */
export function cellsInFile(file: string): number {
  const head = Buffer.alloc(CELLS_AT + 8);
  const handle = openSync(file, 'r');
  try {
    readSync(handle, head, 0, head.length, 0);
  } finally {
    closeSync(handle);
  }
  if (head.toString('latin1', 0, 4) !== 'IwFl') throw new Error('not an IVF index');
  return Number(head.readBigUInt64LE(CELLS_AT));
}

/** About the square root of the count, a power of two: 1024 for a million. Never more than can be trained. */
export function cellsFor(count: number): number {
  return Math.max(1, Math.min(2 ** Math.round(Math.log2(Math.sqrt(count))), Math.floor(count / POINTS_PER_CELL)));
}

export const cellsBeside = (count: number): number => Math.min(MOST_CELLS_BESIDE, cellsFor(count));
