/**
 * An index on disk: `vectors-<sha>.f32` (little-endian float rows), `ids-<sha>.json`, for HNSW and IVF `graph-<sha>.faiss`
 * (FAISS's own format) with `labels-<sha>.i32` (the row of each label), and `header.json`, which names them with their
 * checksums and the model that made them. The header is swapped in last by rename: until then the old index stands,
 * whole; files that no header names are swept away afterwards. One writer at a time, across processes.
 *
 * The vectors are the truth and the graph only finds them faster: a damaged graph is built again, nothing else.
 */
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import lockfile from 'proper-lockfile';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { EmohealError } from '../../engine/errors.js';
import type { EncoderModel } from '../encoders/encoder.js';
import { checkPart, ForeignIndex, mismatch, type Part, readPart, writePart } from './index-files.js';
import type { Rows } from './rows.js';

export const INDEX_VERSION = 1;

const partOf = (name: RegExp) => z.object({ file: z.string().regex(name), sha256: z.string() });
const Header = z.object({
  version: z.number().int(),
  model: z.object({ id: z.string(), dim: z.number().int().positive(), sha256: z.string() }),
  count: z.number().int().min(0),
  vectors: partOf(/^vectors-[0-9a-f]{16}\.f32$/),
  ids: partOf(/^ids-[0-9a-f]{16}\.json$/),
  graph: z
    .object({
      kind: z.enum(['faiss-hnsw', 'faiss-ivf']),
      native: partOf(/^graph-[0-9a-f]{16}\.faiss$/),
      labels: partOf(/^labels-[0-9a-f]{16}\.i32$/),
    })
    .optional(),
});
type Header = z.infer<typeof Header>;
const OURS = /^(vectors|ids|graph|labels)-[0-9a-f]{16}\.(f32|json|faiss|i32)$/;

/** A native index to be written: `write` must be done when it returns. */
export interface GraphToSave {
  kind: 'faiss-hnsw' | 'faiss-ivf';
  /** Row of each label, -1 for a dead one. */
  labels: Int32Array;
  write: (file: string) => void;
}
export interface SavedGraph {
  kind: 'faiss-hnsw' | 'faiss-ivf';
  labels: Int32Array;
  /** Absolute path, checksum verified. */
  file: string;
}
export interface SavedIndex {
  rows: Rows;
  graph: SavedGraph | null;
  /** Why there is no graph although one was saved; null otherwise. */
  graphLost: string | null;
}

/** Rejects with `disk-full` or `internal`; the old index then stands. `graph` is asked when the folder is ours. */
export async function saveIndex(
  folder: string,
  model: EncoderModel,
  rows: Rows,
  graph: () => GraphToSave | null = () => null,
): Promise<void> {
  let release: (() => Promise<void>) | null = null;
  try {
    await mkdir(folder, { recursive: true });
    release = await lockfile.lock(folder, {
      retries: { retries: 50, minTimeout: 100, maxTimeout: 2000 },
      stale: 60_000,
      // A writer that was stopped for a minute loses the lock; both then leave a whole index, the later one stands.
      onCompromised: () => {},
    });
    // No wait from here until all of the index is captured: rows and graph must be of one moment.
    const count = rows.ids.length;
    const vectors = new Uint8Array(rows.data.slice(0, count * rows.dim).buffer);
    const ids = new TextEncoder().encode(JSON.stringify(rows.ids));
    const given = graph();
    const native = given && writePart(folder, 'graph', 'faiss', given.write);
    const labels = given && writePart(folder, 'labels', 'i32', new Uint8Array(given.labels.buffer));
    const written = await Promise.all([
      writePart(folder, 'vectors', 'f32', vectors),
      writePart(folder, 'ids', 'json', ids),
      native,
      labels,
    ]);
    const header: Header = {
      version: INDEX_VERSION,
      model: { id: model.id, dim: model.dim, sha256: model.sha256 },
      count,
      vectors: written[0],
      ids: written[1],
      ...(given && { graph: { kind: given.kind, native: written[2] as Part, labels: written[3] as Part } }),
    };
    await writeFileAtomic(path.join(folder, 'header.json'), `${JSON.stringify(header, null, 2)}\n`);
    const named = new Set(written.map((part) => part?.file));
    for (const name of await readdir(folder)) {
      if (OURS.test(name) && !named.has(name)) await rm(path.join(folder, name), { force: true });
    }
  } catch (cause) {
    const full = (cause as NodeJS.ErrnoException).code === 'ENOSPC';
    throw new EmohealError(full ? 'disk-full' : 'internal', `The music index could not be written to ${folder}.`, {
      retryable: full,
      remedy: full ? 'Free some space on that disk.' : 'Check that the folder can be written to.',
      cause,
    });
  } finally {
    await release?.().catch(() => {});
  }
}

