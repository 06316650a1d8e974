/**
 * Opus in WebM (Matroska, RFC 9559) as a view over constant packets: clusters of five seconds, every element of a size
 * that is known before the sound exists. So the file has its length from the start, and any byte range can be served.
 */
import { OPUS_BYTES, OPUS_PRE_SKIP, OPUS_SAMPLES } from '../audio/opus-encoder.js';

/** Packets a cluster: five seconds, well inside the signed 16 bits of a block's time. */
const CLUSTER = 250;
const BLOCK_HEAD = 6;
const BLOCK = 1 + BLOCK_HEAD + OPUS_BYTES;
/** Cluster id, eight bytes of size, time code of eight bytes. */
const CLUSTER_HEAD = 4 + 8 + 2 + 8;

const ascii = (word: string) => [...word].map((letter) => letter.charCodeAt(0));

/** A size or number in eight bytes. */
function wide(value: number): number[] {
  const bytes = new Array<number>(8).fill(0);
  for (let i = 7, rest = value; i >= 0; i -= 1, rest = Math.floor(rest / 256)) bytes[i] = rest % 256;
  return bytes;
}
function sized(value: number): number[] {
  const bytes = wide(value);
  bytes[0] = 1;
  return bytes;
}
const element = (id: number[], body: number[]) => [...id, ...sized(body.length), ...body];
function double(value: number): number[] {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setFloat64(0, value);
  return [...bytes];
}

/** Bytes of the cluster that holds `packets` packets. */
const clusterBytes = (packets: number) => CLUSTER_HEAD + packets * BLOCK;

function bodyBytes(packets: number): number {
  const rest = packets % CLUSTER;
  return Math.floor(packets / CLUSTER) * clusterBytes(CLUSTER) + (rest > 0 ? clusterBytes(rest) : 0);
}

function head(packets: number): Uint8Array {
  const opusHead = [...ascii('OpusHead'), 1, 2, OPUS_PRE_SKIP & 255, OPUS_PRE_SKIP >> 8, 0x80, 0xbb, 0, 0, 0, 0, 0];
  const ebml = element(
    [0x1a, 0x45, 0xdf, 0xa3],
    [
      ...element([0x42, 0x86], [1]),
      ...element([0x42, 0xf7], [1]),
      ...element([0x42, 0xf2], [4]),
      ...element([0x42, 0xf3], [8]),
      ...element([0x42, 0x82], ascii('webm')),
      ...element([0x42, 0x87], [4]),
      ...element([0x42, 0x85], [2]),
    ],
  );
  const durationMs = (packets * OPUS_SAMPLES - OPUS_PRE_SKIP) / 48;
  const info = element(
    [0x15, 0x49, 0xa9, 0x66],
    [
      ...element([0x2a, 0xd7, 0xb1], wide(1_000_000)),
      ...element([0x44, 0x89], double(durationMs)),
      ...element([0x4d, 0x80], ascii('EmoHeal')),
      ...element([0x57, 0x41], ascii('EmoHeal')),
    ],
  );
  const audio = element([0xe1], [...element([0xb5], double(48_000)), ...element([0x9f], [2])]);
  const track = element(
    [0xae],
    [
      ...element([0xd7], [1]),
      ...element([0x73, 0xc5], [1]),
      ...element([0x83], [2]),
      ...element([0x86], ascii('A_OPUS')),
      // In nanoseconds: what players drop at the start, and what they decode before a place they jump to.
      ...element([0x56, 0xaa], wide(Math.round((OPUS_PRE_SKIP / 48_000) * 1e9))),
      ...element([0x56, 0xbb], wide(80_000_000)),
      ...audio,
      ...element([0x63, 0xa2], opusHead),
    ],
  );
  const tracks = element([0x16, 0x54, 0xae, 0x6b], track);
  const segment = [0x18, 0x53, 0x80, 0x67, ...sized(info.length + tracks.length + bodyBytes(packets))];
  return Uint8Array.from([...ebml, ...segment, ...info, ...tracks]);
}

export interface WebmView {
  totalBytes: number;
  /** Bytes [from, to) of the file. `packets` gives bytes [from, to) of the constant packets. */
  read(
    from: number,
    to: number,
    packets: (from: number, to: number) => AsyncIterable<Uint8Array>,
  ): AsyncGenerator<Uint8Array>;
}

/** The WebM file of `packets` packets of Opus. */
export function webmView(packets: number): WebmView {
  const start = head(packets);
  const totalBytes = start.length + bodyBytes(packets);
  const perCluster = clusterBytes(CLUSTER);

  return {
    totalBytes,
    async *read(from, to, source) {
      const until = Math.min(to, totalBytes);
      if (from < start.length) yield start.subarray(from, Math.min(until, start.length));
      const firstCluster = Math.max(0, Math.floor((from - start.length) / perCluster));
      for (let c = firstCluster; start.length + c * perCluster < until; c += 1) {
        const clusterAt = start.length + c * perCluster;
        const count = Math.min(CLUSTER, packets - c * CLUSTER);
        // Whole packets that the wish touches, so that a range costs what it holds and no more.
        const a = Math.max(0, Math.floor((Math.max(from, clusterAt) - clusterAt - CLUSTER_HEAD) / BLOCK));
        const b = Math.min(count, Math.ceil((until - clusterAt - CLUSTER_HEAD) / BLOCK));
        const cut = (place: number, bytes: Uint8Array) =>
          bytes.subarray(Math.max(0, from - place), Math.max(0, Math.min(bytes.length, until - place)));
        const headPart = cut(clusterAt, clusterHead(c, count));
        if (headPart.length > 0) yield headPart;
        if (b <= a) continue;
        let at = a;
        let rest = new Uint8Array(0);
        for await (const bytes of source((c * CLUSTER + a) * OPUS_BYTES, (c * CLUSTER + b) * OPUS_BYTES)) {
          const all = new Uint8Array(rest.length + bytes.length);
          all.set(rest);
          all.set(bytes, rest.length);
          const whole = Math.floor(all.length / OPUS_BYTES);
          const blocks = new Uint8Array(whole * BLOCK);
          for (let i = 0; i < whole; i += 1) {
            blocks.set(blockHead(at + i), i * BLOCK);
            blocks.set(all.subarray(i * OPUS_BYTES, (i + 1) * OPUS_BYTES), i * BLOCK + 1 + BLOCK_HEAD);
          }
          const part = cut(clusterAt + CLUSTER_HEAD + at * BLOCK, blocks);
          at += whole;
          rest = all.slice(whole * OPUS_BYTES);
          if (part.length > 0) yield part;
        }
      }
    },
  };
}

function clusterHead(cluster: number, packets: number): Uint8Array {
  const body = packets * BLOCK + 10;
  return Uint8Array.from([
    ...[0x1f, 0x43, 0xb6, 0x75],
    ...sized(body),
    ...[0xe7, 0x88],
    ...wide(cluster * CLUSTER * 20),
  ]);
}

/** SimpleBlock: size in two bytes, track 1, time within the cluster in milliseconds, key frame. */
function blockHead(place: number): number[] {
  const size = 4 + OPUS_BYTES;
  const ms = place * 20;
  return [0xa3, 0x40 | (size >> 8), size & 255, 0x81, (ms >> 8) & 255, ms & 255, 0x80];
}
