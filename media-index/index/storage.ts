/**
 * An index on disk: `vectors-<sha>.f32` (little-endian float rows), `ids-<sha>.json`, and `header.json`, which names
 * both with their checksums and the model that made them. The header is swapped in last by rename: until then the old
 * index stands, whole; files that no header names are swept away afterwards.
 */
import { createHash } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { EmohealError } from '../../engine/errors.js';
import type { EncoderModel } from '../encoders/encoder.js';
import type { Rows } from './rows.js';

export const INDEX_VERSION = 1;

const Header = z.object({
  version: z.number().int(),
  model: z.object({ id: z.string(), dim: z.number().int().positive(), sha256: z.string() }),
  count: z.number().int().min(0),
  vectors: z.object({ file: z.string().regex(/^vectors-[0-9a-f]{16}\.f32$/), sha256: z.string() }),
  ids: z.object({ file: z.string().regex(/^ids-[0-9a-f]{16}\.json$/), sha256: z.string() }),
});
type Header = z.infer<typeof Header>;

const sha256 = (data: Uint8Array): string => createHash('sha256').update(data).digest('hex');

/** Every file is complete and on the disk before the header names it. */
async function writeWhole(file: string, data: Uint8Array): Promise<void> {
  const temporary = `${file}.${process.pid}.part`;
  const handle = await open(temporary, 'w');
  try {
    await handle.writeFile(data);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(temporary, file);
}

export async function saveRows(folder: string, model: EncoderModel, rows: Rows): Promise<void> {
  const count = rows.ids.length;
  const used = rows.data.slice(0, count * rows.dim);
  const vectors = new Uint8Array(used.buffer);
  const ids = new TextEncoder().encode(JSON.stringify(rows.ids));
  const sums = { vectors: sha256(vectors), ids: sha256(ids) };
  const header: Header = {
    version: INDEX_VERSION,
    model: { id: model.id, dim: model.dim, sha256: model.sha256 },
    count,
    vectors: { file: `vectors-${sums.vectors.slice(0, 16)}.f32`, sha256: sums.vectors },
    ids: { file: `ids-${sums.ids.slice(0, 16)}.json`, sha256: sums.ids },
  };
  try {
    await mkdir(folder, { recursive: true });
    await writeWhole(path.join(folder, header.vectors.file), vectors);
    await writeWhole(path.join(folder, header.ids.file), ids);
    await writeFileAtomic(path.join(folder, 'header.json'), `${JSON.stringify(header, null, 2)}\n`);
  } catch (cause) {
    const full = (cause as NodeJS.ErrnoException).code === 'ENOSPC';
    throw new EmohealError(full ? 'disk-full' : 'internal', `The music index could not be written to ${folder}.`, {
      retryable: full,
      remedy: full ? 'Free some space on that disk.' : 'Check that the folder can be written to.',
      cause,
    });
  }
  for (const name of await readdir(folder)) {
    if (
      /^(vectors|ids)-[0-9a-f]{16}\.(f32|json)$/.test(name) &&
      name !== header.vectors.file &&
      name !== header.ids.file
    ) {
      await rm(path.join(folder, name), { force: true });
    }
  }
}

const mismatch = (folder: string, what: string, cause?: unknown): EmohealError =>
  new EmohealError('index-mismatch', `The music index in ${folder} ${what}.`, {
    remedy: 'It is made anew from the catalogue; nothing of yours is lost.',
    cause,
  });

const named = (model: EncoderModel): string => `"${model.id}" (${model.dim} numbers, ${model.sha256.slice(0, 12)})`;

/** The rows of a saved index; null where there is none. Throws `index-mismatch` (other model or version, or corrupt). */
export async function loadRows(folder: string, model: EncoderModel): Promise<Rows | null> {
  let text: string;
  try {
    text = await readFile(path.join(folder, 'header.json'), 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw mismatch(folder, 'cannot be read', cause);
  }
  const header = parsed(folder, text);
  if (header.version !== INDEX_VERSION) {
    throw mismatch(folder, `has format ${header.version}, this program reads format ${INDEX_VERSION}`);
  }
  const same = header.model.id === model.id && header.model.dim === model.dim && header.model.sha256 === model.sha256;
  if (!same) throw mismatch(folder, `was made with ${named(header.model)}, the encoder in use is ${named(model)}`);

  const [vectors, idBytes] = await Promise.all([
    part(folder, header.vectors.file, header.vectors.sha256),
    part(folder, header.ids.file, header.ids.sha256),
  ]);
  const ids = z.array(z.string()).parse(JSON.parse(new TextDecoder().decode(idBytes)));
  if (ids.length !== header.count || vectors.byteLength !== header.count * model.dim * 4) {
    throw mismatch(folder, `says ${header.count} vectors but holds ${ids.length} ids and ${vectors.byteLength} bytes`);
  }
  const data = new Float32Array(vectors.buffer.slice(vectors.byteOffset, vectors.byteOffset + vectors.byteLength));
  return { dim: model.dim, ids, rowOf: new Map(ids.map((id, row) => [id, row])), data };
}

function parsed(folder: string, text: string): Header {
  try {
    return Header.parse(JSON.parse(text));
  } catch (cause) {
    throw mismatch(folder, 'has a header that cannot be understood', cause);
  }
}

async function part(folder: string, file: string, expected: string): Promise<Buffer> {
  let data: Buffer;
  try {
    data = await readFile(path.join(folder, file));
  } catch (cause) {
    throw mismatch(folder, `lacks its file ${file}`, cause);
  }
  const found = sha256(data);
  if (found !== expected)
    throw mismatch(folder, `is damaged: ${file} has checksum ${found.slice(0, 12)}, not ${expected.slice(0, 12)}`);
  return data;
}
