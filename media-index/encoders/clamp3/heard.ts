/**
 * What CLaMP3 has heard, kept on disk: one line a track, appended when the track is done, so that a stopped run loses
 * nothing but the track it was at. A line that was cut off is passed over, and that track is heard again.
 */
import { existsSync } from 'node:fs';
import { appendFile, mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { Track } from '../../../engine/vocabulary.js';
import type { EncoderModel } from '../encoder.js';

export interface HeardVectors {
  has(trackId: string): boolean;
  /** Of tracks that it has heard, whether they still stand on the shelf or not. */
  count(): number;
  /** Keeps the vector of a track on disk before it resolves. */
  add(trackId: string, vector: Float32Array): Promise<void>;
  /** The tracks with what CLaMP3 heard in their analysis; the same array until the tracks or the vectors change. */
  over(tracks: readonly Track[]): readonly Track[];
}

/** Base64 of little-endian 32-bit floats: a quarter of what the digits would take. */
const Line = z.object({ track: z.string(), vector: z.string() });

/** `<folder>/<model id>.jsonl`: another model has another file, and its vectors wait there. */
export async function openHeard(folder: string, model: EncoderModel): Promise<HeardVectors> {
  const file = path.join(folder, `${model.id}.jsonl`);
  const vectors = new Map<string, number[]>();
  const known = existsSync(file) ? await readFile(file, 'utf8') : '';
  for (const line of known.split('\n')) {
    const read = readLine(line, model.dim);
    if (read) vectors.set(read.track, read.values);
  }
  // A line that a stopped run left open must not swallow the next one.
  let open = known !== '' && !known.endsWith('\n');
  const shown = new WeakMap<Track, Track>();
  let last: { tracks: readonly Track[]; result: readonly Track[] } | undefined;

  function withHeard(track: Track): Track {
    const values = vectors.get(track.id);
    if (!values) return track;
    let whole = shown.get(track);
    if (whole?.analysis.heardVector?.values !== values) {
      whole = { ...track, analysis: { ...track.analysis, heardVector: { model: model.id, values } } };
      shown.set(track, whole);
    }
    return whole;
  }

  return {
    has: (trackId) => vectors.has(trackId),
    count: () => vectors.size,
    async add(trackId, vector) {
      const bytes = Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength);
      const line = JSON.stringify({ track: trackId, vector: bytes.toString('base64') } satisfies z.infer<typeof Line>);
      await mkdir(folder, { recursive: true });
      await appendFile(file, `${open ? '\n' : ''}${line}\n`);
      open = false;
      vectors.set(trackId, [...vector]);
      last = undefined;
    },
    over(tracks) {
      if (last?.tracks !== tracks) last = { tracks, result: Object.freeze(tracks.map(withHeard)) };
      return last.result;
    },
  };
}

function readLine(line: string, dim: number): { track: string; values: number[] } | null {
  try {
    const { track, vector } = Line.parse(JSON.parse(line));
    const bytes = Buffer.from(vector, 'base64');
    if (bytes.length !== dim * 4) return null;
    const values = Array.from({ length: dim }, (_, i) => bytes.readFloatLE(i * 4));
    return values.every(Number.isFinite) ? { track, values } : null;
  } catch {
    return null;
  }
}
