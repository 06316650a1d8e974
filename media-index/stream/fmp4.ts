/**
 * Fragmented MP4 with one AAC-LC track (ISO 14496-12, CMAF): the initialisation segment, and fragments that follow from
 * their place and packets alone, so that any of them can be made or fetched by itself.
 */
import { AAC_SAMPLES } from '../audio/aac-encoder.js';

const RATE = 48_000;

type Part = number[] | Uint8Array;

const u16 = (value: number) => [(value >> 8) & 255, value & 255];
const u32 = (value: number) => [(value >>> 24) & 255, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
const zeros = (count: number) => new Array<number>(count).fill(0);
const text = (word: string) => [...word].map((letter) => letter.charCodeAt(0));

function box(type: string, ...parts: Part[]): Uint8Array {
  const size = 8 + parts.reduce((sum, part) => sum + part.length, 0);
  const out = new Uint8Array(size);
  out.set([...u32(size), ...text(type)]);
  let at = 8;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** A box with version and flags. */
const full = (type: string, flags: number, ...parts: Part[]) => box(type, u32(flags), ...parts);

/** MPEG-4 descriptors (14496-1) around the AudioSpecificConfig of AAC-LC, 48 kHz, stereo. */
const esds = () => {
  const descriptor = (tag: number, ...body: number[]) => [tag, body.length, ...body];
  const config = descriptor(5, 0x11, 0x90);
  const decoder = descriptor(4, 0x40, 0x15, 0, 0, 0, ...u32(192_000), ...u32(128_000), ...config);
  return full('esds', 0, descriptor(3, ...u16(1), 0, ...decoder, ...descriptor(6, 2)));
};

const MATRIX = [...u32(0x10000), ...zeros(12), ...u32(0x10000), ...zeros(12), ...u32(0x40000000)];

/** What a player reads once, before any fragment: the same for every session. */
export function initSegment(): Uint8Array {
  const entry = box('mp4a', zeros(6), u16(1), zeros(8), u16(2), u16(16), zeros(4), [...u32(RATE << 16)], esds());
  const tables = [
    full('stsd', 0, u32(1), entry),
    full('stts', 0, u32(0)),
    full('stsc', 0, u32(0)),
    full('stsz', 0, u32(0), u32(0)),
    full('stco', 0, u32(0)),
  ];
  const media = box(
    'mdia',
    full('mdhd', 0, zeros(8), u32(RATE), u32(0), u16(0x55c4), u16(0)),
    full('hdlr', 0, zeros(4), text('soun'), zeros(12), [...text('sound'), 0]),
    box(
      'minf',
      full('smhd', 0, zeros(4)),
      box('dinf', full('dref', 0, u32(1), full('url ', 1))),
      box('stbl', ...tables),
    ),
  );
  const track = box(
    'trak',
    full(
      'tkhd',
      7,
      zeros(8),
      u32(1),
      zeros(4),
      u32(0),
      zeros(8),
      u16(0),
      u16(1),
      u16(0x0100),
      u16(0),
      MATRIX,
      zeros(8),
    ),
    media,
  );
  const movie = box(
    'moov',
    full('mvhd', 0, zeros(8), u32(1000), u32(0), u32(0x10000), u16(0x0100), zeros(10), MATRIX, zeros(24), u32(2)),
    track,
    box('mvex', full('trex', 0, u32(1), u32(1), u32(AAC_SAMPLES), u32(0), u32(0))),
  );
  const kind = box('ftyp', text('iso6'), u32(0), text('iso6'), text('cmfc'), text('mp41'));
  return concat([kind, movie]);
}

/** One fragment: `packets` from packet number `first` of the session on; `sequence` counts fragments from 1. */
export function fragment(packets: readonly Uint8Array[], first: number, sequence: number): Uint8Array {
  const sizes = new Uint8Array(packets.length * 4);
  const view = new DataView(sizes.buffer);
  packets.forEach((packet, i) => {
    view.setUint32(4 * i, packet.length);
  });
  const startSample = first * AAC_SAMPLES;
  const time = [...u32(Math.floor(startSample / 2 ** 32)), ...u32(startSample % 2 ** 32)];
  const moof = (offset: number) =>
    box(
      'moof',
      full('mfhd', 0, u32(sequence)),
      box(
        'traf',
        full('tfhd', 0x020000, u32(1)),
        full('tfdt', 0x01000000, time),
        full('trun', 0x000201, u32(packets.length), u32(offset), sizes),
      ),
    );
  const head = moof(0);
  return concat([
    box('styp', text('msdh'), u32(0), text('msdh'), text('cmfs')),
    moof(head.length + 8),
    box('mdat', ...packets),
  ]);
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