/**
 * A saved index; null where there is none. Rejects with `index-mismatch`: a `ForeignIndex` (other model or format), or damaged.
 */
export async function loadIndex(folder: string, model: EncoderModel): Promise<SavedIndex | null> {
  for (let tries = 1; ; tries++) {
    const text = await headerText(folder);
    if (text === null) return null;
    try {
      return await loadNamed(folder, model, parsed(folder, text));
    } catch (error) {
      // Another process may have swapped the index under our hands: then the header is a new one.
      if (tries >= 3 || (await headerText(folder)) === text) throw error;
    }
  }
}

async function headerText(folder: string): Promise<string | null> {
  try {
    return await readFile(path.join(folder, 'header.json'), 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw mismatch(folder, 'cannot be read', cause);
  }
}

const named = (model: EncoderModel): string => `"${model.id}" (${model.dim} numbers, ${model.sha256.slice(0, 12)})`;

async function loadNamed(folder: string, model: EncoderModel, header: Header): Promise<SavedIndex> {
  const same = header.model.id === model.id && header.model.dim === model.dim && header.model.sha256 === model.sha256;
  if (!same)
    throw new ForeignIndex(folder, `was made with ${named(header.model)}, the encoder in use is ${named(model)}`);

  const [vectors, idBytes] = await Promise.all([readPart(folder, header.vectors), readPart(folder, header.ids)]);
  const ids = z.array(z.string()).parse(JSON.parse(new TextDecoder().decode(idBytes)));
  if (ids.length !== header.count || vectors.byteLength !== header.count * model.dim * 4) {
    throw mismatch(folder, `says ${header.count} vectors but holds ${ids.length} ids and ${vectors.byteLength} bytes`);
  }
  const rows = {
    dim: model.dim,
    ids,
    rowOf: new Map(ids.map((id, row) => [id, row])),
    data: new Float32Array(vectors.buffer),
    moves: 0,
  };
  try {
    return { rows, graph: await loadGraph(folder, header), graphLost: null };
  } catch (error) {
    if (!(error instanceof EmohealError)) throw error;
    return { rows, graph: null, graphLost: error.message };
  }
}

async function loadGraph(folder: string, { graph, count }: Header): Promise<SavedGraph | null> {
  if (!graph) return null;
  const bytes = await readPart(folder, graph.labels);
  const labels = new Int32Array(bytes.buffer, 0, Math.floor(bytes.byteLength / 4));
  const fits = bytes.byteLength % 4 === 0 && labels.every((row) => row >= -1 && row < count);
  if (!fits) throw mismatch(folder, `has a file ${graph.labels.file} that does not belong to it`);
  return { kind: graph.kind, labels, file: await checkPart(folder, graph.native) };
}

function parsed(folder: string, text: string): Header {
  try {
    const json: unknown = JSON.parse(text);
    // First: what a newer format looks like, this one cannot know.
    const { version } = z.object({ version: z.number().int() }).parse(json);
    if (version !== INDEX_VERSION) {
      throw new ForeignIndex(folder, `has format ${version}, this program reads format ${INDEX_VERSION}`);
    }
    return Header.parse(json);
  } catch (cause) {
    if (cause instanceof ForeignIndex) throw cause;
    throw mismatch(folder, 'has a header that cannot be understood', cause);
  }
}
